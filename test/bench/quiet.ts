// Waits for the rest of the machine to be quiet, but not long: what it does anyway is printed beside the numbers.
import { sleep } from './numbers.ts';
import { countOthers } from './process-cost.ts';

/** Percent of one core. */
const quiet = 25;
const glance = 300;

/** The result waits before a measurement, `patience` milliseconds in all. */
export function quietMachine(patience: number): () => Promise<void> {
	let left = patience;
	return async () => {
		while (left > 0) {
			const others = countOthers();
			await sleep(glance);
			if (others() <= quiet) return;
			await sleep(glance);
			left -= 2 * glance;
		}
	};
}
