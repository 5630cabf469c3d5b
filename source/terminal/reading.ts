// Walking through what a terminal printed: where the cursor is, what is on screen around it, and what is marked.
import type { Place, Reading } from '../model/terminals.ts';

/** What there is to read: absolute rows from `first` up to, not including, `end`; `height` of them are on screen. */
export type Extent = {
	readonly first: number;
	readonly end: number;
	readonly height: number;
	readonly columns: number;
};

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/** The window moves only as far as it must. */
export const readingAt = (place: Place, { first, end, height, columns }: Extent, past?: Reading): Reading => {
	const row = clamp(place.row, first, end - 1);
	const bottom = Math.max(first, end - height);
	const top = clamp(clamp(past?.top ?? bottom, row - height + 1, row), first, bottom);
	const at = { row, column: clamp(place.column, 0, columns - 1) };
	return { at, top, ...(past?.mark ? { mark: past.mark } : {}) };
};

/** What is marked, from its first cell to its last. */
export const markedRange = ({
	at,
	mark,
}: Reading): { from: Place; to: Place; isLines: boolean } | undefined => {
	if (!mark) return undefined;
	const isForward = at.row > mark.row || (at.row === mark.row && at.column >= mark.column);
	const [from, to] = isForward ? [mark, at] : [at, mark];
	return { from, to, isLines: mark.isLines };
};

/** The columns of a row that are marked, `to` not included. */
export const markedColumns = (
	reading: Reading,
	row: number,
	columns: number,
): readonly [number, number] | undefined => {
	const range = markedRange(reading);
	if (!range || row < range.from.row || row > range.to.row) return undefined;
	if (range.isLines) return [0, columns];
	return [
		row === range.from.row ? range.from.column : 0,
		row === range.to.row ? range.to.column + 1 : columns,
	];
};
