// The time between meeting an engine and losing it: subscribe, list, then follow what events touch.
import type { Endpoint } from '../model/connection.ts';
import type { WatchEvent } from '../model/event.ts';
import type { Engine } from './contract.ts';
import { type Greeted, identified } from './engine.ts';
import { EngineError, engineError } from './error.ts';
import { heartbeat } from './heartbeat.ts';
import { rereader } from './rereader.ts';
import { sleep } from './sleep.ts';

export type WatchSession = {
	readonly greeted: Greeted;
	readonly endpoint: Endpoint;
	readonly signal: AbortSignal;
	readonly onEvent: (event: WatchEvent) => void;
	readonly onEngine: (engine: Engine) => void;
};

/** `wasUp`: the lists were told, so that this is a loss and not a failure to connect. */
export type Ending = { readonly wasUp: boolean; readonly error: EngineError };

const openingPatience = 5000;

/** Resolves when the engine is lost or the signal came; rejects with bugs only. */
export async function watchSession({
	greeted,
	endpoint,
	signal,
	onEvent,
	onEngine,
}: WatchSession): Promise<Ending> {
	const over = new AbortController();
	const inner = AbortSignal.any([signal, over.signal]);
	let wasUp = false;
	try {
		const error = await new Promise<EngineError>((resolve, reject) => {
			const onFailure = (cause: unknown): void =>
				cause instanceof EngineError ? resolve(cause) : reject(cause);
			const reader = rereader(greeted, inner, onEvent, onFailure);

			async function begin(): Promise<void> {
				// Only now: an event between a list and the subscription would be missed.
				const [containers, images, engine] = await Promise.all([
					greeted.containers(),
					greeted.images(),
					identified(greeted),
				]);
				if (inner.aborted) return;
				wasUp = true;
				onEngine(engine);
				onEvent({ type: 'connected', endpoint, info: engine.info });
				onEvent({ type: 'listed', containers, images, at: Date.now() });
				reader.begin({ containers, images });
				const missed = await heartbeat(engine, inner);
				if (missed) resolve(missed);
			}

			const opening = new AbortController();
			sleep(openingPatience, AbortSignal.any([inner, opening.signal])).then(() => {
				if (!opening.signal.aborted) resolve(engineError({ code: 'ETIMEOUT' }));
			});
			const onOpen = (): void => {
				opening.abort();
				begin().catch(onFailure);
			};
			greeted
				.events(inner, onOpen, reader.note)
				.then(() => resolve(engineError({ code: 'EEND' })), onFailure);
		});
		return { wasUp, error };
	} finally {
		over.abort();
	}
}
