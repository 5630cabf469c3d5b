// What is said before and after a start that cannot be, because somebody has the port: who, and which one is free.
import { EngineError } from '../engine/error.ts';
import type { Container } from '../model/items.ts';
import { type Conflict, conflictsOfContainer, freePorts } from '../model/port-conflicts.ts';
import type { Question } from '../model/question.ts';
import type { PortRow } from '../model/row.ts';
import type { State } from '../model/state.ts';
import type { Context } from './action.ts';

const sentence = (state: State, { port, owner, row }: Conflict & { readonly row: PortRow }): string => {
	const free = freePorts(state, port + 1, row.protocol);
	return `Port ${port}${row.protocol === 'tcp' ? '' : `/${row.protocol}`} is taken by ${owner}${free === undefined ? '.' : `: ${free} is free.`}`;
};

/** Undefined: nobody is known to have what these would take. */
export const startQuestion = (containers: readonly Container[], state: State): Question | undefined => {
	const conflicts = containers.flatMap(({ id, name }) =>
		conflictsOfContainer(state, id).map((conflict) => `${name}: ${sentence(state, conflict)}`),
	);
	if (conflicts.length === 0) return undefined;
	const names = containers.map(({ name }) => name).join(', ');
	return {
		title: `Start ${names}? It would not get its port`,
		body: [...conflicts, '', 'N makes it anew with another port.'],
		fields: [],
		yes: 'start all the same',
		isDestructive: false,
	};
};

const isAboutPorts = (error: unknown): error is EngineError =>
	error instanceof EngineError &&
	/port is already allocated|address already in use/i.test(error.engineMessage ?? '');

/** The engine says only that a port is taken. */
export const withOwner = async (
	{ id, name }: Container,
	{ engine, state, ports }: Context,
	start: Promise<void>,
): Promise<void> => {
	try {
		await start;
	} catch (error) {
		if (!isAboutPorts(error)) throw error;
		await Promise.all([ports.planOf(engine, id), ports.refresh()]).catch(() => {});
		const [conflict] = conflictsOfContainer(state(), id);
		if (!conflict) throw error;
		const words = `${name} could not be started. ${sentence(state(), conflict)} N makes it anew with another.`;
		const { statusCode, code } = error;
		throw new EngineError(words, { statusCode, code });
	}
};
