// All looks at ports of this session: asked for by a key, or those in view by themselves where that is switched on.
import type { Engine } from '../engine/contract.ts';
import type { Event } from '../model/event.ts';
import { layoutOf, listHeight } from '../model/layout.ts';
import { placeOf } from '../model/port-address.ts';
import { portRowById } from '../model/port-rows.ts';
import type { PortCheck } from '../model/ports.ts';
import type { PortRow } from '../model/row.ts';
import { rowsOf } from '../model/rows.ts';
import type { State } from '../model/state.ts';
import { checkPort } from './check.ts';

/** So many at once. */
const atOnce = 4;
/** Milliseconds before a row is looked at again by itself. */
const rest = 30_000;
/** Ports of one range that are looked at. */
const mostOfRange = 16;

export type ChecksGiven = {
	readonly state: () => State;
	readonly send: (event: Event) => void;
	readonly engine: () => Engine | undefined;
	readonly now: () => number;
	readonly version: () => string;
	/** What listens inside of a container on a port; undefined: that cannot be seen. */
	readonly inside: (containerId: string, port: number) => Promise<readonly string[] | undefined>;
};

export type PortChecks = ReturnType<typeof createChecks>;

export const createChecks = ({ state, send, engine, now, version, inside }: ChecksGiven) => {
	let running = 0;
	const waiting: (() => void)[] = [];
	/** What the container of a row was when it was looked at by itself. */
	const lookedAt = new Map<string, unknown>();
	const underWay = new Set<string>();

	/** Waits for its turn. */
	const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
		if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
		running++;
		try {
			return await work();
		} finally {
			running--;
			waiting.shift()?.();
		}
	};

	/** Where to knock. The containers of the embedded engine listen nowhere: what answered would be somebody else. */
	const doorOf = (row: PortRow, index = 0): ReturnType<typeof placeOf> => {
		const { connection } = state();
		const isDemo = connection.status === 'connected' && connection.info.flavour === 'demo';
		return isDemo
			? { why: 'The containers of the demo are not real: nothing of them listens on this machine.' }
			: placeOf(state(), row, index);
	};

	const one = (row: PortRow, index: number, signal: AbortSignal): Promise<PortCheck | undefined> => {
		const place = doorOf(row, index);
		if ('why' in place)
			return Promise.resolve({
				at: now(),
				brief: '',
				tone: 'dim',
				isTls: false,
				facts: [],
				advice: place.why,
			});
		const containerPort = row.containerPort + index;
		const usual = [containerPort, place.port].some((port) => port === 443 || port === 8443);
		return inTurn(async () =>
			signal.aborted
				? undefined
				: checkPort(
						{
							...place,
							protocol: row.protocol,
							containerPort,
							containerName: row.containerName,
							isTls: state().ports.checks.get(row.id)?.isTls || usual,
							isProxied: row.use === 'published',
							inside: () => inside(row.containerId, containerPort),
							version: version(),
							now,
						},
						signal,
					),
		);
	};

	/** A range is as good as the worst of it. */
	const summed = (row: PortRow, checks: readonly PortCheck[]): PortCheck | undefined => {
		const [first] = checks;
		if (row.count === 1 || !first) return first;
		const good = checks.filter(({ tone }) => tone === 'good').length;
		const bad = checks.find(({ tone }) => tone === 'bad');
		return {
			at: first.at,
			brief: `${good} of ${checks.length} good`,
			tone: bad ? 'bad' : good === checks.length ? 'good' : 'busy',
			isTls: checks.every(({ isTls }) => isTls),
			facts: checks.map(({ brief }, index) => [`${(row.hostPort ?? row.containerPort) + index}`, brief]),
			...(bad?.advice === undefined ? {} : { advice: bad.advice }),
		};
	};

	/** Undefined: it was broken off. */
	const check = async (row: PortRow, signal: AbortSignal): Promise<PortCheck | undefined> => {
		lookedAt.set(row.id, state().containers.get(row.containerId));
		const count = Math.min(row.count, mostOfRange);
		const checks = await Promise.all(Array.from({ length: count }, (_, index) => one(row, index, signal)));
		if (signal.aborted || checks.includes(undefined)) return undefined;
		const found = summed(row, checks as PortCheck[]);
		if (found && found.brief !== '' && portRowById(state(), row.id))
			send({ type: 'port-checked', id: row.id, check: found });
		return found;
	};

	const inView = (): readonly PortRow[] => {
		const layout = layoutOf(state());
		if (!layout.panes.ports) return [];
		const { top } = state().panes.ports;
		return rowsOf(state(), 'ports').slice(top, top + listHeight(layout, 'ports'));
	};

	let current = new AbortController();

	return {
		check,
		/** To be called after every change of the state. */
		look: (): void => {
			const { ports, connection, containers } = state();
			if (!ports.isChecking || connection.status !== 'connected' || !engine()) {
				if (underWay.size > 0) current.abort();
				return;
			}
			if (current.signal.aborted) current = new AbortController();
			for (const row of inView()) {
				if (row.protocol !== 'tcp' || (row.use !== 'published' && row.use !== 'host')) continue;
				if (underWay.has(row.id) || underWay.size >= atOnce) continue;
				if ('why' in doorOf(row)) continue;
				const container = containers.get(row.containerId);
				const past = ports.checks.get(row.id);
				if (past && (lookedAt.get(row.id) === container || now() - past.at < rest)) continue;
				underWay.add(row.id);
				void check(row, current.signal).finally(() => underWay.delete(row.id));
			}
		},
	};
};
