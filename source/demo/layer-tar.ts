// A layer as docker keeps it: a tar of what it adds and changes, with `.wh.` files for what it deletes.

import { baseName, type FileNode, parentOf, resolvePath, type Tree } from './files.ts';
import type { TarEntry } from './tar.ts';

/** What a layer does to the tree below it; what is below something `gone` may be listed, too. */
export type LayerChanges = ReadonlyMap<string, FileNode | 'gone'>;

const prefix = '.wh.';
const opaque = '.wh..wh..opq';
const whiteout: FileNode = { kind: 'file', mode: 0, modifiedAt: 0, bytes: Buffer.alloc(0) };
const directory: FileNode = { kind: 'directory', mode: 0o755, modifiedAt: 0 };

export const entriesOf = (changes: LayerChanges): TarEntry[] => {
	const sorted = [...changes].sort(([a], [b]) => (a < b ? -1 : 1));
	return sorted.flatMap(([path, node]) => {
		if (path === '/') return [];
		if (node !== 'gone') return [{ path: path.slice(1), node }];
		const parent = parentOf(path);
		const above = changes.get(parent);
		// It went with the folder that it was in.
		if (above !== undefined && (above === 'gone' || above.kind !== 'directory')) return [];
		return [{ path: resolvePath(parent, prefix + baseName(path)).slice(1), node: whiteout }];
	});
};

/** Every folder on the way to a path, the nearest first. */
const foldersTo = (path: string): string[] => {
	const folders: string[] = [];
	for (let at = path; at !== '/'; folders.push(at)) at = parentOf(at);
	return folders;
};

/** Lays a layer over a tree, and answers with what that changes. */
const applyLayer = (tree: Map<string, FileNode>, entries: readonly TarEntry[]): LayerChanges => {
	const own = new Map<string, FileNode>();
	const deleted = new Set<string>();
	/** Nothing of the layers below is left inside these. */
	const emptied = new Set<string>();
	for (const { path, node } of entries) {
		const full = resolvePath('/', path);
		const name = baseName(full);
		if (name === opaque) emptied.add(parentOf(full));
		else if (name.startsWith(prefix) && name.length > prefix.length)
			deleted.add(resolvePath(parentOf(full), name.slice(prefix.length)));
		else if (full !== '/' || node.kind === 'directory') own.set(full, node);
	}
	for (const [path, node] of own) if (node.kind !== 'directory') emptied.add(path);
	for (const path of deleted) emptied.add(path);

	const changes = new Map<string, FileNode | 'gone'>();
	if (emptied.size > 0)
		for (const path of [...tree.keys()]) {
			if (!deleted.has(path) && !foldersTo(path).some((folder) => emptied.has(folder))) continue;
			tree.delete(path);
			changes.set(path, 'gone');
		}
	const add = (path: string, node: FileNode): void => {
		tree.set(path, node);
		changes.set(path, node);
	};
	for (const [path, node] of [...own].sort(([a], [b]) => (a < b ? -1 : 1))) {
		const folders = foldersTo(path);
		if (folders.some((folder) => tree.get(folder)?.kind === 'file')) continue;
		for (const folder of folders.reverse()) if (!tree.has(folder)) add(folder, directory);
		add(path, node);
	}
	return changes;
};

/** The tree of layers, the oldest first, and what each of them changes. */
export const mergeLayers = (
	layers: readonly (readonly TarEntry[])[],
): { tree: Tree; changes: LayerChanges[] } => {
	const tree = new Map<string, FileNode>([['/', directory]]);
	return { tree, changes: layers.map((entries) => applyLayer(tree, entries)) };
};
