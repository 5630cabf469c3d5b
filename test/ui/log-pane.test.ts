// A log in its pane: signs, colours, hits, the lower edge, and rows exactly as wide as the pane whatever was printed.
import './surroundings.ts';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import type { LogLine } from '../../source/model/items.ts';
import type { State } from '../../source/model/state.ts';
import { width } from '../../source/model/text.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { logTime } from '../../source/ui/log-time.ts';
import { inStyle, paint } from '../../source/ui/paint.ts';
import { after, idOf, logLines, now } from '../model/things.ts';
import { logState } from './log-screens.ts';

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
const numbered = (count: number) => logLines(Array.from({ length: count }, (_, index) => `line ${index}`));
const logged = (lines: readonly LogLine[]): Event => ({ type: 'logged', id: idOf('web'), lines });

describe('signs', () => {
	it('tell levels, streams, gaps and marks, also without colours', () => {
		const lines: LogLine[] = [
			...logLines(['ERROR one', 'WARN two', 'three']),
			{ source: 'stderr', text: 'four', stamp: '' },
			{ source: 'stderr', text: 'ERROR five', stamp: '' },
			{ source: 'stdout', text: '', stamp: '', isGap: 'Lines are missing here.' },
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
	it.each<[string, readonly Event[]]>([
		['following', []],
		['paused · G follows', [up(1)]],
		['12 newer below · G follows', [up(1), logged(numbered(12))]],
		['following · /line 1.. 100 of 100', [viewed({ search: 'line 1..' })]],
		['following · filter !line 1 (89 of 200)', [viewed({ filter: '!line 1' })]],
		['following · /nowhere no hits · UTC', [viewed({ search: 'nowhere', times: 'utc' })]],
		['paused · G follows · 2 selected · y copies', [{ type: 'log-selected', from: 199 }, up(1)]],
		['following · from column 9', [viewed({ wraps: false, left: 8 })]],
		['/▏', [{ type: 'opened', overlay: 'log-search' }]],
		['/9▏ · 38 of 38', [{ type: 'opened', overlay: 'log-search' }, viewed({ search: '9' })]],
		['filter ▏ · a pattern; ! first: lines without it', [{ type: 'opened', overlay: 'log-filter' }]],
		['filter (▏ · 0 of 200', [{ type: 'opened', overlay: 'log-filter' }, viewed({ filter: '(' })]],
		['', [{ type: 'log-ended', id: idOf('web') }]],
	])('says %s', (text, events) => {
		expect(edge(logState(good, lines, ...events))).toBe(text);
	});

	it('leaves out the least important where there is no room', () => {
		const news = { search: 'line 1', filter: 'line', threshold: 'info', times: 'utc' } as const;
		expect(edge(logState({ columns: 60, rows: 15 }, lines, viewed(news)))).toBe(
			'following · /line 1 111 of 111',
		);
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
