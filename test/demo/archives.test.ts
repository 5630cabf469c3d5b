// Images as archives: saved as docker saves them, a layer at a time, and loaded again.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Image, lookUpImage } from '../../source/demo/image.ts';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import { readTar, writeTar } from '../../source/demo/tar.ts';
import { ask, type Json, lines } from './request.ts';

let engine: DemoEngine;
const get = (path: string) => ask(engine.socketPath, 'GET', path);
const post = (path: string, body?: unknown) => ask(engine.socketPath, 'POST', path, body);

beforeEach(async () => {
	engine = await startDemo({ frozen: true });
});
afterEach(() => engine.close());

/** What an archive does not tell. */
const bare = { RepoTags: [], RepoDigests: [], Parent: '', Metadata: {} };
const withoutId = ({ CreatedBy, Created, Comment, Size }: Json) => ({ CreatedBy, Created, Comment, Size });

/** What an archive can keep of a file. */
const filesOf = (image: Image | undefined) =>
	[...(image?.tree() ?? [])]
		.filter(([path]) => path !== '/')
		.map(([path, node]) => [path, { ...node, modifiedAt: Math.floor(node.modifiedAt / 1000) }] as const)
		.sort(([a], [b]) => (a < b ? -1 : 1));

/** The manifests of an archive, and the paths in each of its layers. */
const opened = (tar: Buffer) => {
	const nodes = new Map(readTar(tar)?.map(({ path, node }) => [path, node]));
	const bytes = (path: string): Buffer => {
		const node = nodes.get(path);
		return node?.kind === 'file' ? node.bytes : Buffer.alloc(0);
	};
	const manifests = JSON.parse(bytes('manifest.json').toString()) as {
		Config: string;
		RepoTags: string[] | null;
		Layers: string[];
	}[];
	return manifests.map(({ Config, RepoTags, Layers }) => ({
		tags: RepoTags,
		config: JSON.parse(bytes(Config).toString()),
		layers: Layers.map((path) => readTar(bytes(path))?.map((entry) => entry.path)),
		places: Layers,
	}));
};

test('an archive has a tar for each layer, and says which line of the history made it', async () => {
	const query = ['harbour/api:1.4', 'harbour/api:latest', 'python:3', 'harbour/jobs']
		.map((name) => `names=${encodeURIComponent(name)}`)
		.join('&');
	const [api, python, jobs, more] = opened((await get(`/images/get?${query}`)).bytes);
	expect(more).toBeUndefined();
	expect(api?.tags).toEqual(['harbour/api:1.4', 'harbour/api:latest']);
	expect(api?.layers.at(-1)).toEqual(['app', 'app/package.json', 'app/server.js']);
	expect(jobs?.tags).toEqual(['harbour/jobs:latest']);
	expect(jobs?.places.slice(0, -1)).toEqual(python?.places);
	const inspected = (await get('/images/harbour/api:1.4/json')).json;
	expect(api?.config).toMatchObject({
		architecture: 'amd64',
		os: 'linux',
		created: inspected.Created,
		rootfs: { type: 'layers', diff_ids: inspected.RootFS.Layers },
		config: { WorkingDir: '/app', Cmd: ['node', 'server.js'] },
	});
	const lines = (await get('/images/harbour/api:1.4/history')).json.reverse();
	expect(api?.config.history).toHaveLength(lines.length);
	for (const [at, line] of lines.entries())
		expect(api?.config.history[at]).toMatchObject({
			created_by: line.CreatedBy,
			...(line.Size === 0 && { empty_layer: true }),
		});
	expect(api?.config.history.filter((line: { empty_layer?: boolean }) => !line.empty_layer)).toHaveLength(
		api?.places.length ?? 0,
	);
});

