// What a cell looks like, as xterm packs it into two numbers, and the SGR sequence from one look to the next.

const kindMask = 0x3000000;
const colourMask = 0x3ffffff;
const palette16 = 0x1000000;
const palette256 = 0x2000000;
export const inverse = 0x4000000;

/** Flags of the foreground number and of the background number; blinking is not passed on. */
const foregroundFlags: readonly (readonly [flag: number, parameter: string])[] = [
	[0x8000000, '1'],
	[0x10000000, '4'],
	[inverse, '7'],
	[0x40000000, '8'],
	[0x80000000 | 0, '9'],
];
const backgroundFlags: readonly (readonly [flag: number, parameter: string])[] = [
	[0x8000000, '2'],
	[0x4000000, '3'],
	[0x40000000, '53'],
];
const all = (flags: typeof foregroundFlags) => flags.reduce((sum, [flag]) => sum | flag, 0);

/** What of the numbers is painted. */
export const foregroundMask = colourMask | all(foregroundFlags);
export const backgroundMask = colourMask | all(backgroundFlags);

/** Black on yellow. */
export const found = { foreground: palette16, background: palette16 | 3 } as const;

const colour = (packed: number, base: 30 | 40): string => {
	const value = packed & 0xffffff;
	const kind = packed & kindMask;
	if (kind === 0) return `${base + 9}`;
	if (kind === palette16) return `${value < 8 ? base + value : base + 60 + (value & 7)}`;
	if (kind === palette256) return `${base + 8};5;${value & 255}`;
	return `${base + 8};2;${(value >> 16) & 255};${(value >> 8) & 255};${value & 255}`;
};

const added = (flags: typeof foregroundFlags, from: number, to: number, parameters: string[]) => {
	for (const [flag, parameter] of flags) if ((to & ~from & flag) !== 0) parameters.push(parameter);
};

/** From one look to another; the numbers must have been masked. */
export const change = (
	oldForeground: number,
	oldBackground: number,
	foreground: number,
	background: number,
): string => {
	if (foreground === 0 && background === 0) return '\x1b[m';
	const isLess =
		(oldForeground & ~foreground & ~colourMask) !== 0 || (oldBackground & ~background & ~colourMask) !== 0;
	// There is no sequence that takes away bold alone: what loses a flag begins anew.
	const fromForeground = isLess ? 0 : oldForeground;
	const fromBackground = isLess ? 0 : oldBackground;
	const parameters = isLess ? ['0'] : [];
	added(foregroundFlags, fromForeground, foreground, parameters);
	added(backgroundFlags, fromBackground, background, parameters);
	if ((fromForeground & colourMask) !== (foreground & colourMask)) parameters.push(colour(foreground, 30));
	if ((fromBackground & colourMask) !== (background & colourMask)) parameters.push(colour(background, 40));
	return `\x1b[${parameters.join(';')}m`;
};
