// What each layer adds, changes and removes, seen from the layers below it.
import { setImmediate } from 'node:timers/promises';
import type { LayerEntry, Listing } from './layer-listing.ts';

/** What is in a folder by name; of what is no folder its bytes. */
type Folder = Map<string, Folder | number>;

export type Below = { readonly root: Folder; names: number };

export const nothingBelow = (): Below => ({ root: new Map(), names: 0 });

/** A hostile archive has paths of a thousand folders; these are more names than the longest list needs. */
const mostNames = 600_000;

/** The screen goes on moving meanwhile. */
const batch = 10_000;

/** Lays one layer over those below, which then hold it too. Answers with its entries, their kinds put right. */
export const layOver = async (below: Below, listing: Listing): Promise<LayerEntry[]> => {
	// Of a path that is there twice the last one counts.
	const own = new Map(listing.entries.map((entry) => [entry.path, entry]));
	const changes: LayerEntry[] = [];
	let done = 0;
	for (const entry of own.values()) {
		if (++done % batch === 0) await setImmediate();
		changes.push(find(below.root, entry.path) === undefined ? entry : { ...entry, kind: 'changed' });
	}
	const isOwn = (path: string): boolean => own.has(path);
	for (const path of new Set(listing.emptied)) {
		const folder = path === '/' ? below.root : find(below.root, path);
		if (folder instanceof Map) empty(below, folder, path === '/' ? '' : path, isOwn, changes);
	}
	for (const path of new Set(listing.deleted)) {
		if (++done % batch === 0) await setImmediate();
		const gone = take(below, path);
		if (!isOwn(path)) changes.push(deleted(path, gone));
	}
	for (const entry of own.values()) {
		if (++done % batch === 0) await setImmediate();
		put(below, entry);
	}
	return changes;
};

/** A layer cannot give back the bytes of those below it: `size` is what it hides. */
const deleted = (path: string, gone: Folder | number | undefined): LayerEntry => ({
	path,
	kind: 'deleted',
	size: bytesOf(gone),
	type: gone instanceof Map ? 'folder' : 'file',
	mode: 0,
});

const bytesOf = (gone: Folder | number | undefined): number => {
	if (!(gone instanceof Map)) return gone ?? 0;
	let bytes = 0;
	for (const inside of gone.values()) bytes += bytesOf(inside);
	return bytes;
};

const namesOf = (gone: Folder | number | undefined): number => {
	if (!(gone instanceof Map)) return gone === undefined ? 0 : 1;
	let names = 1;
	for (const inside of gone.values()) names += namesOf(inside);
	return names;
};

/** What the layer has put there anew stays out of the list of what went: it is a change. */
const empty = (
	below: Below,
	folder: Folder,
	path: string,
	isOwn: (path: string) => boolean,
	changes: LayerEntry[],
): void => {
	for (const [name, inside] of folder) {
		const place = `${path}/${name}`;
		if (!isOwn(place)) changes.push(deleted(place, inside));
		else if (inside instanceof Map) empty(below, inside, place, isOwn, changes);
		below.names -= namesOf(inside);
	}
	folder.clear();
};

const find = (root: Folder, path: string): Folder | number | undefined => {
	let at: Folder | number | undefined = root;
	for (const name of path.slice(1).split('/')) {
		if (!(at instanceof Map)) return undefined;
		at = at.get(name);
	}
	return at;
};

const take = (below: Below, path: string): Folder | number | undefined => {
	const cut = path.lastIndexOf('/');
	const folder = cut === 0 ? below.root : find(below.root, path.slice(0, cut));
	if (!(folder instanceof Map)) return undefined;
	const gone = folder.get(path.slice(cut + 1));
	folder.delete(path.slice(cut + 1));
	below.names -= namesOf(gone);
	return gone;
};

const put = (below: Below, { path, type, size }: LayerEntry): void => {
	const names = path.slice(1).split('/');
	const last = names.length - 1;
	let folder = below.root;
	for (const [place, name] of names.entries()) {
		const there = folder.get(name);
		if (place === last && type !== 'folder') {
			if (there !== undefined) below.names -= namesOf(there);
			else if (below.names >= mostNames) return;
			below.names++;
			folder.set(name, size);
		} else if (there instanceof Map) {
			folder = there;
		} else {
			if (there === undefined) {
				if (below.names >= mostNames) return;
				below.names++;
			}
			const made: Folder = new Map();
			folder.set(name, made);
			folder = made;
		}
	}
};
