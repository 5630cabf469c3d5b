// The files of layers of images that a real engine built, and that the demo's engine has.
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo } from '../../source/demo/start.ts';
import type { Engine } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import { instructionOf } from '../../source/image/history-words.ts';
import { type LayerFiles, matchHistory, readLayers } from '../../source/image/layer-files.ts';
import type { HistoryLayer } from '../../source/model/items.ts';
import { told as built } from '../engine/build-tools.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';

const never = new AbortController().signal;

const ask = (socketPath: string, path: string): Promise<IncomingMessage> =>
	new Promise((resolve, reject) => {
		get({ socketPath, path, agent: false }, resolve).on('error', reject);
	});

const layersOf = async (socketPath: string, image: string): Promise<readonly LayerFiles[]> =>
	readLayers(await ask(socketPath, `/images/${encodeURIComponent(image)}/get`), never);

const historyOf = async (socketPath: string, image: string): Promise<HistoryLayer[]> => {
	let text = '';
	for await (const chunk of await ask(socketPath, `/images/${encodeURIComponent(image)}/history`))
		text += chunk;
	const lines = JSON.parse(text) as { CreatedBy: string; Size: number }[];
	return lines.map(({ CreatedBy, Size }) => ({
		createdBy: CreatedBy,
		size: Size,
		comment: '',
		createdAt: 0,
		references: [],
	}));
};

const Dockerfile = `FROM busybox:latest
ARG WHO
ENV A=1
COPY data /data
RUN mkdir -p /opt/deep/er && echo hello > /opt/deep/er/file && ln -s file /opt/deep/er/link
RUN rm /data && rm -r /opt/deep && mkdir /opt/deep && echo $WHO > /opt/deep/new
COPY data /data
RUN echo more >> /data && chmod 600 /etc/passwd
CMD ["sh"]
`;

/** What is mounted while something runs; BuildKit leaves the folders behind. */
const mounted = ['/dev', '/proc', '/sys'];

/** By instruction, the oldest first, as docker diff would print it. */
const told = (history: readonly HistoryLayer[], layers: readonly LayerFiles[]) => {
	const found = matchHistory(history, layers);
	return history
		.map(({ createdBy }, index) => [
			instructionOf(createdBy).split(' ')[0],
			found[index]?.entries
				.filter(
					({ kind, type, path }) => !(kind === 'changed' && type === 'folder') && !mounted.includes(path),
				)
				.map(({ kind, path, size }) => `${kind} ${path} ${size}`)
				.sort(),
		])
		.reverse()
		.slice(1);
};

const expected = [
	['ENV', undefined],
	['COPY', ['added /data 5000']],
	[
		'RUN',
		[
			'added /opt 0',
			'added /opt/deep 0',
			'added /opt/deep/er 0',
			'added /opt/deep/er/file 6',
			'added /opt/deep/er/link 0',
		],
	],
	['RUN', ['added /opt/deep/new 4', 'deleted /data 5000', 'deleted /opt/deep/er 6']],
	['COPY', ['added /data 5000']],
	['RUN', ['changed /data 5005', expect.stringMatching(/^changed \/etc\/passwd \d+$/)]],
	['CMD', undefined],
];

/** The classic builder counts the letters of where a link leads, too. */
const withLinks = ({ entries, bytes }: LayerFiles): number =>
	entries.reduce(
		(sum, { type, linkTarget }) => sum + (type === 'link' ? (linkTarget?.length ?? 0) : 0),
		bytes,
	);

describeWithEngine('layers of an image that a real engine built', ({ host, socketPath, docker }) => {
	const images: string[] = [];
	let engine: Engine;

	beforeAll(async () => {
		engine = await openEngine({ host, source: 'test', name: 'local' });
	});

	afterAll(async () => {
		engine?.close();
		await docker('rmi', '--force', ...images);
	});

	it.each(['classic', 'buildkit'] as const)('are told as its builder made them: %s', async (builder) => {
		const image = `portside-layers:${builder}`;
		const files = { Dockerfile, data: 'x'.repeat(5000) };
		const wish = { tags: [image], args: { WHO: 'you' }, isUncached: true };
		const story = await built(engine, { builder, files, wish });
		expect(story.all('failure')).toEqual([]);
		images.push(image);

		const layers = await layersOf(socketPath, image);
		const history = await historyOf(socketPath, image);
		expect(told(history, layers).filter(([instruction]) => instruction !== 'ARG')).toEqual(expected);
		expect(history.map(({ createdBy }) => instructionOf(createdBy))).toContain(
			'RUN rm /data && rm -r /opt/deep && mkdir /opt/deep && echo $WHO > /opt/deep/new',
		);
		expect(layers.every(({ problem }) => problem === undefined)).toBe(true);
		expect(layers[0]?.entries.some(({ path }) => path === '/bin/busybox')).toBe(true);
		// The engine keeps equal layers once, and says so with a link.
		expect(layers[4]?.path).toBe(layers[1]?.path);
		for (const [index, layer] of matchHistory(history, layers).entries()) {
			if (layer) expect([layer.bytes, withLinks(layer)]).toContain(history[index]?.size);
		}
	});

	it('are read no further when that is stopped', async () => {
		const stop = new AbortController();
		const tar = await ask(socketPath, '/images/busybox/get');
		const reading = readLayers(tar, stop.signal, () => stop.abort());
		await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
		expect(tar.destroyed).toBe(true);
	});

	it('are one where a container was committed, and are asked for by id, too', async () => {
		const [id = ''] = (
			await docker('run', '--detach', 'busybox', 'sh', '-c', 'rm /bin/vi; echo x > /x')
		).split('\n');
		try {
			await docker('wait', id);
			const committed = (await docker('commit', id)).trim();
			const layers = await layersOf(socketPath, committed);
			const [line] = matchHistory(await historyOf(socketPath, committed), layers);
			expect(
				line?.entries.filter(({ type }) => type !== 'folder').map(({ kind, path }) => `${kind} ${path}`),
			).toEqual(expect.arrayContaining(['deleted /bin/vi', 'added /x']));
			await docker('rm', id);
			await docker('rmi', committed);
		} finally {
			await docker('rm', '--force', id).catch(() => {});
		}
	});
});

describe('layers of the demo’s images', () => {
	it('are read from its archive', async () => {
		const demo = await startDemo();
		try {
			const layers = await layersOf(demo.socketPath, 'httpd:2.4');
			expect(layers.length).toBeGreaterThan(0);
			expect(layers.flatMap(({ entries }) => entries).map(({ path }) => path)).toContain('/etc');
			expect(layers.every(({ problem }) => problem === undefined)).toBe(true);
		} finally {
			await demo.close();
		}
	});
});
