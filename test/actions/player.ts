// Somebody at the keyboard: presses keys on a state with a recording engine, and sees what became of it.
import type { Action } from '../../source/actions/action.ts';
import { type Given, perform, press } from '../../source/actions/perform.ts';
import { actionById, actionFor } from '../../source/actions/table.ts';
import type { Event } from '../../source/model/event.ts';
import type { PaneName, State } from '../../source/model/state.ts';
import { update } from '../../source/model/update.ts';
import { createTerminals } from '../../source/terminal/terminals.ts';
import { container, idOf, image, listed, now } from '../model/things.ts';
import { recordingEngine } from './recording-engine.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Waits until it is so. */
export const until = async (isSo: () => boolean, what = isSo.toString()): Promise<void> => {
	for (const late = performance.now() + 5000; !isSo(); await settled())
		if (performance.now() > late) throw new Error(`It never came to this: ${what}`);
};

export const play = (initial: State, options: { readonly hasEngine?: boolean } = {}) => {
	const recording = recordingEngine();
	let state = initial;
	const did: string[] = [];
	let clock = now;
	const engine = () => (options.hasEngine === false ? undefined : recording.engine);
	const send = (event: Event) => {
		state = update(state, event);
	};
	const terminals = createTerminals({
		state: () => state,
		send,
		engine,
		now: () => clock,
		press: (key) => press(key, given),
		leaveKey: 0x1d,
	});
	const given: Given = {
		engine,
		state: () => state,
		send,
		terminals,
		host: {
			copy: (text) => did.push(`copy ${text}`),
			save: async (name, text, mode) => {
				did.push(`save ${name} ${mode.toString(8)} ${text.length > 0}`);
				return `/home/me/${name}`;
			},
			now: () => now,
			quit: ({ leavesRunning }) => did.push(leavesRunning ? 'quit and leave it running' : 'quit'),
			retry: () => did.push('retry'),
			openDemo: () => did.push('demo'),
		},
	};
	return {
		...recording,
		did,
		terminals,
		state: () => state,
		/** The terminals see the time go on. */
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
		/** Until every verb has told its outcome, and no terminal is being opened. */
		idle: () =>
			until(
				() =>
					state.overlay?.type !== 'preparing' &&
					state.busy.size === 0 &&
					state.terminals.tabs.every(({ status }) => status !== 'opening'),
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
