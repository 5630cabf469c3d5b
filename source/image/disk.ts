// `docker system df` as rows: how many there are of a kind, how many are in use, what they take and what would come back.
import { type Container, type DiskUse, isUp, type Network } from '../model/items.ts';
import type { ListingColumn, ListingRow } from '../model/listing.ts';
import { size } from '../model/words.ts';
import type { Answer } from './listings.ts';

export const diskColumns: readonly ListingColumn[] = [
	{ label: 'TYPE', min: 13, max: 20, rank: 1 },
	{ label: 'TOTAL', min: 6, max: 8, rank: 3, align: 'right' },
	{ label: 'ACTIVE', min: 6, max: 8, rank: 4, align: 'right' },
	{ label: 'SIZE', min: 8, max: 10, rank: 2, align: 'right' },
	{ label: 'RECLAIMABLE', min: 14, max: 18, rank: 1, align: 'right' },
];

const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);

/** As docker prints it, with the share it is of all. */
const reclaimable = (bytes: number, all: number): string =>
	all > 0 ? `${size(bytes)} (${Math.floor((bytes * 100) / all)}%)` : size(bytes);

type Kind = {
	readonly id: string;
	readonly title: string;
	readonly total: number;
	readonly active: number;
	/** Bytes; absent: it takes none that are counted. */
	readonly bytes?: number;
	readonly back?: number;
};

const rowOf = ({ id, title, total, active, bytes, back = 0 }: Kind): ListingRow => ({
	id,
	cells: [
		title,
		String(total),
		String(active),
		bytes === undefined ? '' : size(bytes),
		bytes === undefined ? '' : reclaimable(back, bytes),
	],
});

export const diskAnswer = (
	use: DiskUse,
	containers: readonly Container[],
	networks: readonly Network[],
): Answer => {
	const usedImages = new Set(containers.map(({ imageId }) => imageId));
	const images = [...use.images];
	const imagesBack = sum(images.filter(([id]) => !usedImages.has(id)).map(([, bytes]) => bytes));
	const writable = (some: readonly Container[]) => sum(some.map(({ id }) => use.containers.get(id) ?? 0));
	const volumes = [...use.volumes.values()];
	const idle = volumes.filter(({ users }) => users === 0);
	const own = networks.filter(({ isBuiltIn }) => !isBuiltIn);
	const cache = use.buildCache;
	const kinds: readonly Kind[] = [
		{
			id: 'images',
			title: 'Images',
			total: images.length,
			active: images.filter(([id]) => usedImages.has(id)).length,
			bytes: use.layers,
			back: imagesBack,
		},
		{
			id: 'containers',
			title: 'Containers',
			total: containers.length,
			active: containers.filter(isUp).length,
			bytes: writable(containers),
			back: writable(containers.filter((container) => !isUp(container))),
		},
		{
			id: 'volumes',
			title: 'Local Volumes',
			total: volumes.length,
			active: volumes.length - idle.length,
			bytes: sum(volumes.map((volume) => volume.size)),
			back: sum(idle.map((volume) => volume.size)),
		},
		{
			id: 'cache',
			title: 'Build Cache',
			total: cache.length,
			active: cache.filter(({ isInUse }) => isInUse).length,
			bytes: sum(cache.filter(({ isShared }) => !isShared).map((each) => each.size)),
			back: sum(cache.filter(({ isShared, isInUse }) => !isShared && !isInUse).map((each) => each.size)),
		},
		{
			id: 'networks',
			title: 'Networks',
			total: own.length,
			active: own.filter(({ users }) => users.length > 0).length,
		},
	];
	return {
		rows: kinds.map(rowOf),
		notes: ['Enter lists what nothing uses of a kind, and removes it when you say so.'],
	};
};
