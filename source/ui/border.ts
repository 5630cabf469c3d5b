// Boxes drawn as lines, with what belongs to them written into their upper and lower edge.
import { width } from '../model/text.ts';
import { paint } from './paint.ts';

/** A piece of a border line: where it begins, counted from the left corner, and how it is painted. */
export type Piece = {
	readonly at: number;
	readonly text: string;
	readonly painted?: (text: string) => string;
};

/** An edge of exactly so many columns. Pieces that overlap one before them, or do not fit, are left out. */
const edge = (
	columns: number,
	corners: readonly [string, string],
	pieces: readonly Piece[],
	line: (text: string) => string,
) => {
	let result = line(corners[0]);
	let at = 1;
	for (const piece of pieces) {
		// Neighbours may share the space between them.
		const isShared = piece.at === at - 1 && piece.text.startsWith(' ');
		const from = isShared ? at : piece.at;
		const wanted = isShared ? piece.text.slice(1) : piece.text;
		const room = columns - 1 - from;
		const text = width(wanted) > room ? wanted.trimEnd() : wanted;
		if (from < at || width(text) > room) continue;
		result += line('─'.repeat(from - at)) + (piece.painted ?? line)(text);
		at = from + width(text);
	}
	return result + line('─'.repeat(Math.max(0, columns - 1 - at)) + corners[1]);
};

export type Box = {
	readonly width: number;
	readonly height: number;
	readonly isFocused: boolean;
	readonly isDangerous?: boolean;
	readonly top: readonly Piece[];
	readonly bottom?: string;
	/** Painted lines of exactly `width` - 2 columns; missing ones are blank. */
	readonly lines: readonly string[];
};

const lineColour = ({ isFocused, isDangerous }: Box) =>
	isDangerous ? paint.bad : isFocused ? paint.accent : paint.dim;

const topEdge = (box: Box): string => edge(box.width, ['╭', '╮'], box.top, lineColour(box));

const bottomEdge = (box: Box): string => {
	const { width: columns, bottom = '' } = box;
	const at = columns - 2 - width(bottom);
	return edge(columns, ['╰', '╯'], bottom === '' || at < 1 ? [] : [{ at, text: bottom }], lineColour(box));
};

/** The whole box as lines. */
export const boxed = (box: Box): string[] => {
	const side = lineColour(box)('│');
	const blank = ' '.repeat(box.width - 2);
	const inside = Array.from(
		{ length: box.height - 2 },
		(_, index) => `${side}${box.lines[index] ?? blank}${side}`,
	);
	return [topEdge(box), ...inside, bottomEdge(box)];
};
