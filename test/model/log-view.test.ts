// Which lines of a log are shown, which are found, where rows break, and where moves lead to.
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import type { LogLine } from '../../source/model/items.ts';
import { partAt, rowStarts } from '../../source/model/log/breaks.ts';
import { countBefore, countOf, type Lens, nextAfter, nextBefore } from '../../source/model/log/lenses.ts';
import { momentOf, momentText } from '../../source/model/log/moment.ts';
import { setWatchdog } from '../../source/model/log/patience.ts';
import { patternOf } from '../../source/model/log/pattern.ts';
import { appended, emptyRing, type LogRing } from '../../source/model/log/ring.ts';
import { hitLens, initialLogView, type LogView, shownLens } from '../../source/model/log/view.ts';
import { currentWindow } from '../../source/model/log/window.ts';
import type { State } from '../../source/model/state.ts';
import { width } from '../../source/model/text.ts';
import { watchdog } from '../../source/watchdog.ts';
import { after, blank, container, idOf, listed, logLines, now } from './things.ts';

setWatchdog(watchdog);

/** The same numbers in every run. */
const random = (seed: number) => {
	let state = seed;
	return (below: number): number => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
		return (state >> 8) % below;
	};
};

const ringOf = (...chunks: readonly (readonly LogLine[])[]): LogRing => chunks.reduce(appended, emptyRing);
const view = (news: Partial<LogView>): LogView => ({ ...initialLogView, ...news });
const textsOf = (lines: readonly LogLine[], lens: Lens) =>
	lines.filter((line) => lens?.passes(line, line) ?? true).map(({ text }) => text);

describe('a pattern', () => {
	const passes = (pattern: string, text: string, mayBeInverse = false) => {
		const read = patternOf(pattern, mayBeInverse);
		return read && read.test(text) !== read.isInverse;
	};

	it.each([
		['error', 'an ERROR here', true],
		['Error', 'an ERROR here', false],
		['err.*here', 'an error here', true],
		['^an', 'than', false],
		['api?x=1', 'GET /api?x=1', true],
		['(open', 'never (opened', true],
		['[', 'a[1]', true],
		['사용자', '새 사용자 김철수', true],
		['a|b', 'b', true],
		['a|b', 'c', false],
		['\\!important', 'x !important', true],
	])('%s in %s: %s', (pattern, text, isThere) => {
		expect(passes(pattern, text)).toBe(isThere);
		expect(passes(pattern, text)).toBe(isThere);
	});

	it('with ! before it means the others, where that may be', () => {
		expect(passes('!get', 'GET /', true)).toBe(false);
		expect(passes('!get', 'POST /', true)).toBe(true);
		expect(passes('!get', 'not !get')).toBe(true);
		expect(patternOf('!', true)).toBeUndefined();
		expect(patternOf('')).toBeUndefined();
	});

	it('knows where on a row it is found, also where it begins on another', () => {
		const hits = (pattern: string, text: string, from: number, to: number) =>
			patternOf(pattern)?.hits(text, from, to);
		expect(hits('ab', 'ab ab ab', 0, 8)).toEqual([
			[0, 2],
			[3, 5],
			[6, 8],
		]);
		expect(hits('ab', 'ab ab ab', 4, 7)).toEqual([
			[3, 5],
			[6, 8],
		]);
		expect(hits('a*', 'bab', 0, 3)).toEqual([[1, 2]]);
	});

	it('that takes long is tried on the beginning of a long line only', () => {
		const start = performance.now();
		expect(passes('.*x.*y', 'a'.repeat(1 << 20))).toBe(false);
		expect(passes('end', `${'a'.repeat(1 << 20)}end`)).toBe(true);
		expect(performance.now() - start).toBeLessThan(1000);
	});
});

