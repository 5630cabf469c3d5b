// Which files each layer of an image adds, changes and removes, read from what `docker save` sends while it is sent; and
// which line of `docker history` made which layer.
import type { Readable } from 'node:stream';
import type { HistoryLayer } from '../model/items.ts';
import { grouped } from '../model/words.ts';
import { ArchiveError, type Contents, feed, readContents } from './archive-contents.ts';
import { planOf } from './archive-plan.ts';
import { instructionOf } from './history-words.ts';
import { emptyListing, type LayerEntry, mostEntries } from './layer-listing.ts';
import { layOver, nothingBelow } from './overlay.ts';
import { newWorks } from './unpack.ts';

export type LayerFiles = {
	/** Of its tar, uncompressed: `sha256:…`. Absent: the archive does not tell. */
	readonly diffId?: string;
	/** Of its file in the archive. */
	readonly path: string;
	/** Of all its files, listed or not. */
	readonly bytes: number;
	readonly entries: readonly LayerEntry[];
	/** There is more than `entries` has. */
	readonly isTruncated: boolean;
	/** Why, in a sentence. */
	readonly problem?: string;
	/** The instruction that made it, where the archive tells: `at` is its place in the history, counted from the oldest. */
	readonly madeBy?: { readonly at: number; readonly of: number; readonly text: string };
};

/**
 * The oldest layer first, of the first image in the archive (a name without a tag saves all tags: ask by id). Nothing is
 * kept but lists of paths, no longer than `mostEntries` together. Rejects with an ArchiveError, with what the stream failed
 * of, or with the signal's reason; the stream is destroyed whatever happens.
 */
export const readLayers = async (
	tar: Readable,
	signal: AbortSignal,
	onProgress?: (bytes: number) => void,
): Promise<readonly LayerFiles[]> => {
	const works = newWorks();
	const contents = readContents(works);
	const stop = (): void => void tar.destroy();
	signal.addEventListener('abort', stop);
	// It may fail once more when it is let go of.
	tar.on('error', () => {});
	try {
		signal.throwIfAborted();
		await feed(tar, contents, works, onProgress);
		signal.throwIfAborted();
		return await layersOf(contents, signal);
	} catch (error) {
		signal.throwIfAborted();
		throw error;
	} finally {
		signal.removeEventListener('abort', stop);
		tar.destroy();
		for (const stream of works.streams) stream.destroy();
	}
};

const layersOf = async (contents: Contents, signal: AbortSignal): Promise<LayerFiles[]> => {
	const { listings, reader } = contents;
	const plan = planOf({ ...contents, has: (path) => listings.has(path) });
	if (plan === undefined || !(plan.layers.length === 0 || plan.layers.some((path) => listings.has(path)))) {
		if (reader.problem === undefined && reader.isWhole)
			throw new ArchiveError('There is no image in this archive.');
		throw new ArchiveError(
			listings.size + contents.texts.size === 0
				? 'What came is not an archive of an image.'
				: 'The archive ended before it had told of its layers: try again.',
		);
	}
	const places = plan.steps.flatMap(({ isEmpty }, at) => (isEmpty ? [] : [at]));
	const below = nothingBelow();
	const layers: LayerFiles[] = [];
	let left = mostEntries;
	for (const [index, path] of plan.layers.entries()) {
		signal.throwIfAborted();
		const listing = listings.get(path) ?? { ...emptyListing(), problem: 'This layer is not in the archive.' };
		// A layer may be there more than once, and each time it changes something else.
		const all = left > 0 ? await layOver(below, listing) : [];
		const entries = all.length > left ? all.slice(0, left) : all;
		left -= entries.length;
		const isCut =
			listing.isTruncated ||
			entries.length < all.length ||
			(left === 0 && listing.count > 0 && all.length === 0);
		const problem = listing.problem ?? (isCut ? tooMany : undefined);
		const at = places[index];
		const diffId = plan.diffIds[index];
		layers.push({
			path,
			bytes: listing.bytes,
			entries,
			isTruncated: problem !== undefined,
			...(diffId !== undefined && { diffId }),
			...(problem !== undefined && { problem }),
			...(at !== undefined && {
				madeBy: { at, of: plan.steps.length, text: plan.steps[at]?.createdBy ?? '' },
			}),
		});
	}
	return layers;
};

const tooMany = `The image has more files than Portside lists (${grouped(mostEntries)}).`;

/**
 * For each line, in the order of the lines (the newest first), the layer it made; undefined: none, or nobody can tell. What
 * the archive says is exact; without it, only a guess that fits all layers is taken.
 */
export const matchHistory = (
	history: readonly HistoryLayer[],
	layers: readonly LayerFiles[],
): readonly (LayerFiles | undefined)[] => {
	const oldest = history.toReversed();
	const found =
		byPlace(oldest, layers) ??
		inOrder(oldest, layers, ({ size }) => size > 0) ??
		inOrder(oldest, layers, ({ createdBy }) => changesFiles(createdBy));
	return oldest.map((_, at) => found?.get(at)).reverse();
};

type Found = ReadonlyMap<number, LayerFiles>;

const byPlace = (oldest: readonly HistoryLayer[], layers: readonly LayerFiles[]): Found | undefined => {
	const found = new Map<number, LayerFiles>();
	for (const layer of layers) {
		if (layer.madeBy?.of !== oldest.length) return undefined;
		found.set(layer.madeBy.at, layer);
	}
	return found;
};

const inOrder = (
	oldest: readonly HistoryLayer[],
	layers: readonly LayerFiles[],
	hasLayer: (line: HistoryLayer) => boolean,
): Found | undefined => {
	const places = oldest.flatMap((line, at) => (hasLayer(line) ? [at] : []));
	if (places.length !== layers.length) return undefined;
	return new Map(layers.map((layer, index) => [places[index] ?? 0, layer]));
};

const changesFiles = (createdBy: string): boolean =>
	!/^(?:ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR) /.test(
		instructionOf(createdBy),
	);
