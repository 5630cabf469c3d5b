// The card over the panes that tells what a look at a port found; closing it breaks the look off.
import { portName } from '../model/kinds/ports.ts';
import type { ListingColumn } from '../model/listing.ts';
import { conflictOf, freePorts, listenerOf } from '../model/port-conflicts.ts';
import { listenerName } from '../model/ports.ts';
import type { PortRow } from '../model/row.ts';
import type { State } from '../model/state.ts';
import { shellWord } from '../model/words.ts';
import type { Context } from './action.ts';

const columns: readonly ListingColumn[] = [
	{ label: '', min: 12, max: 12, rank: 1, isDim: true },
	{ label: 'FOUND', min: 20, max: 300, rank: 1 },
];

/** Who has what a container that is down would take. */
const taken = (row: PortRow, state: State): readonly (readonly [string, string])[] => {
	const conflict = conflictOf(state, row);
	if (!conflict) return [];
	const free = freePorts(state, conflict.port + 1, row.protocol);
	return [
		[conflict.isWish ? 'wanted by' : 'taken by', conflict.owner],
		...(free === undefined ? [] : [['free', `${free}: p makes ${row.containerName} anew with it`] as const]),
	];
};

const listens = (row: PortRow, state: State): readonly (readonly [string, string])[] => {
	const listener = listenerOf(state, row);
	if (!listener) return [];
	const isForIt = listener.isEngine && row.use === 'published';
	const name = isForIt ? `${listener.name} (pid ${listener.pid}), for the container` : listenerName(listener);
	return [['listens', name]];
};

/** Resolves with what it came to, in two words. */
export const checkCard = (row: PortRow, { listings, checks, ports, state }: Context): Promise<string> =>
	new Promise((resolve) => {
		const docker = `docker port ${shellWord(row.containerName)} ${row.containerPort}/${row.protocol}`;
		listings.look(
			{
				kind: 'port-check',
				title: `Check of ${portName(row)}`,
				line: row.use === 'published' ? docker : '',
				about: row.id,
				columns,
				asking: 'Connecting…',
			},
			async (_, signal) => {
				signal.addEventListener('abort', () => resolve('· broken off'), { once: true });
				const [found] = await Promise.all([checks.check(row, signal), ports.refresh()]);
				if (!found) return { rows: [] };
				resolve(`${portName(row)}${found.brief ? ` · ${found.brief}` : ''}`);
				const facts = [...found.facts, ...taken(row, state()), ...listens(row, state())];
				return {
					rows: facts.map(([label, text], index) => ({ id: `${index} ${text}`, cells: [label, text] })),
					...(found.advice === undefined ? {} : { message: found.advice }),
				};
			},
		);
	});
