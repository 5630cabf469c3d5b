import { execFileSync } from 'node:child_process';
import {
	appendFileSync,
	chmodSync,
	mkdirSync,
	readdirSync,
	readlinkSync,
	rmSync,
	symlinkSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract, type Header } from 'tar-stream';
import { afterEach, describe, expect, it } from 'vitest';
import { type ContextListing, largestFirst, listContext } from '../../source/build/context.ts';
import { folderWarnings } from '../../source/build/context-doubts.ts';
import { packContext } from '../../source/build/pack.ts';
import { makeTree, type Tree, temporary } from './as-docker.ts';

const folders: string[] = [];
const made = (tree: Tree): string => {
	const folder = makeTree(tree);
	folders.push(folder);
	return folder;
};
const list = (context: string, more = {}) =>
	listContext({ context, dockerfile: join(context, 'Dockerfile'), ...more });
const paths = ({ entries }: ContextListing) => entries.map(({ path }) => path);

afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const read = async (stream: Readable): Promise<Map<string, { header: Header; text: string }>> => {
	const found = new Map<string, { header: Header; text: string }>();
	const tar = extract();
	stream.on('error', (error) => tar.destroy(error));
	stream.on('data', (bytes) => void tar.write(bytes));
	stream.on('end', () => tar.end(undefined));
	for await (const entry of tar) {
		const chunks: Uint8Array[] = [];
		for await (const chunk of entry) chunks.push(chunk as Uint8Array);
		found.set(entry.header.name, { header: entry.header, text: Buffer.concat(chunks).toString() });
	}
	return found;
};

