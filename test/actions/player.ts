// Somebody at the keyboard: presses keys on a state with a recording engine, and sees what became of it.
import type { Action } from '../../source/actions/action.ts';
import { type Given, press } from '../../source/actions/perform.ts';
import { actionById, actionFor } from '../../source/actions/table.ts';
import type { Event } from '../../source/model/event.ts';
import type { PaneName, State } from '../../source/model/state.ts';
import { update } from '../../source/model/update.ts';
import { container, idOf, image, listed, now } from '../model/things.ts';
import { recordingEngine } from './recording-engine.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

export const play = (initial: State, options: { readonly hasEngine?: boolean } = {}) => {
	const recording = recordingEngine();
	let state = initial;
	const did: string[] = [];
	const given: Given = {
		engine: () => (options.hasEngine === false ? undefined : recording.engine),
		state: () => state,
		send: (event) => {
			state = update(state, event);
		},
		host: {
			copy: (text) => did.push(`copy ${text}`),
			save: async (name, text, mode) => {
				did.push(`save ${name} ${mode.toString(8)} ${text.length > 0}`);
				return `/home/me/${name}`;
			},
			now: () => now,
			quit: () => did.push('quit'),
			retry: () => did.push('retry'),
			openDemo: () => did.push('demo'),
		},
	};
	return {
		...recording,
		did,
		state: () => state,
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
