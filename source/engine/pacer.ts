// Does something at once when asked after a quiet time, and otherwise not more often than its pace allows.
import { sleep } from './sleep.ts';

export type Pacer = { poke(): void };

/** `gap` is in milliseconds from start to start. What is slow is not done more than half of the time, whatever the gap. */
export function pacer(
	run: () => Promise<void>,
	{ gap, signal, onFailure }: { gap: number; signal: AbortSignal; onFailure: (error: unknown) => void },
): Pacer {
	let isBusy = false;
	let isWanted = false;

	async function work(): Promise<void> {
		isBusy = true;
		while (isWanted && !signal.aborted) {
			// Several events of one chunk make one run.
			await Promise.resolve();
			isWanted = false;
			const start = performance.now();
			await run();
			const took = performance.now() - start;
			await sleep(Math.max(gap - took, took), signal);
		}
		isBusy = false;
	}

	return {
		poke() {
			isWanted = true;
			if (!isBusy && !signal.aborted) work().catch(onFailure);
		},
	};
}
