// Where everything is on a screen of a given size. Pure arithmetic, so that nothing has to be measured after drawing.
import type { Size } from './items.ts';
import { type PaneName, paneNames, type State } from './state.ts';

/** In terminal columns and rows from the upper left corner, borders included. */
export type Rectangle = {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
};

export type Layout = {
	/** Only the panes that are on screen. */
	readonly panes: Readonly<Partial<Record<PaneName, Rectangle>>>;
	readonly details?: Rectangle;
};

export const smallest = { columns: 60, rows: 15 } as const;

export const isTooSmall = ({ columns, rows }: { columns: number; rows: number }): boolean =>
	columns < smallest.columns || rows < smallest.rows;

/** Columns of a list that can still be read. */
const narrowest = 44;

/** Rows of a list come and go in steps of so many. */
const step = 4;

/**
 * Rows that a list has use for, one of them blank. It grows at once, and shrinks only when it is far too large: what comes
 * and goes moves nothing on the screen.
 */
export const roomFor = (count: number, past = 0): number => {
	const room = Math.ceil((count + 1) / step) * step;
	return room > past || room < past - step ? room : past;
};

type Heights = Record<PaneName, number>;

/** What a list has no use for goes to those that want more, first to the one with the focus. */
const shared = (usual: Heights, { panes, pane }: State): Heights => {
	const heights = { ...usual };
	const lacks = (name: PaneName): number => panes[name].room + 2 - heights[name];
	for (const taker of [pane, ...paneNames]) {
		while (lacks(taker) > 0) {
			const [donor] = paneNames.filter((name) => lacks(name) < 0).sort((a, b) => lacks(a) - lacks(b));
			if (donor === undefined) return heights;
			heights[donor]--;
			heights[taker]++;
		}
	}
	return heights;
};

/** Header above; action line and hint line below. */
const above = 1;
const below = 2;

/** A terminal has the whole screen: nothing else is on it. */
export const isFullTerminal = ({ isDetailFocused, beside, terminals }: State): boolean =>
	isDetailFocused && beside === 'terminals' && terminals.isFull;

export const layoutOf = (state: State): Layout => {
	const { columns, rows, pane, isDetailFocused, isZoomed } = state;
	if (isFullTerminal(state)) return { panes: {}, details: { left: 0, top: 0, width: columns, height: rows } };
	const height = rows - above - below;
	const whole = { left: 0, top: above, width: columns, height };
	if (columns >= 80 && rows >= 20) {
		// Beside the lists there is no room for a readable log below 100 columns: it takes the body when it has the focus.
		if (isDetailFocused && (isZoomed || columns < 100)) return { panes: {}, details: whole };
		const usual = Math.min(110, Math.max(narrowest, Math.round(columns * 0.52)));
		// A program, the steps of a build and the layers of an image want 80 columns: the lists give way, as far as they can.
		const width = state.beside !== 'details' ? Math.max(narrowest, Math.min(usual, columns - 82)) : usual;
		const containers = Math.max(5, Math.round(height * 0.45));
		const images = Math.max(4, Math.round(height * 0.3));
		const heights = shared({ containers, images, ports: height - containers - images }, state);
		let top = above;
		const panes: Partial<Record<PaneName, Rectangle>> = {};
		for (const name of paneNames) {
			panes[name] = { left: 0, top, width, height: heights[name] };
			top += heights[name];
		}
		return { panes, details: { left: width, top: above, width: columns - width, height } };
	}
	if (rows < 26 || (isZoomed && isDetailFocused))
		return isDetailFocused ? { panes: {}, details: whole } : { panes: { [pane]: whole } };
	const upper = Math.floor(height / 2);
	return {
		panes: { [pane]: { ...whole, height: upper } },
		details: { ...whole, top: above + upper, height: height - upper },
	};
};

/** The details get more room by it than they have with the focus. */
export const canZoom = (state: State): boolean => {
	const detailsOf = (isZoomed: boolean) => layoutOf({ ...state, isDetailFocused: true, isZoomed }).details;
	const [usual, zoomed] = [detailsOf(false), detailsOf(true)];
	return usual?.width !== zoomed?.width || usual?.height !== zoomed?.height;
};

/** Rows of a list that are on screen at once; 1 for a pane that is not. */
export const listHeight = (layout: Layout, pane: PaneName): number =>
	Math.max(1, (layout.panes[pane]?.height ?? 3) - 2);

/** Lines of the details that are on screen at once, and how wide they are. */
export const detailSize = (layout: Layout): { width: number; height: number } => ({
	width: Math.max(1, (layout.details?.width ?? 4) - 4),
	height: Math.max(1, (layout.details?.height ?? 3) - 2),
});

/** The cells of the terminal in the place of the details. With the whole screen it has but one line of ours above it. */
export const terminalPlace = (state: State): Rectangle | undefined => {
	const { details } = layoutOf(state);
	if (!details) return undefined;
	const { left, top, width, height } = details;
	if (isFullTerminal(state)) return { left, top: top + 1, width, height: height - 1 };
	return { left: left + 1, top: top + 1, width: width - 2, height: height - 2 };
};

/** The size of all terminals: what they have in front and with the focus. Without it they are shown as far as they fit. */
export const terminalSize = (state: State): Size => {
	const place = terminalPlace({
		...state,
		isDetailFocused: true,
		beside: 'terminals',
	});
	return { columns: Math.max(2, place?.width ?? 80), rows: Math.max(1, place?.height ?? 24) };
};
