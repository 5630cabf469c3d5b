// One row of an emulated screen as text for ours: colours and attributes, and nothing that could leave its place.
import type { IBufferCell, IBufferLine } from '@xterm/headless';
import { backgroundMask, change, foregroundMask, found as foundLook, inverse } from './attributes.ts';
import { glyph, isUndisputed } from './glyph.ts';
import type { PackedCell } from './internals.ts';

/** Columns from the first up to, and without, the second. */
export type Range = readonly [from: number, to: number];

export type Marks = {
	/** Column of our screen, from 0, where the row's first cell is. */
	readonly left: number;
	/** The part of the row to paint, where something covers the rest; from 0 to `columns` if not given. */
	readonly from?: number;
	readonly to?: number;
	/** The reading cursor. */
	readonly cursor?: number;
	readonly selected?: Range;
	readonly found?: readonly Range[];
};

const isIn = (column: number, range: Range | undefined) =>
	range !== undefined && column >= range[0] && column < range[1];

/** Exactly `to` - `from` columns. It expects reset attributes and leaves them so. */
export const paintedRow = (
	line: IBufferLine | undefined,
	cell: IBufferCell,
	columns: number,
	marks: Marks,
): string => {
	const { left, from = 0, to = columns, cursor, selected, found = [] } = marks;
	const isMarked = cursor !== undefined || selected !== undefined || found.length > 0;
	const packed = cell as unknown as PackedCell;
	const end = Math.min(to, columns);
	let foreground = 0;
	let background = 0;
	let result = '';
	for (let column = from; column < end; ) {
		const isThere = line?.getCell(column, cell) !== undefined;
		let wantedForeground = isThere ? packed.fg & foregroundMask : 0;
		let wantedBackground = isThere ? packed.bg & backgroundMask : 0;
		const content = isThere ? packed.content : 1 << 22;
		if (isMarked) {
			if (found.some((range) => isIn(column, range))) {
				wantedForeground = foundLook.foreground;
				wantedBackground = foundLook.background;
			}
			if (isIn(column, selected)) wantedForeground ^= inverse;
			if (column === cursor) wantedForeground ^= inverse;
		}
		if (wantedForeground !== foreground || wantedBackground !== background) {
			result += change(foreground, background, wantedForeground, wantedBackground);
			foreground = wantedForeground;
			background = wantedBackground;
		}
		const codePoint = content & 0x1fffff;
		// A half of a wide character that stands alone, and marks that stand on nothing, have no width.
		const width = content >> 22 || 1;
		const isCut = column + width > end || content >> 22 === 0;
		const isCombined = (content & 0x200000) !== 0;
		if (isCut || (codePoint === 0 && !isCombined)) result += ' ';
		else if (!isCombined && isUndisputed(codePoint)) result += String.fromCharCode(codePoint);
		else result += disputed(isCombined ? packed.combinedData : String.fromCodePoint(codePoint));
		column += isCut ? 1 : width;

		function disputed(text: string): string {
			const shown = glyph(text);
			const next = column + width;
			const blank = ' '.repeat(width);
			// Drawn wider than it should be, it would reach out of the pane.
			if (shown === '' || (width === 1 && next === end)) return blank;
			// Drawn narrower it would leave what was there before.
			const cleared = width > 1 ? `${blank}\x1b[${left + column + 1}G` : '';
			return `${cleared}${shown}\x1b[${left + next + 1}G`;
		}
	}
	if (end < to) result += `${foreground || background ? '\x1b[m' : ''}${' '.repeat(to - end)}`;
	else if (foreground || background) result += '\x1b[m';
	return result;
};
