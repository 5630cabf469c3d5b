// Whatever the size of the terminal: the rectangles tile what is between header and footer.
import { describe, expect, it } from 'vitest';
import type { Container } from '../../source/model/items.ts';
import {
	detailSize,
	isTooSmall,
	layoutOf,
	listHeight,
	type Rectangle,
	terminalPlace,
	terminalSize,
} from '../../source/model/layout.ts';
import { paneNames, type State } from '../../source/model/state.ts';
import { after, blank, container, image, listed, now, opened, terminalTab } from './things.ts';

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
		for (const [isDetailFocused, beside] of [
			[false, 'details'],
			[true, 'details'],
			[false, 'terminals'],
			[true, 'terminals'],
		] as const) {
			const state = { ...blank({ columns, rows }), pane, isDetailFocused, beside };
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

describe('room that a list has no use for', () => {
	const many = (count: number, news: Partial<Container> = {}) =>
		Array.from({ length: count }, (_, index) => container(`c${index}`, news));
	const heights = (state: State) => paneNames.map((name) => listHeight(layoutOf(state), name));
	const publishing = (count: number) =>
		many(1, {
			ports: Array.from({ length: count }, (_, index) => ({
				address: '',
				hostPort: 8000 + index * 2,
				containerPort: 80,
				protocol: 'tcp' as const,
			})),
		});

	it('goes to those that want more', () => {
		expect(heights(listed(publishing(1)))).toEqual([13, 8, 6]);
		expect(heights(listed(publishing(29)))).toEqual([4, 4, 19]);
		expect(heights(listed(publishing(8)))).toEqual([7, 8, 12]);
		expect(heights(listed(publishing(54), [], { rows: 80 }))).toEqual([7, 8, 56]);
		expect(heights(listed(publishing(29), [], { columns: 80, rows: 24 }))).toEqual([4, 4, 7]);
	});

	it('goes to the one with the focus first', () => {
		const state = listed([...many(40), ...publishing(40)]);
		expect(heights(state)).toEqual([17, 4, 6]);
		expect(heights(after(state, { type: 'pane-focused', pane: 'ports' }))).toEqual([13, 4, 10]);
	});

	it('is not taken from a list that is full', () => {
		const images = Array.from({ length: 40 }, (_, index) => image([`i:${index}`]));
		expect(heights(listed([...many(40), ...publishing(40)], images))).toEqual([13, 8, 6]);
	});

	it('does not change while one container comes and goes, nor with the filter', () => {
		const ports = publishing(29);
		const others = many(20).slice(1);
		const come = (count: number) => [...ports, ...others.slice(0, count)];
		let state = listed(come(6));
		const before = heights(state);
		state = after(state, { type: 'reread', containers: others.slice(6, 7), gone: [], at: now });
		const fuller = heights(state);
		for (let time = 0; time < 3; time++) {
			state = after(state, { type: 'reread', containers: [], gone: [others[6]?.id ?? ''], at: now });
			expect(heights(state)).toEqual(fuller);
			state = after(state, { type: 'reread', containers: others.slice(6, 7), gone: [], at: now });
			expect(heights(state)).toEqual(fuller);
		}
		expect(fuller).not.toEqual(before);
		expect(heights(after(state, { type: 'filtered', pane: 'ports', text: '8002' }))).toEqual(fuller);
		const gone = others.slice(0, 7).map(({ id }) => id);
		state = after(state, { type: 'reread', containers: [], gone, at: now });
		expect(heights(state)).toEqual([4, 4, 19]);
	});
});

it('below 60×15 it is too small', () => {
	expect(isTooSmall({ columns: 60, rows: 15 })).toBe(false);
	expect(isTooSmall({ columns: 59, rows: 40 })).toBe(true);
	expect(isTooSmall({ columns: 200, rows: 14 })).toBe(true);
});

describe('a terminal', () => {
	const inside = (columns: number, rows: number) =>
		after(blank({ columns, rows }), ...opened(terminalTab(1)));
	const enlarge = { type: 'terminal-enlarged', isFull: true } as const;
	const leave = { type: 'detail-focused', isFocused: false } as const;

	it.each([
		[80, 24, 78, 19],
		[99, 24, 97, 19],
		[100, 24, 54, 19],
		[120, 36, 74, 31],
		[126, 36, 80, 31],
		[130, 36, 80, 31],
		[160, 45, 80, 40],
		[180, 45, 84, 40],
		[200, 60, 94, 55],
		[300, 60, 188, 55],
		[79, 40, 77, 17],
		[60, 15, 58, 10],
	])('at %i×%i has %i×%i: the lists give way until it has 80 columns', (columns, rows, width, height) => {
		expect(terminalSize(inside(columns, rows))).toEqual({ columns: width, rows: height });
	});

	it.each(sizes)(
		'at %i×%i the lists can still be read beside it, and it never gets less than the details',
		(columns, rows) => {
			const state = inside(columns, rows);
			const { panes, details } = layoutOf(state);
			const without = layoutOf(after(blank({ columns, rows }), { type: 'detail-focused', isFocused: true }));
			expect(details?.width).toBeGreaterThanOrEqual(without.details?.width ?? 0);
			for (const name of paneNames) expect(panes[name]?.width ?? columns).toBeGreaterThanOrEqual(44);
		},
	);

	it.each(sizes)(
		'at %i×%i keeps its size when the focus goes elsewhere, and when it is hidden',
		(columns, rows) => {
			const state = inside(columns, rows);
			const size = terminalSize(state);
			for (const events of [
				[leave],
				[{ type: 'terminal-left' }],
				[{ type: 'terminals-hidden' }],
				[{ type: 'tab-chosen', tab: 'Logs' }],
				[leave, { type: 'pane-focused', pane: 'ports' }],
				[{ type: 'opened', overlay: 'search' }],
				[{ type: 'terminal-closed', id: 1 }],
			] as const)
				expect(terminalSize(after(state, ...events))).toEqual(size);
		},
	);

	it.each(sizes)('at %i×%i lies inside the border of its pane', (columns, rows) => {
		const state = inside(columns, rows);
		const { details } = layoutOf(state);
		expect(terminalPlace(state)).toEqual({
			left: (details?.left ?? 0) + 1,
			top: (details?.top ?? 0) + 1,
			...{ width: terminalSize(state).columns, height: terminalSize(state).rows },
		});
	});

	it.each(sizes)('at %i×%i can have the whole screen, but for a line', (columns, rows) => {
		const full = after(inside(columns, rows), enlarge);
		expect(layoutOf(full).panes).toEqual({});
		expect(terminalPlace(full)).toEqual({ left: 0, top: 1, width: columns, height: rows - 1 });
		expect(terminalSize(full)).toEqual({ columns, rows: rows - 1 });
		// The lists come back with the focus, and it keeps its size.
		const away = after(full, leave);
		expect(Object.keys(layoutOf(away).panes)).not.toEqual([]);
		expect(terminalSize(away)).toEqual({ columns, rows: rows - 1 });
	});

	it('is not on screen where there is room for one thing only, and that is a list', () => {
		expect(terminalPlace(after(inside(60, 15), leave))).toBeUndefined();
	});
});
