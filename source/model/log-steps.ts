// Where moves in a log lead to: the cursor goes from line to line, and the window follows it.
import type { Log } from './log.ts';
import { lastNumber, nextAfter, nextBefore } from './log-index.ts';
import type { LogPlace, LogView } from './log-view.ts';
import { currentWindow, inView, type LogWindow, logInView, shapeOf } from './log-window.ts';
import type { State } from './state.ts';

const placed = (state: State, log: Log, cursor: number, row: number): LogPlace => ({
	cursor,
	row,
	seen: state.logView.place?.seen ?? lastNumber(log.ring),
});

const follows = ({ place: _, ...view }: LogView): LogView => view;

/** With the cursor on this line; the window moves only if it is not on screen. */
export const soughtIn = (state: State, number: number): LogView => {
	const { logView: view } = state;
	const log = logInView(state);
	const window = currentWindow(state);
	if (!log || !window) return view;
	const y = window.rows.findIndex((row) => row.number === number && row.row <= 0);
	const row = y < 0 ? Math.floor(shapeOf(state, log).height / 3) : y;
	return { ...view, place: placed(state, log, number, row) };
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