describe('listing', () => {
	it('has folders before what is in them, links as links, and totals', async () => {
		const context = made({
			Dockerfile: 'FROM a',
			'b/c/d': '12345',
			'b-c': '1',
			gone: { link: '../nowhere' },
			loop: { link: '.' },
		});
		const seen: number[] = [];
		const listing = await list(context, {
			onProgress: ({ entries }: { entries: number }) => seen.push(entries),
		});
		expect(paths(listing)).toEqual(['Dockerfile', 'b', 'b-c', 'b/c', 'b/c/d', 'gone', 'loop']);
		expect(listing).toMatchObject({
			files: 3,
			bytes: 12,
			dockerfileInContext: 'Dockerfile',
			problems: [],
			warnings: [],
		});
		expect(listing.entries.find(({ path }) => path === 'gone')).toMatchObject({
			type: 'link',
			target: '../nowhere',
			size: 0,
		});
		expect(seen.at(-1)).toBe(7);
		expect(largestFirst(listing.entries).map(({ path }) => path)).toEqual(['Dockerfile', 'b/c/d', 'b-c']);
	});

	it('takes the rules named after the Dockerfile before those of the context', async () => {
		const context = made({
			'docker/web.Dockerfile': 'FROM a',
			'docker/web.Dockerfile.dockerignore': '*\n!a',
			'.dockerignore': 'a',
			a: '',
			b: '',
		});
		const listing = await list(context, { dockerfile: join(context, 'docker/web.Dockerfile') });
		expect(paths(listing)).toEqual([
			'.dockerignore',
			'a',
			'docker',
			'docker/web.Dockerfile',
			'docker/web.Dockerfile.dockerignore',
		]);
		expect(listing.dockerfileInContext).toBe('docker/web.Dockerfile');
		expect(listing.ignoreFile).toBe(join(context, 'docker/web.Dockerfile.dockerignore'));
	});

	it('does not look into ignored folders, unless an exception may lie in them', async () => {
		const context = made({ Dockerfile: 'FROM a', 'big/x/y': '', 'big/z/y': '' });
		const visited = async (rules: string) => {
			writeFileSync(join(context, '.dockerignore'), rules);
			let count = 0;
			const listing = await list(context, { onProgress: () => count++ });
			return [count, ...paths(listing).filter((path) => path.startsWith('big'))];
		};
		expect(await visited('big')).toEqual([1]);
		expect(await visited('big\n!other/y')).toEqual([1]);
		expect(await visited('big\n!big/x/y')).toEqual([3, 'big', 'big/x', 'big/x/y']);
		expect(await visited('big\n!**/z/y')).toEqual([4, 'big', 'big/z', 'big/z/y']);
		expect(await visited('*\n!b*/?/y\nbig/x')).toEqual([4, 'big', 'big/z', 'big/z/y']);
	});

	it('says what cannot be sent, and how to do without it', async () => {
		const context = made({ Dockerfile: 'FROM a', 'a/ok': '' });
		execFileSync('mkfifo', [join(context, 'pipe')]);
		const server = createServer().listen(join(context, 'sock'));
		// A name that is not UTF-8.
		execFileSync('sh', ['-c', 'touch "$1/$(printf "b\\377*")"', 'sh', context]);
		const listing = await list(context);
		expect([...listing.warnings].sort()).toEqual([
			'pipe is a pipe, which is not sent.',
			'sock is a socket, which is not sent.',
		]);
		expect(listing.problems).toEqual([
			'b\ufffd* cannot be sent, because its name is not UTF-8. If the build does not need it, add a line to .dockerignore: b*\\*',
		]);
		server.close();
	});

	it('says what may not be read', async () => {
		const context = made({
			Dockerfile: 'FROM a',
			'a/secret*': { text: 'x', mode: 0o000 },
			locked: { folder: 0o000 },
		});
		// Root may read everything.
		const script = `import { setFlagsFromString } from 'node:v8';
			import { listContext } from ${JSON.stringify(join(import.meta.dirname, '../../source/build/context.ts'))};
			process.setuid(65534);
			// As the program sets it.
			setFlagsFromString('--semi-space-growth-factor=1');
			const context = ${JSON.stringify(context)};
			console.log(JSON.stringify((await listContext({ context, dockerfile: context + '/Dockerfile' })).problems));`;
		if (process.getuid?.() !== 0) return;
		chmodSync(context, 0o755);
		const outfile = join(temporary('script'), 'script.mjs');
		folders.push(join(outfile, '..'));
		const { buildSync } = await import('esbuild');
		buildSync({
			stdin: { contents: script, resolveDir: import.meta.dirname },
			bundle: true,
			platform: 'node',
			format: 'esm',
			outfile,
			banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
		});
		const problems = JSON.parse(
			execFileSync(process.execPath, [...asPortside, outfile], { encoding: 'utf8' }),
		);
		expect(problems.sort()).toEqual([
			'a/secret* cannot be sent: you may not read this file. If the build does not need it, add a line to .dockerignore: a/secret\\*',
			'locked cannot be sent: you may not read this folder. If the build does not need it, add a line to .dockerignore: locked',
		]);
	});

	it('says what is missing', async () => {
		const context = made({ a: '' });
		expect((await list(context)).problems).toEqual([`There is no ${join(context, 'Dockerfile')}.`]);
		expect((await list(join(context, 'nowhere'))).problems).toEqual([
			`There is no folder ${join(context, 'nowhere')}.`,
		]);
		expect((await list(join(context, 'a'))).problems).toEqual([
			`${join(context, 'a')} is a file: a context is a folder.`,
		]);
		writeFileSync(join(context, '.dockerignore'), 'a[');
		expect((await list(context, { dockerfile: join(context, 'a') })).problems).toEqual([
			expect.stringContaining('.dockerignore has a pattern that cannot be read'),
		]);
	});

	it('warns of a disk, a home folder and a heavy context', async () => {
		const context = made({ Dockerfile: 'FROM a', huge: '' });
		truncateSync(join(context, 'huge'), 2 ** 31);
		const listing = await list(context, { home: `${context}/` });
		expect(listing.warnings).toEqual([
			expect.stringContaining('your home folder'),
			expect.stringContaining('The context has 2.15GB'),
		]);
		expect(folderWarnings('/')).toEqual([expect.stringContaining('the whole disk')]);
		expect(folderWarnings('/home/me/project', '/home/me')).toEqual([]);
	});

	it('can be ended', async () => {
		const context = made({ Dockerfile: 'FROM a', 'a/b/c/d': '' });
		const controller = new AbortController();
		const listing = list(context, { signal: controller.signal, onProgress: () => controller.abort() });
		await expect(listing).rejects.toThrow('aborted');
	});
});

