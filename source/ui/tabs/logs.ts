// The Logs tab: the rows of the log that are on screen, and where one is in it. Nothing else of the log is looked at.
import { type Log, logMembers } from '../../model/log.ts';
import { countBefore, countOf } from '../../model/log-index.ts';
import { currentWindow, footRows, type LogWindow, logInView, shapeOf } from '../../model/log-window.ts';
import type { State } from '../../model/state.ts';
import { fit, wrapWords } from '../../model/text.ts';
import { logEdge, selectedRange } from '../log-edge.ts';
import { colouredNames } from '../log-names.ts';
import { type LogLook, logRow } from '../log-rows.ts';
import { paint } from '../paint.ts';
import type { Content } from './content.ts';

const said = (sentence: string, columns: number): string[] =>
	wrapWords(sentence, columns).map((row) => ` ${paint.dim(fit(row, columns))} `);

/** Shown ones that came since following ended. */
const newLines = ({ logView: { place } }: State, { ring }: Log, { shown }: LogWindow): number =>
	place ? countOf(ring, shown) - countBefore(ring, shown, place.seen + 1) : 0;

const emptyText = (state: State, log: Log): string => {
	if (log.ring.length === 0) return 'Nothing logged yet.';
	const { filter } = state.logView;
	return filter === ''
		? `None of ${log.ring.length.toLocaleString('en')} lines is that important. L shows the others.`
		: `No line of ${log.ring.length.toLocaleString('en')} passes the filter. Esc clears it.`;
};

/** Lines with the column before and behind them, which the signs are in. */
export const logContent = (state: State, isFocused: boolean, edge: number): Content => {
	const log = logInView(state);
	if (!log) return { lines: [], end: 0, place: '', isWhole: true };
	const { logView: view, now } = state;
	const shape = shapeOf(state, log);
	const window = currentWindow(state);
	if (!window) return { lines: [], end: 0, place: '', isWhole: true };
	const foot = footRows(state, log, shape.columns).map((row) => ` ${paint.dim(fit(row, shape.columns))} `);
	const range = selectedRange(state, log, window);
	const look: LogLook = {
		view,
		shape,
		now,
		names: shape.name ? colouredNames(log.ids, logMembers(state)) : new Map(),
		newBelow: newLines(state, log, window),
		...(isFocused && window.cursor !== undefined ? { cursor: window.cursor } : {}),
		...(range ? { range } : {}),
	};
	const rows = window.rows.map((row) => logRow(row, look));
	const isEmpty = rows.length === 0 && (foot.length === 0 || log.ring.length > 0);
	return {
		lines: [
			...rows,
			...(isEmpty ? said(emptyText(state, log), shape.columns) : []),
			...(view.place ? [] : foot),
		].slice(0, shape.height),
		end: 0,
		place: logEdge(state, log, window, edge),
		isWhole: true,
	};
};
