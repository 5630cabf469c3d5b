// Archives that are cut off, damaged or made to do harm: a sentence or a part, never a crash, a hang or all the memory.
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ArchiveError } from '../../source/image/archive-contents.ts';
import { readLayers } from '../../source/image/layer-files.ts';
import { dockerArchive, file, folder, ociArchive, sent, tarOf } from './archives.ts';
import { header } from './header.ts';

const never = new AbortController().signal;
const read = (archive: Buffer, piece?: number) => readLayers(sent(archive, piece), never);
const zeros = Buffer.alloc(64 << 10);
const end = Buffer.alloc(1024);
const manifest = (...paths: readonly string[]) =>
	file('manifest.json', JSON.stringify([{ Config: '', Layers: paths }]));
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);

/** An archive of one layer, whose bytes are these. */
const around = (layer: Buffer) => tarOf([file('layer.tar', layer), manifest('layer.tar')]);

const layers = [
	[folder('etc/'), file('etc/passwd', 'root'), file('a'.repeat(150), Buffer.alloc(3000))],
	[file('.wh.etc'), file('b', Buffer.alloc(5000, 1))],
];

describe('an archive that ends too early', () => {
	it.each([
		['of docker, its words last', () => dockerArchive(layers, true)],
		['of docker, its words first', () => dockerArchive(layers, false)],
		['in OCI’s layout, in gzip', () => ociArchive(layers, (tar) => gzipSync(tar, { level: 0 }))],
	])('%s: is a sentence or a part, wherever it was cut', async (_, make) => {
		const archive = await make();
		const whole = await read(archive);
		let [refused, partial] = [0, 0];
		for (let cut = 0; cut < archive.length; cut += 1000) {
			try {
				const found = await read(archive.subarray(0, cut));
				expect(found).toHaveLength(2);
				for (const [index, layer] of found.entries()) {
					// What is called whole is whole.
					if (!layer.isTruncated) expect(layer).toEqual({ ...whole[index] });
					else expect(layer.problem).toMatch(/^[A-Z].*\.$/);
				}
				partial++;
			} catch (error) {
				expect(error).toBeInstanceOf(ArchiveError);
				expect((error as Error).message).toMatch(/^[A-Z].*\.$|: try again\.$/);
				refused++;
			}
		}
		expect(refused).toBeGreaterThan(0);
		expect(refused + partial).toBe(Math.ceil(archive.length / 1000));
	});

	it('tells what the stream failed of', async () => {
		const archive = await dockerArchive(layers);
		const stream = Readable.from(
			(async function* () {
				yield archive.subarray(0, 2000);
				throw new Error('The engine broke the connection off.');
			})(),
		);
		await expect(readLayers(stream, never)).rejects.toThrow('The engine broke the connection off.');
	});

	it('ends at once when it is stopped, and lets go of the stream', async () => {
		const stop = new AbortController();
		const stream = new Readable({ read() {} });
		stream.push((await dockerArchive(layers)).subarray(0, 2000));
		const reading = readLayers(stream, stop.signal);
		stop.abort();
		await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
		expect(stream.destroyed).toBe(true);
		await expect(readLayers(sent(end), AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
	});
});

describe('what is no archive of an image', () => {
	it.each([
		['nothing', Buffer.alloc(0), 'There is no image in this archive.'],
		['an empty tar', end, 'There is no image in this archive.'],
		[
			'text',
			Buffer.from('{"message":"no such image"}'.repeat(100)),
			'What came is not an archive of an image.',
		],
		['a web page', Buffer.from('<html>'.repeat(1000)), 'What came is not an archive of an image.'],
	])('%s', async (_, bytes, sentence) => {
		await expect(read(bytes)).rejects.toThrow(sentence);
	});

	it('any other tar', async () => {
		await expect(read(await tarOf([file('readme', 'hello')]))).rejects.toThrow('There is no image');
	});

	it.each(['{}', '[]', '[null]', '[{"Layers":1}]', 'null', '{', '['.repeat(1_000_000)].map((text) => [text]))(
		'a manifest that says nothing of layers',
		async (text) => {
			const archive = await tarOf([file('layer.tar', await tarOf([file('a')])), file('manifest.json', text)]);
			await expect(read(archive)).rejects.toThrow('There is no image in this archive.');
		},
	);

	it('an index that names itself', async () => {
		const entry = { digest: 'sha256:self', manifests: [] };
		const loop = JSON.stringify({ manifests: Array(100).fill(entry) });
		const archive = await tarOf([file('index.json', loop), file('blobs/sha256/self', loop)]);
		await expect(read(archive)).rejects.toThrow('There is no image in this archive.');
	});
});

describe('a hostile layer', () => {
	it('that leads out of itself, has devices and names without end', async () => {
		const [layer] = await read(
			await around(
				await tarOf([
					file('../../etc/passwd', 'x'),
					file('a/../../b', 'x'),
					{ name: 'dev/sda', type: 'block-device', devmajor: 8, devminor: 0 },
					{ name: 'run/pipe', type: 'fifo' },
					file(`deep/${'x'.repeat(5000)}`, 'x'),
					file('a/./b//c', 'fine'),
				]),
			),
		);
		expect(layer?.entries.map(({ path, type }) => [path, type])).toEqual([
			['/dev/sda', 'device'],
			['/run/pipe', 'pipe'],
			['/a/b/c', 'file'],
		]);
		expect(layer).toMatchObject({ isTruncated: true, bytes: 7 });
	});

	it.each([
		['a name of 8 GB', [header({ name: 'x', size: 8 * 2 ** 30, type: 'x' })]],
		['a long name of 2 MB', [header({ name: 'x', size: 2 << 20, type: 'L' }), zeros]],
		['a size below zero', [header({ name: 'x', size: -1 })]],
		['a size that is no number', [header({ name: 'x', size: 'zzzz' })]],
		['noise', [Buffer.alloc(4096, 7)]],
		['a header with a wrong sum', [Buffer.alloc(512, 'a')]],
		['only a pax header', [header({ name: 'x', size: 512, type: 'x' }), Buffer.alloc(512, '9')]],
	])('%s', async (_, blocks) => {
		const good = padded(Buffer.concat([header({ name: 'good', size: 0 }), ...blocks]));
		const [layer] = await read(await around(good));
		expect(layer?.entries.map(({ path }) => path)).toEqual(['/good']);
		expect(layer?.isTruncated).toBe(true);
		expect(layer?.problem).toMatch(/^(This layer is damaged|The archive ends)/);
	});

	it('in a compression that nobody knows, and in gzip that is none', async () => {
		for (const bytes of [Buffer.from('BZh91AY&SY'.repeat(100)), Buffer.from('1f8b0800'.repeat(50), 'hex')]) {
			const [layer] = await read(await around(bytes));
			expect(layer).toMatchObject({ entries: [], isTruncated: true });
			expect(layer?.problem).toMatch(/not in a form|damaged/);
		}
	});

	it('that is in the manifest two hundred thousand times', async () => {
		const archive = await tarOf([
			file('layer.tar', await tarOf(Array.from({ length: 1000 }, (_, index) => file(`${index}`)))),
			file('manifest.json', JSON.stringify([{ Layers: Array<string>(200_000).fill('layer.tar') }])),
		]);
		const found = await read(archive);
		expect(found).toHaveLength(1000);
		expect(found.reduce((sum, { entries }) => sum + entries.length, 0)).toBe(200_000);
		expect(found.at(-1)?.isTruncated).toBe(true);
	});

	it('with more parts than an image has', async () => {
		const archive = Buffer.concat([...Array(10_001).fill(header({ name: 'x', size: 0 })), end]);
		await expect(read(archive)).rejects.toThrow('far too many parts');
	});

	it('beside links with names of half a megabyte, which nobody keeps', async () => {
		const name = Buffer.from(`${'x'.repeat(500_000)}\0`);
		const part = Buffer.concat([
			header({ name: '', size: name.length, type: 'L' }),
			padded(name),
			header({ name: 'x', size: 0, type: '2' }),
		]);
		const archive = await around(await tarOf([file('a')]));
		const before = process.memoryUsage().rss;
		const stream = Readable.from(
			(function* () {
				for (let round = 0; round < 2000; round++) yield part;
				yield archive;
			})(),
			{ objectMode: false },
		);
		expect(await readLayers(stream, never)).toMatchObject([
			{ isTruncated: false, entries: [{ path: '/a' }] },
		]);
		expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(200);
	});

	it('with 300,000 files says that it lists 200,000, and counts the bytes of all', async () => {
		const block = Array.from({ length: 1000 }, (_, index) => [
			header({ name: `usr/lib/folder-${index % 10}/file-${index}`, size: 3 }),
			padded(Buffer.from('abc')),
		]).flat();
		const part = Buffer.concat(block);
		const size = 300 * part.length + end.length;
		const stream = Readable.from(
			(function* () {
				yield Buffer.concat([header({ name: 'layer.tar', size })]);
				for (let round = 0; round < 300; round++) yield part;
				yield padded(end);
				const words = Buffer.from(JSON.stringify([{ Layers: ['layer.tar'] }]));
				yield Buffer.concat([header({ name: 'manifest.json', size: words.length }), padded(words), end]);
			})(),
			{ objectMode: false },
		);
		const [layer] = await readLayers(stream, never);
		expect(layer?.bytes).toBe(900_000);
		expect(layer?.problem).toContain('200,000');
		// The same thousand paths all over again.
		expect(layer?.entries).toHaveLength(1000);
	});

	it('with paths of two thousand folders', async () => {
		const blocks: Buffer[] = [];
		for (let index = 0; index < 3000; index++) {
			const name = Buffer.from(`${index}/${'a/'.repeat(2000)}\0`);
			blocks.push(
				header({ name: '', size: name.length, type: 'L' }),
				padded(name),
				header({ name: 'x', size: 0 }),
			);
		}
		for (const name of ['.wh.0', '.wh..wh..opq', '.wh.1']) blocks.push(header({ name, size: 0 }));
		const tar = Buffer.concat([...blocks, end]);
		const archive = await tarOf([file('a.tar', tar), file('b.tar', tar), manifest('a.tar', 'b.tar')]);
		const found = await read(archive);
		expect(found.map(({ entries }) => entries.length > 2000)).toEqual([true, true]);
	});
});

describe('memory', () => {
	const gigabyte = async function* (layer: string) {
		const size = 2 ** 30;
		yield Buffer.concat([header({ name: layer, size: size + 1024 }), header({ name: 'zeros', size })]);
		for (let sent = 0; sent < size; sent += zeros.length) yield Buffer.alloc(zeros.length);
		yield end;
		const words = Buffer.from(JSON.stringify([{ Layers: [layer] }]));
		yield Buffer.concat([header({ name: 'manifest.json', size: words.length }), padded(words), end]);
	};

	it('stays small while a gigabyte of zeros goes by', async () => {
		const before = process.memoryUsage().rss;
		let most = 0;
		const [layer] = await readLayers(Readable.from(gigabyte('a.tar')), never, () => {
			most = Math.max(most, process.memoryUsage().rss);
		});
		expect(layer).toMatchObject({ bytes: 2 ** 30, isTruncated: false });
		expect((most - before) / 2 ** 20).toBeLessThan(60);
	});

	it('stays small while a gigabyte comes out of a megabyte', async () => {
		const { createGzip } = await import('node:zlib');
		const zip = createGzip();
		const size = 2 ** 30;
		Readable.from(
			(function* () {
				yield header({ name: 'zeros', size });
				for (let sent = 0; sent < size; sent += zeros.length) yield zeros;
				yield end;
			})(),
		).pipe(zip);
		const pressed: Buffer[] = [];
		for await (const bytes of zip) pressed.push(bytes as Buffer);
		const archive = await around(Buffer.concat(pressed));
		const before = process.memoryUsage().rss;
		let most = 0;
		const [layer] = await readLayers(sent(archive, 4096), never, () => {
			most = Math.max(most, process.memoryUsage().rss);
		});
		expect(layer).toMatchObject({ bytes: size, isTruncated: false });
		expect((most - before) / 2 ** 20).toBeLessThan(60);
	});
});
