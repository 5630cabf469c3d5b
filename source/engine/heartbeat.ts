// Notices an engine that is silent instead of dead: a stopped process, a removed socket file, a network that is gone.
import type { Engine } from './contract.ts';
import { EngineError } from './error.ts';
import { sleep } from './sleep.ts';

const pause = 5000;
const patience = 2000;

/** Resolves with the second of two misses in a row, or undefined when the signal came. */
export async function heartbeat(engine: Engine, signal: AbortSignal): Promise<EngineError | undefined> {
	while (!signal.aborted) {
		await sleep(pause, signal);
		if (signal.aborted) return undefined;
		const missed = (await miss(engine)) && (await miss(engine));
		if (missed && !signal.aborted) return missed;
	}
	return undefined;
}

async function miss(engine: Engine): Promise<EngineError | undefined> {
	try {
		await engine.ping(patience);
		return undefined;
	} catch (error) {
		if (error instanceof EngineError) return error;
		throw error;
	}
}
