// At the keyboard in a log: what is typed, what keys mean there, and where they lead.
import { describe, expect, it } from 'vitest';
import { scopes } from '../../source/actions/table.ts';
import type { Event } from '../../source/model/event.ts';
import type { LogLine } from '../../source/model/items.ts';
import { currentWindow } from '../../source/model/log-window.ts';
import type { State } from '../../source/model/state.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { after, container, idOf, logLines, now } from '../model/things.ts';
import { play, world } from './player.ts';

const id = idOf('web');
const logged = (lines: readonly LogLine[]): Event => ({ type: 'logged', id, lines });
const numbered = (from: number, count: number) =>
	logLines(Array.from({ length: count }, (_, index) => `line ${from + index}`));

const inLog = (lines: readonly LogLine[], ...events: readonly Event[]): State =>
	after(
		world(),
		{ type: 'log-opened', id },
		logged(lines),
		{ type: 'detail-focused', isFocused: true },
		...events,
	);

const cursor = (player: ReturnType<typeof play>) => player.state().logView.place?.cursor;

describe('a search', () => {
	it('goes to the newest hit while it is typed, and back where there is none', async () => {
		const player = play(inLog(numbered(0, 200)));
		await player.press('/', ...'line 1');
		expect(cursor(player)).toBe(199);
		await player.press('7');
		expect(cursor(player)).toBe(179);
		await player.press('3');
		expect(cursor(player)).toBe(173);
		await player.press('x');
		expect(cursor(player)).toBeUndefined();
		await player.press('backspace', 'enter', 'n');
		expect(player.state()).toMatchObject({ logView: { search: 'line 173', place: { cursor: 173 } } });
	});

	it('goes on round the end, upwards and downwards', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('/', ...'ne 1', 'enter');
		const places = [cursor(player)];
		for (const key of 'nNNNn') {
			await player.press(key);
			places.push(cursor(player));
		}
		expect(places).toEqual([19, 18, 19, 1, 10, 1]);
	});

	it('that is given up leads back, and follows again', async () => {
		const player = play(inLog(numbered(0, 200)));
		await player.press('/', ...'line 3', 'esc');
		expect(player.state().logView).toMatchObject({ search: '' });
		expect(cursor(player)).toBeUndefined();
	});

	it('without anything says what to do', async () => {
		const player = play(inLog(numbered(0, 5)));
		await player.press('n');
		expect(player.state().notice?.text).toBe('Nothing is searched for: / does.');
		await player.press('/', ...'nowhere', 'enter');
		expect(player.state().notice?.text).toBe('No line here has nowhere.');
		await player.press('n');
		expect(player.state().notice?.text).toBe('No line here has that. + reads older lines.');
	});
});

describe('Esc', () => {
	it('ends one thing after the other, then leads to the lists', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('f', ...'line', 'enter', '/', ...'1', 'enter', 'v', 'k');
		const seen = () => {
			const { logView: view, isDetailFocused } = player.state();
			return [view.rangeStart !== undefined, view.search, view.filter, isDetailFocused];
		};
		const steps = [seen()];
		for (let step = 0; step < 4; step++) {
			await player.press('esc');
			steps.push(seen());
		}
		expect(steps).toEqual([
			[true, '1', 'line', true],
			[false, '1', 'line', true],
			[false, '', 'line', true],
			[false, '', '', true],
			[false, '', '', false],
		]);
	});
});

