// The files of each layer, read from archives in all forms that engines send.
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type LayerFiles, matchHistory, readLayers } from '../../source/image/layer-files.ts';
import type { HistoryLayer } from '../../source/model/items.ts';
import { dockerArchive, file, folder, link, ociArchive, type Part, sent, tarOf } from './archives.ts';

const { gzipSync } = zlib;
/** Node 20 has none. */
const { zstdCompressSync } = zlib as { zstdCompressSync?: (bytes: Buffer) => Buffer };
const never = new AbortController().signal;
const read = (archive: Buffer, piece?: number) => readLayers(sent(archive, piece), never);
/** `+ /a 3`: sign, path and bytes. */
const told = ({ entries }: LayerFiles): string[] =>
	entries.map(
		({ kind, path, size }) => `${{ added: '+', changed: '~', deleted: '-' }[kind]} ${path} ${size}`,
	);

const layers: readonly (readonly Part[])[] = [
	[
		folder('bin/'),
		file('bin/sh', 'shell'),
		folder('etc/'),
		file('etc/passwd', 'root'),
		link('bin/ash', 'sh'),
	],
	[folder('etc/'), file('etc/passwd', 'root\nme'), file('etc/.wh.gone'), file('new', 'n')],
	[file('.wh.new'), folder('bin/'), file('bin/.wh..wh..opq'), file('bin/sh', 'other shell')],
	[file('new', 'again'), file('.wh.etc')],
	[file('etc', 'a file now')],
];

const expected = [
	['+ /bin 0', '+ /bin/sh 5', '+ /etc 0', '+ /etc/passwd 4', '+ /bin/ash 0'],
	['~ /etc 0', '~ /etc/passwd 7', '+ /new 1', '- /etc/gone 0'],
	['~ /bin 0', '~ /bin/sh 11', '- /bin/ash 0', '- /new 1'],
	['+ /new 5', '- /etc 7'],
	['+ /etc 10'],
];

const forms: [string, ((tar: Buffer) => Buffer) | undefined][] = [
	['plain', undefined],
	['in gzip', (tar) => gzipSync(tar)],
];
if (zstdCompressSync) forms.push(['in zstd', zstdCompressSync]);

