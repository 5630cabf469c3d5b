// Images as archives: docker save, docker load and docker import.

import { applyChanges } from './build/instructions.ts';
import { createFiles, flatten, putDeep, resolvePath, type Tree } from './files.ts';
import { type HistoryLine, type Image, tagImage } from './image.ts';
import { readTar, type TarEntry, writeTar } from './tar.ts';
import { newId, sha256, type World } from './world.ts';

const treeOf = (entries: TarEntry[]): Tree => {
	const files = createFiles(new Map([['/', { kind: 'directory', mode: 0o755, modifiedAt: 0 }]]));
	for (const { path, node } of entries) if (path) putDeep(files, resolvePath('/', path), node);
	return flatten(files);
};

const entriesOf = (tree: Tree): TarEntry[] =>
	[...tree].filter(([path]) => path !== '/').map(([path, node]) => ({ path: path.slice(1), node }));

const file = (text: string | Buffer, modifiedAt: number): TarEntry['node'] => ({
	kind: 'file',
	mode: 0o644,
	modifiedAt,
	bytes: Buffer.from(text as string),
});

export const importTree = (world: World, entries: TarEntry[], comment: string, changes: string[]): Image => {
	const tree = treeOf(entries);
	const size = entries.reduce((sum, { node }) => sum + (node.kind === 'file' ? node.bytes.length : 0), 0);
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
type Saved = Pick<Image, 'id' | 'createdAt' | 'comment' | 'author' | 'size' | 'layers' | 'config'> & {
	history: HistoryLine[];
};

export const saveImages = (images: { name: string; image: Image }[]): Buffer => {
	const manifests: Manifest[] = [];
	const entries: TarEntry[] = [];
	for (const { name, image } of images) {
		const { id, createdAt, comment, author, size, layers, history, config } = image;
		const saved: Saved = { id, createdAt, comment, author, size, layers, history, config };
		const bare = id.slice(7);
		manifests.push({
			Config: `${bare}.json`,
			RepoTags: id.includes(name)
				? null
				: [...image.tags].filter((tag) => tag === name || tag === `${name}:latest`),
			Layers: [`${bare}/layer.tar`],
		});
		entries.push({ path: `${bare}.json`, node: file(JSON.stringify(saved), createdAt) });
		entries.push({ path: `${bare}/layer.tar`, node: file(writeTar(entriesOf(image.tree())), createdAt) });
	}
	return writeTar([...entries, { path: 'manifest.json', node: file(JSON.stringify(manifests), 0) }]);
};

const parse = <T>(node: TarEntry['node'] | undefined): T | undefined => {
	try {
		return node?.kind === 'file' ? (JSON.parse(node.bytes.toString()) as T) : undefined;
	} catch {
		return undefined;
	}
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
		const saved = parse<Partial<Saved>>(nodes.get(manifest.Config)) ?? {};
		const layer = nodes.get(manifest.Layers?.[0] ?? '');
		const tree = treeOf((layer?.kind === 'file' ? readTar(layer.bytes) : undefined) ?? []);
		const id = saved.id ?? `sha256:${sha256(manifest.Config)}`;
		const image: Image = world.images.get(id) ?? {
			id,
			tags: new Set(),
			digests: new Set(),
			parent: '',
			createdAt: saved.createdAt ?? world.now(),
			taggedAt: 0,
			comment: saved.comment ?? '',
			author: saved.author ?? '',
			size: saved.size ?? (layer?.kind === 'file' ? layer.bytes.length : 0),
			layers: saved.layers ?? [`sha256:${sha256(id)}`],
			history: saved.history ?? [],
			config: saved.config ?? {},
			tree: () => tree,
		};
		world.images.set(image.id, image);
		for (const name of manifest.RepoTags ?? []) tagImage(world, image, name);
		return { image, names: manifest.RepoTags ?? [] };
	});
};
