// Which rows of a log are on screen. Only lines near the cursor are looked at, and each is broken
// into rows once for a width.
import type { LogLine } from '../items.ts';
import { detailSize, layoutOf } from '../layout.ts';
import type { State } from '../state.ts';
import { width, wrapWords } from '../text.ts';
import { rowStarts } from './breaks.ts';
import { bodyIn, bodyKey } from './found.ts';
import { type Lens, lastNumber, nextAfter, nextBefore } from './lenses.ts';
import { isOver, type Log, logId, logNames } from './log.ts';
import { lineAt } from './ring.ts';
import { type LogView, shownLens } from './view.ts';

/** Columns that the further rows of a long line are set in, so that one sees where a line begins. */
export const indent = 2;

/** What stands before the text of a line, and how much room there is for it. */
export type LogShape = {
	/** Inside the pane, and of the text alone. */
	readonly columns: number;
	readonly text: number;
	readonly height: number;
	/** Columns of the time and of the container's name, 0 where they are not shown. */
	readonly time: number;
	readonly name: number;
};

const timeWidths = { off: 0, local: 12, utc: 12, relative: 4 } as const;

export const shapeOf = (state: State, log: Log): LogShape => {
	const { width: columns, height } = detailSize(layoutOf(state));
	const time = timeWidths[state.logView.times];
	const all = [...logNames(state, log).values()];
	const names = all.length > 1 ? all.map(width) : [];
	const name = names.length ? Math.min(Math.max(...names), 18, Math.floor(columns / 5)) : 0;
	// The sign of the level, and the bar of what went to stderr.
	const before = 2 + (time || name ? 1 : 0) + (time && time + 1) + (name && name + 1);
	return { columns, text: Math.max(8, columns - before), height, time, name };
};

type Broken = { readonly key: string; readonly starts: readonly number[] };

const broken = new WeakMap<LogLine, Broken>();
const unbroken = [0];

/** Where the rows of a line begin in its text. */
export const startsOf = (
	line: LogLine,
	view: Pick<LogView, 'wraps' | 'foldsJson' | 'search'>,
	columns: number,
): readonly number[] => {
	if (!view.wraps) return unbroken;
	const key = `${columns} ${bodyKey(view)}`;
	const known = broken.get(line);
	if (known?.key === key) return known.starts;
	const starts = rowStarts(bodyIn(line, view).text, columns, indent);
	broken.set(line, { key, starts });
	return starts;
};

export type LogRow = {
	readonly number: number;
	readonly line: LogLine;
	/** Which row of its line; -1 is the one above it that says that everything below is new. */
	readonly row: number;
};

export type LogWindow = {
	readonly rows: readonly LogRow[];
	/** Absent: no line is shown. */
	readonly cursor?: number;
	/** The row on screen its line begins on. */
	readonly row: number;
	readonly shown: Lens;
	readonly heightOf: (number: number) => number;
};

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/** Not further off than that the line can be seen. */
export const inView = (row: number, lines: number, height: number): number =>
	lines <= height ? clamp(row, 0, height - lines) : clamp(row, 1 - lines, height - 1);

/** `height` may be less than the shape's: something of ours stands below. */
export const windowOf = ({ ring }: Log, view: LogView, shape: LogShape, height = shape.height): LogWindow => {
	const shown = shownLens(view);
	const { place } = view;
	const firstNew = place && nextAfter(ring, shown, place.seen);
	const heightOf = (number: number): number => {
		const line = lineAt(ring, number);
		return (line ? startsOf(line, view, shape.text).length : 1) + (number === firstNew ? 1 : 0);
	};
	const nothing = { rows: [], row: 0, shown, heightOf };
	const wanted = place?.cursor ?? lastNumber(ring);
	const cursor = nextAfter(ring, shown, wanted - 1) ?? nextBefore(ring, shown, wanted);
	if (cursor === undefined) return nothing;

	const own = heightOf(cursor);
	let row = place ? inView(place.row, own, height) : height - own;
	let first = cursor;
	let above = 0;
	const reachUp = (rows: number) => {
		while (above < rows) {
			const next = nextBefore(ring, shown, first);
			if (next === undefined) return;
			first = next;
			above += heightOf(next);
		}
	};
	reachUp(row);
	row = Math.min(row, above);
	let last = cursor;
	let end = row + own;
	while (end < height) {
		const next = nextAfter(ring, shown, last);
		if (next === undefined) break;
		last = next;
		end += heightOf(next);
	}
	if (end < height) {
		// The end of the log stands at the lower edge, as far as there is enough of it.
		reachUp(row + height - end);
		row += Math.min(height - end, above - row);
	}

	const rows: LogRow[] = [];
	let y = row - above;
	for (let number: number | undefined = first; number !== undefined && y < height; ) {
		const line = lineAt(ring, number);
		if (!line) break;
		const from = number === firstNew ? -1 : 0;
		const count = heightOf(number);
		for (let at = Math.max(0, -y); at < count && y + at < height; at++)
			rows.push({ number, line, row: from + at });
		y += count;
		number = nextAfter(ring, shown, number);
	}
	return { rows, cursor, row, shown, heightOf };
};

/** What is said below the last line: why nothing more comes. */
const footOf = (state: State, log: Log): string[] => {
	if (log.failures.size) return [...new Set(log.failures.values())];
	if (!isOver(log) || log.newer !== 'none') return [];
	const { since, until } = state.logRange ?? {};
	if (until !== undefined) return ['That is all of that time: T asks for another one.'];
	const isEmpty = log.ring.length === 0;
	const isAlone = log.ids.length === 1;
	if (log.ids.some((id) => state.containers.get(id)?.state === 'restarting'))
		return [
			isAlone
				? 'The container ended and is restarted: what it says then comes here.'
				: 'They ended, and are restarted: what they say then comes here.',
		];
	if (isEmpty)
		return [
			since === undefined
				? 'It has printed nothing.'
				: 'It has printed nothing since then: T asks for another time.',
		];
	return [
		isAlone
			? 'The container is not running: this is all it said.'
			: 'None of them is running: this is all they said.',
	];
};

/** The log on screen, unless another one is on its way. */
export const logInView = (state: State): Log | undefined => {
	const { log } = state.known;
	return log && log.id === logId(state) ? log : undefined;
};

export const footRows = (state: State, log: Log, columns: number): string[] =>
	footOf(state, log).flatMap((text) => wrapWords(text, columns));

/** What is on screen: while the log is followed, what is said below it takes room. */
export const currentWindow = (state: State): LogWindow | undefined => {
	const log = logInView(state);
	if (!log) return undefined;
	const shape = shapeOf(state, log);
	const foot = state.logView.place ? 0 : footRows(state, log, shape.columns).length;
	return windowOf(log, state.logView, shape, Math.max(1, shape.height - foot));
};