describe('lenses', () => {
	const lines = logLines(['GET /a 200', 'GET /b 500', 'POST /a 200', '\x1b[31mGE\x1b[0mT /c 404']);

	it.each([
		[{ filter: 'get' }, ['GET /a 200', 'GET /b 500', '\x1b[31mGE\x1b[0mT /c 404']],
		[{ filter: '!get' }, ['POST /a 200']],
		[{ filter: '[45]\\d\\d$' }, ['GET /b 500', '\x1b[31mGE\x1b[0mT /c 404']],
		[{}, lines.map(({ text }) => text)],
	] as const)('%j', (news, texts) => {
		expect(textsOf(lines, shownLens(view(news)))).toEqual(texts);
	});

	it('of hits look at the shown lines only', () => {
		expect(textsOf(lines, hitLens(view({ filter: '/a', search: 'get' })))).toEqual(['GET /a 200']);
	});

	it('of levels keep what is as important', () => {
		const levels = logLines(['ERROR a', 'WARN b', 'INFO c', 'DEBUG d', 'e']);
		const shown = (threshold: LogView['threshold']) => textsOf(levels, shownLens(view({ threshold })));
		expect(shown('error')).toEqual(['ERROR a']);
		expect(shown('warning')).toEqual(['ERROR a', 'WARN b']);
		expect(shown('info')).toEqual(['ERROR a', 'WARN b', 'INFO c', 'e']);
		expect(shown('all')).toHaveLength(5);
	});

	it('of one stream keep what went there, and what came of a terminal, which has no other', () => {
		const printed = (['stdout', 'stderr', 'tty'] as const).flatMap((source) =>
			logLines([`${source} GET`, source]).map((line) => ({ ...line, source })),
		);
		const shown = (news: Partial<LogView>) => textsOf(printed, shownLens(view(news)));
		expect(shown({ source: 'both' })).toHaveLength(6);
		expect(shown({ source: 'stdout' })).toEqual(['stdout GET', 'stdout', 'tty GET', 'tty']);
		expect(shown({ source: 'stderr', filter: 'get' })).toEqual(['stderr GET', 'tty GET']);
		expect(textsOf(printed, hitLens(view({ source: 'stderr', search: 'std' })))).toEqual([
			'stderr GET',
			'stderr',
		]);
	});

	it('let gaps pass, and never find them', () => {
		const gap: LogLine = { source: 'stdout', text: '', stamp: '', note: 'Lines are missing here.' };
		expect(shownLens(view({ filter: 'x' }))?.passes(gap, gap)).toBe(true);
		expect(hitLens(view({ search: 'missing' }))?.passes(gap, gap)).toBe(false);
	});
});

describe('the index', () => {
	it('counts and finds as looking at every line does', () => {
		const next = random(7);
		for (let round = 0; round < 30; round++) {
			const chunks = Array.from({ length: 1 + next(5) }, () =>
				logLines(Array.from({ length: 1 + next(900) }, () => `${next(10)}`)),
			);
			const ring = { ...ringOf(...chunks), dropped: next(1000) - 500 };
			const all = chunks.flat().map(({ text }, index) => ({ text, number: ring.dropped + index }));
			for (const filter of ['', '3', '!3', 'nowhere']) {
				const lens = shownLens(view({ filter }));
				const numbers = all
					.filter(({ text }) => (filter === '' ? true : filter === '!3' ? text !== '3' : text === filter))
					.map(({ number }) => number);
				expect(countOf(ring, lens)).toBe(numbers.length);
				for (let tries = 0; tries < 20; tries++) {
					const at = ring.dropped - 5 + next(ring.length + 10);
					expect(nextAfter(ring, lens, at)).toBe(numbers.find((number) => number > at));
					expect(nextBefore(ring, lens, at)).toBe(numbers.findLast((number) => number < at));
					expect(countBefore(ring, lens, at)).toBe(numbers.filter((number) => number < at).length);
				}
			}
		}
	});

	it('looks at each line once, and at new ones only', () => {
		let looks = 0;
		const lens: Lens = {
			key: 'counted',
			passes: () => {
				looks++;
				return true;
			},
		};
		const ring = ringOf(logLines(Array(600).fill('a')), logLines(Array(600).fill('b')));
		expect([countOf(ring, lens), countOf(ring, lens), looks]).toEqual([1200, 1200, 1200]);
		countOf(appended(ring, logLines(Array(600).fill('c'))), lens);
		expect(looks).toBe(1800);
	});
});

