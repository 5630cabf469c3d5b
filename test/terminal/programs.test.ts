// Open terminals, with sessions that print, refuse and end as the test says: what is typed, what is shown, what is told.
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../source/engine/error.ts';
import { terminalSize } from '../../source/model/layout.ts';
import { endedAs } from '../../source/terminal/program.ts';
import type { FakeSession } from '../actions/fake-session.ts';
import { containersOn, inTerminal, type Player, play, until } from '../actions/player.ts';
import { container, idOf } from '../model/things.ts';

const type = (player: Player, text: string): string | undefined =>
	player.terminals.input(Buffer.from(text))?.toString();
const session = (player: Player, index = 0): FakeSession => {
	const of = player.sessions[index];
	if (!of) throw new Error(`There is no session ${index}`);
	return of;
};
const tabs = (player: Player) => player.state().terminals.tabs;
const isEnded = (player: Player) => () => tabs(player)[0]?.status === 'ended';

/** Inside a shell of web that has printed its prompt. */
const shell = () => inTerminal('$ ');

/** Inside what these keys open on web. */
const opened = async (keys: readonly string[], detail: object = {}): Promise<Player> => {
	const player = play(containersOn('web'));
	Object.assign(player.answers.detail, detail);
	for (const key of keys) {
		await player.press(key);
		await player.idle();
	}
	return player;
};
const attached = (detail: object) =>
	opened(['a', ...('tty' in detail && 'openStdin' in detail ? [] : ['enter'])], detail);
const plainExec = () => opened(['x', ...'ls', 'down', 'space', 'enter']);

describe('what is typed', () => {
	it('reaches the program as it is, and is nothing for Portside', async () => {
		const player = await shell();
		expect(type(player, 'ls\r')).toBeUndefined();
		expect(type(player, '안녕\t\x1b[A\x04')).toBeUndefined();
		expect(session(player).typed()).toBe('ls\r안녕\t\x1b[A\x04');
		expect(player.state().overlay).toBeUndefined();
	});

	it('is for Portside outside of a terminal', async () => {
		const player = await shell();
		await player.press('ctrl+]');
		expect(type(player, 'jq\x1d')).toBe('jq\x1d');
		expect(session(player).typed()).toBe('');
		expect(type(play(containersOn('web')), 'x')).toBe('x');
	});

	it('leads back with the leave key, and what follows it is for Portside', async () => {
		const player = await shell();
		expect(type(player, 'ls\x1djk')).toBe('jk');
		expect(session(player).typed()).toBe('ls');
		expect(player.state()).toMatchObject({ beside: 'terminals', terminals: { isInside: false } });
		await player.press('i');
		expect(type(player, '\x1d')).toBeUndefined();
		expect(player.state().terminals.isInside).toBe(false);
	});

	it('detaches with Ctrl+P Ctrl+Q, and what follows is for Portside', async () => {
		const player = await shell();
		expect(type(player, '\x10\x11d')).toBe('d');
		expect(session(player).told).toEqual(['detach']);
		expect(tabs(player)).toEqual([]);
		expect(player.state().notice?.text).toBe(
			'Detached: bash goes on running in web; nothing leads back into it.',
		);
	});

	it('while it is opened is kept for it', async () => {
		const player = play(containersOn('web'));
		const release = player.hold();
		await player.press('x', ...'cat', 'enter');
		await until(() => player.terminals.emulator(1) !== undefined);
		expect(tabs(player)).toMatchObject([{ status: 'opening' }]);
		expect(type(player, 'ech')).toBeUndefined();
		type(player, 'o 1\r');
		expect(player.sessions).toEqual([]);
		release();
		await player.idle();
		type(player, 'x');
		expect(session(player).typed()).toBe('echo 1\rx');
	});

	it('in the very moment it is opened is kept, too', async () => {
		const player = play(containersOn('web'));
		await player.press('x', ...'cat');
		void player.press('enter');
		expect(tabs(player)).toMatchObject([{ status: 'opening' }]);
		type(player, 'ls\r');
		await player.idle();
		expect(session(player).typed()).toBe('ls\r');
	});

	it('is held where a sequence is cut off, until its end comes', async () => {
		const player = await shell();
		session(player).print('\x1b[?1h');
		await until(() => player.terminals.emulator(1)?.modes().applicationCursor === true);
		type(player, '\x1b[');
		type(player, 'A');
		expect(session(player).typed()).toBe('\x1bOA');
	});

	it('or until it does not come', async () => {
		const player = await shell();
		type(player, '\x1b[');
		expect(session(player).typed()).toBe('');
		await until(() => session(player).typed() === '\x1b[');
	});

	it('reaches the one in front only', async () => {
		const player = await shell();
		await player.press('ctrl+]', 'esc', 'E', 'enter');
		await player.idle();
		type(player, 'x');
		expect([session(player, 0).typed(), session(player, 1).typed()]).toEqual(['', 'x']);
	});

	it('is for what lies over the terminal, while something does', async () => {
		const player = await shell();
		player.send({ type: 'opened', overlay: 'palette' });
		expect(type(player, 'q')).toBe('q');
		expect(session(player).typed()).toBe('');
	});

	it('is for Portside where the screen is too small for a terminal', async () => {
		const player = await shell();
		player.send({ type: 'resized', columns: 40, rows: 10 });
		// Nothing is drawn: nothing that is typed reaches anything, but the way out.
		expect(type(player, 'q')).toBeUndefined();
		expect(type(player, 'ab\x1d')).toBe('\x1d');
		expect(session(player).typed()).toBe('');
	});
});

