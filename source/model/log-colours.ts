// The colours that a program gave to its lines. Of all that can be said to a terminal, only these are kept.
import type { LogLine } from './items.ts';
import { readLine } from './log-line.ts';
import { clean } from './text.ts';

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

/** In code units of the clean text. */
export type Coloured = { readonly from: number; readonly to: number; readonly style: TextStyle };

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

/** The style after a sequence; what is hidden, or blinks, is neither. */
const styled = (past: TextStyle, sequence: string): TextStyle => {
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

const sequences = /\x1b\[([0-9;:]*)m/g;

/** A line that is longer has no colours: they are looked for in all of it. */
const longest = 64 << 10;

const read = ({ text }: LogLine, plain: string): readonly Coloured[] => {
	if (!text.includes('\x1b[') || text.length > longest) return [];
	const result: Coloured[] = [];
	let style: TextStyle = {};
	let all = '';
	let at = 0;
	const take = (end: number) => {
		const piece = clean(text.slice(at, end));
		if (piece !== '' && Object.keys(style).length > 0)
			result.push({ from: all.length, to: all.length + piece.length, style });
		all += piece;
	};
	for (const match of text.matchAll(sequences)) {
		take(match.index);
		style = styled(style, match[1] ?? '');
		at = match.index + match[0].length;
	}
	take(text.length);
	// Where pieces make another text than the whole, nobody could say which part of it is which.
	return all === plain ? result : [];
};

const known = new WeakMap<LogLine, readonly Coloured[]>();

/** Ascending, and of the whole text of the line. */
export const coloursOf = (line: LogLine): readonly Coloured[] => {
	const found = known.get(line);
	if (found) return found;
	const colours = read(line, readLine(line).plain);
	known.set(line, colours);
	return colours;
};
