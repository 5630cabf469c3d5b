// What changed, as a tree, with what it comes to.
import { describe, expect, it } from 'vitest';
import { changeTree, foldedTree, type TreeRow, totalsOf } from '../../source/image/change-tree.ts';
import type { Change } from '../../source/model/items.ts';

const kinds = { A: 'added', C: 'changed', D: 'deleted' } as const;
/** As `docker diff` prints it. */
const diff = (...lines: string[]): Change[] =>
	lines.map((line) => ({ kind: kinds[line[0] as keyof typeof kinds], path: line.slice(2) }));
const drawn = (rows: readonly TreeRow[]): string[] =>
	rows.map(({ sign, text, size }) => `${sign || ' '} ${text}${size === undefined ? '' : ` ${size}`}`);

describe('the tree of changes', () => {
	const changes = diff(
		'C /usr',
		'C /usr/local',
		'C /usr/local/lib',
		'A /usr/local/lib/b.so',
		'A /usr/local/lib/a.so',
		'C /etc',
		'C /etc/passwd',
		'D /etc/motd',
		'A /root/new',
		'A /root/new/deeper',
		'A /root/new/deeper/one',
		'C /tmp',
	);
	const sizes = new Map([
		['/usr/local/lib/a.so', 100],
		['/usr/local/lib/b.so', 20],
		['/root/new/deeper/one', 3],
	]);

	it('has folders before what is in them, folds chains, and sums up', () => {
		expect(drawn(changeTree(changes, sizes))).toEqual([
			'  etc/',
			'D   motd',
			'C   passwd',
			'  root/ 3',
			'A   new/deeper/ 3',
			'A     one 3',
			'C tmp',
			'  usr/local/lib/ 120',
			'A   a.so 100',
			'A   b.so 20',
		]);
		const [usr] = changeTree(changes, sizes).slice(7);
		expect(usr).toMatchObject({ path: '/usr/local/lib', name: 'usr/local/lib', depth: 0, files: 2 });
	});

	it('counts what changed, and no folder that changed for what is in it', () => {
		expect(totalsOf(changes, sizes)).toEqual({ added: 5, changed: 2, deleted: 1, bytes: 123 });
		expect(totalsOf([])).toEqual({ added: 0, changed: 0, deleted: 0, bytes: 0 });
	});

	it('takes the list of a layer, which knows sizes and links itself', () => {
		const list = [
			{ path: '/bin', kind: 'changed', size: 0, type: 'folder' },
			{ path: '/bin/sh', kind: 'added', size: 0, type: 'link', linkTarget: 'busybox' },
			{ path: '/bin/busybox', kind: 'added', size: 900, type: 'file' },
			{ path: '/bin/old', kind: 'deleted', size: 50, type: 'file' },
			{ path: '/empty', kind: 'added', size: 0, type: 'folder' },
		] as const;
		expect(drawn(changeTree(list))).toEqual([
			'  bin/ 900',
			'A   busybox 900',
			'D   old 50',
			'A   sh -> busybox 0',
			'A empty/',
		]);
		expect(totalsOf(list)).toEqual({ added: 3, changed: 0, deleted: 1, bytes: 900 });
	});

	it('keeps what is in a folder with it, whatever other names begin alike', () => {
		const rows = changeTree(diff('A /a', 'A /a/x', 'A /a.b', 'A /a/y', 'C /'));
		expect(rows.map(({ path }) => path)).toEqual(['/a', '/a/x', '/a/y', '/a.b']);
	});

	it('stands paths of a million folders', () => {
		const rows = changeTree(diff(`A ${'/a'.repeat(1_000_000)}`, `A ${'/a'.repeat(5000)}`, 'A ', 'A //'));
		expect(rows.length).toBeGreaterThan(0);
		expect(totalsOf(diff(`A ${'/a'.repeat(1_000_000)}`)).added).toBe(1);
	});
});

describe('a tree with more rows than there may be', () => {
	const many = (folder: string, count: number) =>
		Array.from({ length: count }, (_, index) => `A ${folder}/${String(index).padStart(4, '0')}`);
	const changes = diff(...many('/usr/lib/python', 1234), ...many('/etc', 3), ...many('/usr/bin', 5));
	const sizes = new Map(changes.map(({ path }) => [path, 1000]));
	const rows = changeTree(changes, sizes);

	it('keeps the largest folders closed, and says what is in them', () => {
		const folded = foldedTree(rows, 20);
		expect(drawn(folded)).toEqual([
			'  etc/ 3000',
			'A   0000 1000',
			'A   0001 1000',
			'A   0002 1000',
			'  usr/ 1239000',
			'    bin/ 5000',
			...[0, 1, 2, 3, 4].map((index) => `A     000${index} 1000`),
			'    lib/python/ … 1,234 files, 1.23MB 1234000',
		]);
	});

	it('is as it was where it fits', () => {
		expect(foldedTree(rows, rows.length)).toEqual(rows);
	});

	it('never has more, not even with everything at the top', () => {
		const flat = changeTree(diff(...many('', 500)), new Map([['/0400', 7]]));
		for (const most of [1, 2, 100, 499]) expect(foldedTree(flat, most)).toHaveLength(most);
		expect(foldedTree(flat, 100).at(-1)?.text).toBe('… 401 files, 7B');
		for (const most of [1, 2, 3, 9, 100]) expect(foldedTree(rows, most).length).toBeLessThanOrEqual(most);
	});

	it('is drawn from 200,000 changes in no time', () => {
		const large = Array.from({ length: 200 }, (_, index) =>
			diff(...many(`/usr/lib/part-${index}`, 1000)),
		).flat();
		const began = performance.now();
		expect(foldedTree(changeTree(large), 2000).length).toBeLessThanOrEqual(2000);
		expect(performance.now() - began).toBeLessThan(5000);
	});
});