describe('the terminal answers', () => {
	it('what the program asks it', async () => {
		const player = await shell();
		session(player).print('\x1b[6n');
		await until(() => session(player).typed() !== '');
		expect(session(player).typed()).toBe('\x1b[1;3R');
	});
});

describe('Ctrl+C', () => {
	it('reaches a program on a terminal', async () => {
		const player = await shell();
		type(player, 'a\x03b');
		expect(session(player).typed()).toBe('a\x03b');
		expect(player.state().notice?.tone).toBe('good');
	});

	it('to the main process of a container warns once, and then goes through', async () => {
		const player = await attached({ tty: true, openStdin: true });
		type(player, '\x03');
		expect(session(player).typed()).toBe('');
		expect(player.state().notice).toMatchObject({
			tone: 'bad',
			text: 'Ctrl+C may stop web: again sends it, Ctrl+P Ctrl+Q leaves it running.',
		});
		type(player, '\x03');
		type(player, '\x03');
		expect(session(player).typed()).toBe('\x03\x03');
	});

	it('to one without a terminal is a signal', async () => {
		const player = await attached({ openStdin: true });
		type(player, '\x03');
		expect(player.lines()).toEqual(['docker attach web']);
		type(player, '\x03');
		await until(() => player.lines().length === 2);
		expect(player.lines()).toEqual(['docker attach web', 'docker kill -s SIGINT web']);
		expect(session(player).typed()).toBe('');
	});

	it('that the engine refuses says why', async () => {
		const player = await attached({ openStdin: true });
		player.refuse('web', 'web is not running, so no signal can reach it.');
		type(player, '\x03\x03');
		await until(() => player.state().notice?.text.startsWith('web is not running') === true);
		expect(player.state().notice?.tone).toBe('bad');
	});

	it('to a command without a terminal is a signal', async () => {
		const player = await plainExec();
		type(player, '\x03');
		expect(player.deeds).toEqual(['INT exec-0']);
		player.answers.signalExec = new EngineError('The engine does not know this signal.');
		type(player, '\x03');
		await until(() => player.state().notice?.tone === 'bad');
		expect(player.state().notice?.text).toBe('The engine does not know this signal.');
		expect(session(player).typed()).toBe('');
	});
});

describe('without a terminal', () => {
	it('a command says that nothing typed reaches it', async () => {
		const player = await plainExec();
		expect(type(player, 'a')).toBeUndefined();
		expect(player.state().notice?.text).toBe(
			'ls has no terminal: nothing typed reaches it. Ctrl+C interrupts it.',
		);
		expect(session(player).typed()).toBe('');
	});

	it('a main process that reads nothing says so', async () => {
		const player = await attached({});
		type(player, 'a');
		expect(player.state().notice?.text).toBe(
			'web was started without -i: nothing typed reaches it. Ctrl+P Ctrl+Q leaves it.',
		);
		expect(session(player).typed()).toBe('');
	});

	it('a main process that reads gets it line by line, and shows it', async () => {
		const player = await attached({ openStdin: true });
		type(player, '안녕x\x7f');
		await until(() => player.shown() === '안녕');
		expect(session(player).typed()).toBe('');
		type(player, '\r');
		expect(session(player).typed()).toBe('안녕\n');
		type(player, '\x04');
		expect(session(player).told).toEqual(['end of input']);
	});

	it('lines begin at the left', async () => {
		const player = await plainExec();
		session(player).print('bin\netc\r\n한글\n');
		await until(() => player.shown().includes('한글'));
		expect(player.shown()).toBe('bin\netc\n한글');
	});
});

