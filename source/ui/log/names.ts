// A colour for each container of a stream: by its name, and another one where that is taken.
import { paint } from '../paint.ts';

type Coloured = { readonly name: string; readonly paint: (text: string) => string };

const sumOf = (name: string): number => {
	let sum = 0;
	for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
	return sum;
};

/** By id, in the order they came: who joins takes no colour away. */
export const colouredNames = (names: ReadonlyMap<string, string>): ReadonlyMap<string, Coloured> => {
	const count = paint.names.length;
	const taken = new Set<number>();
	const coloured = new Map<string, Coloured>();
	for (const [id, name] of names) {
		let slot = sumOf(name) % count;
		while (taken.has(slot) && taken.size < count) slot = (slot + 1) % count;
		taken.add(slot);
		coloured.set(id, { name, paint: paint.names[slot] ?? paint.accent });
	}
	return coloured;
};