describe('rows', () => {
	const letters = ['a', '한', '🚀', 'é', 'ｆ', '\u0301', ' ', 'z'];
	const textFrom = (next: (below: number) => number) =>
		Array.from({ length: next(60) }, () => letters[next(letters.length)]).join('');

	it('of any text have all of it, and none is too wide', () => {
		const next = random(11);
		for (let round = 0; round < 300; round++) {
			const text = textFrom(next).normalize('NFC');
			const columns = 4 + next(20);
			const starts = rowStarts(text, columns, 2);
			const rows = starts.map((start, index) => text.slice(start, starts[index + 1]));
			expect(rows.join('')).toBe(text);
			for (const [index, row] of rows.entries())
				expect(width(row), text).toBeLessThanOrEqual(index === 0 ? columns : columns - 2);
		}
	});

	it('that are not broken show the columns one moved to', () => {
		expect(partAt('abcdef', 2, 3)).toEqual({ from: 2, to: 5, lead: 0, columns: 3 });
		expect(partAt('abc', 5, 3)).toEqual({ from: 3, to: 3, lead: 0, columns: 0 });
		// Half of the second one is cut off at the left, and of the third one at the right.
		expect(partAt('한글말', 3, 2)).toEqual({ from: 2, to: 2, lead: 1, columns: 1 });
		expect(partAt('한글말', 2, 3)).toEqual({ from: 1, to: 2, lead: 0, columns: 2 });
		const next = random(13);
		for (let round = 0; round < 300; round++) {
			const text = textFrom(next).normalize('NFC');
			const [left, columns] = [next(30), 1 + next(20)];
			const part = partAt(text, left, columns);
			expect(part.columns).toBeLessThanOrEqual(columns);
			expect(part.lead + width(text.slice(part.from, part.to)), JSON.stringify([text, left, columns])).toBe(
				part.columns,
			);
		}
	});
});

describe('a moment', () => {
	it.each([
		['10m', now - 600_000],
		['1h30m', now - 5_400_000],
		['1.5h', now - 5_400_000],
		['90s', now - 90_000],
		['2d', now - 172_800_000],
		['2026-01-15T11:00:00Z', now - 3_600_000],
		['2026-01-15T12:00+01:00', now - 3_600_000],
		['2026-01-15T11Z', now - 3_600_000],
		['1768474800', 1_768_474_800_000],
		['10m ago', now - 600_000],
		['1.2345s', now - 1235 + 1],
		['0.3ms', now],
	])('%s', (text, at) => {
		expect(momentOf(text, now)).toBe(at);
	});

	it('without a zone is one of this machine', () => {
		expect(momentOf('2026-01-15T10:30', now)).toBe(new Date(2026, 0, 15, 10, 30).getTime());
		expect(momentOf('2026-01-15', now)).toBe(new Date(2026, 0, 15).getTime());
	});

	it('of a clock is the last one at which it showed that', () => {
		const noon = new Date(2026, 0, 15, 12).getTime();
		const clock = (day: number, ...time: [number, number, number?, number?]) =>
			new Date(2026, 0, day, ...time).getTime();
		expect(momentOf('08:15', noon)).toBe(clock(15, 8, 15));
		expect(momentOf('8:15:10', noon)).toBe(clock(15, 8, 15, 10));
		expect(momentOf('08:15:10.12', noon)).toBe(clock(15, 8, 15, 10, 120));
		expect(momentOf('12:00', noon)).toBe(noon);
		expect(momentOf('12:01', noon)).toBe(clock(14, 12, 1));
	});

	it.each([
		'',
		'soon',
		'10',
		'10 minutes',
		'm',
		'2026-13-45',
		'2026-02-31',
		'2026-02-30T10:00',
		'24:00',
		'10:60',
		'999999999d',
		'99999d',
		'ago',
		'2026-01-15 ago',
	])('is not %s', (text) => {
		expect(momentOf(text, now)).toBeUndefined();
	});

	it('is shown as it is typed', () => {
		expect(momentText(undefined)).toBe('');
		expect(momentOf(momentText(now), now)).toBe(now);
	});
});

