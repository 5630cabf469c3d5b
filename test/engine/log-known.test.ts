// Lines that are read twice are told once; stamps of all engines are compared and told back.
import { describe, expect, it } from 'vitest';
import { knownLines } from '../../source/engine/log/known.ts';
import { compareStamps, momentOf } from '../../source/engine/stamp.ts';
import type { LogLine } from '../../source/model/items.ts';

const line = (text: string, stamp: string, source: LogLine['source'] = 'stdout'): LogLine => ({
	source,
	text,
	stamp,
});
const at = (nanos: number) => `2026-11-20T20:05:57.${String(nanos).padStart(9, '0')}Z`;

describe('lines', () => {
	const lines = [line('a', at(1)), line('b', at(2)), line('b', at(2), 'stderr'), line('c', at(3))];

	it('that were there before a break are not told again, and those after it are', () => {
		const known = knownLines(lines);
		expect(known.resume()).toBeLessThan(Date.parse('2026-11-20T20:05:57Z'));
		expect([...lines, line('d', at(4))].filter(known.take).map(({ text }) => text)).toEqual(['d']);
	});

	it('that are older than all that were taken are not told after a break', () => {
		const known = knownLines(lines.slice(1));
		known.resume();
		expect(lines.filter(known.take)).toEqual([]);
	});

	it('that come again after a rotation are not told again', () => {
		const known = knownLines();
		const again = [...lines, ...lines.slice(1), line('d', at(4))];
		expect(again.filter(known.take).map(({ text }) => text)).toEqual(['a', 'b', 'b', 'c', 'd']);
	});

	it('that come again with their whole file after a rotation are not told again', () => {
		const known = knownLines([], true);
		const file = Array.from({ length: 100_000 }, (_, index) => line(`line ${index}`, at(index * 2 + 1)));
		const next = [line('next', at(300_000))];
		expect(file.filter(known.take)).toHaveLength(file.length);
		expect([...file, ...next, ...file.slice(50_000), ...next].filter(known.take)).toEqual(next);
	});

	it('take no more memory where they are long', () => {
		const known = knownLines();
		const many = Array.from({ length: 3000 }, (_, index) => line(`${index} `.padEnd(20_000, 'x'), at(index)));
		many.map(known.take);
		expect(known.characters).toBeLessThan(16 << 20);
		expect(many.slice(-20).filter(known.take)).toEqual([]);
	});

	it('of a clock of seconds are told as often as they came', () => {
		const known = knownLines();
		const same = Array.from({ length: 3 }, () => line('same', '2026-11-20T20:05:57Z'));
		expect(same.filter(known.take)).toHaveLength(3);
		known.resume();
		expect([...same, same[0] as LogLine].filter(known.take)).toHaveLength(1);
	});

	it('are all told when the engine’s clock is set back', () => {
		const known = knownLines();
		const back = [line('a', at(9)), line('b', at(5)), line('c', at(6))];
		expect(back.filter(known.take)).toHaveLength(3);
		const rotated = knownLines([], true);
		const many = Array.from({ length: 50_000 }, (_, index) => line(`line ${index}`, at(index * 2 + 1)));
		const again = many.map(({ text }, index) => line(text, at(index * 2)));
		expect([...many, ...again].filter(rotated.take)).toHaveLength(100_000);
	});
});

describe('stamps', () => {
	it.each([
		[at(1), at(2), -1],
		[at(2), at(2), 0],
		['2026-11-20T20:05:57.1Z', '2026-11-20T20:05:57.12Z', -1],
		['2026-11-20T20:05:57.5+01:00', '2026-11-20T19:05:57.4Z', 1],
		['2026-11-20T20:05:57Z', '2026-11-20T20:05:57.000000001Z', -1],
	])('%s is compared with %s', (one, other, sign) => {
		expect(Math.sign(compareStamps(one, other))).toBe(sign);
	});

	it.each([
		['2026-11-20T20:05:57.035102310Z', '1795205157.035102310'],
		['2026-11-20T21:05:57+01:00', '1795205157.000000000'],
		[1_795_205_157_035, '1795205157.035000000'],
		[1_795_205_157_034.5, '1795205157.035000000'],
		[1_795_205_156_999.7, '1795205157.000000000'],
	])('%s is told as %s', (stamp, moment) => {
		expect(momentOf(stamp)).toBe(moment);
	});
});
