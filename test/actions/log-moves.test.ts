// At the keyboard in a log: what is typed, what keys mean there, and where they lead.
import { describe, expect, it } from 'vitest';
import { logText } from '../../source/actions/log/lines.ts';
import { scopes } from '../../source/actions/table.ts';
import type { Event } from '../../source/model/event.ts';
import type { Container, LogLine } from '../../source/model/items.ts';
import { currentWindow } from '../../source/model/log/window.ts';
import type { State } from '../../source/model/state.ts';
import { footer } from '../../source/ui/footer.ts';
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

/** A page of what was printed before. */
const older = (lines: readonly LogLine[], isAll = false): Event => ({ type: 'log-older', id, lines, isAll });

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
		player.send({ type: 'log-older-wanted' }, older([], true));
		await player.press('/', ...'nowhere', 'enter');
		expect(player.state().notice?.text).toBe('No line here has nowhere.');
		await player.press('n');
		expect(player.state().notice?.text).toBe('No line here has that.');
	});
});

describe('what is not in memory', () => {
	const log = (player: ReturnType<typeof play>) => player.state().known.log;
	const edge = (player: ReturnType<typeof play>) => frameOf(player.state()).details?.bottom ?? '';

	it('is looked for in older lines, page after page, until it is there', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('/', ...'line -77', 'enter');
		expect(log(player)).toMatchObject({ quest: 'hit', older: 'loading' });
		expect(edge(player)).toContain('searching older … 50');
		player.send(older(numbered(-30, 30)));
		expect(log(player)).toMatchObject({ quest: 'hit', older: 'loading' });
		expect(edge(player)).toContain('searching older … 80');
		player.send(older(numbered(-80, 50)));
		expect(log(player)?.quest).toBeUndefined();
		expect(log(player)?.older).toBe('more');
		expect(cursor(player)).toBe(-77);
	});

	it('may be an error, or an older hit than the oldest one here', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('e');
		expect(log(player)).toMatchObject({ quest: 'error', older: 'loading' });
		player.send(older(logLines(['ERROR first', 'x'])));
		expect(cursor(player)).toBe(-2);
		await player.press('/', ...'line 7', 'enter', 'n');
		expect(log(player)).toMatchObject({ quest: 'hit', older: 'loading' });
		player.send(older(logLines(['line 7 too'])));
		expect(cursor(player)).toBe(-3);
	});

	it('may be any line, where the filter lets none pass', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('f', ...'needle', 'enter');
		expect(log(player)).toMatchObject({ quest: 'line', older: 'loading' });
		player.send(older(logLines(['needle'])));
		expect(log(player)?.quest).toBeUndefined();
	});

	it('is nowhere when there are no older lines, and says so', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('/', ...'nowhere', 'enter');
		player.send(older(numbered(-30, 30), true));
		expect(log(player)?.quest).toBeUndefined();
		expect(player.state().notice?.text).toBe('No line of 80 has nowhere.');
		expect(edge(player)).toContain('/nowhere no hits');
		expect(edge(player)).not.toContain('+');
	});

	it('is given up when memory is full, and nothing falls out for it', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('/', ...'nowhere', 'enter');
		for (let page = 0; page < 20 && log(player)?.quest; page++) player.send(older(numbered(0, 5000)));
		expect(player.state().notice?.text).toBe(
			'No line of 45,050 has nowhere here: g and + read further back.',
		);
		expect(log(player)).toMatchObject({ older: 'more', newer: 'none', ring: { length: 45_050 } });
	});

	it.each([
		['Esc', ['esc']],
		['another search', ['/', 'x']],
		['another filter', ['f', 'x']],
		['another level', ['L']],
	])('is given up by %s', async (_, keys) => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('/', ...'nowhere', 'enter', ...keys);
		expect(log(player)?.quest).toBeUndefined();
		player.send(older(logLines(['nowhere'])));
		expect(cursor(player)).toBeUndefined();
		expect(player.state().isDetailFocused).toBe(true);
	});

	it('is given up when older lines cannot be read, and says so', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('e');
		player.send({ type: 'follow-failed', what: 'log-older', id, sentence: 'No.' });
		expect(log(player)?.quest).toBeUndefined();
		expect(player.state().notice?.text).toBe('Older lines could not be read.');
	});

	it('is told of marks and of a selection, too', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('space', 'v');
		for (let from = 50; from < 110_000; from += 1000) {
			player.send({ type: 'log-followed' });
			player.send(logged(numbered(from, 1000)));
		}
		await player.press('m');
		expect(player.state().notice?.text).toContain('The marked line is not in memory any more');
		await player.press('y');
		expect(player.state().notice?.text).toMatch(
			/^copied \d+ lines: those before them are not in memory any more$/,
		);
	});
});

