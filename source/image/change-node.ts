// Changes of a file system put into the tree that their paths make.
import type { Change } from '../model/items.ts';

/** What a layer's list tells more of it. */
export type TreeChange = Change & {
	readonly size?: number;
	readonly type?: string;
	readonly linkTarget?: string;
};

export type Node = {
	readonly inside: Map<string, Node>;
	change?: TreeChange;
	/** In it, at any depth, without folders. */
	files: number;
	/** Bytes of what was added and changed in it; of what was deleted its own. */
	size: number | undefined;
};

/** More than a file system that is in use has; a hostile path may have a million. */
export const deepest = 200;

export const newNode = (): Node => ({ inside: new Map(), files: 0, size: undefined });

export const nodeAt = (root: Node, path: string): Node => {
	let node = root;
	const names = path.replace(/^\/+/, '').split('/');
	const near = names.length > deepest ? [...names.slice(0, deepest), names.slice(deepest).join('/')] : names;
	for (const name of near) {
		let next = node.inside.get(name);
		if (next === undefined) {
			next = newNode();
			node.inside.set(name, next);
		}
		node = next;
	}
	return node;
};

/** Bytes, where they are known. */
export const sizeOf = (change: TreeChange, sizes: ReadonlyMap<string, number>): number | undefined =>
	change.type === 'folder' ? undefined : (change.size ?? sizes.get(change.path));

/** Counts what is in each folder. */
export const sum = (node: Node, sizes: ReadonlyMap<string, number>): void => {
	const { change, inside } = node;
	if (inside.size === 0) {
		node.files = change?.type === 'folder' ? 0 : 1;
		node.size = change && sizeOf(change, sizes);
		return;
	}
	for (const child of inside.values()) {
		sum(child, sizes);
		node.files += child.files;
		if (child.size === undefined || (child.change?.kind === 'deleted' && child.inside.size === 0)) continue;
		node.size = (node.size ?? 0) + child.size;
	}
};
