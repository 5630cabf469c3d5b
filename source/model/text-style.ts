// What a program says to a terminal about the look of its text: colours, bold and the like.

/** One of 256, or red, green and blue. */
export type Colour = number | readonly [number, number, number];

export type TextStyle = {
	readonly colour?: Colour;
	readonly background?: Colour;
	readonly isBold?: boolean;
	readonly isDim?: boolean;
	readonly isItalic?: boolean;
	readonly isUnderlined?: boolean;
	readonly isInverse?: boolean;
};

type Mutable = { -readonly [Key in keyof TextStyle]: TextStyle[Key] };

/** What follows 38 or 48: `5;n`, or `2;r;g;b`. */
const longColour = (codes: readonly number[], at: number): { colour?: Colour; taken: number } => {
	const isByte = (value: number | undefined): value is number => value !== undefined && value <= 255;
	const [kind, first, second, third] = codes.slice(at, at + 4);
	if (kind === 5) return isByte(first) ? { colour: first, taken: 2 } : { taken: 2 };
	if (kind !== 2) return { taken: 0 };
	return isByte(first) && isByte(second) && isByte(third)
		? { colour: [first, second, third], taken: 4 }
		: { taken: 4 };
};

const without = (style: Mutable, ...keys: readonly (keyof TextStyle)[]): void => {
	for (const key of keys) delete style[key];
};

/** Newer programs separate the parts of one code by colons: `38:2::255:0:0`, `4:3`. */
const codesOf = (text: string): readonly number[] => {
	if (!text.includes(':')) return [Number(text)];
	const [code = 0, ...parts] = text
		.split(':')
		.filter((part) => part !== '')
		.map(Number);
	if (code === 38 || code === 48) return [code, ...parts];
	return [code === 4 && parts[0] === 0 ? 24 : code];
};

/** What is hidden, or blinks, is neither. */
const changed = (past: TextStyle, sequence: string): TextStyle => {
	const codes = sequence.split(';').flatMap(codesOf);
	let style: Mutable = { ...past };
	for (let at = 0; at < codes.length; at++) {
		const code = codes[at] ?? 0;
		if (code === 0) style = {};
		else if (code === 1) style.isBold = true;
		else if (code === 2) style.isDim = true;
		else if (code === 3) style.isItalic = true;
		else if (code === 4) style.isUnderlined = true;
		else if (code === 7) style.isInverse = true;
		else if (code === 22) without(style, 'isBold', 'isDim');
		else if (code === 23) without(style, 'isItalic');
		else if (code === 24) without(style, 'isUnderlined');
		else if (code === 27) without(style, 'isInverse');
		else if (code >= 30 && code <= 37) style.colour = code - 30;
		else if (code >= 90 && code <= 97) style.colour = code - 82;
		else if (code === 39) without(style, 'colour');
		else if (code >= 40 && code <= 47) style.background = code - 40;
		else if (code >= 100 && code <= 107) style.background = code - 92;
		else if (code === 49) without(style, 'background');
		else if (code === 38 || code === 48) {
			const { colour, taken } = longColour(codes, at + 1);
			if (colour !== undefined) style[code === 38 ? 'colour' : 'background'] = colour;
			at += taken;
		}
	}
	return style;
};

export const noStyle: TextStyle = {};

const mostKnown = 256;
/** By what they are, so that there is only one of each. */
const known = new Map<string, TextStyle>();
/** Programs have few styles, and change from one to the next on every line. */
const steps = new WeakMap<TextStyle, Map<string, TextStyle>>();

const only = (style: TextStyle): TextStyle => {
	const key = JSON.stringify(style);
	if (key === '{}') return noStyle;
	const same = known.get(key);
	if (same) return same;
	if (known.size >= mostKnown) known.clear();
	known.set(key, style);
	return style;
};

/** The style after a sequence. */
export const styled = (past: TextStyle, sequence: string): TextStyle => {
	const fromPast = steps.get(past) ?? new Map<string, TextStyle>();
	const found = fromPast.get(sequence);
	if (found) return found;
	const next = only(changed(past, sequence));
	if (fromPast.size >= mostKnown) fromPast.clear();
	steps.set(past, fromPast.set(sequence, next));
	return next;
};

/** No sane one is longer. */
export const styleSequence = /\x1b\[([0-9;:]{0,256})m/g;

const longest = 258;
/** Digits, and what separates them. */
const isParameter = (code: number): boolean => code >= 48 && code <= 59;

/** The style that is left open at the end of a text. */
export const styleAfter = (past: TextStyle, text: string): TextStyle => {
	// Most lines end as they should.
	const last = text.lastIndexOf('\x1b[');
	if (last < 0) return past;
	if (text.startsWith('0m', last + 2) || text.startsWith('m', last + 2)) return noStyle;
	let style = past;
	// Of a log in colours every line comes through here: this takes half the time of the expression.
	for (let at = text.indexOf('\x1b['); at >= 0; at = text.indexOf('\x1b[', at + 2)) {
		let end = at + 2;
		while (isParameter(text.charCodeAt(end))) end++;
		if (text.charCodeAt(end) === 109 && end - at <= longest) style = styled(style, text.slice(at + 2, end));
	}
	return style;
};
