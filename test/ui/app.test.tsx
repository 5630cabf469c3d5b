// The whole program without an engine: keys go in, frames come out.
import './surroundings.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { cleanup, render } from 'ink-testing-library';
import { afterEach, describe, expect, it } from 'vitest';
import { type Given, paste, press } from '../../source/actions/perform.ts';
import type { Event } from '../../source/model/event.ts';
import type { State } from '../../source/model/state.ts';
import { update } from '../../source/model/update.ts';
import { createStore } from '../../source/store.ts';
import { App, type Suspend } from '../../source/ui/app.tsx';
import type { TerminalView } from '../../source/ui/terminal-pane.ts';
import { until } from '../actions/player.ts';
import { recordingEngine } from '../actions/recording-engine.ts';
import { testDesks } from '../actions/test-desks.ts';
import { idOf, now, sample, second } from '../model/things.ts';
import { sampleState } from './sample-state.ts';

afterEach(cleanup);

/** The terminal of ink-testing-library has 100 columns. */
const open = (initial: State = sampleState({ columns: 100, rows: 30 })) => {
	const store = createStore<State, Event>(initial, update);
	const recording = recordingEngine();
	const pressed: string[] = [];
	const placed: (TerminalView | undefined)[] = [];
	const lent: Suspend[] = [];
	let quits = 0;
	const screen = render(
		<App
			get={store.get}
			subscribe={store.subscribe}
			press={(key) => {
				pressed.push(key);
				press(key, given);
			}}
			paste={(text) => paste(text, given)}
			drawn={(ends) => store.send({ type: 'drawn', ends })}
			place={(view) => void placed.push(view)}
			lend={(suspend) => void lent.push(suspend)}
		/>,
	);
	const desks = testDesks({
		state: store.get,
		send: store.send,
		engine: () => recording.engine,
		now: () => now,
		given: () => given,
	});
	const { terminals } = desks;
	const given: Given = {
		engine: () => recording.engine,
		state: store.get,
		send: store.send,
		...desks,
		host: {
			version: '1.2.3',
			edit: async () => {},
			page: async () => {},
			keep: async (name) => name,
			open: async () => true,
			copy: () => {},
			save: async (name) => name,
			now: () => now,
			quit: () => {
				quits++;
				screen.unmount();
			},
			retry: () => {},
			openDemo: () => {},
		},
	};
	return {
		store,
		pressed,
		placed,
		lent,
		terminals,
		recording,
		quits: () => quits,
		frames: screen.stdout.frames,
		unmount: screen.unmount,
		text: () => (screen.lastFrame() ?? '').replace(/\x1b\[[0-9;]*m/g, ''),
		/** Each chunk as the terminal sends it. */
		type: async (...chunks: readonly string[]) => {
			for (const chunk of chunks) {
				screen.stdin.write(chunk);
				// Ink waits 20 ms for what may follow an Esc.
				await delay(chunk === '\x1b' ? 60 : 5);
			}
		},
		send: async (event: Event) => {
			store.send(event);
			await delay(5);
		},
	};
};

const cursorLine = (text: string) => text.split('\n').find((line) => line.startsWith('│>'));

it('shows the state', () => {
	const { text } = open();
	expect(text()).toContain('1 Containers 11');
	expect(cursorLine(text())).toContain('web');
});

it('moves the cursor by keys, also when several arrive at once', async () => {
	const app = open();
	await app.type('j');
	expect(cursorLine(app.text())).toContain('웹서버');
	await app.type('jj');
	expect(cursorLine(app.text())).toContain('postgres');
	await app.type('\x1b[A', 'g');
	expect(cursorLine(app.text())).toContain('web');
	expect(app.pressed).toEqual(['j', 'j', 'j', 'up', 'g']);
});

it.each([
	['\x1b[B', 'down'],
	['\x1bOB', 'down'],
	['\x1b[6~', 'pagedown'],
	['\x1b[5~', 'pageup'],
	['\x1b[H', 'home'],
	['\x1b[F', 'end'],
	['\t', 'tab'],
	['\x1b[Z', 'shift+tab'],
	['\r', 'enter'],
	['\n', 'enter'],
	['\x1b', 'esc'],
	['\x7f', 'backspace'],
	['\x1b[3~', 'delete'],
	[' ', 'space'],
	['\x04', 'ctrl+d'],
	['\x15', 'ctrl+u'],
	['\x1c', 'ctrl+\\'],
	['\x1d', 'ctrl+]'],
	['\x1e', 'ctrl+^'],
	['\x1f', 'ctrl+_'],
	['G', 'G'],
	['*', '*'],
])('%o is %s', async (chunk, name) => {
	const app = open();
	await app.type(chunk);
	expect(app.pressed).toEqual([name]);
});

it('F1 is nothing, since Ink tells nothing of it', async () => {
	const app = open();
	const before = app.text();
	await app.type('\x1bOP');
	expect(app.pressed).toEqual([]);
	expect(app.text()).toBe(before);
});

it('filters by what is typed, Korean too', async () => {
	const app = open();
	await app.type('/', '웹', '서');
	expect(app.text()).toContain('1 Containers 1/11 /웹서▏');
	await app.type('\r', '\x1b');
	expect(app.text()).toContain('1 Containers 11');
});

it('takes what is pasted as text, and never as keys', async () => {
	const app = open();
	await app.type('\x1b[200~D\r\x1b[201~');
	expect([app.pressed, app.recording.lines()]).toEqual([[], []]);
	await app.type('/', '\x1b[200~웹서버\r\n\x1b[201~');
	expect(app.text()).toContain('1 Containers 1/11 /웹서버 ▏');
});

it('opens and closes what lies over the panes', async () => {
	const app = open();
	for (const [key, title] of [
		['?', 'Keys'],
		[':', 'Commands'],
		['!', 'Journal'],
	] as const) {
		await app.type(key);
		expect(app.text()).toContain(`╭─ ${title} ─`);
		await app.type('\x1b');
		expect(app.text()).not.toContain(`╭─ ${title} ─`);
	}
});

it('asks before it removes, does it on Enter, and tells of it', async () => {
	const app = open();
	await app.type('D');
	expect(app.text()).toContain('Force remove web?');
	expect(app.text()).toContain('$ docker rm -f web');
	await app.type(' ');
	expect(app.text()).toContain('$ docker rm -f -v web');
	expect(app.recording.lines()).toEqual([]);
	await app.type('\r');
	expect(app.recording.lines()).toEqual(['docker rm -f -v web']);
	expect(app.text()).toContain('✓ removed web · 0.0 s');
});

it('changes the frame when a container comes or goes', async () => {
	const app = open();
	await app.send({ type: 'reread', containers: [], gone: [idOf('웹서버-데모')], at: now });
	expect(app.text()).toContain('1 Containers 10');
	expect(cursorLine(app.text())).toContain('web');
});

it('follows the size of the terminal', async () => {
	const app = open();
	await app.send({ type: 'resized', columns: 60, rows: 15 });
	expect(app.text().split('\n').length).toBeLessThanOrEqual(15);
	await app.send({ type: 'resized', columns: 30, rows: 8 });
	expect(app.text()).toContain('Portside needs 60×15');
	await app.send({ type: 'resized', columns: 100, rows: 30 });
	expect(app.text()).toContain('3 Ports 6');
});

describe('a terminal', () => {
	const openShell = async () => {
		const app = open();
		await app.type('e');
		await until(() => app.store.get().terminals.tabs[0]?.status === 'open');
		await until(() => app.text().includes('web: bash'));
		return app;
	};

	it('is placed before its frame is drawn, and taken away with it', async () => {
		const app = await openShell();
		expect(app.placed.at(-1)).toMatchObject({ id: 1, isInside: true });
		app.terminals.detach(1);
		await until(() => !app.text().includes('web: bash'));
		expect(app.placed.at(-1)).toBeUndefined();
	});

	it('in it, keys that Ink gets mean nothing, but for the one that leads back', async () => {
		const app = await openShell();
		const before = app.store.get();
		await app.type('q', 'D', '\x1b');
		expect([app.store.get(), app.quits()]).toEqual([before, 0]);
		await app.type('\x1d');
		expect(app.text()).toContain('Enter inside');
		await app.type('\x1b', '\x1d');
		expect(app.store.get().terminals.isInside).toBe(true);
	});

	it('in front of it, what is typed after / is searched for', async () => {
		const app = await openShell();
		await app.type('\x1d', '/', '웹', 'q', '\x7f', 'n', '\x1b[200~\x1b]0;x\x07서\n버\x1b[201~');
		expect(app.store.get().terminals.search).toContain('웹n');
		expect(app.text()).toContain('/웹n');
		expect(app.quits()).toBe(0);
		await app.type('\x1b');
		expect(app.store.get().terminals.search).toBe('');
		expect(app.store.get().overlay).toBeUndefined();
	});

	it('a report of the mouse that comes too late is no key', async () => {
		const app = open();
		await app.type('\x1b[<0;10;10M', '\x1b[<0;10;10m');
		expect(app.pressed).toEqual([]);
	});
});

describe('no new frame is drawn', () => {
	const app = () => open();
	/** All that are followed are told, as `follow` does. */
	const equalNumbers = () =>
		({
			type: 'sampled',
			samples: new Map([[idOf('web'), last]]),
			followed: sampleState({ columns: 100, rows: 30 }).known.followed,
		}) as const;
	const last = sample({ cpu: 0.3, memory: 13_012_828, processes: 12, at: now + second });

	it.each([
		['for stats with equal numbers', equalNumbers()],
		['for a tick that changes no age', { type: 'ticked', now: now + 1 }],
		['for lines of a log that is not open', { type: 'logged', id: idOf('api'), lines: [] }],
		['for what was read but is not shown', { type: 'changes-read', id: idOf('web'), changes: [] }],
	] as const)('%s', async (_, event) => {
		const { frames, send, store } = app();
		const before = frames.length;
		const state = store.get();
		await send(event);
		expect(frames.length).toBe(before);
		expect(store.get() === state).toBe(event.type === 'logged');
	});

	it('for the ends that were told of after the last one', async () => {
		const app = open();
		await delay(10);
		await app.send({ type: 'tab-chosen', tab: 'Config' });
		const first = app.frames.length;
		expect(app.store.get().ends.details).toBeGreaterThan(0);
		expect(new Set(app.frames).size).toBe(first);
		await app.type('?');
		expect(app.store.get().ends.card).toBeGreaterThan(0);
		expect(app.frames.length).toBe(first + 1);
	});

	it('twice for many events of one turn', async () => {
		const { frames, store } = app();
		const before = frames.length;
		for (let step = 0; step < 5; step++) store.send({ type: 'moved', by: 1, unit: 'row' });
		await delay(10);
		expect(frames.length).toBe(before + 1);
	});
});

describe('the end', () => {
	it('comes with q', async () => {
		const app = open();
		await app.type('q');
		expect(app.quits()).toBe(1);
	});

	it('comes with Ctrl+C', async () => {
		const app = open();
		await app.type('\x03');
		expect(app.quits()).toBe(1);
	});

	it('draws no more', async () => {
		const app = open();
		app.unmount();
		const count = app.frames.length;
		await app.send({ type: 'moved', by: 1, unit: 'row' });
		await app.type('j');
		expect(app.frames.length).toBe(count);
		expect(app.pressed).toEqual([]);
	});
});