describe('the end', () => {
	const exits = (code?: number) => ({ how: 'exited', ...(code === undefined ? {} : { code }) }) as const;
	const lost = { how: 'lost', error: new EngineError('The engine broke the connection off.') } as const;
	const running = [container('web')];

	it.each([
		['with its exit code', exits(3), running, 'exit 3', 'bash in web has ended: exit 3.'],
		['without one', exits(), running, 'ended', 'bash in web has ended: ended.'],
		[
			'where the engine tells nothing',
			exits(0),
			new Error('No.'),
			'exit 0',
			'bash in web has ended: exit 0.',
		],
		[
			'in a paused container',
			exits(0),
			[container('web', { state: 'paused' })],
			'exit 0',
			'bash in web has ended: exit 0.',
		],
		[
			'with its container',
			exits(137),
			[container('web', { state: 'exited' })],
			'exit 137',
			'web has stopped, and everything in it has ended.',
		],
		[
			'with the removal of its container',
			exits(),
			[],
			'ended',
			'web was removed, and everything in it has ended.',
		],
		[
			'of the connection',
			lost,
			running,
			'lost',
			'The engine broke the connection off. bash may still run in web; closing this tab ends it.',
		],
	] as const)('%s is told in its place', async (_, end, containers, outcome, sentence) => {
		const player = await shell();
		player.answers.containers = containers;
		session(player).end(end);
		await until(isEnded(player));
		expect(tabs(player)).toMatchObject([{ status: 'ended', outcome }]);
		await until(() => player.shown().includes('\n'));
		expect(player.shown().split('\n')[0]).toBe('$');
		expect(player.shown().split('\n').slice(1).join(' ')).toBe(sentence);
	});

	it.each([
		[exits(0), 'exit 0', 'web has ended: exit 0.'],
		[lost, 'lost', 'The engine broke the connection off.'],
	] as const)('of an attached one: %o', async (end, outcome, sentence) => {
		const player = await attached({});
		player.answers.containers = [container('web', { state: 'exited' })];
		session(player).end(end);
		await until(isEnded(player));
		expect(tabs(player)).toMatchObject([{ outcome }]);
		await until(() => player.shown() !== '');
		expect(player.shown()).toBe(sentence);
	});

	it('that we caused is told by what was done, and not as an end', async () => {
		const of = { id: idOf('web'), name: 'web' };
		const request = {
			kind: 'exec',
			container: of,
			title: 'top',
			line: '',
			command: ['top'],
			tty: true,
		} as const;
		expect(await endedAs(request, { how: 'detached' }, undefined)).toEqual({
			outcome: 'detached',
			sentence: 'Detached: top in web goes on running.',
		});
	});

	it('of a full-screen program: its screen is left, and the cursor is back', async () => {
		const player = await shell();
		session(player).print('\x1b[?1049h\x1b[?25l\x1b[31m\x1b[Hfull');
		await until(() => player.shown() === 'full');
		session(player).end(exits(0));
		await until(() => player.shown().includes('ended'));
		const emulator = player.terminals.emulator(1);
		expect(emulator?.modes().isAlternate).toBe(false);
		expect(emulator?.cursor().isVisible).toBe(true);
		expect(player.shown().split('\n')[0]).toBe('$');
	});

	it('comes behind all that was printed', async () => {
		const player = await shell();
		session(player).print(`${'x'.repeat(100_000)}\r\nlast`);
		session(player).end(exits(0));
		await until(() => player.shown().includes('has ended'));
		expect(player.shown().split('\n').slice(-2)).toEqual(['last', 'bash in web has ended: exit 0.']);
	});

	it('swallows the keys of who goes on typing', async () => {
		const player = await shell();
		type(player, 'exit\r');
		session(player).end(exits(0));
		await until(isEnded(player));
		player.pass(399);
		expect(type(player, 'd')).toBeUndefined();
		player.pass(399);
		expect(type(player, 'd')).toBeUndefined();
		expect(player.state().terminals.isInside).toBe(true);
		player.pass(400);
		expect(type(player, 'd')).toBe('d');
		expect(session(player).typed()).toBe('exit\r');
		expect(type(player, 'd')).toBe('d');
	});

	it('swallows nothing of who was not typing', async () => {
		const player = await shell();
		session(player).end(exits(0));
		await until(isEnded(player));
		expect(type(player, 'r')).toBe('r');
	});

	it('reopened, it is a new screen, and what was there is gone', async () => {
		const player = await shell();
		const past = player.terminals.emulator(1);
		session(player).end(exits(0));
		await until(isEnded(player));
		await player.terminals.reopen(1);
		expect(tabs(player)).toMatchObject([{ id: 1, status: 'open' }]);
		expect(player.terminals.emulator(1)).not.toBe(past);
		expect(player.shown()).toBe('');
		type(player, 'x');
		expect([session(player, 0).typed(), session(player, 1).typed()]).toEqual(['', 'x']);
	});
});

