// Which lines of a log pass a lens: looked up chunk by chunk, each chunk once, since chunks never change.
import type { LogLine } from '../items.ts';
import { patiently } from './patience.ts';
import type { LogRing } from './ring.ts';
import { headsOf } from './traces.ts';

/** What is looked for. Two with the same key let the same lines pass; undefined is every line. */
export type Lens =
	| {
			readonly key: string;
			/** `head` is the line that it belongs to, often itself. */
			readonly passes: (line: LogLine, head: LogLine) => boolean;
			/** Absent: the head does not matter. */
			readonly asksForHead?: boolean;
			/** Patterns are tried, which may turn out to be others then: see `patience`. */
			readonly takesTime?: boolean;
	  }
	| undefined;

type Chunk = readonly LogLine[];

/** Of a chunk, for so many lenses: typing a search makes a new one with every key. */
const mostLenses = 6;
type Found = { readonly places: readonly number[]; readonly heads: Chunk };
const found = new WeakMap<Chunk, Map<string, Found>>();

const lengthOf = (chunk: Chunk): number => chunk.reduce((sum, { text }) => sum + text.length, 0);

const placesIn = (chunk: Chunk, heads: Chunk, lens: NonNullable<Lens>): readonly number[] => {
	let places: number[] = [];
	const look = () => {
		places = [];
		for (const [place, line] of chunk.entries())
			if (lens.passes(line, heads[place] ?? line)) places.push(place);
	};
	if (lens.takesTime) patiently(lengthOf(chunk), look);
	else look();
	return places;
};

/** Places in the chunk, ascending. */
const indexOf = (chunks: readonly Chunk[], index: number, lens: NonNullable<Lens>): readonly number[] => {
	const chunk = chunks[index] ?? [];
	const heads = lens.asksForHead ? headsOf(chunks, index) : chunk;
	const lenses = found.get(chunk) ?? new Map<string, Found>();
	found.set(chunk, lenses);
	for (;;) {
		const { key } = lens;
		const known = lenses.get(key);
		// Of lines that belong to others, the others may have come to be known.
		if (known?.heads === heads) return known.places;
		const places = placesIn(chunk, heads, lens);
		// Another pattern than it was: all lines are looked at again.
		if (lens.key !== key) continue;
		const [oldest] = lenses.keys();
		if (lenses.size >= mostLenses && oldest !== undefined) lenses.delete(oldest);
		lenses.set(key, { places, heads });
		return places;
	}
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
export const countOf = (ring: LogRing, lens: Lens): number => {
	if (!lens) return ring.length;
	let sum = 0;
	const count = () => {
		sum = ring.chunks.reduce((before, _, index) => before + indexOf(ring.chunks, index, lens).length, 0);
	};
	const isKnown = !lens.takesTime || ring.chunks.every((chunk) => found.get(chunk)?.has(lens.key));
	// To be ready to end the work costs something each time.
	if (isKnown) count();
	else patiently(ring.characters, count);
	return sum;
};

/** How many of them have a smaller number. */
export const countBefore = (ring: LogRing, lens: Lens, number: number): number => {
	if (!lens) return Math.max(0, Math.min(ring.length, number - ring.dropped));
	let sum = 0;
	let first = ring.dropped;
	for (const [index, chunk] of ring.chunks.entries()) {
		if (first >= number) break;
		const places = indexOf(ring.chunks, index, lens);
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
	for (const [index, chunk] of ring.chunks.entries()) {
		if (first + chunk.length > number + 1) {
			const places = indexOf(ring.chunks, index, lens);
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
		const places = indexOf(ring.chunks, index, lens);
		const place = places[below(places, number - first) - 1];
		if (place !== undefined) return first + place;
	}
	return undefined;
};

/** The line that another one belongs to, or itself. */
export const headAt = (ring: LogRing, number: number): LogLine | undefined => {
	let first = ring.dropped + ring.length;
	for (let index = ring.chunks.length - 1; index >= 0; index--) {
		first -= ring.chunks[index]?.length ?? 0;
		if (number >= first) return headsOf(ring.chunks, index)[number - first];
	}
	return undefined;
};
