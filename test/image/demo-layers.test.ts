// What the layers of the demo's images hold: those it starts with, and those that are built and committed in it.
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import { writeTar } from '../../source/demo/tar.ts';
import { instructionOf } from '../../source/image/history-words.ts';
import { type LayerFiles, matchHistory, readLayers } from '../../source/image/layer-files.ts';
import { ask, type Json, lines } from '../demo/request.ts';

let demo: DemoEngine;
beforeEach(async () => {
	demo = await startDemo({ frozen: true });
});
afterEach(() => demo.close());

/** Each line of its history with its layer, the oldest first. */
const layersOf = async (image: string): Promise<{ line: string; size: number; layer?: LayerFiles }[]> => {
	const name = encodeURIComponent(image);
	const answer = (await ask(demo.socketPath, 'GET', `/images/${name}/history`)).json as Json[];
	const history = answer.map(({ CreatedBy, Size }) => ({
		createdBy: CreatedBy,
		size: Size,
		comment: '',
		createdAt: 0,
		references: [],
	}));
	const tar = (await ask(demo.socketPath, 'GET', `/images/${name}/get`)).bytes;
	const found = matchHistory(history, await readLayers(Readable.from([tar]), new AbortController().signal));
	return history
		.map(({ createdBy, size }, at) => {
			const layer = found[at];
			return { line: instructionOf(createdBy), size, ...(layer && { layer }) };
		})
		.reverse();
};

const told = (layer: LayerFiles | undefined): string[] | undefined =>
	layer?.entries
		.filter(({ kind, type }) => !(kind === 'changed' && type === 'folder'))
		.map(({ kind, path }) => `${kind} ${path}`)
		.sort();

const instructions = async (image: string) =>
	(await layersOf(image)).map(({ line, layer }) => [line.split(' ')[0], told(layer)]);

const build = async (query: string, files: Record<string, string>): Promise<void> => {
	const context = Object.entries(files).map(([path, text]) => ({
		path,
		node: { kind: 'file' as const, mode: 0o644, modifiedAt: 0, bytes: Buffer.from(text) },
	}));
	await (await lines(demo.socketPath, 'POST', `/build?${query}`, writeTar(context))).ended();
};

const run = async (image: string, command: string): Promise<string> => {
	const body = { Image: image, Entrypoint: ['sh'], Cmd: ['-c', command] };
	const { Id } = (await ask(demo.socketPath, 'POST', '/containers/create', body)).json;
	await ask(demo.socketPath, 'POST', `/containers/${Id}/start`);
	await ask(demo.socketPath, 'POST', `/containers/${Id}/wait`);
	return Id;
};

it('are told for each sized line of every image a demo starts with', async () => {
	const names = [...demo.world.images.values()].map(({ id }) => id);
	expect(names.length).toBeGreaterThan(8);
	for (const name of names) {
		const all = await layersOf(name);
		for (const { line, size, layer } of all) {
			expect([line, layer !== undefined]).toEqual([line, size > 0]);
			expect(layer?.problem).toBeUndefined();
		}
		expect(all[0]?.layer?.entries.length).toBeGreaterThan(0);
		expect(all.flatMap(({ layer }) => layer?.entries ?? []).every(({ kind }) => kind === 'added')).toBe(true);
	}
});

it('keep the system apart from what was put on it', async () => {
	const httpd = await layersOf('httpd:2.4');
	const paths = httpd.map(({ layer }) => layer?.entries.map(({ path }) => path) ?? []);
	expect(paths[0]).toEqual(expect.arrayContaining(['/bin/sh', '/etc/passwd', '/tmp']));
	expect(paths[0]?.some((path) => path.startsWith('/usr/local'))).toBe(false);
	expect(paths.slice(1).flat()).toEqual(
		expect.arrayContaining(['/usr/local/bin/httpd', '/usr/local/apache2/htdocs/index.html']),
	);
	// A layer of 42 MB has something in it.
	for (const [at, { size }] of httpd.entries()) if (size > 10_000_000) expect(paths[at]).not.toEqual([]);
	const api = await layersOf('harbour/api:1.4');
	expect(told(api.find(({ line }) => line.startsWith('COPY'))?.layer)).toEqual([
		'added /app',
		'added /app/package.json',
		'added /app/server.js',
	]);
});

it.each([
	['classic', 't=mine:1'],
	['buildkit', 't=mine:1&version=2'],
])('are what each step of a build changed: %s', async (_, query) => {
	const Dockerfile = `FROM busybox
ENV A=1
COPY note.txt /note.txt
RUN echo hello > /greeting; rm /bin/vi
RUN true
RUN echo more >> /note.txt; rm /greeting
CMD ["sh"]
`;
	await build(query, { Dockerfile, 'note.txt': 'ahoy\n' });
	expect((await instructions('mine:1')).slice(2)).toEqual([
		['ENV', undefined],
		['COPY', ['added /note.txt']],
		['RUN', ['added /greeting', 'deleted /bin/vi']],
		['RUN', []],
		['RUN', ['changed /note.txt', 'deleted /greeting']],
		['CMD', undefined],
	]);
});

it('are the changes of a container that was committed, also on top of one', async () => {
	const first = await run('redis:7', 'echo x > /x; rm -r /data; mkdir /deep; echo y > /deep/y');
	await ask(demo.socketPath, 'POST', `/commit?container=${first}&repo=mine&tag=1`, {});
	const second = await run('mine:1', 'rm -r /deep');
	await ask(demo.socketPath, 'POST', `/commit?container=${second}&repo=mine&tag=2`, {});
	expect((await layersOf('mine:2')).slice(-2).map(({ layer }) => told(layer))).toEqual([
		['added /deep', 'added /deep/y', 'added /x', 'deleted /data'],
		['deleted /deep'],
	]);
});