describe('packing', () => {
	it('keeps modes, times and links, gives everything to root, and unpacks as it was', async () => {
		const name = `${'가'.repeat(70)}/${'n'.repeat(200)}/${'나'.repeat(40)}.txt`;
		const context = made({
			Dockerfile: 'FROM a',
			'run.sh': { text: 'x', mode: 0o4755 },
			empty: '',
			folder: { folder: 0o1777 },
			[name]: '안녕',
			link: { link: `${'가'.repeat(80)}/어디` },
			exact: 'x'.repeat(65_536),
			more: 'y'.repeat(200_001),
		});
		utimesSync(join(context, 'run.sh'), 1_000_000_000, 1_000_000_000);
		const listing = await list(context);
		const told: number[] = [];
		const { stream, dockerfileInContext } = packContext(listing, { onBytes: (bytes) => told.push(bytes) });
		const tar = await buffer(stream);
		expect(told.at(-1)).toBe(listing.bytes);
		expect(dockerfileInContext).toBe('Dockerfile');
		expect(tar.length % 512).toBe(0);
		const { Readable: From } = await import('node:stream');
		const found = await read(From.from([tar]));
		expect(found.get('run.sh')?.header).toMatchObject({
			mode: 0o4755,
			uid: 0,
			gid: 0,
			mtime: new Date(1e12),
			type: 'file',
		});
		expect(found.get('link')?.header).toMatchObject({ type: 'symlink', linkname: `${'가'.repeat(80)}/어디` });
		const target = temporary('unpacked');
		folders.push(target);
		execFileSync('tar', ['-xf', '-', '-C', target], { input: tar });
		expect(execFileSync('diff', ['-r', '--no-dereference', context, target], { encoding: 'utf8' })).toBe('');
		expect(readlinkSync(join(target, 'link'))).toBe(`${'가'.repeat(80)}/어디`);
	});

	it('brings a Dockerfile from outside under a name that is free', async () => {
		const context = made({ '.portside.Dockerfile': 'taken', '.dockerignore': 'a', a: '', b: '' });
		const elsewhere = made({ Dockerfile: 'FROM outside' });
		const listing = await listContext({ context, dockerfile: join(elsewhere, 'Dockerfile') });
		const { stream, dockerfileInContext } = packContext(listing);
		expect(dockerfileInContext).toBe('.portside-2.Dockerfile');
		const found = await read(stream);
		expect(found.get(dockerfileInContext)?.text).toBe('FROM outside');
		expect(found.get('.dockerignore')?.text).toBe('a\n.portside-2.Dockerfile\n');
		expect([...found.keys()].sort()).toEqual([
			'.dockerignore',
			'.portside-2.Dockerfile',
			'.portside.Dockerfile',
			'b',
		]);
		const plain = await read(packContext(listing, { builder: 'buildkit' }).stream);
		expect(plain.get('.dockerignore')?.text).toBe('a');
	});

	const big = 'x'.repeat(4 << 20);

	it.each([
		['shorter', (file: string) => truncateSync(file, 1000)],
		['longer', (file: string) => appendFileSync(file, 'more')],
	])('says so when a file becomes %s meanwhile', async (how, change) => {
		const context = made({ Dockerfile: 'FROM a', growing: big });
		const { stream } = packContext(await list(context));
		let length = 0;
		const packed = (async () => {
			for await (const bytes of stream) {
				if (length === 0) {
					await new Promise((done) => setTimeout(done, 50));
					change(join(context, 'growing'));
				}
				length += bytes.length;
			}
		})();
		await expect(packed).rejects.toThrow(`growing became ${how} while it was sent.`);
	});

	it('says so when a file is gone, and takes one as it now is', async () => {
		const context = made({ Dockerfile: 'FROM a', a: 'a', b: 'b' });
		const listing = await list(context);
		writeFileSync(join(context, 'a'), 'longer than it was');
		expect((await read(packContext(listing).stream)).get('a')?.text).toBe('longer than it was');
		rmSync(join(context, 'b'));
		await expect(buffer(packContext(listing).stream)).rejects.toThrow('b was removed before it was sent.');
	});

	it('closes its file when it is destroyed, and reads no further', async () => {
		const context = made({ Dockerfile: 'FROM a', a: big, b: big });
		const { stream } = packContext(await list(context));
		await new Promise((done) => stream.once('readable', done));
		await new Promise((done) => setTimeout(done, 50));
		expect(openFiles(context)).toEqual([join(context, 'a')]);
		expect(stream.readableLength).toBeLessThan(1 << 20);
		stream.destroy();
		await new Promise((done) => stream.once('close', done));
		expect(openFiles(context)).toEqual([]);
		const other = packContext(await list(context)).stream.destroy();
		await new Promise((done) => other.once('close', done));
	});
});

