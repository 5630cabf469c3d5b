// The card over the panes that tells what a look at a port found; closing it breaks the look off.
import { portName } from '../model/kinds/ports.ts';
import type { ListingColumn } from '../model/listing.ts';
import { conflictOf, freePorts, listenerOf } from '../model/port-conflicts.ts';
import { listenerName, type PortCheck } from '../model/ports.ts';
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

/** What is to be done: a start is of no use where somebody has the port. */
const adviceOf = ({ advice }: PortCheck, row: PortRow, state: State): string | undefined => {
	const conflict = conflictOf(state, row);
	if (!conflict || conflict.isWish) return advice;
	const { containerName: name } = row;
	const free = freePorts(state, conflict.port + 1, row.protocol);
	return `${name} cannot start while ${conflict.owner} has ${conflict.port}: ${free === undefined ? 'stop that first' : `p gives ${name} another port, or stop ${conflict.owner} first`}.`;
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
				const advice = adviceOf(found, row, state());
				return {
					rows: facts.map(([label, text], index) => ({ id: `${index} ${text}`, cells: [label, text] })),
					...(advice === undefined ? {} : { message: advice }),
				};
			},
		);
	});