describe('closed', () => {
	it('it is ended', async () => {
		const player = await shell();
		const closing = player.terminals.close(1);
		expect(tabs(player)).toMatchObject([{ status: 'ending' }]);
		await closing;
		expect([session(player).told, tabs(player)]).toEqual([['end'], []]);
		expect(player.terminals.emulator(1)).toBeUndefined();
		expect(player.state().notice?.tone).toBe('good');
	});

	it.each([false, new EngineError('No.')])('and what could not be ended is told: %o', async (answer) => {
		const player = await shell();
		session(player).answer(answer);
		await player.terminals.close(1);
		expect(tabs(player)).toEqual([]);
		expect(player.state().notice).toMatchObject({
			tone: 'bad',
			text: 'bash could not be ended and may still run in web: the Top tab shows it, stopping the container (s) ends it.',
		});
	});

	it('attached, it is only let go', async () => {
		const player = await attached({});
		session(player).answer(false);
		await player.terminals.close(1);
		expect(tabs(player)).toEqual([]);
		expect(player.state().notice?.tone).toBe('good');
	});

	it('after it has ended, nothing is ended twice', async () => {
		const player = await shell();
		session(player).end({ how: 'exited', code: 0 });
		await until(isEnded(player));
		await player.terminals.close(1);
		expect(tabs(player)).toEqual([]);
		expect(player.state().notice?.tone).toBe('good');
	});

	const lose = async () => {
		const player = await shell();
		session(player).end({ how: 'lost', error: new EngineError('Lost.') });
		await until(isEnded(player));
		return player;
	};

	it('after its connection was lost, what it started is ended over another one', async () => {
		const player = await lose();
		session(player).answer(false);
		await player.terminals.close(1);
		expect(player.deeds).toEqual(['end exec-0']);
		expect(player.state().notice?.tone).toBe('good');
	});

	it('while it is opened, it is ended as soon as it is there', async () => {
		const player = play(containersOn('web'));
		const release = player.hold();
		await player.press('x', ...'cat', 'enter');
		await until(() => player.terminals.emulator(1) !== undefined);
		await player.terminals.close(1);
		expect(tabs(player)).toEqual([]);
		release();
		await player.idle();
		await until(() => session(player).told.length > 0);
		expect([session(player).told, tabs(player)]).toEqual([['end'], []]);
	});

	it('in the very moment it is opened, it is ended, too', async () => {
		const player = play(containersOn('web'));
		await player.press('x', ...'cat');
		void player.press('enter');
		await player.terminals.close(1);
		await player.idle();
		await until(() => player.sessions.length > 0);
		expect([session(player).told, tabs(player)]).toEqual([['end'], []]);
	});

	it('an unknown one is nothing', async () => {
		const player = await shell();
		const before = player.state().terminals;
		await player.terminals.close(9);
		expect(player.state().terminals).toEqual(before);
	});
});

describe('detached', () => {
	it('attached ones say how to come back', async () => {
		const player = await attached({});
		player.terminals.detach(1);
		expect(session(player).told).toEqual(['detach']);
		expect(tabs(player)).toEqual([]);
		expect(player.state().notice?.text).toBe('Detached: web goes on running. a attaches again.');
	});

	it('one that is not there is nothing', async () => {
		const player = await shell();
		player.terminals.detach(9);
		expect(tabs(player)).toHaveLength(1);
	});

	it('while it is opened, it is what it says', async () => {
		const player = play(containersOn('web'));
		const release = player.hold();
		await player.press('x', ...'cat', 'enter');
		await until(() => player.terminals.emulator(1) !== undefined);
		player.terminals.detach(1);
		expect(player.state().notice?.text).toContain('goes on running');
		release();
		await until(() => player.sessions.length > 0 && session(player).told.length > 0);
		expect(session(player).told).toEqual(['detach']);
	});
});

describe('before Portside ends', () => {
	it('everything that is open is ended, also where one cannot be', async () => {
		const player = await shell();
		await player.press('ctrl+]', 'esc', 'E', 'enter');
		await player.idle();
		await player.press('ctrl+]', 'esc', 'a', 'enter');
		await player.idle();
		session(player, 0).answer(new EngineError('No.'));
		await player.terminals.endAll();
		expect(player.sessions.map(({ told }) => told)).toEqual([['end'], ['end'], ['end']]);
	});

	it('what a lost connection started is ended, too', async () => {
		const player = await shell();
		session(player).end({ how: 'lost', error: new EngineError('Lost.') });
		await until(isEnded(player));
		player.answers.endExec = new EngineError('No.');
		await player.terminals.endAll();
		expect([player.deeds, session(player).told]).toEqual([['end exec-0'], []]);
	});
});

