// The cursor that walks through what a terminal printed: it stays in it, and the window follows it no more than it must.
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../source/model/terminals.ts';
import { type Extent, markedColumns, markedRange, readingAt } from '../../source/terminal/reading.ts';

/** Rows 100 to 199 are kept, twenty of them are on screen. */
const extent: Extent = { first: 100, end: 200, height: 20, columns: 80 };
const at = (row: number, column = 0, past?: Reading) => readingAt({ row, column }, extent, past);

describe('the cursor', () => {
	it.each([
		[150, 10, 150, 10],
		[0, 0, 100, 0],
		[99, 5, 100, 5],
		[200, 5, 199, 5],
		[1e9, 1e9, 199, 79],
		[-1, -1, 100, 0],
		[150, 80, 150, 79],
	])('at %i:%i is at %i:%i', (row, column, thereRow, thereColumn) => {
		expect(at(row, column).at).toEqual({ row: thereRow, column: thereColumn });
	});

	it('is on the only row of a terminal that has but one', () => {
		const small = { first: 5, end: 6, height: 20, columns: 2 };
		expect(readingAt({ row: 9, column: 9 }, small)).toEqual({ at: { row: 5, column: 1 }, top: 5 });
	});
});

describe('the window', () => {
	it('begins at the newest', () => {
		expect(at(199).top).toBe(180);
		expect(at(180).top).toBe(180);
	});

	it('moves only as far as it must', () => {
		const past = at(150, 0, { at: { row: 155, column: 0 }, top: 140 });
		expect(past.top).toBe(140);
		expect(at(159, 0, past).top).toBe(140);
		expect(at(160, 0, past).top).toBe(141);
		expect(at(139, 0, past).top).toBe(139);
		expect(at(100, 0, past).top).toBe(100);
		expect(at(199, 0, past).top).toBe(180);
	});

	it('never shows what is not there', () => {
		for (const top of [-5, 0, 100, 190, 500])
			for (const row of [100, 119, 150, 199]) {
				const next = at(row, 0, { at: { row, column: 0 }, top });
				expect(next.top).toBeGreaterThanOrEqual(100);
				expect(next.top).toBeLessThanOrEqual(180);
				expect(row - next.top).toBeLessThan(20);
				expect(next.top).toBeLessThanOrEqual(row);
			}
	});

	it('stands still where all fits', () => {
		const few = { first: 0, end: 5, height: 20, columns: 80 };
		for (const row of [0, 4, 9]) expect(readingAt({ row, column: 0 }, few).top).toBe(0);
	});

	it('goes with rows that are forgotten meanwhile', () => {
		const past: Reading = { at: { row: 50, column: 3 }, top: 40 };
		expect(readingAt(past.at, extent, past)).toEqual({ at: { row: 100, column: 3 }, top: 100 });
	});
});

describe('marks', () => {
	const marked = (row: number, column: number, isLines = false): Reading => ({
		at: { row: 150, column: 10 },
		top: 140,
		mark: { row, column, isLines },
	});

	it('stay where they were set when the cursor goes on', () => {
		expect(at(151, 0, marked(148, 3)).mark).toEqual({ row: 148, column: 3, isLines: false });
		expect('mark' in at(151, 0, at(150))).toBe(false);
	});

	it.each([
		[marked(148, 20), [148, 20], [150, 10]],
		[marked(152, 2), [150, 10], [152, 2]],
		[marked(150, 4), [150, 4], [150, 10]],
		[marked(150, 40), [150, 10], [150, 40]],
		[marked(150, 10), [150, 10], [150, 10]],
	] as const)('reach from the first cell to the last, in either order: %o', (reading, from, to) => {
		const range = markedRange(reading);
		expect([range?.from.row, range?.from.column]).toEqual(from);
		expect([range?.to.row, range?.to.column]).toEqual(to);
	});

	it('none are none', () => {
		const reading = at(150);
		expect(markedRange(reading)).toBeUndefined();
		expect(markedColumns(reading, 150, 80)).toBeUndefined();
	});

	it('by characters go over the ends of rows', () => {
		const columns = (row: number) => markedColumns(marked(148, 20), row, 80);
		expect([147, 148, 149, 150, 151].map(columns)).toEqual([
			undefined,
			[20, 80],
			[0, 80],
			[0, 11],
			undefined,
		]);
		expect(markedColumns(marked(150, 10), 150, 80)).toEqual([10, 11]);
	});

	it('by lines take whole rows', () => {
		const columns = (row: number) => markedColumns(marked(152, 79, true), row, 80);
		expect([149, 150, 151, 152, 153].map(columns)).toEqual([undefined, [0, 80], [0, 80], [0, 80], undefined]);
	});
});
