// Which steps of a build took longer than they usually do.
import type { BuildRecord } from './history.ts';

export type SlowerStep = {
	readonly name: string;
	/** Milliseconds. */
	readonly now: number;
	/** The median of the last builds in which it ran. */
	readonly usual: number;
};

const looksBack = 5;

/**
 * Those that took more than a fifth and more than a second longer than the median of the last five successful builds,
 * the worst first. `before` is newest first; a step that came from the cache says nothing about how long it takes.
 */
export const slower = (now: BuildRecord, before: readonly BuildRecord[]): SlowerStep[] => {
	const past = before.filter(({ outcome }) => outcome === 'succeeded').slice(0, looksBack);
	return now.steps
		.filter(({ isCached }) => !isCached)
		.flatMap(({ name, duration }) => {
			const usual = median(
				past.flatMap(({ steps }) =>
					steps.filter((step) => step.name === name && !step.isCached).map((step) => step.duration),
				),
			);
			if (usual === undefined) return [];
			return duration > usual * 1.2 && duration > usual + 1000 ? [{ name, now: duration, usual }] : [];
		})
		.sort((one, other) => other.now - other.usual - (one.now - one.usual));
};

const median = (values: readonly number[]): number | undefined => {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle];
	if (upper === undefined) return undefined;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
};
