// Images as the engine lists, finds and removes them, in our own words.
import type { HistoryLayer, Image, ImageRemoval, SearchResult } from '../model/items.ts';
import { imageId } from './containers.ts';
import { type Json, number, records, text, texts } from './json.ts';

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

/** Of an image that came from a registry, the layers before its last have no id here. */
export function historyLayer(line: Json): HistoryLayer {
	const id = text(line.Id);
	return {
		...(id !== '' && id !== '<missing>' && { id: imageId(id) }),
		createdBy: text(line.CreatedBy),
		comment: text(line.Comment),
		createdAt: number(line.Created) * 1000,
		size: number(line.Size),
		references: named(line.Tags),
	};
}

export const searchResult = (row: Json): SearchResult => ({
	name: text(row.name),
	description: text(row.description),
	stars: number(row.star_count),
	isOfficial: row.is_official === true,
});
