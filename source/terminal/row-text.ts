// The rows of an emulated screen as text: what is found in them, and what is copied out of them.
import type { IBuffer, IBufferLine } from '@xterm/headless';

/** `length` in columns; where a hit goes on in the next row, on over the end of its own. */
export type Place = { readonly row: number; readonly column: number; readonly length: number };
export type Point = { readonly row: number; readonly column: number };

const mostFound = 1000;

/** Lower case of the same length, so that places stay what they are. */
const lowered = (text: string): string => {
	const lower = text.toLowerCase();
	if (lower.length === text.length) return lower;
	const same = (character: string) => {
		const small = character.toLowerCase();
		return small.length === character.length ? small : character;
	};
	return Array.from(text, same).join('');
};

/** The column of the cell in which the character at an index of the row's text is. */
const columnOf = (line: IBufferLine, index: number): number => {
	let column = 0;
	for (let at = 0; column < line.length; ) {
		const cell = line.getCell(column);
		at += cell?.getChars().length || 1;
		if (at > index) break;
		column += cell?.getWidth() || 1;
	}
	return column;
};

/** Row numbers are the buffer's own here, from 0. Case does not matter; of too many hits the last ones. */
export const placesIn = (buffer: IBuffer, text: string, columns: number): Place[] => {
	const wanted = lowered(text);
	if (wanted === '') return [];
	const places: Place[] = [];
	for (let last = buffer.length - 1; last >= 0 && places.length < mostFound; last--) {
		let first = last;
		while (first > 0 && buffer.getLine(first)?.isWrapped) first--;
		const texts: string[] = [];
		for (let row = first; row <= last; row++) texts.push(buffer.getLine(row)?.translateToString(true) ?? '');
		const joined = lowered(texts.join(''));
		const point = (index: number): Point => {
			let row = first;
			let rest = index;
			for (const rowText of texts) {
				if (rest < rowText.length || row === last) break;
				rest -= rowText.length;
				row++;
			}
			const line = buffer.getLine(row);
			return { row, column: line ? columnOf(line, rest) : 0 };
		};
		const found: Place[] = [];
		for (let at = joined.indexOf(wanted); at >= 0; at = joined.indexOf(wanted, at + wanted.length)) {
			const begin = point(at);
			const final = point(at + wanted.length - 1);
			const width = buffer.getLine(final.row)?.getCell(final.column)?.getWidth() || 1;
			const length = (final.row - begin.row) * columns + final.column + width - begin.column;
			found.push({ ...begin, length });
		}
		places.push(...found.reverse());
		last = first;
	}
	return places.slice(0, mostFound).reverse();
};

/** Between two cells and with both, in either order; row numbers are the buffer's own. `isLines`: whole rows. */
export const textBetween = (buffer: IBuffer, one: Point, other: Point, isLines: boolean): string => {
	const isForward = one.row < other.row || (one.row === other.row && one.column <= other.column);
	const [from, to] = isForward ? [one, other] : [other, one];
	const lines: string[] = [];
	for (let row = Math.max(0, from.row); row <= Math.min(to.row, buffer.length - 1); row++) {
		const line = buffer.getLine(row);
		if (!line) continue;
		const start = isLines || row > from.row ? 0 : from.column;
		const end = isLines || row < to.row ? line.length : to.column + 1;
		// The right half of a wide character stands for all of it.
		const isHalf = start > 0 && line.getCell(start)?.getWidth() === 0;
		const text = line.translateToString(true, isHalf ? start - 1 : start, end);
		if (line.isWrapped && lines.length > 0) lines.push(lines.pop() + text);
		else lines.push(text);
	}
	return lines
		.map((line) => line.trimEnd())
		.join('\n')
		.trimEnd();
};
