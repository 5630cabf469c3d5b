// What changed in a file system as the rows of a tree: folders before what is in them, and what it comes to.
import type { Change } from '../model/items.ts';
import { plural, size as sizeWords } from '../model/words.ts';
import { deepest, type Node, newNode, nodeAt, sizeOf, sum, type TreeChange } from './change-node.ts';

export type TreeRow = {
	/** With a slash before it. Of a chain of folders in one row, the last one's. */
	readonly path: string;
	/** `usr/local/lib` for a chain of folders that hold nothing else. */
	readonly name: string;
	/** How many rows it stands below. */
	readonly depth: number;
	/** As docker prints it; empty for a folder in which something changed, and nothing of itself. */
	readonly sign: 'A' | 'C' | 'D' | '';
	readonly isFolder: boolean;
	/** Bytes; of a folder, of what was added and changed in it. Absent: nobody knows. */
	readonly size?: number;
	/** In it, at any depth, without folders. */
	readonly files: number;
	/** What it stands for where its rows are left out: `… 1,234 files, 45MB`. */
	readonly hidden?: string;
	/** All of it for one column of a table: indented, with what a link leads to. */
	readonly text: string;
};

const signs = { added: 'A', changed: 'C', deleted: 'D' } as const;

/** Sorted by name. `sizes` are bytes by path, where the changes themselves have none. */
export const changeTree = (
	changes: readonly TreeChange[],
	sizes: ReadonlyMap<string, number> = new Map(),
): TreeRow[] => {
	const root = newNode();
	for (const change of changes) if (change.path !== '/') nodeAt(root, change.path).change = change;
	sum(root, sizes);
	const rows: TreeRow[] = [];
	addRows(root, '', 0, rows);
	return rows;
};

export type ChangeTotals = {
	readonly added: number;
	readonly changed: number;
	readonly deleted: number;
	/** Of what was added and changed, as far as it is known. */
	readonly bytes: number;
};

/** Folders that changed only because of what is in them count for nothing. */
export const totalsOf = (
	changes: readonly TreeChange[],
	sizes: ReadonlyMap<string, number> = new Map(),
): ChangeTotals => {
	const totals = { added: 0, changed: 0, deleted: 0, bytes: 0 };
	const parents = parentsOf(changes);
	for (const change of changes) {
		if (change.kind === 'changed' && parents.has(change.path)) continue;
		totals[change.kind]++;
		if (change.kind !== 'deleted') totals.bytes += sizeOf(change, sizes) ?? 0;
	}
	return totals;
};

/** All folders in which something changed. */
export const parentsOf = (changes: readonly Change[]): ReadonlySet<string> => {
	const parents = new Set<string>();
	for (const { path } of changes) {
		let cut = path.lastIndexOf('/');
		for (let depth = 0; cut > 0 && depth < deepest; depth++) {
			const parent = path.slice(0, cut);
			if (parents.has(parent)) break;
			parents.add(parent);
			cut = path.lastIndexOf('/', cut - 1);
		}
	}
	return parents;
};

/** No more rows than that: the folders with the most rows stay closed, and say what is in them. */
export const foldedTree = (rows: readonly TreeRow[], mostRows: number): readonly TreeRow[] => {
	if (rows.length <= mostRows) return rows;
	const children = childrenOf(rows);
	const inside = (place: number): readonly number[] => children.get(place) ?? [];
	const top = inside(-1);
	const open = new Set<number>();
	let shown = top.length;
	for (let level = top; level.length > 0; ) {
		const smallestFirst = level.toSorted((a, b) => inside(a).length - inside(b).length);
		level = smallestFirst.flatMap((place) => {
			if (shown + inside(place).length > mostRows) return [];
			shown += inside(place).length;
			open.add(place);
			return inside(place);
		});
	}
	const kept: TreeRow[] = [];
	const keep = (place: number): void => {
		const row = rows[place] as TreeRow;
		kept.push(open.has(place) || inside(place).length === 0 ? row : closed(row));
		if (open.has(place)) for (const below of inside(place)) keep(below);
	};
	for (const place of top) keep(place);
	if (kept.length <= mostRows) return kept;
	const first = Math.max(0, mostRows - 1);
	return [...kept.slice(0, first), remainder(kept.slice(first))];
};

const signOf = ({ change, inside }: Node): TreeRow['sign'] =>
	change === undefined || (change.kind === 'changed' && inside.size > 0) ? '' : signs[change.kind];

const addRows = (parent: Node, path: string, depth: number, rows: TreeRow[]): void => {
	const sorted = [...parent.inside].sort(([a], [b]) => (a < b ? -1 : 1));
	for (const [first, start] of sorted) {
		let node = start;
		let name = first;
		const sign = signOf(node);
		for (;;) {
			const [only, ...others] = node.inside.size === 1 ? node.inside : [];
			if (only === undefined || others.length > 0) break;
			const [inner, next] = only;
			if (next.inside.size === 0 || signOf(next) !== sign) break;
			name += `/${inner}`;
			node = next;
		}
		const isFolder = node.inside.size > 0 || node.change?.type === 'folder';
		const link = node.change?.linkTarget === undefined ? '' : ` -> ${node.change.linkTarget}`;
		rows.push({
			path: `${path}/${name}`,
			name,
			depth,
			sign,
			isFolder,
			files: isFolder ? node.files : 0,
			...(node.size !== undefined && { size: node.size }),
			text: `${'  '.repeat(Math.min(depth, deepest))}${name}${isFolder ? '/' : link}`,
		});
		addRows(node, `${path}/${name}`, depth + 1, rows);
	}
};

/** Rows by the row they stand in, all by their places; those of the top by -1. */
const childrenOf = (rows: readonly TreeRow[]): ReadonlyMap<number, number[]> => {
	const children = new Map<number, number[]>();
	const above: number[] = [];
	for (const [place, { depth }] of rows.entries()) {
		const parent = depth === 0 ? -1 : (above[depth - 1] ?? -1);
		const siblings = children.get(parent);
		if (siblings === undefined) children.set(parent, [place]);
		else siblings.push(place);
		above[depth] = place;
	}
	return children;
};

const hiddenIn = (files: number, bytes: number | undefined): string => {
	const words = plural(files, 'file').replace(/\B(?=(?:\d{3})+ )/g, ',');
	return `… ${words}${bytes === undefined ? '' : `, ${sizeWords(bytes)}`}`;
};

const closed = (row: TreeRow): TreeRow => {
	const hidden = hiddenIn(row.files, row.size);
	return { ...row, hidden, text: `${row.text} ${hidden}` };
};

/** What is left out at the top itself. */
const remainder = (rows: readonly TreeRow[]): TreeRow => {
	let files = 0;
	let bytes: number | undefined;
	for (const row of rows) {
		files += row.isFolder ? row.files : 1;
		if (row.size !== undefined && row.sign !== 'D') bytes = (bytes ?? 0) + row.size;
	}
	const hidden = hiddenIn(files, bytes);
	return { path: '', name: '', depth: 0, sign: '', isFolder: false, files, hidden, text: hidden };
};
