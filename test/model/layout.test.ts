// Whatever the size of the terminal: the rectangles tile what is between header and footer.
import { expect, it } from 'vitest';
import { detailSize, isTooSmall, layoutOf, listHeight, type Rectangle } from '../../source/model/layout.ts';
import { paneNames, type State } from '../../source/model/state.ts';
import { blank } from './things.ts';

const sizes = [
	[60, 15],
	[60, 24],
	[60, 26],
	[60, 60],
	[79, 19],
	[79, 40],
	[80, 15],
	[80, 19],
	[80, 20],
	[80, 24],
	[99, 24],
	[100, 24],
	[100, 30],
	[120, 36],
	[160, 45],
	[200, 60],
	[300, 16],
	[400, 120],
	[61, 27],
	[81, 21],
] as const;

const rectanglesOf = (state: State): Rectangle[] => {
	const { panes, details } = layoutOf(state);
	return [...paneNames.flatMap((name) => panes[name] ?? []), ...(details ? [details] : [])];
};

it.each(sizes)('%i×%i is tiled, whatever has the focus', (columns, rows) => {
	for (const pane of paneNames) {
		for (const isDetailFocused of [false, true]) {
			const state = { ...blank({ columns, rows }), pane, isDetailFocused };
			const owners = new Uint8Array(columns * rows);
			for (const { left, top, width, height } of rectanglesOf(state)) {
				expect([left, top, columns - left - width, rows - 2 - top - height].every((room) => room >= 0)).toBe(
					true,
				);
				for (let y = top; y < top + height; y++) {
					for (let x = left; x < left + width; x++)
						owners[y * columns + x] = (owners[y * columns + x] ?? 0) + 1;
				}
			}
			const expected = owners.map((_, index) => (index < columns || index >= columns * (rows - 2) ? 0 : 1));
			expect(Buffer.from(owners).equals(Buffer.from(expected))).toBe(true);
		}
	}
});

it.each(sizes)('at %i×%i what has the focus is on screen, with room for a row', (columns, rows) => {
	for (const pane of paneNames) {
		const list = layoutOf({ ...blank({ columns, rows }), pane });
		expect(list.panes[pane]?.height).toBeGreaterThanOrEqual(3);
		expect(listHeight(list, pane)).toBe((list.panes[pane]?.height ?? 0) - 2);
		const details = layoutOf({ ...blank({ columns, rows }), pane, isDetailFocused: true });
		expect(details.details).toBeDefined();
		expect(detailSize(details).width).toBeGreaterThanOrEqual(30);
	}
});

it('below 60×15 it is too small', () => {
	expect(isTooSmall({ columns: 60, rows: 15 })).toBe(false);
	expect(isTooSmall({ columns: 59, rows: 40 })).toBe(true);
	expect(isTooSmall({ columns: 200, rows: 14 })).toBe(true);
});
