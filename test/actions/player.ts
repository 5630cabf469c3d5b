// Somebody at the keyboard: presses keys on a state with a recording engine, and sees what became of it.
import { rmSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { Action } from '../../source/actions/action.ts';
import { type Given, paste, perform, press } from '../../source/actions/perform.ts';
import { actionById, actionFor } from '../../source/actions/table.ts';
import type { Event } from '../../source/model/event.ts';
import type { PaneName, State } from '../../source/model/state.ts';
import { update } from '../../source/model/update.ts';
import { makeTree, type Tree } from '../build/as-docker.ts';
import { container, idOf, image, listed, now } from '../model/things.ts';
import type { FakeTransfer } from '../transfer/fake-transfer.ts';
import { type FakeBuild, step } from './fake-build.ts';
import { recordingEngine } from './recording-engine.ts';
import { testDesks } from './test-desks.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Waits until it is so. */
export const until = async (isSo: () => boolean, what = isSo.toString()): Promise<void> => {
	for (const late = performance.now() + 5000; !isSo(); await settled())
		if (performance.now() > late) throw new Error(`It never came to this: ${what}`);
};

export const play = (
	initial: State,
	options: { readonly hasEngine?: boolean; readonly hasBrowser?: boolean } = {},
) => {
	const recording = recordingEngine();
	let state = initial;
	const did: string[] = [];
	let clock = now;
	let editProblem: string | undefined;
	const engine = () => (options.hasEngine === false ? undefined : recording.engine);
	const send = (event: Event) => {
		state = update(state, event);
	};
	const desks = testDesks({ state: () => state, send, engine, now: () => clock, given: () => given });
	const { terminals, builds, transfers } = desks;
	const given: Given = {
		engine,
		state: () => state,
		send,
		...desks,
		host: {
			version: '1.2.3',
			edit: async (path) => {
				did.push(`edit ${path}`);
				if (editProblem !== undefined) throw new Error(editProblem);
			},
			page: async (name, text, program, line) => {
				did.push(`${program} ${name} ${[...text].join('').split('\n').length - 1} lines at ${line}`);
				if (editProblem !== undefined) throw new Error(editProblem);
			},
			open: async (url) => {
				if (options.hasBrowser !== false) did.push(`open ${url}`);
				return options.hasBrowser !== false;
			},
			copy: (text) => did.push(`copy ${text}`),
			save: async (name, text, mode) => {
				did.push(`save ${name} ${mode.toString(8)} ${text.length > 0}`);
				return `/home/me/${name}`;
			},
			keep: async (name, text) => {
				did.push(`keep ${name} ${[...text].length > 0}`);
				return `/home/me/.local/state/${name}`;
			},
			now: () => clock,
			quit: ({ leavesRunning }) => did.push(leavesRunning ? 'quit and leave it running' : 'quit'),
			retry: () => did.push('retry'),
			openDemo: () => did.push('demo'),
		},
	};
	return {
		...recording,
		did,
		logins: desks.saved,
		/** The registries that are asked without the engine. */
		remote: desks.remote,
		terminals,
		builds,
		transfers,
		state: () => state,
		/** The time goes on. */
		pass: (milliseconds: number) => {
			clock += milliseconds;
		},
		send: (...events: readonly Event[]) => {
			state = events.reduce(update, state);
		},
		press: async (...keys: readonly string[]) => {
			for (const key of keys) {
				press(key, given);
				await settled();
			}
		},
		paste: (text: string) => paste(text, given),
		/** From now on the editor does not start, for this reason. */
		refuseEdit: (why: string) => {
			editProblem = why;
		},
		/** By its id, so that the key comes from the table; fails where the key means something else now. */
		pressAction: async (id: string, key?: string) => {
			const action = actionById(id) as Action;
			const pressed = key ?? (action.keys[0] as string);
			const meant = actionFor(pressed, state);
			if (meant !== action) throw new Error(`${pressed} is not ${id} now, but ${meant?.id}`);
			press(pressed, given);
			await settled();
		},
		/** As the palette does it, for what has no key. */
		perform: async (id: string) => {
			perform(actionById(id) as Action, given);
			await settled();
		},
		/** Until every verb has told its outcome, and no terminal or build is on its way. */
		idle: () =>
			until(
				() =>
					state.overlay?.type !== 'preparing' &&
					state.busy.size === 0 &&
					state.terminals.tabs.every(({ status }) => status !== 'opening') &&
					state.builds.list.every(({ status }) => status !== 'preparing' && status !== 'cancelling') &&
					state.transfers.list.every(({ status }) => status !== 'cancelling'),
				'nothing is under way',
			),
		/** What is on the screen of the terminal in front, without what is blank at its end. */
		shown: (): string => {
			const emulator = terminals.emulator(state.terminals.front ?? 0);
			if (!emulator) return '';
			const rows = Array.from({ length: emulator.size.rows }, (_, index) => emulator.top() + index);
			return rows.map(emulator.text).join('\n').trimEnd();
		},
	};
};

export const port = (hostPort: number | undefined, containerPort = 80, address = '0.0.0.0') => ({
	address: hostPort === undefined ? '' : address,
	...(hostPort === undefined ? {} : { hostPort }),
	containerPort,
	protocol: 'tcp' as const,
});

export const dangling = `sha256:${idOf('dangling')}`;

/** One of each: running, paused, stopped; used, doubly named and dangling; published and exposed. */
export const world = (news: Parameters<typeof listed>[2] = {}): State =>
	listed(
		[
			container('web', { createdAt: now - 1, ports: [port(8080), port(undefined, 443)] }),
			container('api', { createdAt: now - 2, ports: [port(3000, 3000, '127.0.0.1')] }),
			container('cold', { createdAt: now - 3, state: 'paused' }),
			container('old', { createdAt: now - 4, state: 'exited', status: 'Exited (0) 2 hours ago' }),
			container('older', { createdAt: now - 5, state: 'created', status: 'Created' }),
		],
		[image(['httpd:2.4']), image(['app:1', 'app:latest']), image(['tool:3']), image([])],
		news,
	);

/** With the cursor on one row, or with several rows marked. */
export const on = (state: State, pane: PaneName, ids: readonly string[]): State => {
	const focused = update(state, { type: 'pane-focused', pane });
	const [first] = ids;
	if (first === undefined) return focused;
	const selected = {
		...focused,
		panes: { ...focused.panes, [pane]: { ...focused.panes[pane], selected: first } },
	};
	return ids.length > 1 ? update(selected, { type: 'marked', ids, isMarked: true }) : selected;
};

export const containersOn = (...names: readonly string[]): State =>
	on(world(), 'containers', names.map(idOf));

export type Player = ReturnType<typeof play>;

/** Sixty rows and a prompt's worth of cursor: more than any pane is high. */
export const sixtyRows = Array.from({ length: 60 }, (_, index) => `row ${index}`).join('\r\n');

const hundred = Array.from({ length: 100 }, (_, index) => `line ${index}`);

/** In a folder of its own, with the form of `b` open. */
export const inForm = async (
	tree: Tree = { Dockerfile: 'FROM a\nRUN two\n' },
	options: { readonly hasEngine?: boolean } = {},
): Promise<Player> => {
	const cwd = makeTree(tree);
	const player = play({ ...world(), cwd }, options);
	onTestFinished(() => {
		player.builds.endAll();
		rmSync(cwd, { recursive: true, force: true });
	});
	await player.press('b');
	await until(() => player.state().overlay?.type === 'question', 'the form is there');
	return player;
};

/** In front of a build with one step done, one that printed a hundred lines and goes on, and one that waits. */
export const inBuild = async (isOver = false): Promise<Player> => {
	const player = await inForm();
	await player.press('enter');
	await until(() => player.built.length === 1, 'the engine was asked');
	const build = player.built[0] as FakeBuild;
	build.tell(
		step('one', { state: 'done', startedAt: now, endedAt: now }),
		step('two', { startedAt: now }),
		step('three', { state: 'waiting' }),
		{ type: 'output', step: 'two', text: hundred.join('\n') },
	);
	if (isOver) {
		build.tell(step('two', { state: 'done', startedAt: now, endedAt: now }), {
			type: 'tagged',
			reference: 'app:1',
		});
		build.end();
	}
	await until(
		() =>
			player.state().builds.list[0]?.steps.size === 3 &&
			(!isOver || player.state().journal[0]?.outcome === 'done'),
		'the steps are there',
	);
	return player;
};

/** In front of a pull with forty layers, the first ten done; or one that is over. */
export const inTransfer = async (isOver = false): Promise<Player> => {
	const player = play(world());
	player.answers.holdsTransfers = true;
	player.transfers.pull('ubuntu:14.04');
	await until(() => player.moving.length === 1, 'the engine was asked');
	onTestFinished(() => player.transfers.endAll());
	const pull = player.moving[0] as FakeTransfer;
	const layers = Array.from({ length: 40 }, (_, index) => ({
		type: 'layer' as const,
		id: `layer-${index}`,
		state: index < 10 || isOver ? 'Pull complete' : 'Waiting',
	}));
	pull.tell(...layers);
	if (isOver) {
		pull.tell({ type: 'digest', digest: 'sha256:0123' }, { type: 'compared', outcome: 'newer' });
		pull.end();
	}
	await until(
		() =>
			player.state().transfers.list[0]?.layers.length === 40 &&
			(!isOver || player.state().journal[0]?.outcome === 'done'),
		'the layers are there',
	);
	return player;
};

/** Inside a shell of web that has printed this. */
export const inTerminal = async (text = sixtyRows, state = containersOn('web')): Promise<Player> => {
	const player = play(state);
	await player.press('e');
	await player.idle();
	player.sessions.at(-1)?.print(text);
	const last = text.split('\r\n').at(-1) ?? '';
	await until(() => player.shown().endsWith(last.trimEnd()), 'what was printed is shown');
	return player;
};
