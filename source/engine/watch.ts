// Finds an engine, tells of it and its lists, and goes on doing so through every loss until the signal comes.
import type { Attempt, Candidate } from '../model/connection.ts';
import type { WatchEvent } from '../model/event.ts';
import { type Connected, connect } from './connect.ts';
import type { Engine } from './contract.ts';
import { lossReason } from './error.ts';
import { attempt } from './remedies.ts';
import { sleep } from './sleep.ts';
import { type Ending, watchSession } from './watch-session.ts';

export type WatchOptions = {
	/** Asked again in every round, so that a context chosen meanwhile is found. */
	readonly candidates: () => readonly Candidate[];
	readonly onEvent: (event: WatchEvent) => void;
	/** The engine to act on; undefined while there is none. Comes before the `connected` of the same engine. */
	readonly onEngine: (engine: Engine | undefined) => void;
	readonly signal: AbortSignal;
};

export type Watch = {
	/** Do not wait for the next round. */
	retry(): void;
	/** Resolves after the signal. Rejects with a bug only, so leave it unhandled to have it surface. */
	readonly ended: Promise<void>;
};

const shortest = 250;
const longest = 5000;

export function watch(options: WatchOptions): Watch {
	const { signal, onEvent, onEngine } = options;
	let waiting = new AbortController();
	let isAsked = false;

	async function rounds(): Promise<void> {
		// Once lost, only the same engine is looked for: the keys must not act on another one all of a sudden.
		let lost: Candidate | undefined;
		let pause = shortest;
		onEvent({ type: 'connecting' });
		while (!signal.aborted) {
			const found = await connect(lost ? [lost] : options.candidates(), {
				signal,
			});
			let attempts: readonly Attempt[];
			if ('engine' in found) {
				const ending = await meet(found);
				if (signal.aborted) return;
				if (ending.wasUp) {
					lost = found.candidate;
					pause = shortest;
					onEngine(undefined);
					onEvent({ type: 'lost', reason: lossReason(ending.error), at: Date.now() });
				}
				attempts = [attempt(found.candidate.endpoint, ending.error)];
			} else {
				attempts = found.attempts;
			}
			if (signal.aborted) return;
			if (lost === undefined) onEvent({ type: 'unavailable', attempts, retryAt: Date.now() + pause });
			await wait(pause);
			pause = Math.min(longest, pause * 2);
		}
	}

	async function meet({ engine: greeted, candidate }: Connected): Promise<Ending> {
		try {
			return await watchSession({ greeted, endpoint: candidate.endpoint, signal, onEvent, onEngine });
		} finally {
			greeted.close();
		}
	}

	async function wait(milliseconds: number): Promise<void> {
		waiting = new AbortController();
		if (!isAsked) await sleep(milliseconds, AbortSignal.any([signal, waiting.signal]));
		isAsked = false;
	}

	return {
		retry() {
			isAsked = true;
			waiting.abort();
		},
		ended: rounds(),
	};
}