describe('the size', () => {
	it('is that of the place from the start', async () => {
		const player = await shell();
		expect(session(player).size).toEqual(terminalSize(player.state()));
		expect(player.terminals.emulator(1)?.size).toEqual(terminalSize(player.state()));
	});

	it('follows the screen, for all of them and at once', async () => {
		const player = await shell();
		await player.press('ctrl+]', 'esc', 'a', 'enter');
		await player.idle();
		player.send({ type: 'resized', columns: 80, rows: 24 });
		player.terminals.fit();
		player.terminals.fit();
		expect(player.sessions.map(({ told }) => told)).toEqual([['resize 78×19'], ['resize 78×19']]);
		for (const id of [1, 2]) expect(player.terminals.emulator(id)?.size).toEqual({ columns: 78, rows: 19 });
	});

	it('stays when only the focus changes', async () => {
		const player = await shell();
		await player.press('ctrl+]', 'esc', 'j', '2');
		player.terminals.fit();
		expect(session(player).told).toEqual([]);
	});

	it('of one with the whole screen is told, and again when it gives it back', async () => {
		const player = await shell();
		await player.press('ctrl+]', 'z');
		player.terminals.fit();
		await player.press('z');
		player.terminals.fit();
		expect(session(player).told).toEqual(['resize 120×35', 'resize 74×31']);
	});

	it('that changes while it is opened is told as soon as it is there', async () => {
		const player = play(containersOn('web'));
		const release = player.hold();
		await player.press('x', ...'cat', 'enter');
		await until(() => player.terminals.emulator(1) !== undefined);
		player.send({ type: 'resized', columns: 80, rows: 24 });
		player.terminals.fit();
		release();
		await player.idle();
		expect(session(player).told).toEqual(['resize 78×19']);
		expect(player.terminals.emulator(1)?.size).toEqual({ columns: 78, rows: 19 });
	});

	it('that changes in the moment another one is opened is told to the first one, too', async () => {
		const player = await shell();
		await player.press('ctrl+]', 'esc', 'x', ...'cat');
		player.send({ type: 'resized', columns: 80, rows: 24 });
		await player.press('enter');
		player.terminals.fit();
		await player.idle();
		expect(session(player).told).toEqual(['resize 78×19']);
	});
});

describe('what is printed', () => {
	it('in a tab that is not in front is news, once', async () => {
		const player = await shell();
		await player.press('ctrl+]', 'esc', 'E', 'enter');
		await player.idle();
		const seen: number[] = [];
		player.terminals.watch((id) => seen.push(id));
		session(player, 0).print('one');
		await until(() => seen.length === 1);
		expect(tabs(player).map(({ hasNews }) => hasNews)).toEqual([true, false]);
		const marked = player.state();
		session(player, 0).print('two');
		session(player, 1).print('three');
		await until(() => seen.length === 3);
		expect(player.state()).toBe(marked);
		expect(seen.sort()).toEqual([1, 1, 2]);
	});

	it('is told to nobody who has left', async () => {
		const player = await shell();
		const seen: string[] = [];
		const leave = player.terminals.watch(() => seen.push('left'));
		player.terminals.watch(() => seen.push('here'));
		leave();
		session(player).print('x');
		await until(() => player.shown().includes('x'));
		expect(seen).toEqual(['here']);
	});

	it('is held back at its source when it comes faster than it is parsed', async () => {
		const player = await shell();
		session(player).print(Buffer.alloc(200_000, 'x'));
		expect(session(player).told).toEqual([]);
		session(player).print(Buffer.alloc(100_000, 'y'));
		session(player).print(Buffer.alloc(100_000, 'y'));
		expect(session(player).told).toEqual(['pause']);
		await until(() => session(player).told.length > 1);
		expect(session(player).told).toEqual(['pause', 'resume']);
		expect(player.terminals.emulator(1)?.pending()).toBeLessThan(256 * 1024);
	});

	it('after it was closed reaches nobody', async () => {
		const player = await shell();
		const of = session(player);
		await player.terminals.close(1);
		const before = player.state();
		const seen: number[] = [];
		player.terminals.watch((id) => seen.push(id));
		of.print('late');
		await player.press('no key', 'no key');
		expect([player.state(), seen]).toEqual([before, []]);
	});
});
