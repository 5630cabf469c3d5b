// Which lines of a log pass a lens: looked up chunk by chunk, each chunk once, since chunks never change.
import type { LogLine } from './items.ts';
import type { LogRing } from './log-ring.ts';

/** What is looked for. Two with the same key let the same lines pass; undefined is every line. */
export type Lens = { readonly key: string; readonly passes: (line: LogLine) => boolean } | undefined;

type Chunk = readonly LogLine[];

/** Of a chunk, for so many lenses: typing a search makes a new one with every key. */
const mostLenses = 6;
const found = new WeakMap<Chunk, Map<string, readonly number[]>>();

/** Places in the chunk, ascending. */
const indexOf = (chunk: Chunk, lens: NonNullable<Lens>): readonly number[] => {
	const lenses = found.get(chunk) ?? new Map<string, readonly number[]>();
	found.set(chunk, lenses);
	const known = lenses.get(lens.key);
	if (known) return known;
	const places: number[] = [];
	for (const [place, line] of chunk.entries()) if (lens.passes(line)) places.push(place);
	const [oldest] = lenses.keys();
	if (lenses.size >= mostLenses && oldest !== undefined) lenses.delete(oldest);
	lenses.set(lens.key, places);
	return places;
};

/** How many of them, ascending, are below a limit. */
const below = (places: readonly number[], limit: number): number => {
	let [low, high] = [0, places.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((places[middle] ?? 0) < limit) low = middle + 1;
		else high = middle;
	}
	return low;
};

export const firstNumber = (ring: LogRing): number => ring.dropped;
export const lastNumber = (ring: LogRing): number => ring.dropped + ring.length - 1;

/** How many lines there are. */
export const countOf = (ring: LogRing, lens: Lens): number =>
	lens ? ring.chunks.reduce((sum, chunk) => sum + indexOf(chunk, lens).length, 0) : ring.length;

/** How many of them have a smaller number. */
export const countBefore = (ring: LogRing, lens: Lens, number: number): number => {
	if (!lens) return Math.max(0, Math.min(ring.length, number - ring.dropped));
	let sum = 0;
	let first = ring.dropped;
	for (const chunk of ring.chunks) {
		if (first >= number) break;
		const places = indexOf(chunk, lens);
		sum += first + chunk.length <= number ? places.length : below(places, number - first);
		first += chunk.length;
	}
	return sum;
};

/** The number of the next one above a number. */
export const nextAfter = (ring: LogRing, lens: Lens, number: number): number | undefined => {
	if (!lens) {
		const next = Math.max(number + 1, firstNumber(ring));
		return next <= lastNumber(ring) ? next : undefined;
	}
	let first = ring.dropped;
	for (const chunk of ring.chunks) {
		if (first + chunk.length > number + 1) {
			const places = indexOf(chunk, lens);
			const place = places[below(places, number + 1 - first)];
			if (place !== undefined) return first + place;
		}
		first += chunk.length;
	}
	return undefined;
};

/** The number of the next one below a number. */
export const nextBefore = (ring: LogRing, lens: Lens, number: number): number | undefined => {
	if (!lens) {
		const next = Math.min(number - 1, lastNumber(ring));
		return next >= firstNumber(ring) ? next : undefined;
	}
	let first = ring.dropped + ring.length;
	for (let index = ring.chunks.length - 1; index >= 0; index--) {
		const chunk = ring.chunks[index] ?? [];
		first -= chunk.length;
		if (first >= number) continue;
		const places = indexOf(chunk, lens);
		const place = places[below(places, number - first) - 1];
		if (place !== undefined) return first + place;
	}
	return undefined;
};
