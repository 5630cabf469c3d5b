// Who has a port of the host already, and which one is free: of containers that run, of those that want to, and of programs.
import { overlap } from './kinds/address.ts';
import { allPortRows, type WithPorts } from './port-rows.ts';
import { type Listener, listenerName, programName } from './ports.ts';
import { remember } from './remember.ts';
import type { PortRow } from './row.ts';

export type Conflict = {
	/** Of the host. */
	readonly port: number;
	/** Who has it: a container, or a program with its process id. */
	readonly owner: string;
	/** It has it not yet, but wants it as well. */
	readonly isWish: boolean;
	/** It will have it before. */
	readonly isBefore?: boolean;
	/** An engine listens there; which container it does so for is not known, or not yet. */
	readonly isEngine?: boolean;
};

type Taker = {
	readonly addresses: readonly string[];
	readonly owner: string;
	readonly containerId?: string;
	readonly listener?: Listener;
	readonly isWish: boolean;
};

type Takers = ReadonlyMap<string, readonly Taker[]>;

const keyOf = (protocol: string, port: number): string => `${protocol}/${port}`;

const everyAddress: readonly string[] = [''];

const isAnyOverlap = (some: readonly string[], others: readonly string[]): boolean =>
	some.some((one) => others.some((other) => overlap(one, other)));

/** By protocol and port of the host. */
const takersOf = remember((rows: readonly PortRow[], listeners: readonly Listener[] | undefined): Takers => {
	const takers = new Map<string, Taker[]>();
	const add = (key: string, taker: Taker): void => {
		const others = takers.get(key);
		if (others) others.push(taker);
		else takers.set(key, [taker]);
	};
	for (const { use, hostPort, hostLast, count, addresses, protocol, containerName, containerId } of rows) {
		if (hostPort === undefined || hostLast !== undefined) continue;
		// What has the network of the host may listen there or not: that is told by who listens.
		if (use === 'host') continue;
		const taker = {
			addresses: addresses.length ? addresses : everyAddress,
			owner: containerName,
			containerId,
			isWish: use === 'wished',
		};
		for (let port = hostPort; port < hostPort + count; port++) add(keyOf(protocol, port), taker);
	}
	for (const listener of listeners ?? []) {
		const key = keyOf(listener.protocol, listener.port);
		const isOurs = takers
			.get(key)
			?.some(({ isWish, addresses }) => !isWish && isAnyOverlap(addresses, [listener.address]));
		// What a container publishes, its engine listens on; not everybody may know that it is the engine.
		if (isOurs && (listener.isEngine || listener.pid === undefined)) continue;
		add(key, { addresses: [listener.address], owner: listenerName(listener), listener, isWish: false });
	}
	return takers;
});

const takers = (state: WithPorts): Takers => takersOf(allPortRows(state), state.ports.listeners);

const conflictIn = (all: Takers, row: PortRow, before?: ReadonlySet<string>): Conflict | undefined => {
	const { use, hostPort, hostLast, count, addresses, protocol, containerId } = row;
	if (use !== 'wished' || hostPort === undefined) return undefined;
	const own = addresses.length ? addresses : everyAddress;
	const isBefore = (rival: Taker): boolean => before?.has(rival.containerId ?? '') ?? false;
	const rivalOf = (port: number): Taker | undefined => {
		const rivals = (all.get(keyOf(protocol, port)) ?? []).filter(
			(taker) => taker.containerId !== containerId && isAnyOverlap(taker.addresses, own),
		);
		const holder = rivals.find(({ isWish }) => !isWish);
		// A container that wants the port may have been started just now, and the list does not say so yet.
		if (holder?.listener?.isEngine && rivals.some(({ isWish }) => isWish))
			return { ...holder, owner: programName(holder.listener) };
		return holder ?? rivals.find(isBefore) ?? rivals[0];
	};
	if (hostLast !== undefined) {
		// One free port of them is enough.
		for (let port = hostPort; port <= hostLast; port++) {
			const rival = rivalOf(port);
			if (rival === undefined || rival.isWish) return undefined;
		}
	}
	let wanted: Conflict | undefined;
	for (let port = hostPort; port < hostPort + count; port++) {
		const rival = rivalOf(port);
		if (rival === undefined) continue;
		const { owner, isWish, listener } = rival;
		const conflict = {
			port,
			owner,
			isWish,
			...(isBefore(rival) ? { isBefore: true } : {}),
			...(listener?.isEngine ? { isEngine: true } : {}),
		};
		if (!isWish || isBefore(rival)) return conflict;
		wanted ??= conflict;
	}
	return wanted;
};

const conflictsOf = remember((rows: readonly PortRow[], all: Takers): ReadonlyMap<string, Conflict> => {
	const conflicts = new Map<string, Conflict>();
	for (const row of rows) {
		const conflict = conflictIn(all, row);
		if (conflict) conflicts.set(row.id, conflict);
	}
	return conflicts;
});

/** Why a container that is down would not get the port of a row. */
export const conflictOf = (state: WithPorts, row: PortRow): Conflict | undefined =>
	row.use === 'wished' ? conflictsOf(allPortRows(state), takers(state)).get(row.id) : undefined;

export type RowConflict = Conflict & { readonly row: PortRow };

/** Of a container that is down: what it would not get, because somebody has it already, or one of `before` will. */
export const conflictsOfContainer = (
	state: WithPorts,
	id: string,
	before: ReadonlySet<string> = new Set(),
): readonly RowConflict[] => {
	const all = takers(state);
	return allPortRows(state).flatMap((row) => {
		const conflict = row.containerId === id ? conflictIn(all, row, before) : undefined;
		return conflict && (!conflict.isWish || conflict.isBefore) ? [{ ...conflict, row }] : [];
	});
};

/** Other containers that want this port of the host, by id. */
export const wishersOf = (state: WithPorts, { port, row }: RowConflict): readonly string[] =>
	(takers(state).get(keyOf(row.protocol, port)) ?? []).flatMap(({ containerId, isWish }) =>
		isWish && containerId !== undefined && containerId !== row.containerId ? [containerId] : [],
	);

/** The first of so many ports in a row, from this one on, that nobody has or wants. */
export const freePorts = (
	state: WithPorts,
	from: number,
	protocol: string,
	count = 1,
	except?: string,
): number | undefined => {
	const all = takers(state);
	let free = 0;
	for (let port = Math.max(1, from); port <= 65_535; port++) {
		const isTaken = all
			.get(keyOf(protocol, port))
			?.some(({ containerId }) => containerId === undefined || containerId !== except);
		free = isTaken ? 0 : free + 1;
		if (free === count) return port - count + 1;
	}
	return undefined;
};

/** Who waits on a port of the host, as far as that can be told. */
export const listenerOf = (state: WithPorts, row: PortRow): Listener | undefined => {
	const { hostPort, protocol, addresses } = row;
	if (hostPort === undefined || row.use === 'wished') return undefined;
	const own = addresses.length ? addresses : everyAddress;
	const all = (listenersAt(state.ports.listeners).get(keyOf(protocol, hostPort)) ?? []).filter(
		({ address }) => isAnyOverlap([address], own),
	);
	return all.find(({ pid }) => pid !== undefined) ?? all[0];
};

const listenersAt = remember((listeners: readonly Listener[] | undefined) => {
	const at = new Map<string, Listener[]>();
	for (const listener of listeners ?? []) {
		const key = keyOf(listener.protocol, listener.port);
		at.set(key, [...(at.get(key) ?? []), listener]);
	}
	return at;
});
