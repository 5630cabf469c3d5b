// The Logs tab: the rows of the log that are on screen, and where one is in it. Nothing else of the log is looked at.

import type { LogLine } from '../../model/items.ts';
import { countBefore, countOf, headAt } from '../../model/log/lenses.ts';
import { type Log, logNames } from '../../model/log/log.ts';
import { patiently } from '../../model/log/patience.ts';
import { patternOf } from '../../model/log/pattern.ts';
import { currentWindow, footRows, type LogWindow, logInView, shapeOf } from '../../model/log/window.ts';
import type { State } from '../../model/state.ts';
import { fit, wrapWords } from '../../model/text.ts';
import { grouped } from '../../model/words.ts';
import { logEdge, selectedRange } from '../log/edge.ts';
import { colouredNames } from '../log/names.ts';
import { type LogLook, logRow } from '../log/rows.ts';
import { paint } from '../paint.ts';
import type { Content } from './content.ts';

const said = (sentence: string, columns: number): string[] =>
	wrapWords(sentence, columns).map((row) => ` ${paint.dim(fit(row, columns))} `);

/** Shown ones that came since following ended. */
const newLines = ({ logView: { place } }: State, { ring }: Log, { shown }: LogWindow): number =>
	place ? countOf(ring, shown) - countBefore(ring, shown, place.seen + 1) : 0;

const shownHead =
	({ ring }: Log, { shown }: LogWindow) =>
	(number: number, line: LogLine): LogLine => {
		const head = headAt(ring, number) ?? line;
		return head === line || (shown?.passes(head, head) ?? true) ? head : line;
	};

const emptyText = ({ logView, logRange }: State, { ring, older }: Log): string => {
	if (ring.length === 0)
		return logRange?.since === undefined && logRange?.until === undefined
			? 'Nothing logged yet.'
			: 'Nothing was logged in that time yet: T asks for another one.';
	const { filter, source, threshold } = logView;
	const reasons = [
		...(threshold === 'all' ? [] : ['the level (L)']),
		...(source === 'both' ? [] : ['the stream (S)']),
		...(filter === '' ? [] : ['the filter (Esc)']),
	];
	const by = [reasons.slice(0, -1).join(', '), ...reasons.slice(-1)].filter(Boolean).join(' and ');
	const far = older === 'none' ? '' : ' read so far';
	return ring.length === 1
		? `The only line${far} is hidden by ${by}.`
		: `All ${grouped(ring.length)} lines${far} are hidden by ${by}.`;
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
		names: shape.name ? colouredNames(logNames(state, log)) : new Map(),
		newBelow: newLines(state, log, window),
		headOf: shownHead(log, window),
		...(isFocused && window.cursor !== undefined ? { cursor: window.cursor } : {}),
		...(range ? { range } : {}),
	};
	let rows: readonly string[] = [];
	const drawRows = () => {
		rows = window.rows.map((row) => logRow(row, look));
	};
	if (patternOf(view.search)?.takesTime) patiently(window.rows.length * shape.columns, drawRows);
	else drawRows();
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