describe('the window', () => {
	const id = idOf('web');
	const sizes = [
		[120, 36],
		[80, 24],
		[60, 15],
		[200, 60],
	] as const;
	const words = [
		'GET',
		'ERROR',
		'한글',
		'🚀',
		'x'.repeat(300),
		'{"msg":"a","level":"warn"}',
		'\x1b[31mred',
		'\t',
	];

	const linesFrom = (next: (below: number) => number): LogLine[] =>
		Array.from({ length: next(40) }, () => ({
			source: next(3) ? 'stdout' : 'stderr',
			text: Array.from({ length: next(12) }, () => words[next(words.length)]).join(' '),
			stamp: '2026-01-15T12:00:00.000000000Z',
			...(next(50) ? {} : { note: 'Lines are missing here.' }),
		}));

	const eventFrom = (next: (below: number) => number, state: State): Event => {
		const ring = state.known.log?.ring ?? emptyRing;
		switch (next(14)) {
			case 0:
				return { type: 'logged', id, lines: linesFrom(next) };
			case 1:
				return { type: 'log-viewed', news: { filter: ['', 'get', '!x', 'nowhere', '['][next(5)] ?? '' } };
			case 2:
				return { type: 'log-viewed', news: { wraps: next(2) === 0, left: next(40) } };
			case 3:
				return { type: 'log-viewed', news: { foldsJson: next(2) === 0, times: next(2) ? 'utc' : 'off' } };
			case 4: {
				const [columns, rows] = sizes[next(4)] ?? [120, 36];
				return { type: 'resized', columns, rows };
			}
			case 5:
				return { type: 'log-viewed', news: { threshold: next(2) ? 'warning' : 'all' } };
			case 6:
				return { type: 'log-sought', number: ring.dropped + next(ring.length + 1) };
			case 7:
				return { type: 'log-older', id, lines: linesFrom(next), isAll: false };
			case 8:
				return { type: 'log-older-wanted' };
			default:
				return {
					type: 'moved',
					by: [-1, 1, -3, 2][next(4)] ?? 1,
					unit: (['row', 'row', 'page', 'end'] as const)[next(4)] ?? 'row',
				};
		}
	};

	it.each(Array.from({ length: 40 }, (_, seed) => seed))(
		'has the cursor in it, whatever happens (%i)',
		(seed) => {
			const next = random(seed * 97 + 5);
			let state = after(
				listed([container('web')]),
				{ type: 'log-opened', id },
				{ type: 'detail-focused', isFocused: true },
			);
			for (let step = 0; step < 150; step++) {
				const event = eventFrom(next, state);
				state = after(state, event);
				const window = currentWindow(state);
				if (!window || window.cursor === undefined) {
					expect(window?.rows ?? []).toEqual([]);
					continue;
				}
				const numbers = window.rows.map(({ number }) => number);
				expect(numbers, JSON.stringify(event)).toContain(window.cursor);
				// In order, each line whole but for the first and the last.
				expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
				for (const [index, row] of window.rows.entries()) {
					const above = window.rows[index - 1];
					if (above) expect(row.number === above.number ? above.row + 1 : Math.min(0, row.row)).toBe(row.row);
				}
			}
		},
	);

	it('does not move when lines come, nor when old ones are read', () => {
		const many = (count: number) => logLines(Array.from({ length: count }, (_, index) => `${index}`));
		const base = after(
			listed([container('web')]),
			{ type: 'log-opened', id },
			{ type: 'logged', id, lines: many(200) },
		);
		const read = after(
			base,
			{ type: 'detail-focused', isFocused: true },
			{ type: 'moved', by: -50, unit: 'row' },
		);
		const rows = (state: State) => currentWindow(state)?.rows.map(({ number, row }) => [number, row]);
		const more = after(
			read,
			{ type: 'logged', id, lines: many(300) },
			{ type: 'log-older-wanted' },
			{ type: 'log-older', id, lines: many(300), isAll: true },
		);
		expect(rows(more)).toEqual(rows(read));
	});

	it('of nothing is empty', () => {
		expect(currentWindow(blank())).toBeUndefined();
		expect(currentWindow(after(listed([container('web')]), { type: 'log-opened', id }))?.rows).toEqual([]);
	});
});
