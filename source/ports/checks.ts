// All looks at ports of this session: asked for by a key, or those in view by themselves where that is switched on.
import type { Engine } from '../engine/contract.ts';
import type { Event } from '../model/event.ts';
import { layoutOf, listHeight } from '../model/layout.ts';
import { placeOf } from '../model/port-address.ts';
import { isReached, portRowById } from '../model/port-rows.ts';
import type { PortCheck } from '../model/ports.ts';
import type { PortRow } from '../model/row.ts';
import { rowsOf } from '../model/rows.ts';
import type { State } from '../model/state.ts';
import { checkPort } from './check.ts';
import { summed } from './range.ts';
import { createStarts } from './starts.ts';

/** So many at once. */
const atOnce = 4;
/** Milliseconds before a row is looked at again by itself. */
const rest = 30_000;
/** Milliseconds after a start when what was not well is looked at again: many need a moment. */
const again = [1000, 3000, 10_000];
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
	const starts = createStarts(state, now);

	/** Waits for its turn. */
	const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
		if (running < atOnce) running++;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			// The turn is handed on: nobody gets in between.
			if (next) next();
			else running--;
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

	/** Of a container whose engine is gone nobody knows whether it still is what the list says. */
	const withEngine = (check: PortCheck): PortCheck =>
		state().connection.status === 'lost' && check.brief !== ''
			? {
					...check,
					facts: [...check.facts, ['engine', 'does not answer']],
					advice: 'The engine does not answer: what stands here of its containers may be over.',
				}
			: check;

	/** Undefined: it was broken off, or the container was started anew meanwhile. */
	const check = async (row: PortRow, signal: AbortSignal): Promise<PortCheck | undefined> => {
		lookedAt.set(row.id, state().containers.get(row.containerId));
		const run = state().runs.get(row.containerId);
		const count = Math.min(row.count, mostOfRange);
		const checks = await Promise.all(Array.from({ length: count }, (_, index) => one(row, index, signal)));
		if (signal.aborted || checks.includes(undefined)) return undefined;
		const found = summed(row, checks as PortCheck[]);
		if (!found) return undefined;
		const told = withEngine(found);
		const isSame = isReached(portRowById(state(), row.id)) && state().runs.get(row.containerId) === run;
		if (isSame && told.brief !== '') send({ type: 'port-checked', id: row.id, check: told });
		return told;
	};

	const inView = (): readonly PortRow[] => {
		const layout = layoutOf(state());
		if (!layout.panes.ports) return [];
		const { top } = state().panes.ports;
		return rowsOf(state(), 'ports').slice(top, top + listHeight(layout, 'ports'));
	};

	/** Whether it is time for a row, or in how many milliseconds it will be; undefined: not before something happens. */
	const due = ({ id, containerId }: PortRow): number | undefined => {
		const { ports, containers } = state();
		const past = ports.checks.get(id);
		if (!past) return 0;
		const age = now() - past.at;
		if (lookedAt.get(id) !== containers.get(containerId) && age >= rest) return 0;
		// Who shows a certificate is there, whatever is said of it.
		if (past.tone === 'good' || (past.tone === 'busy' && past.isTls)) return undefined;
		const began = starts.of(containerId) ?? Number.NEGATIVE_INFINITY;
		const next = again.find((moment) => past.at < began + moment);
		return next === undefined ? undefined : Math.max(0, began + next - now());
	};

	let current = new AbortController();
	let timer: NodeJS.Timeout | undefined;

	/** To be called after every change of the state. */
	const look = (): void => {
		const { ports, connection } = state();
		starts.note();
		clearTimeout(timer);
		if (!ports.isChecking || connection.status !== 'connected' || !engine()) {
			if (underWay.size > 0) current.abort();
			return;
		}
		if (current.signal.aborted) current = new AbortController();
		let soonest = Number.POSITIVE_INFINITY;
		for (const row of inView()) {
			if (row.protocol !== 'tcp' || !isReached(row)) continue;
			if (underWay.has(row.id) || underWay.size >= atOnce) continue;
			if ('why' in doorOf(row)) continue;
			const wait = due(row);
			if (wait === undefined) continue;
			if (wait > 0) {
				soonest = Math.min(soonest, wait);
				continue;
			}
			underWay.add(row.id);
			void check(row, current.signal).finally(() => {
				underWay.delete(row.id);
				look();
			});
		}
		if (soonest < Number.POSITIVE_INFINITY) timer = setTimeout(look, soonest).unref();
	};

	return { check, look };
};
