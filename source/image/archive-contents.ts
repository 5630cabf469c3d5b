// What an archive holds, noted member by member while it comes in: its layers' lists, and what it says of itself.
import type { Readable } from 'node:stream';
import { type Archive, linked } from './archive-plan.ts';
import { emptyListing, freshAllowance, type Listing, listInto } from './layer-listing.ts';
import { type Member, readTar, type Sink, type TarReader } from './tar-reader.ts';
import { decompressed, decompressor, type Form, settle, told, type Works } from './unpack.ts';

/** The message is a sentence. */
export class ArchiveError extends Error {
	override readonly name = 'ArchiveError';
}

export type Contents = Pick<Archive, 'texts' | 'links'> & {
	readonly reader: TarReader;
	readonly listings: ReadonlyMap<string, Listing>;
};

const mostMembers = 10_000;
/** Engines write some eighty letters. */
const longestName = 1024;
const longestText = 4 << 20;
const mostText = 32 << 20;

export const readContents = (works: Works): Contents => {
	const allowance = freshAllowance();
	const texts = new Map<string, Buffer>();
	const links = new Map<string, string>();
	const listings = new Map<string, Listing>();
	let members = 0;
	let text = 0;

	const keep = (path: string, size: number): Sink | undefined => {
		if (size > longestText || text + size > mostText) return undefined;
		text += size;
		const parts: Buffer[] = [];
		return {
			write: (bytes) => void parts.push(Buffer.from(bytes)),
			end: () => void texts.set(path, Buffer.concat(parts)),
		};
	};

	const open = (path: string, size: number, form: Form): Sink | undefined => {
		if (form === 'json') return keep(path, size);
		const listing = emptyListing();
		listings.set(path, listing);
		if (form === 'tar') return listInto(listing, allowance);
		if (form === 'other') {
			if (size > 0) listing.problem = 'This layer is not in a form that Portside reads.';
			return undefined;
		}
		const stream = decompressor(form);
		if (stream === undefined) {
			listing.problem = 'This layer is compressed with zstd, which only Node.js 22.15 and newer reads.';
			return undefined;
		}
		return decompressed(stream, listInto(listing, allowance), works, () => {
			listing.problem = 'This layer is damaged: not all of it could be read.';
		});
	};

	const begin = ({ name, type, size, linkTarget }: Member): Sink | undefined => {
		if (++members > mostMembers)
			throw new ArchiveError('This archive has far too many parts to be an image.');
		if (name.length > longestName || linkTarget.length > longestName) return undefined;
		const path = name.replace(/^(?:\.?\/+)+/, '');
		if (type === 'link' || type === 'hard-link') {
			links.set(path, linked(path, linkTarget, type === 'hard-link'));
		}
		return type === 'file' ? told((form) => open(path, size, form)) : undefined;
	};

	return { reader: readTar(begin), texts, links, listings };
};

/** What comes after the end of an archive is read on for so long, so that the engine can end its answer. */
const mostAfterwards = 1 << 20;

/** At once, so that many small layers do not all begin before the first is done. */
const slice = 64 << 10;

/** As often as it is told how far it is. */
const stride = 1 << 20;

export const feed = async (
	tar: Readable,
	{ reader }: Contents,
	works: Works,
	onProgress?: (bytes: number) => void,
): Promise<void> => {
	let bytes = 0;
	let announced = 0;
	let afterwards = 0;
	for await (const chunk of tar as AsyncIterable<Buffer>) {
		for (let at = 0; at < chunk.length; at += slice) {
			reader.write(chunk.subarray(at, at + slice));
			await settle(works);
		}
		bytes += chunk.length;
		if (bytes - announced >= stride) {
			announced = bytes;
			onProgress?.(bytes);
		}
		if (reader.problem !== undefined) break;
		if (reader.hasEnded) afterwards += chunk.length;
		if (afterwards > mostAfterwards) break;
	}
	if (bytes > announced) onProgress?.(bytes);
};