const openFiles = (folder: string): string[] =>
	readdirSync('/proc/self/fd').flatMap((fd) => {
		try {
			const path = readlinkSync(`/proc/self/fd/${fd}`);
			return path.startsWith(folder) ? [path] : [];
		} catch {
			return [];
		}
	});

/** What the program sets for itself. */
const asPortside = ['--semi-space-growth-factor=1', '--no-memory-reducer'];

describe('packing much', () => {
	it('takes little memory', { timeout: 60_000, retry: 2 }, async () => {
		const context = made({ Dockerfile: 'FROM a', huge: '' });
		truncateSync(join(context, 'huge'), 500e6);
		for (let folder = 0; folder < 100; folder++) {
			mkdirSync(join(context, `${folder}`));
			for (let file = 0; file < 200; file++)
				writeFileSync(join(context, `${folder}/${file}.txt`), `${file}`.repeat(100));
		}
		symlinkSync('huge', join(context, 'link'));
		const script = `import { listContext } from ${JSON.stringify(join(import.meta.dirname, '../../source/build/context.ts'))};
			import { packContext } from ${JSON.stringify(join(import.meta.dirname, '../../source/build/pack.ts'))};
			import { createServer, connect } from 'node:net';
			const context = ${JSON.stringify(context)};
			const rss = () => process.memoryUsage.rss() / 1e6;
			// As in a program that has run for a while, the heap has the room that short-lived things take.
			for (let round = 0, kept = []; round < 2e6; round++) {
				kept.push({ round, text: 'x' + round });
				if (kept.length > 2e4) kept = [];
			}
			await new Promise((done) => setTimeout(done, 200));
			const idle = rss();
			let top = 0;
			setInterval(() => (top = Math.max(top, rss())), 5).unref();
			const start = performance.now();
			const listing = await listContext({ context, dockerfile: context + '/Dockerfile' });
			const listed = performance.now();
			let bytes = 0;
			// A reader that is slower than the disk now and then.
			for await (const chunk of packContext(listing).stream) {
				bytes += chunk.length;
				if (bytes % 97 === 0) await new Promise((done) => setTimeout(done, 1));
			}
			console.log(JSON.stringify({ files: listing.files, bytes, more: Math.max(top, rss()) - idle, listing: listed - start, packing: performance.now() - listed }));`;
		const outfile = join(temporary('script'), 'script.mjs');
		folders.push(join(outfile, '..'));
		const { buildSync } = await import('esbuild');
		buildSync({
			stdin: { contents: script, resolveDir: import.meta.dirname },
			bundle: true,
			platform: 'node',
			format: 'esm',
			outfile,
			banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
		});
		const measured = JSON.parse(execFileSync(process.execPath, [outfile], { encoding: 'utf8' }));
		expect(measured.files).toBe(20_002);
		expect(measured.bytes).toBeGreaterThan(500e6);
		expect(measured.more).toBeLessThan(60);
	});
});
