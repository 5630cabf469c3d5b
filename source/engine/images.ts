// Images as the engine lists, removes and prunes them, in our own words.
import type { Image, ImageRemoval, Pruned } from '../model/items.ts';
import { imageId } from './containers.ts';
import { type Json, number, record, records, text, texts } from './json.ts';

export function image(listed: Json): Image {
	const parentId = text(listed.ParentId);
	return {
		kind: 'image',
		id: imageId(text(listed.Id)),
		references: named(listed.RepoTags),
		digests: named(listed.RepoDigests),
		size: number(listed.Size),
		createdAt: number(listed.Created) * 1000,
		...(parentId && { parentId: imageId(parentId) }),
	};
}

/** Up to API 1.42 an image without a name is called `<none>:<none>`, later the list is empty or null. */
const named = (value: unknown): string[] => texts(value).filter((name) => !name.includes('<none>'));

export function imageRemoval(answer: unknown): ImageRemoval {
	const lines = records(answer);
	const told = (field: string): string[] =>
		lines.map((line) => text(line[field])).filter((name) => name !== '');
	return { untagged: told('Untagged'), deleted: told('Deleted').map(imageId) };
}

/** In the engine's order: every name and id that went. */
export function prunedImages(answer: unknown): Pruned {
	const { ImagesDeleted: lines, SpaceReclaimed: bytes } = record(answer);
	const removed = records(lines).map((line) => text(line.Untagged) || imageId(text(line.Deleted)));
	return { removed: removed.filter((name) => name !== ''), bytes: number(bytes) };
}

export function prunedContainers(answer: unknown): Pruned {
	const { ContainersDeleted: ids, SpaceReclaimed: bytes } = record(answer);
	return { removed: texts(ids), bytes: number(bytes) };
}
