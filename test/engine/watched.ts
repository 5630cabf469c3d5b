// What `watch` told so far, put together as the program does, for comparison with the engine itself.

import type { Engine } from '../../source/engine/contract.ts';
import { watch } from '../../source/engine/watch.ts';
import type { Endpoint } from '../../source/model/connection.ts';
import type { WatchEvent } from '../../source/model/event.ts';
import type { Container, Image } from '../../source/model/items.ts';

export type Watched = {
	/** Type of every event about the connection, in order. */
	readonly story: string[];
	readonly events: WatchEvent[];
	readonly containers: Map<string, Container>;
	images: readonly Image[];
	engine: Engine | undefined;
	retry(): void;
	stop(): Promise<void>;
};

export function startWatch(...hosts: string[]): Watched {
	const stop = new AbortController();
	const endpoints = hosts.map((host): Endpoint => ({ host, source: 'test', name: 'local' }));
	const watched: Watched = {
		story: [],
		events: [],
		containers: new Map(),
		images: [],
		engine: undefined,
		retry: () => watching.retry(),
		async stop() {
			stop.abort();
			await watching.ended;
		},
	};
	const watching = watch({
		candidates: () => endpoints.map((endpoint) => ({ endpoint })),
		signal: stop.signal,
		onEngine: (engine) => {
			watched.engine = engine;
		},
		onEvent: (event) => note(watched, event),
	});
	return watched;
}

function note(watched: Watched, event: WatchEvent): void {
	watched.events.push(event);
	switch (event.type) {
		case 'listed':
			watched.containers.clear();
			for (const container of event.containers) watched.containers.set(container.id, container);
			watched.images = event.images;
			break;
		case 'reread':
			for (const id of event.gone) watched.containers.delete(id);
			for (const container of event.containers) watched.containers.set(container.id, container);
			break;
		case 'images-listed':
			watched.images = event.images;
			break;
		default:
			watched.story.push(event.type);
	}
}

/** What differs between the watcher's world and a fresh list; `status` is left out, because it ages by itself. */
export async function differences(watched: Watched, engine: Engine): Promise<string[]> {
	const [containers, images] = await Promise.all([engine.containers(), engine.images()]);
	const ageless = ({ status: _, ...rest }: Container): string => JSON.stringify(rest);
	return [
		...compare([...watched.containers.values()].map(ageless), containers.map(ageless)),
		...compare(
			watched.images.map((image) => JSON.stringify(image)),
			images.map((image) => JSON.stringify(image)),
		),
	];
}

function compare(told: readonly string[], real: readonly string[]): string[] {
	return [
		...told.filter((one) => !real.includes(one)).map((one) => `told, but not so: ${one}`),
		...real.filter((one) => !told.includes(one)).map((one) => `not told: ${one}`),
	];
}
