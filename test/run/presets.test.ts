// What was run before, kept for the next time.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunWish } from '../../source/model/run.ts';
import { parseRunLine } from '../../source/run/parse-run.ts';
import { openPresets, type Presets } from '../../source/run/presets.ts';
import { runLine } from '../../source/run/run-line.ts';
import { randomFrom, randomWish } from './random-wish.ts';

describe('the last runs', () => {
	let folder: string;
	let file: string;
	let presets: Presets;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'portside-presets-'));
		file = join(folder, 'state', 'runs.json');
		presets = openPresets(file);
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	const wishIn = (flags: string): RunWish => {
		const read = parseRunLine(`docker run ${flags}`);
		if ('problem' in read) throw new Error(read.problem);
		return read.wish;
	};
	const keep = async (...all: string[]) => {
		for (const flags of all) expect(await presets.keep(wishIn(flags))).toBeUndefined();
	};
	const kept = async (image: string) => (await presets.read(image)).map((wish) => runLine(wish).slice(11));

	it('are told newest first, by the repository of their image', async () => {
		expect(await kept('httpd')).toEqual([]);
		await keep('-d httpd', 'busybox', '-P httpd:2.4', `localhost:5000/a@sha256:${'a'.repeat(64)}`);
		expect(await kept('httpd')).toEqual(['-P httpd:2.4', '-d httpd']);
		expect(await kept('httpd:latest')).toEqual(['-P httpd:2.4', '-d httpd']);
		expect(await kept('localhost:5000/a:1')).toHaveLength(1);
		expect(await openPresets(file).read('busybox')).toEqual([wishIn('busybox')]);
	});

	it('are each there once, and five at most', async () => {
		await keep('-p 1 a', '-p 2 a', '-p 3 a', '-p 1 a', '-p 4 a', '-p 5 a', '-p 6 a');
		expect(await kept('a')).toEqual(['-p 6 a', '-p 5 a', '-p 4 a', '-p 1 a', '-p 3 a']);
	});

	it('are of two hundred images at most', async () => {
		for (let at = 0; at < 201; at++) await presets.keep(wishIn(`image-${at}`));
		expect(await kept('image-0')).toEqual([]);
		expect(await kept('image-1')).toEqual(['image-1']);
	});

	it('do not have secrets in them', async () => {
		await keep('-e USER=me -e DB_PASSWORD=hunter2 -e api_key=hunter2 -e GH_TOKEN=hunter2 -e MY_SECRET httpd');
		expect(await kept('httpd')).toEqual([
			'-e USER=me -e DB_PASSWORD -e api_key -e GH_TOKEN -e MY_SECRET httpd',
		]);
		expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
	});

	it('are for nobody else, and leave nothing half done', async () => {
		await Promise.all(['-p 1 a', '-p 2 a', '-p 3 a'].map((flags) => presets.keep(wishIn(flags))));
		expect(await kept('a')).toHaveLength(3);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readdirSync(join(folder, 'state'))).toEqual(['runs.json']);
	});

	it('come back as they were, whatever is in them', async () => {
		const random = randomFrom(5);
		for (let at = 0; at < 100; at++) {
			const wish = { ...randomWish(random), image: `image-${at}`, env: ['A=b'] };
			await presets.keep(wish);
			expect(await presets.read(`image-${at}`)).toEqual([wish]);
		}
	});

	it.each(['{"images": [', '[]', 'null', '{"images": 3}'])(
		'are begun anew behind a file of %s',
		async (text) => {
			await keep('httpd');
			writeFileSync(file, text);
			expect(await kept('httpd')).toEqual([]);
			expect(await presets.keep(wishIn('-d httpd'))).toBe(
				`The file with the last runs could not be read: it is now ${file}.broken, and a new one is begun.`,
			);
			expect(readFileSync(`${file}.broken`, 'utf8')).toBe(text);
			expect(await kept('httpd')).toEqual(['-d httpd']);
		},
	);

	it('of another version are read as far as they can be', async () => {
		await keep('httpd');
		const good = { image: 'httpd', name: 'web', new: 1 };
		const bad = [null, 3, { image: 4 }, { env: [1] }, { ports: [{ container: 80 }] }, { isRemoved: 'yes' }];
		writeFileSync(
			file,
			JSON.stringify({ images: [{ image: 'httpd', wishes: [good, ...bad] }, null, { image: 3 }] }),
		);
		expect(await kept('httpd')).toEqual(['--name web httpd']);
		await keep('-d httpd');
		expect(await kept('httpd')).toEqual(['-d httpd', '--name web httpd']);
	});

	it('that cannot be kept are told in a sentence', async () => {
		writeFileSync(join(folder, 'state'), 'a file where the folder should be');
		expect(await presets.keep(wishIn('httpd'))).toMatch(
			/^This run is not kept for the next time: .*\(ENOTDIR\)\.$/,
		);
		expect(await kept('httpd')).toEqual([]);
	});
});
