// What must be followed is a function of what is looked at: the keys of all streams and reads the screen needs now.
import { layoutOf, listHeight } from './layout.ts';
import { rowsOf, selectedContainer, selectedRow } from './rows.ts';
import type { State } from './state.ts';
import { tabOf } from './tabs.ts';

/**
 * `stats`, `log` and `top` go on until they are no longer wanted; `inspect`, `image` and `changes` are read once.
 * `version` changes when what was read is no longer the truth.
 */
export type Wanted = {
	readonly what: 'stats' | 'log' | 'inspect' | 'image' | 'processes' | 'changes';
	readonly id: string;
	readonly version: string;
};

export const keyOf = ({ what, id, version }: Wanted): string => `${what}:${id}:${version}`;

/** Containers whose rows are on screen. */
const onScreen = (state: State) => {
	const layout = layoutOf(state);
	if (!layout.panes.containers) return [];
	const { top } = state.panes.containers;
	return rowsOf(state, 'containers').slice(top, top + listHeight(layout, 'containers'));
};

export const wanted = (state: State): Wanted[] => {
	if (state.connection.status !== 'connected') return [];
	const selected = selectedContainer(state);
	const containers = new Map(onScreen(state).map((container) => [container.id, container]));
	if (selected) containers.set(selected.id, selected);

	const keys: Wanted[] = [];
	for (const { id, name, state: is, health } of containers.values()) {
		const isUp = is === 'running' || is === 'paused';
		// The exact times, from which the status is worded as it ages: a list has only the words of one moment.
		keys.push({ what: 'inspect', id, version: [is, runOf(state, id), health, name].join(' ') });
		if (isUp) keys.push({ what: 'stats', id, version: '' });
	}
	const row = selectedRow(state);
	const hasDetails = layoutOf(state).details !== undefined && state.beside === 'details';
	if (row?.kind === 'image' && hasDetails)
		keys.push({
			what: 'image',
			id: row.imageId,
			version: state.images.get(row.imageId)?.references.join(' ') ?? '',
		});
	if (!selected || !hasDetails) return keys;

	const { id, state: is } = selected;
	const tab = tabOf(state);
	if (tab === 'Logs' && state.known.containers.has(id))
		keys.push({ what: 'log', id, version: `${runOf(state, id)}` });
	if (tab === 'Top' && is === 'running') keys.push({ what: 'processes', id, version: '' });
	if (tab === 'Diff') keys.push({ what: 'changes', id, version: is });
	return keys;
};

/** How many times a container was seen to start: a new run has a new log stream and new times. */
const runOf = (state: State, id: string): number => state.runs.get(id) ?? 0;