describe('the files of layers', () => {
	it.each([
		['the words last', true, 16_384],
		['the words first', false, 16_384],
		['in tiny pieces', true, 7],
		['in one piece', true, 1 << 30],
	])('are read from an archive of docker, %s', async (_, last, piece) => {
		const found = await read(await dockerArchive(layers, last), piece);
		expect(found.map(told)).toEqual(expected);
		expect(found.map(({ bytes }) => bytes)).toEqual([9, 8, 11, 5, 10]);
		expect(found.map(({ diffId, isTruncated, problem }) => [diffId, isTruncated, problem])).toEqual(
			layers.map((_layer, index) => [`sha256:diff${index}`, false, undefined]),
		);
		expect(found[0]?.entries[4]).toEqual({
			path: '/bin/ash',
			kind: 'added',
			size: 0,
			type: 'link',
			mode: 0o644,
			linkTarget: 'sh',
		});
	});

	it.each(forms)('are read from an OCI layout, %s', async (_, press) => {
		const found = await read(await ociArchive(layers, press));
		expect(found.map(told)).toEqual(expected);
		expect(found[0]?.path).toMatch(/^blobs\/sha256\/[0-9a-f]{64}$/);
		expect(found[0]?.problem).toBeUndefined();
	});

	it('a layer in zstd is read, or it is said what could read it', async () => {
		// One raw block of a frame that holds nothing.
		const zstd = Buffer.from('28b52ffd2000010000', 'hex');
		const [layer] = await read(await ociArchive([[file('a')]], () => zstd));
		if (zstdCompressSync) expect(layer?.problem).toBeUndefined();
		else expect(layer?.problem).toMatch(/zstd, which only Node\.js 22\.15 and newer reads/);
	});

	it('equal layers are found behind links, and change what they change', async () => {
		const tar = await tarOf([file('same', 'x')]);
		const archive = await tarOf([
			file('one/layer.tar', tar),
			link('two/layer.tar', '../one/layer.tar'),
			link('three/layer.tar', '../two/layer.tar'),
			link('a/layer.tar', '../b/layer.tar'),
			link('b/layer.tar', '../a/layer.tar'),
			file(
				'manifest.json',
				JSON.stringify([
					{ Config: 'none', Layers: ['one/layer.tar', 'two/layer.tar', 'three/layer.tar', 'a/layer.tar'] },
				]),
			),
		]);
		const found = await read(archive);
		expect(found.map(told)).toEqual([['+ /same 1'], ['~ /same 1'], ['~ /same 1'], []]);
		expect(found.map(({ path }) => path).slice(0, 3)).toEqual(Array(3).fill('one/layer.tar'));
		expect(found[3]).toMatchObject({ isTruncated: true, problem: 'This layer is not in the archive.' });
	});

	it('Podman’s archive has its layers at the top', async () => {
		const name = `${'ab'.repeat(32)}.tar`;
		const archive = await tarOf([
			file(name, await tarOf([folder('./'), file('./a', 'x'), file('/b', 'yy')])),
			link('id/layer.tar', `../${name}`),
			file('id/VERSION', '1.0'),
			file('manifest.json', JSON.stringify([{ Config: 'c.json', Layers: [name] }])),
		]);
		expect((await read(archive)).map(told)).toEqual([['+ /a 1', '+ /b 2']]);
	});

	it('long names, names in other alphabets and hard links are read', async () => {
		const long = `${'folder/'.repeat(60)}file`;
		const [layer] = await read(
			await dockerArchive([
				[file(long, 'x'), file('ünï/文', 'y'), { name: 'hard', type: 'link', linkname: long }],
			]),
		);
		expect(layer?.entries.map(({ path, type, linkTarget }) => [path, type, linkTarget])).toEqual([
			[`/${long}`, 'file', undefined],
			['/ünï/文', 'file', undefined],
			['/hard', 'hard-link', long],
		]);
	});

	it('says how far it is', async () => {
		const archive = await dockerArchive([[file('big', Buffer.alloc(5 << 20))]]);
		const seen: number[] = [];
		await readLayers(sent(archive), never, (bytes) => seen.push(bytes));
		expect(seen.length).toBeGreaterThan(3);
		expect(seen).toEqual(seen.toSorted((a, b) => a - b));
		expect(seen.at(-1)).toBe(archive.length);
	});
});

describe('the history of an image', () => {
	const line = (createdBy: string, size: number): HistoryLayer => ({
		createdBy,
		size,
		comment: '',
		createdAt: 0,
		references: [],
	});

	it('is matched by what the archive says of it', async () => {
		const found = await read(await dockerArchive(layers.slice(0, 2)));
		// Sizes that would mislead whoever went by them.
		const history = [line('CMD', 1), line('step 1', 0), line('CMD', 1), line('step 0', 0)];
		expect(matchHistory(history, found)).toEqual([undefined, found[1], undefined, found[0]]);
		expect(found[1]?.madeBy).toEqual({ at: 2, of: 4, text: '/bin/sh -c step 1' });
	});

	it('is matched by its sizes or its words where the archive says nothing', async () => {
		const found = (await read(await dockerArchive(layers.slice(0, 2)))).map(({ madeBy: _, ...rest }) => rest);
		const sized = [line('RUN b', 2), line('CMD ["a"]', 0), line('ADD a', 1)];
		expect(matchHistory(sized, found)).toEqual([found[1], undefined, found[0]]);
		const unsized = sized.map((each) => ({ ...each, size: 0 }));
		expect(matchHistory(unsized, found)).toEqual([found[1], undefined, found[0]]);
		expect(matchHistory(sized.slice(1), found)).toEqual([undefined, undefined]);
	});
});
