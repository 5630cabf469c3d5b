// The list of what one layer's tar holds, as long as a list may be.
import type { Change } from '../model/items.ts';
import type { MemberType } from './tar-header.ts';
import { type Member, readTar, type Sink } from './tar-reader.ts';

/** Of what was deleted, `size` is the bytes that are hidden now, and still there in the layers below. */
export type LayerEntry = Change & {
	/** Bytes. */
	readonly size: number;
	readonly type: MemberType;
	readonly linkTarget?: string;
	/** The lower twelve bits: `0o755`. */
	readonly mode: number;
};

/** What all lists of an archive may still take together. */
export type Allowance = { entries: number; characters: number };

export const mostEntries = 200_000;

export const freshAllowance = (): Allowance => ({ entries: mostEntries, characters: 32 << 20 });

/** Linux opens nothing by a longer one. */
const longestPath = 4096;

export type Listing = {
	/** Without whiteouts; each still as `added`. */
	readonly entries: LayerEntry[];
	/** Paths that the layer takes away. */
	readonly deleted: string[];
	/** Folders of which nothing stays that was in them below. */
	readonly emptied: string[];
	/** Of the files, also of those that are not listed. */
	bytes: number;
	/** Of all, also of what is not listed. */
	count: number;
	isTruncated: boolean;
	/** Why not all of it could be read. */
	problem: string | undefined;
};

export const emptyListing = (): Listing => ({
	entries: [],
	deleted: [],
	emptied: [],
	bytes: 0,
	count: 0,
	isTruncated: false,
	problem: undefined,
});

/** Takes the tar of a layer. Until its end has come, the listing has a problem. */
export const listInto = (listing: Listing, allowance: Allowance): Sink => {
	listing.problem = 'The archive ends in the middle of this layer.';
	const reader = readTar((member) => void note(listing, allowance, member));
	return {
		write: reader.write,
		end: () => {
			if (reader.problem !== undefined) {
				listing.problem =
					listing.count === 0
						? 'This layer is not in a form that Portside reads.'
						: 'This layer is damaged: not all of it could be read.';
			} else if (reader.isWhole) listing.problem = undefined;
		},
	};
};

/** With a slash before it and none after it, as docker prints paths. Undefined: it leads out of the layer. */
export const pathOf = (name: string): string | undefined => {
	const parts = name.split('/').filter((part) => part !== '' && part !== '.');
	return parts.includes('..') ? undefined : `/${parts.join('/')}`;
};

const whiteout = '.wh.';

const note = (
	listing: Listing,
	allowance: Allowance,
	{ name, type, size, mode, linkTarget }: Member,
): void => {
	const path = name.length > longestPath ? undefined : pathOf(name);
	if (path === '/') return;
	listing.count++;
	listing.bytes += size;
	const isLink = (type === 'link' || type === 'hard-link') && linkTarget.length <= longestPath;
	const characters = (path?.length ?? 0) + (isLink ? linkTarget.length : 0);
	if (path === undefined || allowance.entries === 0 || allowance.characters < characters) {
		listing.isTruncated = true;
		return;
	}
	allowance.entries--;
	allowance.characters -= characters;
	const cut = path.lastIndexOf('/') + 1;
	if (path.startsWith(`${whiteout}${whiteout}`, cut)) {
		// Of the others, which AUFS keeps for itself, nothing is seen in a container.
		if (path.endsWith('.opq')) listing.emptied.push(path.slice(0, cut - 1) || '/');
		listing.count--;
	} else if (path.startsWith(whiteout, cut)) {
		listing.deleted.push(path.slice(0, cut) + path.slice(cut + whiteout.length));
	} else {
		listing.entries.push({ path, kind: 'added', size, type, mode, ...(isLink && { linkTarget }) });
	}
};
