// What is said before and after a start that cannot be, because somebody has the port: who, and which one is free.
import { setTimeout as wait } from 'node:timers/promises';
import { EngineError } from '../engine/error.ts';
import type { Container } from '../model/items.ts';
import { conflictsOfContainer, freePorts, type RowConflict, wishersOf } from '../model/port-conflicts.ts';
import type { Question } from '../model/question.ts';
import type { State } from '../model/state.ts';
import type { Context } from './action.ts';

/** So often it is looked which of those that are being started has a port, with so many milliseconds between. */
const looks = 10;
const pause = 100;

const sentence = (state: State, { port, owner, isWish, row }: RowConflict): string => {
	const free = freePorts(state, port + 1, row.protocol);
	const who = isWish ? `wanted by ${owner}, too` : `taken by ${owner}`;
	return `Port ${port}${row.protocol === 'tcp' ? '' : `/${row.protocol}`} is ${who}${free === undefined ? '.' : `: ${free} is free.`}`;
};

const question = (containers: readonly Container[], state: State): Question | undefined => {
	// Of two that want the same port the first one gets it.
	const before = new Set<string>();
	const conflicts = containers.flatMap(({ id, name }) => {
		const own = conflictsOfContainer(state, id, before);
		before.add(id);
		return own.map((conflict) => `${name}: ${sentence(state, conflict)}`);
	});
	if (conflicts.length === 0) return undefined;
	const names = containers.map(({ name }) => name).join(', ');
	return {
		title: `Start ${names}? ${containers.length === 1 ? 'It would not get its port' : 'Not all would get their ports'}`,
		body: [...conflicts, '', 'N makes it anew with another port.'],
		fields: [],
		yes: 'start all the same',
		isDestructive: false,
	};
};

/** It wants a port of the host that somebody may have, or nobody has looked yet what it wants. */
const mayCollide = (state: State, { id }: Container): boolean =>
	state.ports.plans.get(id)?.wishes.some(({ hostPort }) => hostPort !== undefined) ?? true;

/** Undefined: nobody is known to have what these would take. */
export const startQuestion = (
	containers: readonly Container[],
	{ engine, state, ports }: Pick<Context, 'engine' | 'state' | 'ports'>,
): Promise<Question | undefined> | undefined => {
	const wanting = containers.filter((container) => mayCollide(state(), container));
	if (wanting.length === 0) return undefined;
	const ids = wanting.map(({ id }) => id);
	return ports.beforeStart(engine, ids).then(() => question(containers, state()));
};

const isAboutPorts = (error: unknown): error is EngineError =>
	error instanceof EngineError &&
	/port is already allocated|address already in use/i.test(error.engineMessage ?? '');

/** The engine may have the port for a container that was started just now: the list comes later than the refusal. */
const settled = async (
	conflict: RowConflict,
	{ engine, state }: Pick<Context, 'engine' | 'state'>,
): Promise<RowConflict> => {
	const rivals = conflict.isEngine || conflict.isWish ? wishersOf(state(), conflict) : [];
	const { port, row } = conflict;
	for (let left = looks; left > 0 && rivals.length > 0; left--) {
		const listed = await engine.containers(rivals).catch(() => []);
		const owner = listed.find(({ ports }) =>
			ports.some(({ hostPort, protocol }) => hostPort === port && protocol === row.protocol),
		);
		if (owner) return { ...conflict, owner: owner.name, isWish: false };
		if (!rivals.some((id) => state().busy.has(id))) break;
		await wait(pause);
	}
	return conflict;
};

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
		const conflicts = conflictsOfContainer(state(), id, new Set(state().busy.keys()));
		const conflict = conflicts.find(({ isWish }) => !isWish) ?? conflicts[0];
		if (!conflict) throw error;
		const taken = await settled(conflict, { engine, state });
		const words = `${name} could not be started. ${sentence(state(), taken)} N makes it anew with another.`;
		const { statusCode, code } = error;
		throw new EngineError(words, { statusCode, code });
	}
};
