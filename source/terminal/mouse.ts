// Mouse reports: what our terminal is asked for, and what of it a program in a pane gets to know, in its own columns.
import type { Modes } from './emulator.ts';

/** A part of our screen in cells, counted from 0. */
export type Place = {
	readonly left: number;
	readonly top: number;
	readonly columns: number;
	readonly rows: number;
};

/** `code` as in SGR reports: the button in bits 0, 1, 6 and 7, shift, alt and ctrl in 2 to 4, motion in 5. */
export type Report = {
	readonly code: number;
	readonly column: number;
	readonly row: number;
	readonly isRelease: boolean;
};

type MouseModes = Pick<Modes, 'mouse' | 'isMouseSgr'>;

const motion = 32;
const wheel = 64;
const more = 128;
const modifiers = 28;
const noButton = 3;

export const mouseOff = '\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l';

const asked = { none: '', x10: '1000', vt200: '1000', drag: '1002', any: '1003' } as const;

/** Switches the reports of our terminal to what the program asked for; always SGR, which has no last column. */
export const mouseModes = ({ mouse }: Pick<Modes, 'mouse'>): string =>
	mouse === 'none' ? mouseOff : `${mouseOff}\x1b[?${asked[mouse]}h\x1b[?1006h`;

/** `<button;column;row` and `M` or `m`, as it stands between `ESC[` and the end. */
export const report = (parameters: string, final: string): Report | undefined => {
	const match = /^<(\d{1,5});(\d{1,5});(\d{1,5})$/.exec(parameters);
	if (!match) return undefined;
	const [code = 0, column = 0, row = 0] = match.slice(1).map(Number);
	return { code, column: column - 1, row: row - 1, isRelease: final === 'm' };
};

const isReported = ({ code, isRelease }: Report, mouse: Modes['mouse']): boolean => {
	const isMotion = (code & motion) !== 0;
	if (mouse === 'x10') return !isMotion && !isRelease && code < wheel;
	if (mouse === 'vt200') return !isMotion;
	if (mouse === 'drag') return !isMotion || (code & 3) !== noButton;
	return mouse === 'any';
};

/** In the encoding that the program asked for; empty where that has no number for it. */
const encoded = ({ code, column, row, isRelease }: Report, { mouse, isMouseSgr }: MouseModes): string => {
	const told = mouse === 'x10' ? code & ~modifiers : code;
	if (isMouseSgr) return `\x1b[<${told};${column + 1};${row + 1}${isRelease ? 'm' : 'M'}`;
	const bytes = [(isRelease ? told | noButton : told) + 32, column + 33, row + 33];
	return bytes.some((byte) => byte > 255) ? '' : `\x1b[M${String.fromCharCode(...bytes)}`;
};

const clamped = (value: number, length: number) => Math.max(0, Math.min(length - 1, value));

export const createMouse = () => {
	/** Buttons that were pressed inside the pane. */
	const held = new Set<number>();
	return {
		/** What the program is told of a report; empty if it is not its business. */
		told: (of: Report, modes: MouseModes, pane: Place): string => {
			const column = of.column - pane.left;
			const row = of.row - pane.top;
			const isInside = column >= 0 && row >= 0 && column < pane.columns && row < pane.rows;
			const button = of.code & (3 | wheel | more);
			const isMotion = (of.code & motion) !== 0;
			const isWheel = (of.code & wheel) !== 0;
			const wasHeld = held.has(button);
			if (of.isRelease) held.delete(button);
			else if (isInside && !isMotion && !isWheel) held.add(button);
			// A drag that began elsewhere is none of the program's, wherever it goes.
			if (isMotion && button !== noButton && !wasHeld) return '';
			if (!isInside && !(of.isRelease && wasHeld)) return '';
			if (modes.mouse === 'none' || !isReported(of, modes.mouse)) return '';
			return encoded({ ...of, column: clamped(column, pane.columns), row: clamped(row, pane.rows) }, modes);
		},
	};
};
