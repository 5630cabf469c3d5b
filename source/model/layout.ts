// Where everything is on a screen of a given size. Pure arithmetic, so that nothing has to be measured after drawing.
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

/** Header above; action line and hint line below. */
const above = 1;
const below = 2;

export const layoutOf = ({ columns, rows, pane, isDetailFocused, isZoomed }: State): Layout => {
	const height = rows - above - below;
	const whole = { left: 0, top: above, width: columns, height };
	if (columns >= 80 && rows >= 20) {
		// Beside the lists there is no room for a readable log below 100 columns: it takes the body when it has the focus.
		if (isDetailFocused && (isZoomed || columns < 100)) return { panes: {}, details: whole };
		const width = Math.min(110, Math.max(44, Math.round(columns * 0.52)));
		const containers = Math.max(5, Math.round(height * 0.45));
		const images = Math.max(4, Math.round(height * 0.3));
		const heights = { containers, images, ports: height - containers - images };
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

/** Rows of a list that are on screen at once; 1 for a pane that is not. */
export const listHeight = (layout: Layout, pane: PaneName): number =>
	Math.max(1, (layout.panes[pane]?.height ?? 3) - 2);

/** Lines of the details that are on screen at once, and how wide they are. */
export const detailSize = (layout: Layout): { width: number; height: number } => ({
	width: Math.max(1, (layout.details?.width ?? 4) - 4),
	height: Math.max(1, (layout.details?.height ?? 3) - 2),
});
