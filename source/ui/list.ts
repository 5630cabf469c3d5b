// A list pane as lines: its title and column labels in the upper edge, one line a row, and where it stands in the lower edge.

import type { Column, Kind } from '../model/kinds/kind.ts';
import { portSign, reach } from '../model/kinds/ports.ts';
import { kinds } from '../model/kinds.ts';
import type { Rectangle } from '../model/layout.ts';
import type { Row } from '../model/row.ts';
import { countOf, indexOfRow, markedRows, rowsOf, selectedRow } from '../model/rows.ts';
import { type PaneName, paneNames, type State } from '../model/state.ts';
import { clean, fit, shorten, width as textWidth, wrapWords } from '../model/text.ts';
import type { Piece } from './border.ts';
import { type Placed, place } from './columns.ts';
import { paint, signOf } from './paint.ts';
import { spinner } from './spinner.ts';

export type ListPane = {
	readonly name: PaneName;
	readonly rectangle: Rectangle;
	readonly isFocused: boolean;
	readonly top: readonly Piece[];
	readonly bottom: string;
	readonly lines: readonly string[];
};

/** Cursor, sign, mark. */
const signs = 3;

const remembered = new Map<string, Placed<Column<Row>>[]>();

const placed = (name: PaneName, room: number, state: State): Placed<Column<Row>>[] => {
	const { columns } = kinds[name] as Kind<Row>;
	const shown = columns.filter(({ when }) => when?.(state) ?? true);
	const key = `${name} ${room} ${shown.map(({ label }) => label).join(' ')}`;
	const known = remembered.get(key) ?? place(shown, room);
	remembered.set(key, known);
	return known;
};

const signText = (row: Row, state: State, isPlain: boolean): string => {
	if (state.busy.has(row.id)) return isPlain ? spinner(state.now) : paint.busy(spinner(state.now));
	if (row.kind === 'container') {
		const { sign, tone } = signOf(row);
		return isPlain ? sign : paint[tone](sign);
	}
	if (row.kind === 'image') return row.reference === undefined ? '◌' : ' ';
	const { sign, tone } = portSign(row, state);
	return isPlain ? sign : paint[tone](sign);
};

const rowLine = (
	row: Row,
	state: State,
	columns: readonly Placed<Column<Row>>[],
	room: number,
	isCursor: boolean,
	isFocused: boolean,
) => {
	const isPlain = isCursor && isFocused;
	let line = '';
	let at = 0;
	for (const { column, width, at: from } of columns) {
		const text = fit(column.text(row, state, width), width, column.align, column.cut);
		const tone = column.isDim ? 'dim' : column.tone?.(row, state);
		line += ' '.repeat(from - at) + (tone && !isPlain ? paint[tone](text) : text);
		at = from + width;
	}
	const isMarked = isFocusedPane(state, row) && state.marked.has(row.id);
	const mark = isMarked ? '*' : ' ';
	const whole = `${isCursor ? (isPlain ? '>' : paint.dim('>')) : ' '}${signText(row, state, isPlain)}${isMarked && !isPlain ? paint.busy(mark) : mark}${line}${' '.repeat(Math.max(0, room - at))}`;
	if (isPlain) return paint.cursor(whole);
	return whole;
};

const isFocusedPane = (state: State, row: Row) => paneOf[row.kind] === state.pane;
const paneOf = { container: 'containers', image: 'images', port: 'ports' } as const;

const emptyLines = (name: PaneName, state: State, columns: number): string[] => {
	const { filter } = state.panes[name];
	const hidden = name === 'containers' && !state.showsStopped && state.containers.size > 0;
	const sentence = !state.isListed
		? `${spinner(state.now)} Asking the engine…`
		: filter !== ''
			? `Nothing has "${filter}". Esc clears the filter.`
			: hidden
				? 'No container is running. A shows the stopped ones.'
				: kinds[name].empty;
	return wrapWords(sentence, columns - 4).map((line) => paint.dim(fit(`  ${line}`, columns)));
};

