// The toy file system of a container: the tree of its image below, its own changes above.

export type FileNode =
	| { kind: 'directory'; mode: number; modifiedAt: number }
	| { kind: 'file'; mode: number; modifiedAt: number; bytes: Buffer }
	| { kind: 'link'; mode: number; modifiedAt: number; target: string };

export type Tree = ReadonlyMap<string, FileNode>;
/** `gone` hides what the image has at that path. */
export type Files = {
	lower: Tree;
	upper: Map<string, FileNode | 'gone'>;
	size: number;
	/** What the kernel shows as files: /proc and /dev. */
	virtual?: Virtual;
};
export type Virtual = { nodeAt(path: string): FileNode | undefined; namesIn(directory: string): string[] };
export type Change = { Path: string; Kind: 0 | 1 | 2 };

const maximumSize = 64 << 20;

export const createFiles = (lower: Tree): Files => ({ lower, upper: new Map(), size: 0 });

/** An absolute path without `.`, `..` and doubled slashes. */
export const resolvePath = (from: string, path: string): string => {
	const parts: string[] = [];
	for (const part of `${path.startsWith('/') ? '' : `${from}/`}${path}`.split('/')) {
		if (part === '..') parts.pop();
		else if (part && part !== '.') parts.push(part);
	}
	return `/${parts.join('/')}`;
};

export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1) || '/';

export const nodeAt = (files: Files, path: string): FileNode | undefined => {
	const own = files.upper.get(path);
	return own === 'gone' ? undefined : (own ?? files.lower.get(path) ?? files.virtual?.nodeAt(path));
};

/** The node at a path, and the path itself, after following links (at most eight). */
export const follow = (files: Files, path: string): { path: string; node: FileNode | undefined } => {
	let at = path;
	for (let hops = 0; hops < 8; hops++) {
		const node = nodeAt(files, at);
		if (node?.kind !== 'link') return { path: at, node };
		at = resolvePath(parentOf(at), node.target);
	}
	return { path: at, node: undefined };
};

export const allPaths = (files: Files): string[] => {
	const paths = new Set([...files.lower.keys(), ...files.upper.keys()]);
	return [...paths].filter((path) => nodeAt(files, path)).sort();
};

export const childrenOf = (files: Files, directory: string): string[] => {
	const prefix = directory === '/' ? '/' : `${directory}/`;
	const stored = allPaths(files).filter(
		(path) => path.startsWith(prefix) && path.length > prefix.length && !path.includes('/', prefix.length),
	);
	const shown = files.virtual?.namesIn(directory).map((name) => prefix + name) ?? [];
	return shown.length > 0 ? [...new Set([...stored, ...shown])].sort() : stored;
};

const touchParent = (files: Files, path: string, now: number): void => {
	const parent = parentOf(path);
	const node = nodeAt(files, parent);
	if (path !== '/' && node?.kind === 'directory') files.upper.set(parent, { ...node, modifiedAt: now });
};

const sizeOf = (node: FileNode | 'gone' | undefined): number =>
	node && node !== 'gone' && node.kind === 'file' ? node.bytes.length : 0;

/** Puts a node; answers why not, or undefined when it is there. */
export const put = (files: Files, path: string, node: FileNode): string | undefined => {
	const parent = follow(files, parentOf(path)).node;
	if (path !== '/' && !parent) return 'No such file or directory';
	if (path !== '/' && parent?.kind !== 'directory') return 'Not a directory';
	const grown = files.size + sizeOf(node) - sizeOf(files.upper.get(path));
	if (grown > maximumSize) return 'No space left on device';
	const isNew = !nodeAt(files, path);
	files.size = grown;
	files.upper.set(path, node);
	if (isNew) touchParent(files, path, node.modifiedAt);
	return undefined;
};

/** Puts a node and every directory that leads to it. */
export const putDeep = (files: Files, path: string, node: FileNode): string | undefined => {
	const parent = parentOf(path);
	if (path !== '/' && !nodeAt(files, parent))
		putDeep(files, parent, { kind: 'directory', mode: 0o755, modifiedAt: node.modifiedAt });
	return put(files, path, node);
};

export const removePath = (files: Files, path: string, now: number): void => {
	for (const each of allPaths(files).filter((other) => other === path || other.startsWith(`${path}/`))) {
		files.size -= sizeOf(files.upper.get(each));
		if (files.lower.has(each)) files.upper.set(each, 'gone');
		else files.upper.delete(each);
	}
	touchParent(files, path, now);
};

/** What `docker diff` shows: 0 changed, 1 added, 2 deleted; a deleted directory hides its contents. */
export const changesOf = (files: Files): Change[] => {
	const changes: Change[] = [];
	for (const [path, node] of [...files.upper].sort(([a], [b]) => (a < b ? -1 : 1))) {
		if (path === '/') continue;
		if (node !== 'gone') changes.push({ Path: path, Kind: files.lower.has(path) ? 0 : 1 });
		else if (files.upper.get(parentOf(path)) !== 'gone') changes.push({ Path: path, Kind: 2 });
	}
	return changes;
};

/** The tree a commit keeps. */
export const flatten = (files: Files): Tree => {
	if (files.upper.size === 0) return files.lower;
	const tree = new Map(files.lower);
	for (const [path, node] of files.upper) {
		if (node === 'gone') tree.delete(path);
		else tree.set(path, node);
	}
	return tree;
};
