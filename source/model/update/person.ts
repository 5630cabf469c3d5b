// What the person's moves do: cursor, focus, tabs, filter, sort, marks, size.
import type { PersonEvent } from '../event.ts';
import { detailSize, layoutOf, listHeight } from '../layout.ts';
import { laidOut } from '../listing-texts.ts';
import { movedInLog } from '../log/steps.ts';
import { indexOfRow, rowsOf } from '../rows.ts';
import type { Pane, PaneName, State } from '../state.ts';
import { tabOf } from '../tabs.ts';
import { withTab } from './terminals.ts';

export const withPane = (state: State, name: PaneName, news: Partial<Pane>): State => ({
	...state,
	panes: { ...state.panes, [name]: { ...state.panes[name], ...news } },
});

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

const movedInList = (state: State, by: number, unit: 'row' | 'page' | 'end'): State => {
	const rows = rowsOf(state, state.pane);
	const page = listHeight(layoutOf(state), state.pane);
	const { selected } = state.panes[state.pane];
	const from = indexOfRow(rows, selected);
	const step = unit === 'row' ? by : unit === 'page' ? by * Math.max(1, page - 1) : by * rows.length;
	const row = rows[clamp(from + step, 0, rows.length - 1)];
	if (!row || row.id === selected) return state;
	const { awaited: _, ...pane } = state.panes[state.pane];
	return {
		...state,
		panes: { ...state.panes, [state.pane]: { ...pane, selected: row.id } },
		details: { ...state.details, top: 0 },
	};
};

const movedInDetails = (state: State, by: number, unit: 'row' | 'page' | 'end'): State => {
	if (tabOf(state) === 'Logs') return { ...state, logView: movedInLog(state, by, unit) };
	const { height } = detailSize(layoutOf(state));
	const step =
		unit === 'row' ? by : unit === 'page' ? by * Math.max(1, height - 1) : by * Number.MAX_SAFE_INTEGER;
	const { details } = state;
	const end = state.ends.details;
	return { ...state, details: { ...details, top: clamp(details.top + step, 0, end) } };
};

/** On a small screen a terminal is only seen while it has the focus. */
const seen = ({ terminals, beside }: State, isFocused: boolean): State['terminals'] =>
	isFocused && beside === 'terminals' && terminals.front !== undefined
		? withTab(terminals, terminals.front, { hasNews: false })
		: terminals;

/** What is broken to the width of the screen lies over the panes. */
const relaid = (state: State): State => {
	const { overlay, columns } = state;
	return overlay?.type === 'listing'
		? {
				...state,
				overlay: { ...overlay, listings: overlay.listings.map((each) => laidOut(each, columns)) },
			}
		: state;
};

export const updatePerson = (state: State, event: PersonEvent): State => {
	switch (event.type) {
		case 'resized':
			return relaid({ ...state, columns: event.columns, rows: event.rows });
		case 'moved':
			return state.isDetailFocused
				? movedInDetails(state, event.by, event.unit)
				: movedInList(state, event.by, event.unit);
		case 'pane-focused': {
			const isSame = event.pane === state.pane;
			return {
				...state,
				pane: event.pane,
				isDetailFocused: false,
				marked: isSame ? state.marked : new Set(),
				details: isSame ? state.details : { ...state.details, top: 0 },
			};
		}
		case 'selected':
			return withPane(state, event.pane, { selected: event.id });
		case 'awaited':
			return withPane(state, event.pane, { awaited: event.id });
		case 'detail-focused':
			return { ...state, isDetailFocused: event.isFocused, terminals: seen(state, event.isFocused) };
		case 'zoomed':
			return { ...state, isZoomed: event.isZoomed, isDetailFocused: event.isZoomed || state.isDetailFocused };
		case 'tab-chosen':
			return {
				...state,
				details: { tab: event.tab, top: 0 },
				terminals: { ...state.terminals, isInside: false },
				beside: 'details',
			};
		case 'filtered':
			return withPane(state, event.pane, { filter: event.text });
		case 'sorted':
			return withPane(state, event.pane, { sort: event.sort, top: 0 });
		case 'marked': {
			const marked = new Set(state.marked);
			for (const id of event.ids) {
				if (event.isMarked) marked.add(id);
				else marked.delete(id);
			}
			return { ...state, marked };
		}
		case 'stopped-shown':
			return { ...state, showsStopped: event.isShown };
	}
};