const titleText = (name: PaneName, state: State, shown: number, columns: number): string => {
	const filter = clean(state.panes[name].filter);
	const all = countOf(state, name);
	const isTyped = state.overlay?.type === 'filter' && state.pane === name;
	const title = ` ${paneNames.indexOf(name) + 1} ${kinds[name].title} ${filter === '' ? `${all}` : `${shown}/${all}`} `;
	if (filter === '' && !isTyped) return title;
	// Of a long filter the end is seen, where it is typed.
	return `${title}/${shorten(filter, Math.max(4, columns - title.length - 4), 'start')}${isTyped ? '▏' : ''} `;
};

const titleOf = (
	name: PaneName,
	state: State,
	columns: readonly Placed<Column<Row>>[],
	width: number,
	options: Options,
): Piece[] => {
	const text = titleText(name, state, rowsOf(state, name).length, width);
	const title = { at: 1, text, painted: options.isFocused ? paint.chosenTab : paint.strong };
	if (options.isAlone) {
		// Only one list is on screen: the others are named beside it, all in their order.
		let at = 1;
		return paneNames.map((other) => {
			const isShown = other === name;
			const piece = isShown
				? { ...title, at }
				: { at, text: titleText(other, state, rowsOf(state, other).length, width), painted: paint.dim };
			at += textWidth(piece.text);
			return piece;
		});
	}
	const labels = columns
		.filter(({ column }) => column.label !== '')
		.map(({ column, width: wide, at }) => {
			const shift = column.align === 'right' ? wide - column.label.length : 0;
			return { at: at + shift + signs, text: ` ${column.label} `, painted: paint.dim };
		});
	return [title, ...labels];
};

type Options = {
	/** No other list is on screen. */
	readonly isAlone: boolean;
	readonly isFocused: boolean;
};

export const listPane = (state: State, name: PaneName, rectangle: Rectangle, options: Options): ListPane => {
	const rows: readonly Row[] = rowsOf(state, name);
	const { selected, top } = state.panes[name];
	const height = rectangle.height - 2;
	// One column stays free at the right, as one does in the details.
	const room = rectangle.width - 3;
	const columns = placed(name, room - signs, state);
	const lines = rows
		.slice(top, top + height)
		.map((row) => `${rowLine(row, state, columns, room - signs, row.id === selected, options.isFocused)} `);
	return {
		name,
		rectangle,
		isFocused: options.isFocused,
		top: titleOf(name, state, columns, rectangle.width, options),
		bottom: bottomText(
			[
				checkingText(state, name),
				columns.some(({ column }) => column.label === 'REACH') ? '' : reachText(state, name),
				marksText(state, name),
				placeText(rows, selected, height),
			],
			rectangle.width,
		),
		lines: rows.length ? lines : emptyLines(name, state, rectangle.width - 2).slice(0, height),
	};
};

/** What does not fit is left out, from the left. */
const bottomText = (parts: readonly string[], columns: number): string =>
	parts.reduceRight((text, part) => (textWidth(part + text) <= columns - 3 ? part + text : text), '');

/** Where there is no column for it, that of the selected row. */
const reachText = (state: State, name: PaneName): string => {
	const row = selectedRow(state);
	if (name !== state.pane || row?.kind !== 'port') return '';
	const isQuiet = state.ports.isChecking && portSign(row, state).sign !== '!';
	return isQuiet ? '' : ` ${clean(reach(row, state))} `;
};

const marksText = (state: State, name: PaneName): string => {
	if (state.pane !== name || state.marked.size === 0) return '';
	const shown = markedRows(state).length;
	const hidden = state.marked.size - shown;
	return ` ${shown} marked${hidden ? `, ${hidden} hidden` : ''} `;
};

const checkingText = ({ ports }: State, name: PaneName): string =>
	name === 'ports' && ports.isChecking ? ' checks what is in view, C stops ' : '';

const placeText = (rows: readonly Row[], selected: string | undefined, height: number): string =>
	rows.length > height ? ` ${indexOfRow(rows, selected) + 1}/${rows.length} ` : '';
