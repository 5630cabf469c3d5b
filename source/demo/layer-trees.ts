// Which files each layer of an image adds, changes and deletes: an image has only its whole tree, and images below it.

import { catalogue } from './catalogue.ts';
import type { FileNode, Tree } from './files.ts';
import type { Image } from './image.ts';
import type { LayerChanges } from './layer-tar.ts';
import { imageFromOffer } from './seed-images.ts';
import { treeFor } from './trees.ts';
import type { World } from './world.ts';

type Changes = Map<string, FileNode | 'gone'>;

/** What the layers of a tree hold, where an archive has told. */
const told = new WeakMap<Tree, readonly LayerChanges[]>();

export const rememberLayers = (tree: Tree, layers: readonly LayerChanges[]): void =>
	void told.set(tree, layers);

const settings =
	/^(?:\/bin\/sh -c #\(nop\)\s+)?(?:ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\b/;

/** The places in the history of the lines that made the layers, the oldest first. */
export const linesOfLayers = ({ history, layers }: Pick<Image, 'history' | 'layers'>): number[] => {
	const places = [...history.keys()];
	const sized = places.filter((at) => (history[at]?.size ?? 0) > 0).slice(0, layers.length);
	// A layer may have no bytes: what was run deleted something, or nothing changed.
	const unsized = places.filter((at) => !sized.includes(at) && !settings.test(history[at]?.createdBy ?? ''));
	const missing = layers.length - sized.length;
	return [...sized, ...unsized.slice(Math.max(0, unsized.length - missing))].sort((a, b) => a - b);
};

const isSame = (a: FileNode, b: FileNode | undefined): boolean => {
	if (a === b) return true;
	if (a.mode !== b?.mode || Math.floor(a.modifiedAt / 1000) !== Math.floor(b.modifiedAt / 1000)) return false;
	if (a.kind === 'file') return b.kind === 'file' && a.bytes.equals(b.bytes);
	return a.kind === 'link' ? b.kind === 'link' && a.target === b.target : b.kind === 'directory';
};

const changesBetween = (below: Tree, above: Tree): Changes => {
	const changes: Changes = new Map();
	for (const [path, node] of above) if (!isSame(node, below.get(path))) changes.set(path, node);
	for (const path of below.keys()) if (!above.has(path)) changes.set(path, 'gone');
	return changes;
};

/** Deals changes out to layers of these sizes: the big ones get files, in the order of their paths. */
const spread = (changes: Changes, sizes: readonly number[]): Changes[] => {
	const layers = sizes.map((): Changes => new Map());
	const paths = [...changes.keys()].sort();
	const isFolder = (path: string): boolean => {
		const node = changes.get(path);
		return node !== undefined && node !== 'gone' && node.kind === 'directory';
	};
	const files = paths.filter((path) => !isFolder(path));
	const bySize = [...sizes.keys()].sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
	const filled = bySize.slice(0, Math.max(1, files.length)).filter((at, index) => index === 0 || sizes[at]);
	const takers = filled.sort((a, b) => a - b);
	const takerOf = new Map(
		files.map((path, index) => [path, takers[Math.floor((index * takers.length) / files.length)] ?? 0]),
	);
	for (const path of paths) {
		const node = changes.get(path);
		// A folder is made by the first layer that puts something into it.
		const inside = isFolder(path) ? files.filter((file) => file.startsWith(`${path}/`)) : [path];
		const at = Math.min(...inside.map((file) => takerOf.get(file) ?? takers[0] ?? 0));
		if (node) layers[Number.isFinite(at) ? at : (takers[0] ?? 0)]?.set(path, node);
	}
	return layers;
};

/** Whatever may be the base of another image, the registry's offers included. */
const candidates = (world: World): Image[] => [
	...world.images.values(),
	...[...world.buildCache.values()].map(({ image }) => image),
	...world.pushed.values(),
	...catalogue.map((offer) => imageFromOffer(world, offer, offer.tags[0] ?? 'latest')),
];

/** The image with the most of an image's layers, but not all; of several the one that no setting was added to. */
const baseOf = (image: Image, known: readonly Image[]): Image | undefined =>
	known
		.filter(
			({ layers }) =>
				layers.length > 0 &&
				layers.length < image.layers.length &&
				layers.every((layer, index) => layer === image.layers[index]),
		)
		.sort((a, b) => b.layers.length - a.layers.length || a.history.length - b.history.length)[0];

/** The system that an image is made on, where the registry does not offer its first layer alone. */
const systemIn = (tree: Tree): Tree | undefined =>
	catalogue
		.filter(({ layers, family }) => layers.length === 1 && family !== 'scratch')
		.map(treeFor)
		.find((system) => [...system].every(([path, node]) => isSame(node, tree.get(path))));

const layersAmong = (image: Image, known: readonly Image[]): readonly LayerChanges[] => {
	const tree = image.tree();
	const remembered = told.get(tree);
	if (remembered?.length === image.layers.length) return remembered;
	if (image.layers.length === 0) return [];
	const empty: Tree = new Map();
	const base = baseOf(image, known);
	const system = base || image.layers.length === 1 ? undefined : systemIn(tree);
	const below = base?.tree() ?? system ?? empty;
	const lower = base ? layersAmong(base, known) : system ? [changesBetween(empty, system)] : [];
	const lines = linesOfLayers(image);
	const sizes = image.layers.map((_, index) => image.history[lines[index] ?? -1]?.size ?? 0);
	const upper = sizes.slice(lower.length);
	const isKnown = base !== undefined || system !== undefined;
	const changes = changesBetween(below, tree);
	return [...lower, ...(isKnown ? spread(changes, upper) : [changes, ...upper.slice(1).map(() => empty)])];
};

/** One for each layer of the image, the oldest first. */
export const layersOf = (world: World, image: Image): readonly LayerChanges[] =>
	layersAmong(image, candidates(world));
