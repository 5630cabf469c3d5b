// What must be followed is a function of what is looked at: the keys of all streams and reads the screen needs now.
import type { Container } from './items.ts';
import { layoutOf, listHeight } from './layout.ts';
import { logId, logMembers } from './log/log.ts';
import { rowsOf, selectedContainer, selectedRow } from './rows.ts';
import type { State } from './state.ts';
import { tabOf } from './tabs.ts';

/**
 * `stats`, `log` and `top` go on until they are no longer wanted; `inspect`, `image` and `changes` are read once.
 * `version` changes when what was read is no longer the truth.
 */
export type Wanted = {
	readonly what: 'stats' | 'log' | 'log-older' | 'log-newer' | 'inspect' | 'image' | 'processes' | 'changes';
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

/** The exact times, from which the status is worded as it ages: a list has only the words of one moment. */
const inspectKey = (state: State, { id, name, state: is, health }: Container): Wanted => ({
	what: 'inspect',
	id,
	version: [is, runOf(state, id), health, name].join(' '),
});

export const wanted = (state: State): Wanted[] => {
	if (state.connection.status !== 'connected') return [];
	const selected = selectedContainer(state);
	const containers = new Map(onScreen(state).map((container) => [container.id, container]));
	if (selected) containers.set(selected.id, selected);

	const keys: Wanted[] = [];
	for (const container of containers.values()) {
		keys.push(inspectKey(state, container));
		if (container.state === 'running' || container.state === 'paused')
			keys.push({ what: 'stats', id: container.id, version: '' });
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
	if (tab === 'Logs') {
		for (const member of logMembers(state))
			if (!containers.has(member.id)) keys.push(inspectKey(state, member));
		keys.push(...logKeys(state));
	}
	if (tab === 'Top' && is === 'running') keys.push({ what: 'processes', id, version: '' });
	if (tab === 'Diff') keys.push({ what: 'changes', id, version: is });
	return keys;
};

/** The log, from its newest lines on; and what is read at either end of it, when it is wanted. */
const logKeys = (state: State): Wanted[] => {
	const id = logId(state);
	const members = logMembers(state).filter((container) => state.known.containers.has(container.id));
	if (id === undefined || members.length === 0) return [];
	const { log } = state.known;
	const isOpen = log?.id === id && !log.isStale;
	const { since = '', until = '' } = state.logRange ?? {};
	const runs = members.map((container) => `${container.id}.${runOf(state, container.id)}`);
	const version = [since, until, isOpen ? '' : 'anew', ...runs].join(' ');
	const number = isOpen ? `${log.ring.dropped}` : '';
	return [
		...(isOpen && log.newer !== 'none' ? [] : [{ what: 'log' as const, id, version }]),
		...(isOpen && log.older === 'loading' ? [{ what: 'log-older' as const, id, version: number }] : []),
		...(isOpen && log.newer === 'loading' ? [{ what: 'log-newer' as const, id, version: number }] : []),
	];
};

/** How many times a container was seen to start: a new run has a new log stream and new times. */
export const runOf = (state: State, id: string): number => state.runs.get(id) ?? 0;
