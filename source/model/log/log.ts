// The log on screen: whose lines it has, what of them is in memory, and where it can be read on.
import type { Container } from '../items.ts';
import { remember } from '../remember.ts';
import { selectedContainer } from '../rows.ts';
import type { State } from '../state.ts';
import { emptyRing, type LogRing, mostCharacters, mostLines } from './ring.ts';

/** Several containers are one stream, in the order of the engine's stamps. */
export type LogScope =
	| { readonly kind: 'container' }
	| { readonly kind: 'marked'; readonly ids: readonly string[] }
	/** Of compose; who comes to it later joins. */
	| { readonly kind: 'project'; readonly name: string };

/** Stamps as the engine writes them, or milliseconds since the epoch. Both ends belong to it. */
export type LogRange = { readonly since?: string | number; readonly until?: string | number };

/** What older lines are read for: a hit of the search, an error, or any line that the filter lets pass. */
export type LogQuest = 'hit' | 'error' | 'line';

/** Lines that are read before the first one at once. */
export const olderLines = 5000;

/**
 * At most so many lines are in memory. Someone who reads far back moves along them: lines then fall out at the end, the
 * stream is closed, and both directions are read from the engine again as they are wanted.
 */
export type Log = {
	/** The container's id; or what several are together: `project:shop`. */
	readonly id: string;
	readonly ids: readonly string[];
	/** By id, in the order they came: of those that are gone there are lines, too. */
	readonly names: ReadonlyMap<string, string>;
	readonly ring: LogRing;
	/** Containers whose stream is over: they stopped, or their sentence in `failures` says what went wrong. */
	readonly ended: ReadonlySet<string>;
	readonly failures: ReadonlyMap<string, string>;
	/** `none`: the first line in memory is the first one the engine has, or the one the range begins with. */
	readonly older: 'more' | 'loading' | 'none';
	/** `none`: the last line in memory is the newest one, and what comes is added. */
	readonly newer: 'more' | 'loading' | 'none';
	/** To be opened from the newest lines again, in place of what is in memory. */
	readonly isStale: boolean;
	/** Older lines are read until one of these is among them. */
	readonly quest?: LogQuest;
};

export const newLog = (id: string, ids: readonly string[] = [id]): Log => ({
	id,
	ids,
	names: new Map(),
	ring: emptyRing,
	ended: new Set(),
	failures: new Map(),
	older: 'more',
	newer: 'none',
	isStale: false,
});

/** Older lines can be read, and nothing falls out at the other end for them. */
export const canReadOlder = ({ ring, older }: Log): boolean =>
	older !== 'none' &&
	ring.length > 0 &&
	ring.length + olderLines <= mostLines &&
	ring.characters <= mostCharacters / 2;

/** No line will come any more, as things are. */
export const isOver = ({ ids, ended }: Log): boolean => ids.every((id) => ended.has(id));

const members = remember(
	(scope: State['logScope'], containers: State['containers'], selected: Container | undefined) => {
		if (scope?.kind === 'marked')
			return scope.ids.flatMap((id) => {
				const container = containers.get(id);
				return container ? [container] : [];
			});
		if (scope?.kind === 'project')
			return [...containers.values()].filter(({ project }) => project === scope.name);
		return selected ? [selected] : [];
	},
);

/** Whose log is to be on screen. */
export const logMembers = (state: State): readonly Container[] =>
	members(state.logScope, state.containers, selectedContainer(state));

/** Of all who have a part in it, as they are called now. */
export const logNames = (state: State, { ids, names }: Log): ReadonlyMap<string, string> => {
	const now = new Map(names);
	for (const id of [...names.keys(), ...ids]) {
		const name = state.containers.get(id)?.name;
		if (name !== undefined) now.set(id, name);
	}
	return now;
};

/** Its name: with another one, another log is on screen. Undefined: nothing is selected. */
export const logId = (state: State): string | undefined => {
	const { logScope: scope } = state;
	if (scope?.kind === 'project') return `project:${scope.name}`;
	if (scope?.kind === 'marked') return `marked:${scope.ids.join(' ')}`;
	return selectedContainer(state)?.id;
};
