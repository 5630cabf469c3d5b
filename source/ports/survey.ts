// Keeps what the list of ports shows beside the lists right, by events alone: plans, networks, and who listens on the host.
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../engine/contract.ts';
import type { Event } from '../model/event.ts';
import { type Container, isUp, type Port } from '../model/items.ts';
import { layoutOf } from '../model/layout.ts';
import { hasHostNetwork, hasNoNetwork, isDirectDriver, networksOf } from '../model/port-rows.ts';
import type { Listener, PortPlan } from '../model/ports.ts';
import type { State } from '../model/state.ts';

/** Milliseconds after the last change of the list: what comes and goes at once is read once. */
const rest = 100;
/** So many containers are inspected, the newest first, and so many at once. */
const mostPlans = 1000;
const atOnce = 4;
/** Told so many at once: each time costs a look through all rows. */
const told = 100;
/** Milliseconds a start waits for what it is asked about; what is known by then has to do. */
const patience = 300;
/** So many that are to be started together are inspected for it. */
const mostStarted = 20;

export type SurveyGiven = {
	readonly state: () => State;
	readonly send: (event: Event) => void;
	readonly engine: () => Engine | undefined;
	/** Undefined: who listens where the engine is cannot be seen from here. */
	readonly readListeners: () => Promise<readonly Listener[] | undefined>;
};

export type PortSurvey = ReturnType<typeof createSurvey>;

const isPublished = ({ hostPort }: Port): boolean => hostPort !== undefined;

/** Names that say what they are. */
const isPlainNetwork = (name: string): boolean =>
	/^(bridge|default|host|none|podman|)$|^container:/.test(name);

export const createSurvey = ({ state, send, engine, readListeners }: SurveyGiven) => {
	let seen: State['containers'] | undefined;
	let isBusy = false;
	/** Those that could not be inspected: gone by now. */
	const failed = new Set<string>();
	const asked = new Set<string>();

	const isInView = (): boolean => {
		const now = state();
		if (now.connection.status !== 'connected' || !now.isListed) return false;
		return layoutOf(now).panes.ports !== undefined;
	};

	const needsPlan = (container: Container): boolean => {
		if (!isUp(container) || hasHostNetwork(container) || hasNoNetwork(container)) return true;
		const { drivers } = state().ports;
		return (
			container.ports.length === 0 && networksOf(container).some((name) => isDirectDriver(drivers.get(name)))
		);
	};

	const readDrivers = async (through: Engine): Promise<void> => {
		const unknown = [...state().containers.values()]
			.filter((container) => !container.ports.some(isPublished))
			.flatMap(networksOf)
			.filter((name) => !isPlainNetwork(name) && !asked.has(name));
		if (unknown.length === 0) return;
		for (const name of unknown) asked.add(name);
		const networks = await through.networks().catch(() => []);
		if (networks.length === 0) return;
		send({ type: 'drivers-read', drivers: new Map(networks.map(({ name, driver }) => [name, driver])) });
	};

	const readPlans = async (through: Engine): Promise<void> => {
		const now = state();
		const wanted = [...now.containers.values()]
			.filter((container) => needsPlan(container))
			.sort((a, b) => b.createdAt - a.createdAt)
			.slice(0, mostPlans)
			.filter(({ id }) => !now.ports.plans.has(id) && !failed.has(id));
		let plans = new Map<string, PortPlan>();
		const tell = (): void => {
			if (plans.size > 0) send({ type: 'ports-planned', plans });
			plans = new Map();
		};
		const work = async (): Promise<void> => {
			for (let container = wanted.shift(); container; container = wanted.shift()) {
				if (engine() !== through) return;
				const { id } = container;
				const detail = await through.inspect(id).catch(() => undefined);
				if (detail?.ports) plans.set(id, detail.ports);
				else failed.add(id);
				if (plans.size >= told) tell();
			}
		};
		await Promise.all(Array.from({ length: atOnce }, work));
		tell();
	};

	const readNow = async (): Promise<readonly Listener[] | undefined> => {
		const listeners = await readListeners();
		const before = state().ports.listeners;
		if (JSON.stringify(before) !== JSON.stringify(listeners))
			send({ type: 'listeners-read', ...(listeners === undefined ? {} : { listeners }) });
		return listeners;
	};

	let reading: Promise<unknown> = Promise.resolve();
	let next: Promise<readonly Listener[] | undefined> | undefined;

	/** Reads who listens now, where that can be seen: one look after the other, and all who ask meanwhile share the next. */
	const refresh = (): Promise<readonly Listener[] | undefined> => {
		next ??= reading.then(() => {
			next = undefined;
			const look = readNow();
			reading = look.catch(() => {});
			return look;
		});
		return next;
	};

	const survey = async (): Promise<void> => {
		while (isInView() && state().containers !== seen) {
			await wait(rest);
			const through = engine();
			seen = state().containers;
			if (!through) return;
			await Promise.all([readDrivers(through).then(() => readPlans(through)), refresh()]);
		}
	};

	/** What a container was made to have: what `start` runs against. */
	const planOf = async (through: Engine, id: string): Promise<void> => {
		if (state().ports.plans.has(id)) return;
		const { ports } = await through.inspect(id);
		if (ports) send({ type: 'ports-planned', plans: new Map([[id, ports]]) });
	};

	/** Before these are started: who has what they want may have come or gone, and no event told of it. */
	const beforeStart = async (through: Engine, ids: readonly string[]): Promise<void> => {
		const plans = ids.slice(0, mostStarted).map((id) => planOf(through, id));
		const late = new AbortController();
		await Promise.race([
			Promise.allSettled([refresh(), ...plans]),
			wait(patience, undefined, { signal: late.signal }).catch(() => {}),
		]);
		late.abort();
	};

	let isInside = false;

	/** Who comes to the list sees who listens now: programs come and go without an event. */
	const enter = (): void => {
		const { pane, isDetailFocused } = state();
		const wasInside = isInside;
		isInside = pane === 'ports' && !isDetailFocused;
		if (isInside && !wasInside && isInView()) void refresh().catch(() => {});
	};

	return {
		refresh,
		planOf,
		beforeStart,
		/** To be called after every change of the state; cheap where nothing of the containers changed. */
		look: (): void => {
			enter();
			if (isBusy || state().containers === seen || !isInView()) return;
			isBusy = true;
			void survey().finally(() => {
				isBusy = false;
			});
		},
	};
};