test('every image comes back from its archive as it was, in another engine', async () => {
	await post('/containers/create?name=odd', {
		Image: 'redis:7',
		Entrypoint: ['sh'],
		Cmd: ['-c', 'rm -r /data; rm /bin/vi; echo x > /x; ln -s /x /link; rm -r /opt; echo file > /opt'],
	});
	await post('/containers/odd/start');
	await post('/containers/odd/wait');
	await post('/commit?container=odd&repo=odd&comment=hello');
	expect(filesOf(lookUpImage(engine.world, 'odd')).map(([path]) => path)).not.toContain('/bin/vi');
	const other = await startDemo({ frozen: true, empty: true });
	try {
		for (const image of [...engine.world.images.values()]) {
			const name = [...image.tags][0] ?? image.id;
			const path = `/images/${encodeURIComponent(name)}`;
			const saved = (await get(`${path}/get`)).bytes;
			await (await lines(other.socketPath, 'POST', '/images/load', saved)).ended();
			const loaded = lookUpImage(other.world, name);
			expect(loaded?.id).toBe(image.id);
			expect([...(loaded?.tags ?? [])]).toEqual([...image.tags].slice(0, 1));
			expect(filesOf(loaded)).toEqual(filesOf(image));
			for (const what of ['json', 'history']) {
				const here = (await get(`${path}/${what}`)).json;
				const there = (await ask(other.socketPath, 'GET', `${path}/${what}`)).json;
				if (what === 'json') expect({ ...here, ...bare }).toEqual({ ...there, ...bare });
				else expect(there.map(withoutId)).toEqual(here.map(withoutId));
			}
			const again = (await ask(other.socketPath, 'GET', `${path}/get`)).bytes;
			expect(opened(again)).toEqual(opened(saved));
		}
		expect(other.world.images.size).toBe(engine.world.images.size);
	} finally {
		await other.close();
	}
});

test('an archive that docker wrote is loaded layer by layer', async () => {
	const archive = (files: Record<string, string | Buffer>): Buffer =>
		writeTar(
			Object.entries(files).map(([path, text]) => ({
				path,
				node: { kind: 'file' as const, mode: 0o644, modifiedAt: 0, bytes: Buffer.from(text as string) },
			})),
		);
	const config = {
		created: '2026-01-02T03:04:05.6Z',
		config: { Cmd: ['sh'] },
		rootfs: { type: 'layers', diff_ids: ['sha256:a', 'sha256:b'] },
		history: [
			{ created: '2026-01-01T00:00:00Z', created_by: 'ADD all' },
			{ created: '2026-01-01T00:00:00Z', created_by: 'CMD ["sh"]', empty_layer: true },
			{ created: '2026-01-02T03:04:05.6Z', created_by: 'RUN less' },
		],
	};
	const tar = archive({
		'config.json': JSON.stringify(config),
		'1/layer.tar': archive({
			'etc/one': 'one',
			'etc/two': 'two',
			'old/file': '12345',
			'kept/deep/file': '1',
		}),
		'2/layer.tar': archive({ '.wh.old': '', 'etc/.wh..wh..opq': '', 'etc/three': '3', 'kept/.wh.deep': '' }),
		'manifest.json': JSON.stringify([
			{ Config: 'config.json', RepoTags: ['made:1'], Layers: ['1/layer.tar', '2/layer.tar'] },
		]),
	});
	await (await lines(engine.socketPath, 'POST', '/images/load', tar)).ended();
	expect(filesOf(lookUpImage(engine.world, 'made:1')).map(([path]) => path)).toEqual([
		'/etc',
		'/etc/three',
		'/kept',
	]);
	expect((await get('/images/made:1/json')).json).toMatchObject({
		Created: '2026-01-02T03:04:05.6Z',
		RootFS: { Layers: ['sha256:a', 'sha256:b'] },
		Config: { Cmd: ['sh'] },
	});
	const history = (await get('/images/made:1/history')).json;
	expect(history.map((line: Json) => [line.CreatedBy, line.Size])).toEqual([
		['RUN less', 1],
		['CMD ["sh"]', 0],
		['ADD all', 12],
	]);
	const [again] = opened((await get('/images/made:1/get')).bytes);
	expect(again?.layers[1]?.sort()).toEqual([
		'.wh.old',
		'etc/.wh.one',
		'etc/.wh.two',
		'etc/three',
		'kept/.wh.deep',
	]);
});
