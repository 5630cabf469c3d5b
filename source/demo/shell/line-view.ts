// Drawing a line being edited: only what changed when it grows at its end, all of it otherwise, over as many rows as it takes.

import { type LineBuffer, textOf } from './line-buffer.ts';
import { textWidth, widthOf } from './widths.ts';

type Place = { row: number; column: number };

/** Where a text ends that begins at a place, and that wraps at the width. */
const after = (text: string, from: Place, columns: number): Place => {
	let { row, column } = from;
	for (const character of text) {
		const width = widthOf(character);
		if (character === '\n' || column + width > columns) {
			row++;
			column = 0;
		}
		column += width;
		if (column === columns) {
			row++;
			column = 0;
		}
	}
	return { row, column };
};

export const lineView = (shown: string, columnsOf: () => number, write: (text: string) => void) => {
	let cursor: Place = { row: 0, column: 0 };
	let drawn = '';
	const start = (): Place => after(' '.repeat(textWidth(shown)), { row: 0, column: 0 }, columnsOf());
	const moveTo = (from: Place, to: Place): string => {
		const rows = to.row - from.row;
		const vertical = rows < 0 ? `\x1b[${-rows}A` : rows > 0 ? `\x1b[${rows}B` : '';
		return `${vertical}\r${to.column > 0 ? `\x1b[${to.column}C` : ''}`;
	};
	/** A terminal waits with the cursor behind a full row: a blank and a return take it to the next one. */
	const wrapped = (place: Place, text: string): string =>
		place.column === 0 && text ? `${text} \r\x1b[K` : text;
	const all = (line: LineBuffer, isFresh: boolean) => {
		const columns = columnsOf();
		const text = textOf(line);
		const end = after(text, start(), columns);
		const target = after(line.characters.slice(0, line.cursor).join(''), start(), columns);
		const back = isFresh ? '' : moveTo(cursor, { row: 0, column: 0 });
		write(
			`${back}${wrapped(end, shown + text)}\x1b[J${target === end || (target.row === end.row && target.column === end.column) ? '' : moveTo(end, target)}`,
		);
		cursor = target;
		drawn = text;
	};
	return {
		/** Shows the prompt and what is there on a new row. */
		begin: (line: LineBuffer) => {
			write(shown);
			cursor = start();
			drawn = '';
			if (line.characters.length > 0) all(line, false);
		},
		fresh: (line: LineBuffer) => all(line, true),
		update: (line: LineBuffer) => {
			const text = textOf(line);
			const added = text.slice(drawn.length);
			const isAtEnd = line.cursor === line.characters.length;
			const end = after(drawn, start(), columnsOf());
			const wasAtEnd = end.row === cursor.row && end.column === cursor.column;
			if (!isAtEnd || !wasAtEnd || !text.startsWith(drawn)) return all(line, false);
			if (!added) return;
			cursor = after(added, cursor, columnsOf());
			drawn = text;
			write(wrapped(cursor, added));
		},
		/** The rows are others now: the line is drawn where the cursor is. */
		resize: (line: LineBuffer) => {
			cursor = { row: 0, column: 0 };
			all(line, false);
		},
		/** Leaves the cursor below the line. */
		finish: (line: LineBuffer) => {
			const end = after(textOf(line), start(), columnsOf());
			if (end.row !== cursor.row) write(moveTo(cursor, end));
			cursor = end;
		},
	};
};
