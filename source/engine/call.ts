// Runs a call of dockerode and words its failure for the object it was about.
import type Docker from 'dockerode';
import type { EngineInfo } from '../model/items.ts';
import { EngineError, fromNode } from './error.ts';
import { openDockerode } from './modem.ts';
import { type About, worded } from './refusals.ts';
import type { Wire } from './wire.ts';

export type Call = <Result>(about: About, run: (docker: Docker) => Promise<Result>) => Promise<Result>;

/** An engine, once it was greeted. */
export type Engaged = {
	readonly wire: Wire;
	/** The API version as a path: `/v1.41`. */
	readonly prefix: string;
	readonly call: Call;
	readonly identity: Promise<EngineInfo>;
};

export function openCalls(wire: Wire, prefix: string): Call {
	let opened: Promise<Docker> | undefined;
	return (about, run) =>
		wordedFor(about, async () => {
			opened ??= openDockerode(wire, prefix);
			return run(await opened);
		});
}

export async function wordedFor<Result>(about: About, run: () => Promise<Result>): Promise<Result> {
	try {
		return await run();
	} catch (cause) {
		const error = fromNode(cause);
		throw error instanceof EngineError ? worded(error, about) : error;
	}
}

/** Ids are pasted into paths by dockerode as they are, and an empty one makes it ask for something else. */
export function pathPart(id: string): string {
	// A dot as a whole part would be resolved away by whoever normalises the path.
	if (id === '' || id === '.' || id === '..')
		throw new EngineError('There is nothing to ask the engine for: the id is empty.', { code: 'EEMPTY' });
	return encodeURIComponent(id);
}

/** Milliseconds: a list that takes longer is not coming. */
export const listLimit = 10_000;

/** For calls that run something in the engine (`ps`, `du`). */
export const workLimit = 60_000;