describe('keys of containers', () => {
	it.each(['d', 'D', 'r', 'p', 'K', 'x'])('%s is none here, and says so', async (key) => {
		const player = play(inLog(numbered(0, 5)));
		await player.press(key);
		expect(player.lines()).toEqual([]);
		expect(player.state().notice?.text).toBe(`${key} is a key of the lists: Esc leads to them.`);
	});

	it.each(['s', 'a', 'e', 'y', 'o'])('%s does something of the log', async (key) => {
		const player = play(inLog(numbered(0, 5)));
		await player.press(key);
		expect(player.lines()).toEqual([]);
		expect(player.state().overlay).toBeUndefined();
	});

	it('mean what they always do in the other tabs', async () => {
		const player = play(inLog(numbered(0, 5)));
		await player.press(']', 's');
		await player.idle();
		expect(player.lines()).toEqual(['docker stop web']);
	});

	it('of the app mean the same in the log', async () => {
		for (const key of ['tab', '2', '?', ':', '!', 'z', 'i', ']']) {
			const here = inLog(numbered(0, 5));
			const player = play(here);
			await player.press(key);
			expect(player.state(), key).not.toEqual(here);
		}
	});
});

describe('following', () => {
	it('stops when one goes up, and the view stays while lines come', async () => {
		const player = play(inLog(numbered(0, 100)));
		await player.press('k');
		player.send(logged(numbered(100, 500)));
		expect(player.state().logView.place).toMatchObject({ cursor: 98, seen: 99 });
		await player.press('G');
		expect(cursor(player)).toBeUndefined();
	});

	it('goes on below the last line', async () => {
		const player = play(inLog(numbered(0, 100)));
		await player.press('k', 'j');
		expect(cursor(player)).toBe(99);
		await player.press('j');
		expect(cursor(player)).toBeUndefined();
	});

	it('asks for the newest where what is in memory ends before it', async () => {
		const state = inLog(numbered(0, 100));
		const { log } = state.known;
		const player = play({
			...state,
			known: { ...state.known, ...(log ? { log: { ...log, newer: 'more' } } : {}) },
		});
		await player.press('G');
		expect(player.state().known.log).toMatchObject({ isStale: true });
	});
});

describe('what is chosen', () => {
	it('stays when one goes to another container; marks and place do not', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('t', 'w', 'f', ...'line', 'enter', 'space', 'k', 'k');
		player.send({ type: 'log-opened', id: idOf('api') });
		expect(player.state().logView).toMatchObject({
			times: 'local',
			wraps: false,
			filter: 'line',
			marks: new Set(),
		});
		expect(cursor(player)).toBeUndefined();
	});

	it('stays when the same log is read further back', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('g', 'space');
		player.send({ type: 'log-older', id, lines: numbered(-20, 20), isAll: true });
		expect(player.state()).toMatchObject({
			logView: { marks: new Set([0]), place: { cursor: 0 } },
			known: { log: { ring: { length: 70, dropped: -20 } } },
		});
	});

	it('of times goes round', async () => {
		const player = play(inLog(numbered(0, 5)));
		const seen: string[] = [];
		for (let step = 0; step < 4; step++) {
			await player.press('t');
			seen.push(player.state().logView.times);
		}
		expect(seen).toEqual(['local', 'utc', 'relative', 'off']);
	});
});

describe('since and until', () => {
	const asked = async (...keys: readonly string[]) => {
		const player = play(inLog(numbered(0, 5)));
		await player.press('T', ...keys);
		return player;
	};

	it('are read as docker reads them', async () => {
		const player = await asked(...'10m', 'tab', ...'2026-01-15T11:59:00Z', 'enter');
		expect(player.state().logRange).toEqual({ since: now - 600_000, until: now - 60_000 });
	});

	it('may be left out', async () => {
		expect((await asked('enter')).state().logRange).toEqual({});
	});

	it.each([
		['soon', 'soon is no time: 10m, 1h30m, 2026-11-21 and 2026-11-21T10:00 are.'],
		['99', '99 is no time: 10m, 1h30m, 2026-11-21 and 2026-11-21T10:00 are.'],
	])('%s is refused', async (text, problem) => {
		const player = await asked(...text, 'enter');
		expect(player.state().overlay).toMatchObject({ question: { problem } });
	});

	it('must come after each other', async () => {
		const player = await asked(...'1m', 'tab', ...'1h', 'enter');
		expect(player.state().overlay).toMatchObject({ question: { problem: 'That ends before it begins.' } });
	});
});

