// What a prune took away, in our own words.
import type { Pruned } from '../model/items.ts';
import { imageId } from './containers.ts';
import { number, record, records, text, texts } from './json.ts';

/** In the engine's order: every name and id that went. */
export function prunedImages(answer: unknown): Pruned {
	const { ImagesDeleted: lines, SpaceReclaimed: bytes } = record(answer);
	const removed = records(lines).map((line) => text(line.Untagged) || imageId(text(line.Deleted)));
	return { removed: removed.filter((name) => name !== ''), bytes: number(bytes) };
}

/** `field` is where this kind of thing has its names. */
export const pruned = (answer: unknown, field: string): Pruned => ({
	removed: texts(record(answer)[field]),
	bytes: number(record(answer).SpaceReclaimed),
});
