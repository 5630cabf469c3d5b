// Images as archives: docker save, docker load and docker import.

import { applyChanges } from './build/instructions.ts';
import { parentOf, resolvePath } from './files.ts';
import { fullName, type HistoryLine, type Image, type ImageConfig, tagImage } from './image.ts';
import { entriesOf, mergeLayers } from './layer-tar.ts';
import { layersOf, linesOfLayers, rememberLayers } from './layer-trees.ts';
import { readTar, type TarEntry, writeTar } from './tar.ts';
import { goTime } from './words.ts';
import { newId, sha256, type World } from './world.ts';

const file = (text: string | Buffer, modifiedAt: number): TarEntry['node'] => ({
	kind: 'file',
	mode: 0o644,
	modifiedAt,
	bytes: Buffer.from(text as string),
});

const bytesIn = (entries: readonly TarEntry[]): number =>
	entries.reduce((sum, { node }) => sum + (node.kind === 'file' ? node.bytes.length : 0), 0);

export const importTree = (world: World, entries: TarEntry[], comment: string, changes: string[]): Image => {
	const { tree } = mergeLayers([entries]);
	const size = bytesIn(entries);
	const now = world.now();
	const image: Image = {
		id: `sha256:${newId(world)}`,
		tags: new Set(),
		digests: new Set(),
		parent: '',
		createdAt: now,
		taggedAt: 0,
		comment,
		author: '',
		size,
		layers: [`sha256:${newId(world)}`],
		history: [{ createdBy: '', comment, size, createdAt: now }],
		config: applyChanges({}, changes),
		tree: () => tree,
	};
	world.images.set(image.id, image);
	return image;
};

type Manifest = { Config: string; RepoTags: string[] | null; Layers: string[] };
/** The file that is docker's own; its id is the image's. */
type Saved = {
	architecture: 'amd64';
	os: 'linux';
	created: string;
	author: string;
	comment: string;
	config: ImageConfig;
	rootfs: { type: 'layers'; diff_ids: string[] };
	history: { created: string; created_by: string; comment?: string; empty_layer?: true }[];
	/** The files of a demo are tiny: what they make believe of sizes and ids cannot be counted. */
	demo: { id: string; size: number; sizes: number[] };
};

const describe = (image: Image): Saved => {
	const { id, createdAt, comment, author, size, layers, history, config } = image;
	const filled = new Set(linesOfLayers(image));
	return {
		architecture: 'amd64',
		os: 'linux',
		created: goTime(createdAt),
		author,
		comment,
		config,
		rootfs: { type: 'layers', diff_ids: layers },
		history: history.map((line, at) => ({
			created: goTime(line.createdAt),
			created_by: line.createdBy,
			...(line.comment && { comment: line.comment }),
			...(!filled.has(at) && { empty_layer: true }),
		})),
		demo: { id, size, sizes: history.map((line) => line.size) },
	};
};

export const saveImages = (world: World, images: readonly { name: string; image: Image }[]): Buffer => {
	const manifests = new Map<string, Manifest>();
	const nodes = new Map<string, TarEntry['node']>();
	for (const { name, image } of images) {
		const path = `${image.id.slice(7)}.json`;
		const known = manifests.get(path);
		const tag = fullName(name);
		const tags = image.tags.has(tag) ? [...(known?.RepoTags ?? []), tag] : (known?.RepoTags ?? null);
		if (known) {
			known.RepoTags = tags && [...new Set(tags)];
			continue;
		}
		let below = '';
		const layers = layersOf(world, image).map((changes, index) => {
			const tar = writeTar(entriesOf(changes));
			// What images have in common is in the archive once.
			below = sha256(`${below} ${image.layers[index]} ${sha256(tar)}`);
			nodes.set(`${below}/layer.tar`, file(tar, image.createdAt));
			return `${below}/layer.tar`;
		});
		nodes.set(path, file(JSON.stringify(describe(image)), image.createdAt));
		manifests.set(path, { Config: path, RepoTags: tags, Layers: layers });
	}
	nodes.set('manifest.json', file(JSON.stringify([...manifests.values()]), 0));
	return writeTar([...nodes].map(([path, node]) => ({ path, node })));
};

type Nodes = ReadonlyMap<string, TarEntry['node']>;

const parse = <T>(node: TarEntry['node'] | undefined): T | undefined => {
	try {
		return node?.kind === 'file' ? (JSON.parse(node.bytes.toString()) as T) : undefined;
	} catch {
		return undefined;
	}
};

const list = <T>(value: readonly T[] | null | undefined): readonly T[] => (Array.isArray(value) ? value : []);
const time = (text: string | undefined): number | undefined => Date.parse(text ?? '') || undefined;

/** Docker keeps equal layers once, with a link in the place of the others. */
const entriesIn = (nodes: Nodes, path: string): TarEntry[] => {
	const found = nodes.get(path);
	const node =
		found?.kind === 'link' ? nodes.get(resolvePath(parentOf(`/${path}`), found.target).slice(1)) : found;
	return (node?.kind === 'file' ? readTar(node.bytes) : undefined) ?? [];
};

const historyIn = (saved: Partial<Saved>, sizes: number[], now: number): HistoryLine[] => {
	let layer = 0;
	return list(saved.history).map((line, at) => {
		const size = line.empty_layer ? 0 : (sizes[layer++] ?? 0);
		return {
			createdBy: line.created_by ?? '',
			comment: line.comment ?? '',
			size: saved.demo?.sizes?.[at] ?? size,
			createdAt: time(line.created) ?? now,
		};
	});
};

const imageIn = (world: World, nodes: Nodes, manifest: Manifest): Image => {
	const config = nodes.get(manifest.Config);
	const saved = parse<Partial<Saved>>(config) ?? {};
	const id = saved.demo?.id ?? `sha256:${sha256(config?.kind === 'file' ? config.bytes : manifest.Config)}`;
	const known = world.images.get(id);
	if (known) return known;
	const layers = list(manifest.Layers).map((path) => entriesIn(nodes, path));
	const sizes = layers.map(bytesIn);
	const { tree, changes } = mergeLayers(layers);
	rememberLayers(tree, changes);
	const ids = list(saved.rootfs?.diff_ids);
	return {
		id,
		tags: new Set(),
		digests: new Set(),
		parent: '',
		createdAt: time(saved.created) ?? world.now(),
		taggedAt: 0,
		comment: saved.comment ?? '',
		author: saved.author ?? '',
		size: saved.demo?.size ?? sizes.reduce((sum, size) => sum + size, 0),
		layers: layers.map((_, at) => ids[at] ?? `sha256:${sha256(`${id} ${at}`)}`),
		history: historyIn(saved, sizes, world.now()),
		config: saved.config ?? {},
		tree: () => tree,
	};
};

/** Puts every image of an archive into the world; undefined when it is no such archive. */
export const loadImages = (
	world: World,
	entries: TarEntry[],
): { image: Image; names: string[] }[] | undefined => {
	const nodes = new Map(entries.map(({ path, node }) => [path, node]));
	const manifests = parse<Manifest[]>(nodes.get('manifest.json'));
	if (!Array.isArray(manifests)) return undefined;
	return manifests.slice(0, 100).map((manifest) => {
		const image = imageIn(world, nodes, manifest);
		world.images.set(image.id, image);
		const names = [...list(manifest.RepoTags)];
		for (const name of names) tagImage(world, image, name);
		return { image, names };
	});
};