describe('a hit', () => {
	const far = `${'x'.repeat(5000)} needle ${'y'.repeat(5000)}`;
	const shown = (player: ReturnType<typeof play>) =>
		(frameOf(player.state()).details?.lines ?? []).map((line) => line.replace(/\x1b\[[0-9;]*m/g, ''));

	/** A word may be broken over two rows. */
	const joined = (player: ReturnType<typeof play>) =>
		shown(player)
			.map((row) => row.replace(/^[> ]+/, '').trimEnd())
			.join('');

	it.each([
		['wrapped', []],
		['not wrapped', ['w']],
	])('far in a long line is on screen, %s', async (_, keys) => {
		const lines = [...numbered(0, 100), ...logLines([far]), ...numbered(101, 100)];
		const player = play(inLog(lines));
		await player.press(...keys, '/', ...'needle', 'enter');
		expect(joined(player)).toContain('needle');
		expect(cursor(player)).toBe(100);
		await player.press('G', 'n');
		expect(joined(player)).toContain('needle');
	});

	it('near the beginning is seen with the beginning', async () => {
		const player = play(inLog(logLines([far, 'a needle'])));
		await player.press('w', '$');
		await player.press('/', ...'a needle', 'enter');
		expect(player.state().logView.left).toBe(0);
	});

	it('in what is folded away is seen: the line is not folded then', async () => {
		const player = play(inLog(logLines(['{"level":50,"msg":"boom","time":1768478400000}', 'last'])));
		expect(shown(player)[0]).toContain('boom');
		expect(shown(player)[0]).not.toContain('"level"');
		await player.press('/', ...'"level":50', 'enter');
		expect(shown(player)[0]).toContain('{"level":50,"msg":"boom"');
		await player.press('esc');
		expect(shown(player)[0]).not.toContain('"level"');
	});

	it('has its keys among the hints, while one is searched for', async () => {
		const player = play(after(inLog(numbered(0, 50)), { type: 'resized', columns: 200, rows: 50 }));
		const hints = () => footer(player.state()).hints.replace(/\x1b\[[0-9;]*m/g, '');
		expect(hints()).not.toContain('older hit');
		await player.press('/', ...'line', 'enter');
		expect(hints()).toContain('n older hit  N newer');
	});
});

describe('sideways', () => {
	it('ends where the longest line on screen ends, and leads to both ends of a line', async () => {
		const player = play(inLog(logLines(['short', 'b'.repeat(300)])));
		await player.press('w');
		const left = () => player.state().logView.left;
		const row = () => frameOf(player.state()).details?.lines[1]?.replace(/\x1b\[[0-9;]*m/g, '') ?? '';
		expect(row().endsWith('b›')).toBe(true);
		for (let step = 0; step < 20; step++) await player.press('right');
		const end = left();
		expect(end).toBeGreaterThan(200);
		expect(end).toBeLessThan(300);
		expect(row()).toMatch(/‹b+ $/);
		await player.press('0');
		expect(left()).toBe(0);
		await player.press('$');
		expect(left()).toBe(end);
		await player.press('^');
		expect(left()).toBe(0);
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

describe('Esc in a zoomed log', () => {
	const zoomed: Event = { type: 'zoomed', isZoomed: true };
	const seen = ({ isZoomed, isDetailFocused }: State) => [isZoomed, isDetailFocused];

	it('ends the zoom, then leads to the lists', async () => {
		const player = play(inLog(numbered(0, 5), zoomed));
		await player.press('esc');
		expect(seen(player.state())).toEqual([false, true]);
		await player.press('esc');
		expect(seen(player.state())).toEqual([false, false]);
	});

	it('does the same in the other tabs', async () => {
		const player = play(inLog(numbered(0, 5), zoomed, { type: 'tab-chosen', tab: 'Config' }));
		await player.press('esc');
		expect(seen(player.state())).toEqual([false, true]);
		await player.press('esc');
		expect(seen(player.state())).toEqual([false, false]);
	});

	it('leads to the lists where the zoom makes no difference', async () => {
		const player = play(inLog(numbered(0, 5), zoomed, { type: 'resized', columns: 80, rows: 24 }));
		await player.press('esc');
		expect(seen(player.state())).toEqual([true, false]);
	});
});

describe('what was remarked', () => {
	it('goes with the next key that does something else, and stays with one that does nothing', async () => {
		const player = play(inLog(numbered(0, 50)));
		const text = () => player.state().notice?.text;
		await player.press('t');
		expect(text()).toBe('Times of this machine.');
		await player.press('f12');
		expect(text()).toBe('Times of this machine.');
		await player.press('k');
		expect(text()).toBeUndefined();
		await player.press('t', 'L');
		expect(text()).toBe('Lines of level debug are hidden.');
	});

	it('stays when it tells how an action went', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('y', 'k', 'k');
		expect(player.state().notice?.text).toBe('copied 1 line');
	});
});

describe('a container whose log is read', () => {
	const without = (gone: readonly string[], containers: readonly Container[] = []): Event => ({
		type: 'reread',
		containers,
		gone: gone.map(idOf),
		at: now,
	});
	const isRead = (player: ReturnType<typeof play>) => player.state().isDetailFocused;

	it('and that is removed leaves nobody in the log of the next one', async () => {
		const player = play(inLog(numbered(0, 50)));
		await player.press('/', 'l');
		player.send(without(['web']));
		expect(player.state()).toMatchObject({
			isDetailFocused: false,
			panes: { containers: { selected: idOf('api') } },
			notice: { text: 'web was removed.', tone: 'plain' },
		});
		expect(player.state().overlay).toBeUndefined();
	});

	it('and that leaves the list when it stops does not, either', () => {
		const player = play(inLog(numbered(0, 50), { type: 'stopped-shown', isShown: false }));
		player.send(without([], [container('web', { createdAt: now - 1, state: 'exited' })]));
		expect(isRead(player)).toBe(false);
		expect(player.state().notice?.text).toBe('web stopped: A shows stopped ones.');
	});

	it('and that stops is read on, as is one beside which another is removed', () => {
		const player = play(inLog(numbered(0, 50)));
		player.send(without(['api'], [container('web', { createdAt: now - 1, state: 'exited' })]));
		expect(isRead(player)).toBe(true);
		expect(player.state().notice).toBeUndefined();
	});

	it('and that is one of several leaves the stream to the others, until there is none', () => {
		const shop = (name: string, age: number) => container(name, { createdAt: now - age, project: 'shop' });
		const player = play(
			inLog(numbered(0, 5), without([], [shop('web', 1), shop('api', 2)]), {
				type: 'log-scope-chosen',
				scope: { kind: 'project', name: 'shop' },
			}),
		);
		player.send(without(['web']));
		expect(isRead(player)).toBe(true);
		player.send(without(['api']));
		expect(isRead(player)).toBe(false);
		expect(player.state().logScope).toBeUndefined();
	});

	it('and that another one is to take the place of is left to it', () => {
		const player = play(inLog(numbered(0, 50), { type: 'awaited', pane: 'containers', id: idOf('new') }));
		player.send(without(['web'], [container('new', { createdAt: now })]));
		expect(isRead(player)).toBe(true);
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

describe('one stream', () => {
	const said = logLines(['out 1', 'err 1', 'out 2']).map(
		(line, index): LogLine => ({ ...line, source: index === 1 ? 'stderr' : 'stdout' }),
	);

	it('is chosen in turn, and what is copied and saved follows it', async () => {
		const player = play(inLog(said));
		const seen: string[] = [];
		for (let step = 0; step < 3; step++) {
			await player.press('S', 'k', 'k', 'v', 'G', 'k', 'j', 'y', 'G');
			seen.push(player.state().logView.source, player.did.at(-1) ?? '');
		}
		expect(seen).toEqual([
			...['stdout', 'copy out 1\nout 2'],
			...['stderr', 'copy err 1'],
			...['both', 'copy out 1\nerr 1\nout 2'],
		]);
	});

	it('stays chosen in another container', async () => {
		const player = play(inLog(said));
		await player.press('S', 'S');
		expect(player.state().notice?.text).toBe('Only stderr.');
		player.send({ type: 'log-opened', id: idOf('api') });
		expect(player.state().logView.source).toBe('stderr');
	});

	it('is all that a terminal has', async () => {
		const player = play(inLog(said.map((line) => ({ ...line, source: 'tty' }))));
		await player.press('S');
		expect(player.state()).toMatchObject({
			logView: { source: 'both' },
			notice: { text: 'A terminal has one stream only.' },
		});
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
		['soon', 'soon is no time: 10m, 1h30m, 08:15, 2026-11-21 and 2026-11-21T10:00 are.'],
		['99', '99 is no time: 10m, 1h30m, 08:15, 2026-11-21 and 2026-11-21T10:00 are.'],
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

it('what is saved is what was printed, byte for byte, without what a terminal would obey', () => {
	const texts = [
		'a\ttab, soft\u00adhyphen, \u2764\ufe0f, 🇰🇷, \ufeffmark',
		'데이터'.normalize('NFD'),
		'Downloading 10%\rDownloading 20%',
		'before \x1b]0;title and the rest',
		'a \x1b[31mred\x1b[0m line\x07\b\x9b1m\x85',
	];
	const state = inLog(logLines(texts));
	const { log } = state.known;
	expect(log && [...logText(state, log)].join('')).toBe(
		`${[...texts.slice(0, 3), 'before 0;title and the rest', 'a red line', ''].join('\n')}`,
	);
});

it('what is copied is nothing that a shell would take for Enter', async () => {
	const player = play(inLog(logLines(['ls\rrm -rf'])));
	await player.press('y');
	expect(player.did).toEqual(['copy ls rm -rf']);
});

it('what is copied and saved is what the program said, without what was meant for a terminal', async () => {
	const [first, second] = logLines(['\x1b[31mred\x1b[0m \x1b]0;owned\x07alert', '{"msg":"folded"}']);
	const player = play(inLog([first, second] as LogLine[]));
	await player.press('y', 'k', 'y');
	expect(player.did).toEqual(['copy {"msg":"folded"}', 'copy red alert']);
});

it.each(['s', 'o', 'O'])('%s does nothing with a log of which no line is shown, and says so', async (key) => {
	const player = play(inLog(numbered(0, 5)));
	await player.press('f', ...'nowhere', 'enter', key);
	expect(player.did).toEqual([]);
	expect(player.state().notice?.text).toMatch(/^No line is shown: there is nothing to (save|read)\.$/);
});

it('what is saved is counted, and all that there is needs no word more', async () => {
	const player = play(
		after(
			inLog([]),
			{ type: 'log-opened', id },
			logged(numbered(0, 2345)),
			{ type: 'log-older-wanted' },
			{ type: 'log-older', id, lines: [], isAll: true },
		),
	);
	await player.press('s');
	expect(player.state().notice?.text).toMatch(/^Saved 2,345 lines as \S+\.log$/);
	await player.press('f', ...'line 1234', 'enter', 's');
	expect(player.state().notice?.text).toMatch(/^Saved 1 line as \S+\.log$/);
});

it('older lines than those of the time that was asked for are a matter of T', async () => {
	const player = play(
		after(
			inLog([]),
			{ type: 'log-range-chosen', range: { since: now - 120_000 } },
			{ type: 'log-opened', id, hasOlder: false },
			logged(numbered(0, 5)),
		),
	);
	await player.press('+');
	expect(player.state().notice?.text).toBe('The time that was asked for begins here: T reads further back.');
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
