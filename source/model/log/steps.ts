// Where moves in a log lead to: the cursor goes from line to line, and the window follows it.

import type { State } from '../state.ts';
import { bodyIn } from './found.ts';
import { lastNumber, nextAfter, nextBefore } from './lenses.ts';
import type { Log } from './log.ts';
import { patternOf } from './pattern.ts';
import { lineAt } from './ring.ts';
import { columnsIn } from './text.ts';
import type { LogPlace, LogView } from './view.ts';
import { currentWindow, inView, type LogWindow, logInView, shapeOf, startsOf } from './window.ts';

const placed = (state: State, log: Log, cursor: number, row: number): LogPlace => ({
	cursor,
	row,
	seen: state.logView.place?.seen ?? lastNumber(log.ring),
});

const follows = ({ place: _, ...view }: LogView): LogView => view;

/** Where a line that is not wrapped must begin for a part of it to be seen, with some of what is before it. */
const leftFor = (
	text: string,
	[from, to]: readonly [number, number],
	left: number,
	columns: number,
): number => {
	const start = columnsIn(text.slice(0, from));
	const end = start + columnsIn(text.slice(from, to));
	if (start >= left && end <= left + columns) return left;
	return end <= columns ? 0 : Math.max(0, start - Math.floor(columns / 3));
};

/** With the cursor on this line; the window moves only if it, or the hit that is meant in it, is not on screen. */
export const soughtIn = (state: State, number: number, isHit = false): LogView => {
	const { logView: view } = state;
	const log = logInView(state);
	const window = currentWindow(state);
	if (!log || !window) return view;
	const { text: columns, height } = shapeOf(state, log);
	const line = lineAt(log.ring, number);
	const text = isHit && line ? bodyIn(line, view).text : '';
	const hit = patternOf(isHit ? view.search : '')?.first(text);
	const starts = hit && line ? startsOf(line, view, columns) : [0];
	const sought = starts.findLastIndex((start) => start <= (hit?.[0] ?? 0));
	const y = window.rows.findIndex(
		({ number: of, row }) => of === number && (sought > 0 ? row === sought : row <= 0),
	);
	const above = sought > 0 ? sought + window.heightOf(number) - starts.length : 0;
	const row = (y < 0 ? Math.floor(height / 3) : y) - above;
	const left = hit && !view.wraps ? leftFor(text, hit, view.left, columns) : view.left;
	return { ...view, left, place: placed(state, log, number, row) };
};

/** By rows of a line that is higher than the window, else by lines. Undefined: there is nothing further. */
const stepped = (
	{ ring }: Log,
	{ shown, heightOf }: LogWindow,
	height: number,
	{ cursor, row }: { cursor: number; row: number },
	by: 1 | -1,
): { cursor: number; row: number; rows: number } | undefined => {
	const own = heightOf(cursor);
	if (by > 0) {
		if (own > height && row + own > height) return { cursor, row: row - 1, rows: 1 };
		const next = nextAfter(ring, shown, cursor);
		return next === undefined
			? undefined
			: { cursor: next, row: inView(row + own, heightOf(next), height), rows: own };
	}
	if (row < 0) return { cursor, row: row + 1, rows: 1 };
	const next = nextBefore(ring, shown, cursor);
	if (next === undefined) return undefined;
	const lines = heightOf(next);
	return { cursor: next, row: inView(row - lines, lines, height), rows: lines };
};

export const movedInLog = (state: State, by: number, unit: 'row' | 'page' | 'end'): LogView => {
	const { logView: view } = state;
	const log = logInView(state);
	const window = currentWindow(state);
	if (!log || window?.cursor === undefined) return view;
	const shape = shapeOf(state, log);
	const canFollow = log.newer === 'none';
	if (unit === 'end' && by > 0 && canFollow) return follows(view);
	if (unit === 'end') {
		const edge = by < 0 ? nextAfter(log.ring, window.shown, log.ring.dropped - 1) : undefined;
		const last = nextBefore(log.ring, window.shown, lastNumber(log.ring) + 1);
		return { ...view, place: placed(state, log, edge ?? last ?? window.cursor, by < 0 ? 0 : shape.height) };
	}
	const page = Math.max(1, shape.height - 1);
	let at = { cursor: window.cursor, row: window.row };
	let isMoved = false;
	for (let left = unit === 'row' ? Math.abs(by) : page * Math.abs(by); left > 0; ) {
		const next = stepped(log, window, shape.height, at, by > 0 ? 1 : -1);
		if (!next) break;
		at = next;
		isMoved = true;
		left -= unit === 'row' ? 1 : next.rows;
	}
	if (!isMoved && by > 0 && canFollow) return follows(view);
	// A page moves the window, and the cursor stays where it is in it.
	const isTall = window.heightOf(at.cursor) > shape.height;
	const row = unit === 'page' && !isTall ? window.row : at.row;
	return { ...view, place: placed(state, log, at.cursor, row) };
};
