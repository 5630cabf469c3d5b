// What the engine's connection and lists become in the state.
import type { WatchEvent } from '../event.ts';
import type { Container, Image } from '../items.ts';
import type { Knowledge, State } from '../state.ts';

const byId = <Item extends { readonly id: string }>(items: readonly Item[]) =>
	new Map(items.map((item) => [item.id, item]));

const only = <Value>(
	map: ReadonlyMap<string, Value>,
	ids: { has(id: string): boolean },
): ReadonlyMap<string, Value> =>
	[...map.keys()].every((id) => ids.has(id)) ? map : new Map([...map].filter(([id]) => ids.has(id)));

/** Forgets what was known of containers and images that are gone. */
const forget = (
	known: Knowledge,
	containers: ReadonlyMap<string, Container>,
	images: ReadonlyMap<string, Image>,
): Knowledge => {
	const { log, ...rest } = known;
	return {
		...rest,
		containers: only(known.containers, containers),
		images: only(known.images, images),
		samples: only(known.samples, containers),
		processes: only(known.processes, containers),
		changes: only(known.changes, containers),
		...(log?.ids.some((id) => containers.has(id)) ? { log } : {}),
	};
};

const isUp = (container: Container | undefined) =>
	container?.state === 'running' || container?.state === 'paused';

export const updateLists = (state: State, event: WatchEvent): State => {
	switch (event.type) {
		case 'connecting':
			return state.connection.status === 'lost' ? state : { ...state, connection: { status: 'connecting' } };
		case 'unavailable': {
			// A lost engine stays on screen as it was; a screen of remedies is for one that never answered.
			if (state.connection.status === 'lost') return state;
			const { attempts, retryAt } = event;
			return { ...state, connection: { status: 'unavailable', attempts, retryAt } };
		}
		case 'connected':
			return { ...state, connection: { status: 'connected', endpoint: event.endpoint, info: event.info } };
		case 'lost': {
			if (state.connection.status !== 'connected') return state;
			const { endpoint, info } = state.connection;
			const { notice, ...rest } = state;
			return {
				...rest,
				...(notice && notice.tone !== 'pending' ? { notice } : {}),
				busy: new Map(),
				connection: { status: 'lost', endpoint, info, reason: event.reason, since: event.at },
			};
		}
		case 'listed': {
			const containers = byId(event.containers);
			const images = byId(event.images);
			// Nobody saw what happened in the gap: a container that is up may be in a new run.
			const runs = state.isListed
				? new Map(event.containers.filter(isUp).map(({ id }) => [id, (state.runs.get(id) ?? 0) + 1]))
				: state.runs;
			return {
				...state,
				isListed: true,
				containers,
				images,
				runs,
				known: forget(state.known, containers, images),
			};
		}
		case 'reread': {
			const containers = new Map(state.containers);
			const runs = new Map(state.runs);
			for (const id of event.started ?? []) runs.set(id, (runs.get(id) ?? 0) + 1);
			for (const container of event.containers) containers.set(container.id, container);
			for (const id of event.gone) {
				containers.delete(id);
				runs.delete(id);
			}
			const known = event.gone.length ? forget(state.known, containers, state.images) : state.known;
			return { ...state, containers, runs, known };
		}
		case 'images-listed': {
			const images = byId(event.images);
			return { ...state, images, known: forget(state.known, state.containers, images) };
		}
	}
};
