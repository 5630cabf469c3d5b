// A log in its pane: signs, colours, hits, the lower edge, and rows exactly as wide as the pane whatever was printed.
import './surroundings.ts';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import type { LogLine } from '../../source/model/items.ts';
import type { State } from '../../source/model/state.ts';
import { width } from '../../source/model/text.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { logTime } from '../../source/ui/log/time.ts';
import { inStyle, paint } from '../../source/ui/paint.ts';
import { after, container, idOf, logLines, now, second } from '../model/things.ts';
import { logScreens, logState } from './log-screens.ts';

const good = { columns: 120, rows: 36 };
const plain = (painted: string) => painted.replace(/\x1b\[[0-9;]*m/g, '');
const painted = (state: State) => frameOf(state).details?.lines ?? [];
const rows = (state: State) =>
	painted(state)
		.map(plain)
		.map((row) => row.trimEnd());
const edge = (state: State) => (frameOf(state).details?.bottom ?? '').trim();
const viewed = (news: Extract<Event, { type: 'log-viewed' }>['news']): Event => ({
	type: 'log-viewed',
	news,
});
const lists: Event = { type: 'detail-focused', isFocused: false };
const up = (by: number): Event => ({ type: 'moved', by: -by, unit: 'row' });
/** As it is when the log of that time has come. */
const since = (seconds: number): Event => ({
	type: 'log-range-chosen',
	range: { since: now - seconds * second },
});
const numbered = (count: number) => logLines(Array.from({ length: count }, (_, index) => `line ${index}`));
const logged = (lines: readonly LogLine[]): Event => ({ type: 'logged', id: idOf('web'), lines });

describe('signs', () => {
	it('tell levels, streams, gaps and marks, also without colours', () => {
		const lines: LogLine[] = [
			...logLines(['ERROR one', 'WARN two', 'three']),
			{ source: 'stderr', text: 'four', stamp: '' },
			{ source: 'stderr', text: 'ERROR five', stamp: '' },
			{ source: 'stdout', text: '', stamp: '', note: 'Lines are missing here.' },
			...logLines(['last']),
		];
		expect(rows(logState(good, lines, viewed({ marks: new Set([2, 6]) })))).toEqual([
			' ✕ ERROR one',
			' ! WARN two',
			'*  three',
			'  ┊four',
			' ✕┊ERROR five',
			' ~ Lines are missing here.',
			`>  last${' '.repeat(48)}*`,
		]);
	});

	it('are one for a failure, all of which is painted alike', () => {
		const lines = logLines([
			'ERROR one',
			'Traceback (most recent call last):',
			'  File "a.py"',
			'KeyError: 1',
		]);
		const state = logState(good, lines, lists);
		expect(rows(state)).toEqual([
			' ✕ ERROR one',
			'   Traceback (most recent call last):',
			'     File "a.py"',
			'   KeyError: 1',
		]);
		expect(painted(state)[2]).toContain(paint.bad('  File "a.py"'));
		const filtered = logState(good, lines, lists, viewed({ filter: 'Key' }));
		expect(rows(filtered)).toEqual([' ✕ KeyError: 1']);
	});

	it('show the cursor only where keys go to the log', () => {
		expect(rows(logState(good, numbered(2)))[1]).toBe('>  line 1');
		expect(rows(logState(good, numbered(2), lists))[1]).toBe('   line 1');
	});
});

describe('colours', () => {
	it('of levels paint the line, red and yellow', () => {
		const [first, second] = painted(logState(good, logLines(['ERROR one', 'WARN two', 'x'])));
		expect(first).toContain(paint.bad('ERROR one'));
		expect(second).toContain(paint.busy('WARN two'));
	});

	it('of the program are kept if wished, and nothing else of what it says to a terminal', () => {
		const lines = logLines(['\x1b[32mok\x1b[0m \x1b[2J\x1b]0;owned\x07done', 'x']);
		const [kept] = painted(logState(good, lines));
		expect(kept).toContain(inStyle({ colour: 2 })('ok'));
		expect(plain(kept ?? '').trimEnd()).toBe('   ok done');
		const [without] = painted(logState(good, lines, viewed({ keepsColours: false })));
		expect(without).not.toContain(inStyle({ colour: 2 })('ok'));
		expect(plain(without ?? '')).toBe(plain(kept ?? ''));
	});

	it('of hits are on every hit, also across the rows of a long line', () => {
		const [first = '', second = ''] = painted(
			logState(
				good,
				logLines([`${'x'.repeat(50)}needle and needle`, 'last']),
				viewed({ search: 'NEEDLE'.toLowerCase() }),
			),
		);
		expect(first).toContain(paint.hit('ne'));
		expect(second).toContain(paint.hit('edle'));
		expect(second).toContain(paint.hit('needle'));
	});
});

describe('the lower edge', () => {
	const lines = numbered(200);
	/** From the first line that the engine has on. */
	const whole = (size: { columns: number; rows: number }, ...events: readonly Event[]) =>
		logState(size, [], { type: 'log-opened', id: idOf('web'), hasOlder: false }, logged(lines), ...events);
	it.each<[string, readonly Event[]]>([
		['following', []],
		['paused · G follows', [up(1)]],
		['12 newer below · G follows', [up(1), logged(numbered(12))]],
		['following · /line 1.. 100 of 100', [viewed({ search: 'line 1..' })]],
		['following · filter !line 1 (89 of 200)', [viewed({ filter: '!line 1' })]],
		['following · /nowhere no hits · UTC', [viewed({ search: 'nowhere', times: 'utc' })]],
		['paused · G follows · 2 selected · y copies', [{ type: 'log-selected', from: 199 }, up(1)]],
		['following · only errors · stderr only', [viewed({ threshold: 'error', source: 'stderr' })]],
		['following · from column 9', [viewed({ wraps: false, left: 8 })]],
		['/▏', [{ type: 'opened', overlay: 'log-search' }]],
		['/9▏ · 38 of 38', [{ type: 'opened', overlay: 'log-search' }, viewed({ search: '9' })]],
		['filter ▏ · a pattern; ! first: lines without it', [{ type: 'opened', overlay: 'log-filter' }]],
		['filter (▏ · 0 of 200', [{ type: 'opened', overlay: 'log-filter' }, viewed({ filter: '(' })]],
		['', [{ type: 'log-ended', id: idOf('web') }]],
	])('says %s', (text, events) => {
		expect(edge(whole(good, ...events))).toBe(text);
	});

	it('does not speak of streams where a terminal has one only', () => {
		const ofTerminal = lines.map((line): LogLine => ({ ...line, source: 'tty' }));
		expect(edge(logState(good, ofTerminal, viewed({ source: 'stderr' })))).toBe('following');
	});

	it.each<[string, readonly Event[]]>([
		['following · /line 1 111 of 111 · filter line · ≥info', [viewed({ threshold: 'info', times: 'utc' })]],
		['/line 1 no hits · filter line · ≥err · 11:50…', [viewed({ threshold: 'error' }), since(600)]],
		['51 newer · /line 1 51 of 111 · filter line · 11:50…', [since(600), up(60)]],
	])('shortens %s where there is no room', (text, events) => {
		const both = viewed({ search: 'line 1', filter: 'line' });
		expect(edge(whole({ columns: 60, rows: 15 }, both, ...events))).toBe(text);
	});

	it('never leaves out what hides lines', () => {
		const pattern = '결제|payment_id=[0-9a-f]{32}';
		const hiding = { filter: pattern, threshold: 'error', source: 'stdout', times: 'local' } as const;
		const news = viewed({ ...hiding, search: pattern });
		for (const rows of [15, 24, 36])
			for (let columns = 60; columns <= 160; columns++) {
				const focused = whole({ columns, rows }, news, since(3 * 86_400));
				const text = edge(columns < 80 ? focused : after(focused, ...(rows > 20 ? [lists] : [])));
				expect(text, `${columns}`).toMatch(/f:|filter/);
				expect(text, `${columns}`).toMatch(/≥err|only errors/);
				expect(text, `${columns}`).toMatch(/stdout/);
				expect(text, `${columns}`).toMatch(/range|01-12 12:00/);
			}
	});

	it('tells a filter also while a search is typed', () => {
		const typing: Event = { type: 'opened', overlay: 'log-search' };
		expect(edge(whole(good, viewed({ filter: 'line 1', search: '9' }), typing))).toBe(
			'/9▏ · 20 of 20 · filtered',
		);
	});

	it.each([
		[{ since: now - 600_000 }, 'local', 'since 11:50 · local time'],
		[{ since: now - 590_000, until: now }, 'off', 'since 11:50:10 until 12:00'],
		[{ since: now - 86_400_000 }, 'utc', 'since 01-14 12:00Z · UTC'],
		[{ until: now - 31 * 86_400_000 }, 'relative', 'until 2025-12-15 12:00'],
	] as const)('says of which time it is: %j', (range, times, text) => {
		const state = whole(good, viewed({ times }), { type: 'log-range-chosen', range });
		expect(edge({ ...state, known: whole(good).known })).toBe(`following · ${text}`);
	});

	it('says how many are in the stream of a project', () => {
		expect(edge(logScreens['log-merged-120x36']?.() as State)).toBe('following · 3 containers');
	});
});

describe('instead of lines', () => {
	const said = (state: State) => rows(state).join(' ').trim().replace(/\s+/g, ' ');
	const opened = (hasOlder: boolean): Event => ({ type: 'log-opened', id: idOf('web'), hasOlder });

	it.each([
		[3, { threshold: 'error' }, 'All 3 lines are hidden by the level (L).'],
		[1, { threshold: 'error' }, 'The only line is hidden by the level (L).'],
		[3, { source: 'stderr' }, 'All 3 lines are hidden by the stream (S).'],
		[
			1039,
			{ filter: 'x', threshold: 'error' },
			'All 1,039 lines are hidden by the level (L) and the filter (Esc).',
		],
		[
			3,
			{ filter: 'x', source: 'stderr', threshold: 'error' },
			'All 3 lines are hidden by the level (L), the stream (S) and the filter (Esc).',
		],
	] as const)('of %i, with %j, it says what hides them', (count, news, text) => {
		const isAll: Event = { type: 'log-older', id: idOf('web'), lines: [], isAll: true };
		const all = [logged(numbered(count)), { type: 'log-older-wanted' } as const, isAll, viewed(news)];
		expect(said(logState(good, [], ...all))).toBe(text);
		expect(said(logState(good, numbered(count), viewed(news)))).toBe(
			text.replace(/lines?/, '$& read so far'),
		);
	});

	const ended: Event = { type: 'log-ended', id: idOf('web') };
	const sinceThen: Event = { type: 'log-range-chosen', range: { since: now - 60_000 } };
	const restarting: Event = {
		type: 'reread',
		containers: [container('web', { createdAt: now - second, state: 'restarting' })],
		gone: [],
		at: now,
	};

	it.each<[string, readonly Event[]]>([
		['Nothing logged yet.', []],
		['Nothing was logged in that time yet: T asks for another one.', [sinceThen, opened(false)]],
		['It has printed nothing.', [ended]],
		['It has printed nothing since then: T asks for another time.', [sinceThen, opened(false), ended]],
		['The container ended and is restarted: what it says then comes here.', [ended, restarting]],
	])('it says %s', (text, events) => {
		expect(said(logState(good, [], ...events))).toBe(text);
	});
});

describe('times', () => {
	it.each([
		['2026-01-15T11:59:30.250000000Z', 'utc', '11:59:30.250'],
		['2026-01-14T11:59:30.250000000Z', 'utc', '01-14 11:59'],
		['2026-01-15T11:59:55.000000000Z', 'relative', 'now'],
		['2026-01-15T11:59:28.000000000Z', 'relative', '30s'],
		['2026-01-15T11:50:00.000000000Z', 'relative', '10m'],
		['2026-01-15T03:00:00.000000000Z', 'relative', '9h'],
		['2025-12-15T03:00:00.000000000Z', 'relative', '31d'],
		['', 'utc', ''],
	] as const)('%s %s: %s', (stamp, style, text) => {
		expect(logTime(stamp, style, now)).toBe(text);
	});
});

describe('whatever is printed', () => {
	const pieces = [
		...[
			'a',
			' ',
			'ERROR ',
			'{"msg":"한글 \\u001b[2J","level":"warn","n":1}',
			'한',
			'🚀',
			'👨‍👩‍👧',
			'e\u0301',
			'\t',
			'\x1b[31m',
		],
		...[
			'\x1b[0m',
			'\x1b[2J',
			'\x1b]0;t\x07',
			'\u202e',
			'\x9b31m',
			'\r',
			'\x00',
			'\ufffd',
			'x'.repeat(70),
			'\x1b[38;5;9m',
		],
	];

	it('rows are exactly as wide as the pane, and nothing moves the cursor', () => {
		let seed = 4711;
		const next = (below: number) => {
			seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
			return (seed >> 8) % below;
		};
		for (let round = 0; round < 120; round++) {
			const lines = Array.from(
				{ length: 12 },
				(): LogLine => ({
					source: next(2) ? 'stdout' : 'stderr',
					text: Array.from({ length: next(14) }, () => pieces[next(pieces.length)]).join(''),
					stamp: '2026-01-15T11:59:30.250000000Z',
				}),
			);
			const [columns, height] = (
				[
					[120, 36],
					[80, 24],
					[60, 15],
				] as const
			)[next(3)] ?? [120, 36];
			const state = after(
				logState({ columns, rows: height }, lines),
				viewed({
					wraps: next(2) === 0,
					left: next(20),
					foldsJson: next(2) === 0,
					keepsColours: next(2) === 0,
					times: next(2) ? 'utc' : 'off',
					search: ['', 'a', '한', '\\S+', 'x'][next(5)] ?? '',
				}),
				up(next(4)),
			);
			const { details } = frameOf(state);
			for (const line of details?.lines ?? []) {
				expect(width(plain(line)), JSON.stringify([line, lines])).toBe((details?.rectangle.width ?? 0) - 2);
				expect(plain(line)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
			}
		}
	});
});
