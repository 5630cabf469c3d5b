// What an image was made of: its history, and the files that each of its layers adds, changes and removes.
import type { HistoryLayer } from '../model/items.ts';
import type { ListingColumn, ListingRow } from '../model/listing.ts';
import { age, plural, shellWord, shortId, size } from '../model/words.ts';
import { changeTree, foldedTree, totalsOf } from './change-tree.ts';
import { instructionOf } from './history-words.ts';
import { type LayerFiles, matchHistory, readLayers } from './layer-files.ts';
import type { Listings } from './listings.ts';

export type LayerLooksGiven = { readonly listings: Listings; readonly now: () => number };

/** Rows of the files of one layer. */
const mostFiles = 5000;

const layerColumns: readonly ListingColumn[] = [
	{ label: 'IMAGE', min: 12, max: 12, rank: 4 },
	{ label: 'CREATED', min: 17, max: 18, rank: 3 },
	{ label: 'CREATED BY', min: 20, max: 200, rank: 1 },
	{ label: 'SIZE', min: 7, max: 8, rank: 2, align: 'right' },
	{ label: 'COMMENT', min: 16, max: 24, rank: 5 },
];

const fileColumns: readonly ListingColumn[] = [
	{ label: '', min: 1, max: 1, rank: 1 },
	{ label: 'SIZE', min: 7, max: 8, rank: 2, align: 'right' },
	{ label: 'PATH', min: 20, max: 300, rank: 1 },
];

const layerRow =
	(now: number) =>
	(layer: HistoryLayer, index: number): ListingRow => ({
		id: String(index),
		cells: [
			layer.id === undefined ? '<missing>' : shortId(layer.id),
			`${age(layer.createdAt, now)} ago`,
			instructionOf(layer.createdBy),
			size(layer.size),
			layer.comment,
		],
		isDim: layer.size === 0,
	});

export const layerLooks = ({ listings, now }: LayerLooksGiven) => {
	/** Of the image that was opened last: reading an archive takes a while. */
	let unpacked: { readonly id: string; readonly layers: readonly LayerFiles[] } | undefined;

	return {
		/** The history of an image, the newest layer first. */
		layers: (image: string): void =>
			listings.look(
				{
					kind: 'layers',
					title: `Layers of ${image}`,
					line: `docker history ${shellWord(image)}`,
					about: image,
					columns: layerColumns,
					asking: 'Reading its history…',
				},
				async (engine) => {
					const history = await engine.history({ name: image });
					const bytes = history.reduce((sum, layer) => sum + layer.size, 0);
					const filled = history.filter((layer) => layer.size > 0).length;
					return {
						rows: history.map(layerRow(now())),
						notes: [
							`${plural(filled, 'layer')} with files · ${size(bytes)} · Enter shows what a layer changes`,
						],
					};
				},
			),
		/** What one of them adds, changes and removes. `index` counts the history from the newest. */
		files: (image: string, index: number): void =>
			listings.look(
				{
					kind: 'files',
					title: `Files of a layer of ${image}`,
					line: '',
					about: image,
					columns: fileColumns,
					asking: 'Reading the archive of the image…',
				},
				async (engine, signal, onProgress) => {
					const history = await engine.history({ name: image });
					// A name may have come to another image.
					const id = history[0]?.id ?? image;
					if (unpacked?.id !== id) {
						const tar = await engine.save([image], signal);
						const layers = await readLayers(tar, signal, (bytes) =>
							onProgress(`${size(bytes)} of the archive read…`),
						);
						unpacked = { id, layers };
					}
					const layer = matchHistory(history, unpacked.layers)[index];
					const instruction = instructionOf(history[index]?.createdBy ?? '');
					if (!layer)
						return {
							rows: [],
							message: history[index]?.size
								? 'The archive does not tell which of its layers this is.'
								: `${instruction} changes no file.`,
						};
					const { added, changed, deleted, bytes } = totalsOf(layer.entries);
					const rows = foldedTree(changeTree(layer.entries), mostFiles);
					return {
						rows: rows.map((row) => ({
							id: row.path,
							cells: [row.sign, row.size === undefined ? '' : size(row.size), row.text],
						})),
						notes: [
							instruction,
							`${added} added, ${changed} changed, ${deleted} removed · ${size(bytes)}`,
							...(layer.problem === undefined ? [] : [layer.problem]),
						],
						...(rows.length ? {} : { message: 'This layer changes no file.' }),
					};
				},
			),
	};
};