describe('several containers', () => {
	const shop = (): State =>
		after(inLog(numbered(0, 5)), {
			type: 'reread',
			containers: ['web', 'api'].map((name, index) =>
				container(name, { createdAt: now - index - 1, project: 'shop' }),
			),
			gone: [],
			at: now,
		});

	it('of a project are one stream, and one is alone again', async () => {
		const player = play(shop());
		await player.press('a');
		expect(player.state().logScope).toEqual({ kind: 'project', name: 'shop' });
		await player.press('a');
		expect(player.state().logScope).toEqual({ kind: 'container' });
	});

	it('are left when one goes to a container that is none of them', async () => {
		const player = play(shop());
		await player.press('a', 'esc', 'j');
		expect(player.state().logScope).toEqual({ kind: 'project', name: 'shop' });
		await player.press('j');
		expect(player.state().logScope).toBeUndefined();
	});

	it('must be told which', async () => {
		const player = play(inLog(numbered(0, 5)));
		await player.press('a');
		expect(player.state().notice?.text).toContain('web belongs to no compose project');
		await player.press('*');
		expect(player.state().notice?.text).toContain('Mark two containers or more');
	});
});

it('what is copied and saved is what the program said, without what was meant for a terminal', async () => {
	const [first, second] = logLines(['\x1b[31mred\x1b[0m \x1b]0;owned\x07alert', '{"msg":"folded"}']);
	const player = play(inLog([first, second] as LogLine[]));
	await player.press('y', 'k', 'y');
	expect(player.did).toEqual(['copy {"msg":"folded"}', 'copy red alert']);
});

it('a pager that does not start says why', async () => {
	const player = play(inLog(numbered(0, 5)));
	player.refuseEdit('There is no less: set PAGER to the one you have.');
	await player.press('o');
	expect(player.state().notice).toMatchObject({
		tone: 'bad',
		text: 'There is no less: set PAGER to the one you have.',
	});
});

describe('random keys', () => {
	const keys = [
		...[
			'j',
			'k',
			'pagedown',
			'pageup',
			'g',
			'G',
			'/',
			'f',
			'e',
			'E',
			'n',
			'N',
			't',
			'w',
			'left',
			'right',
			'J',
			'c',
		],
		...[
			'L',
			'space',
			'm',
			'M',
			'v',
			'y',
			'+',
			'esc',
			'enter',
			'l',
			'i',
			'n',
			'e',
			'1',
			'!',
			'(',
			'한',
			'backspace',
			'z',
		],
	];
	const texts = [
		'line',
		'ERROR 1',
		'{"level":"warn","msg":"한글 line 1"}',
		'x'.repeat(3000),
		'\x1b[31mred',
		'',
	];

	it.each(Array.from({ length: 12 }, (_, seed) => seed))('never lose the cursor (%i)', async (seed) => {
		let state = seed * 31 + 7;
		const next = (below: number) => {
			state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
			return (state >> 8) % below;
		};
		const some = () => logLines(Array.from({ length: next(60) }, () => texts[next(texts.length)] ?? ''));
		const player = play(inLog(some(), { type: 'resized', columns: 60 + next(80), rows: 15 + next(30) }));
		for (let step = 0; step < 150; step++) {
			if (next(8) === 0) player.send(logged(some()));
			await player.press(keys[next(keys.length)] ?? 'k');
			const frame = frameOf(player.state());
			const window = currentWindow(player.state());
			if (window?.cursor !== undefined)
				expect(window.rows.map(({ number }) => number)).toContain(window.cursor);
			if (scopes(player.state())[0] === 'log' && window?.cursor !== undefined)
				expect(frame.details?.lines.some((line) => line.replace(/\x1b\[[0-9;]*m/g, '').startsWith('>'))).toBe(
					window.rows.some(({ number, row }) => number === window.cursor && row === 0),
				);
		}
	});
});
