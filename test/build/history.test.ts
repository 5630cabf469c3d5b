import {
	appendFileSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BuildRecord, openHistory } from '../../source/build/history.ts';
import { slower } from '../../source/build/slower.ts';

let folder = '';
beforeEach(() => {
	folder = join(mkdtempSync(join(tmpdir(), 'portside-history-')), 'a/builds');
});
afterEach(() => rmSync(join(folder, '../..'), { recursive: true }));

const built = (
	at: number,
	steps: BuildRecord['steps'] = [],
	more: Partial<BuildRecord> = {},
): BuildRecord => ({ at, duration: 10, outcome: 'succeeded', tags: ['한글:1'], cached: 0, steps, ...more });

it('keeps the last fifty builds of each Dockerfile, newest first, for nobody else to read', async () => {
	const history = openHistory(folder);
	expect(await history.read('/a', '/a/Dockerfile')).toEqual([]);
	const all = Array.from({ length: 60 }, (_, at) =>
		built(at, [{ name: 'RUN x\ny', duration: at, isCached: false }], { imageId: 'sha256:1' }),
	);
	expect(await Promise.all(all.map((record) => history.add('/a', '/a/Dockerfile', record)))).toEqual(
		all.map(() => undefined),
	);
	await history.add('/a', '/a/other', built(1));
	expect(await history.read('/a', '/a/Dockerfile')).toEqual(all.slice(10).reverse());
	expect(await openHistory(folder).read('/a', '/a/other')).toEqual([built(1)]);
	const files = readdirSync(folder);
	expect(files.length).toBe(2);
	for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
	expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it('passes over lines that are none of its own', async () => {
	const history = openHistory(folder);
	await history.add('/a', '/f', built(1));
	const [file = ''] = readdirSync(folder);
	appendFileSync(
		join(folder, file),
		'null\n7\n{"at":1}\n{"at":3,"duration":1,"outcome":"failed","tags":[1,"t"],"steps":[null,{"name":"n","duration":1},7]}\n{"at":',
	);
	expect(await history.read('/a', '/f')).toEqual([
		{
			at: 3,
			duration: 1,
			outcome: 'failed',
			tags: ['t'],
			cached: 0,
			steps: [{ name: 'n', duration: 1, isCached: false }],
		},
		built(1),
	]);
	await history.add('/a', '/f', built(4));
	expect(readFileSync(join(folder, file), 'utf8').trim().split('\n').length).toBe(3);
});

it('says when it cannot keep anything', async () => {
	writeFileSync(join(folder, '../../file'), '');
	const history = openHistory(join(folder, '../../file/builds'));
	expect(await history.add('/a', '/f', built(1))).toMatch(
		/^This build is not kept in the history: .* cannot be written \(ENOTDIR\)\.$/,
	);
	expect(await history.read('/a', '/f')).toEqual([]);
});

it('tells which steps became slower', () => {
	const step = (name: string, duration: number, isCached = false) => ({ name, duration, isCached });
	const before = [
		built(9, [step('a', 60_000)], { outcome: 'failed' }),
		built(8, [step('a', 10_000), step('b', 1000), step('c', 0, true), step('d', 100)]),
		built(7, [step('a', 11_000), step('b', 1000), step('c', 5000)]),
		built(6, [step('a', 9000)]),
		built(5, [step('a', 0, true)]),
		built(4, [step('a', 10_000)]),
		built(3, [step('a', 900_000), step('old', 1)]),
	];
	const now = built(10, [
		step('a', 12_500),
		step('b', 1900),
		step('c', 9000),
		step('d', 1101),
		step('new', 99_000),
		step('old', 99_000),
	]);
	expect(slower(now, before)).toEqual([
		{ name: 'c', now: 9000, usual: 5000 },
		{ name: 'a', now: 12_500, usual: 10_000 },
		{ name: 'd', now: 1101, usual: 100 },
	]);
	expect(slower(built(10, [step('a', 11_900), step('c', 99_000, true)]), before)).toEqual([]);
	expect(slower(now, [])).toEqual([]);
});
