// The Logs tab: the newest lines at the bottom, long ones wrapped, read upwards when scrolled.
import type { LogLine } from '../../model/items.ts';
import type { Log, State } from '../../model/state.ts';
import { fit, wrap, wrapWords } from '../../model/text.ts';
import { paint } from '../paint.ts';
import type { Content } from './content.ts';

/** Columns that the further rows of a long line are set in, so that one sees where a line begins. */
const indent = 2;

const wrapped = new WeakMap<LogLine, { readonly columns: number; readonly rows: readonly string[] }>();

/** A line never changes, and may be a megabyte: it is wrapped once for a width. */
const rowsOfLine = (line: LogLine, columns: number): readonly string[] => {
	const known = wrapped.get(line);
	if (known?.columns === columns) return known.rows;
	const rows = wrap(line.text, columns, indent).map((row, index) =>
		fit(index === 0 ? row : `${' '.repeat(indent)}${row}`, columns),
	);
	const painted = line.source === 'stderr' ? rows.map((row) => paint.busy(row)) : rows;
	wrapped.set(line, { columns, rows: painted });
	return painted;
};

const lastRows = (log: Log, back: number, columns: number, height: number): string[] => {
	const rows: string[] = [];
	for (let index = log.lines.length - 1 - back; index >= 0 && rows.length < height; index--) {
		const line = log.lines[index];
		if (line) rows.unshift(...rowsOfLine(line, columns).slice(-height));
	}
	return rows.slice(-height);
};

const firstRows = (log: Log, columns: number, height: number): string[] => {
	const rows: string[] = [];
	for (const line of log.lines) {
		rows.push(...rowsOfLine(line, columns).slice(0, height));
		if (rows.length >= height) break;
	}
	return rows.slice(0, height);
};

/** How many lines back the oldest ones just fill the view. */
const oldest = (log: Log, columns: number, height: number): number => {
	let rows = 0;
	for (const [index, line] of log.lines.entries()) {
		rows += rowsOfLine(line, columns).length;
		if (rows >= height) return log.lines.length - 1 - index;
	}
	return 0;
};

const footOf = (log: Log): string[] => {
	if (log.failure !== undefined) return [log.failure];
	if (!log.ended) return [];
	return [
		log.lines.length ? 'The container is not running: this is all it said.' : 'It has printed nothing.',
	];
};

export const logContent = (state: State, id: string, columns: number, height: number): Content => {
	const { log } = state.known;
	if (log?.id !== id) return { lines: [], end: 0, place: '' };
	const foot = footOf(log).flatMap((text) =>
		wrapWords(text, columns).map((row) => paint.dim(fit(row, columns))),
	);
	const end = oldest(log, columns, height);
	const back = Math.min(state.details.back, end);
	const place = back > 0 ? ` ${back} newer below · G follows ` : log.ended ? '' : ' following ';
	if (log.lines.length === 0 && foot.length === 0)
		return { lines: [fit('Nothing logged yet.', columns)], end, place };
	if (back > 0 && back === end) return { lines: firstRows(log, columns, height), end, place };
	const shown = back === 0 ? foot : [];
	return { lines: [...lastRows(log, back, columns, height - shown.length), ...shown], end, place };
};
