// Streams of pulls, pushes, loads and saves that engines rarely send, and what is read of them.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import type { TransferNews } from '../../source/model/transfers.ts';
import { answer, type Behaviour, type FakeEngine, fakeEngine } from './fake-engine.ts';
import { patience } from './patience.ts';

const never = new AbortController().signal;
const digest = `sha256:${'d'.repeat(64)}`;
const layer = 'a'.repeat(12);

let fake: FakeEngine | undefined;
let engine: Engine | undefined;

async function open(behave: Behaviour): Promise<Engine> {
	fake = await fakeEngine(behave);
	engine = await openEngine(fake.endpoint);
	return engine;
}

afterEach(() => {
	engine?.close();
	fake?.close();
});

const lines = (...all: object[]): string => all.map((line) => `${JSON.stringify(line)}\r\n`).join('');

const says = (...all: object[]) => open((_, socket) => socket.write(answer(lines(...all))));

async function told(run: (onNews: (news: readonly TransferNews[]) => void) => Promise<void>) {
	const batches: (readonly TransferNews[])[] = [];
	await run((news) => batches.push(news));
	return batches;
}

const pulled = (engine: Engine) => told((onNews) => engine.pull('httpd:2.4', {}, never, onNews));
const pushed = (engine: Engine) => told((onNews) => engine.push('ada/httpd', {}, never, onNews));
const tar = () => Readable.from([Buffer.alloc(1024)]);

describe('a pull', () => {
	it('tells what one chunk of the connection held at once', async () => {
		const engine = await says(
			{ status: 'Pulling from library/httpd', id: '2.4' },
			{ status: 'Pulling fs layer', progressDetail: {}, id: layer },
			{ status: 'Downloading', progressDetail: { current: 5, total: 10 }, progress: '[=> ]', id: layer },
			{ status: 'Extracting', progressDetail: { current: 1, units: 's' }, id: layer },
			{ status: 'Pull complete', progressDetail: {}, id: layer },
			{ status: `Digest: ${digest}` },
			{ status: 'Status: Downloaded newer image for httpd:2.4' },
		);
		expect(await pulled(engine)).toEqual([
			[
				{ type: 'said', text: 'Pulling from library/httpd' },
				{ type: 'layer', id: layer, state: 'Pulling fs layer' },
				{ type: 'layer', id: layer, state: 'Downloading', current: 5, total: 10 },
				{ type: 'layer', id: layer, state: 'Extracting' },
				{ type: 'layer', id: layer, state: 'Pull complete' },
				{ type: 'digest', digest },
				{ type: 'compared', outcome: 'newer' },
			],
		]);
		expect(fake?.requests).toEqual(['POST /v1.41/images/create?fromImage=httpd&tag=2.4 HTTP/1.1']);
	});

	it('is asked for with its platform, its digest and its login', async () => {
		let head = '';
		const engine = await open((_, socket, text) => {
			head = text;
			socket.write(answer(lines({ status: 'Status: Image is up to date for x' })));
		});
		const credentials = { username: 'ada', password: 'ÿþ?>~~ö' };
		await engine.pull(`r:5000/x:1@${digest}`, { platform: 'linux/arm64', credentials }, never, () => {});
		expect(head).toContain(
			`/images/create?fromImage=r%3A5000%2Fx&tag=${encodeURIComponent(digest)}&platform=linux%2Farm64 `,
		);
		const header = /x-registry-auth: (.*)\r\n/i.exec(head)?.[1] ?? '';
		expect(header).toMatch(/^[\w=-]+$/);
		expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
			...credentials,
			serveraddress: 'r:5000',
		});
		await engine.pull('x', { credentials: { identityToken: 'token' } }, never, () => {});
		expect(
			JSON.parse(Buffer.from(/x-registry-auth: (.*)\r\n/i.exec(head)?.[1] ?? '', 'base64url').toString()),
		).toEqual({ identitytoken: 'token', serveraddress: 'https://index.docker.io/v1/' });
	});

	it('of Podman ends with the id of the image, which is no layer', async () => {
		const engine = await says(
			{ status: 'Pulling fs layer', progressDetail: {}, id: layer },
			{ status: 'Download complete', progressDetail: {}, id: layer },
			{ status: 'Download complete', progressDetail: {}, id: 'f'.repeat(12) },
		);
		expect((await pulled(engine)).flat().at(-1)).toEqual({
			type: 'layer',
			id: layer,
			state: 'Download complete',
		});
	});

	it('of Podman ends with that id told twice, where its registry names the settings among the layers', async () => {
		const settings = { status: 'Download complete', progressDetail: {}, id: 'f'.repeat(12) };
		const engine = await says(
			{ status: 'Already exists', progressDetail: {}, id: layer },
			{ ...settings, status: 'Pulling fs layer' },
			settings,
			settings,
		);
		expect((await pulled(engine)).flat()).toHaveLength(3);
	});

	it('that fails after its 200 tells what came before, and why', async () => {
		const words = 'unauthorized: authentication required';
		const engine = await says(
			{ status: 'Pulling fs layer', progressDetail: {}, id: layer },
			{ errorDetail: { message: words }, error: words },
		);
		const news: TransferNews[] = [];
		await expect(engine.pull('httpd', {}, never, (more) => news.push(...more))).rejects.toMatchObject({
			name: 'EngineError',
			code: 'ELOGIN',
			engineMessage: words,
		});
		expect(news).toHaveLength(1);
	});

	it('that ends without its last word, or breaks off, has failed', async () => {
		const silent = await says({ status: 'Pulling fs layer', progressDetail: {}, id: layer });
		await expect(pulled(silent)).rejects.toMatchObject({ name: 'EngineError', code: 'EEND' });
		fake?.close();
		const cut = await open((_, socket) =>
			socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"status"'),
		);
		await expect(pulled(cut)).rejects.toMatchObject({ code: 'ECONNRESET' });
	});

	it('that nobody wants any more closes its connection', async () => {
		let isClosed = false;
		const engine = await open((_, socket) => {
			socket.on('close', () => {
				isClosed = true;
			});
			socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
		});
		const stop = new AbortController();
		const pending = engine.pull('httpd', {}, stop.signal, () => {});
		await expect.poll(() => fake?.requests.length, patience).toBe(1);
		stop.abort();
		await pending;
		await expect.poll(() => isClosed, patience).toBe(true);
	});
});

describe('a push', () => {
	it('tells its digest once, and the size of the manifest', async () => {
		const engine = await says(
			{ status: 'The push refers to repository [docker.io/ada/httpd]' },
			{ status: 'Mounted from library/httpd', progressDetail: {}, id: layer },
			{ status: `latest: digest: ${digest} size: 528` },
			{ progressDetail: {}, aux: { Tag: 'latest', Digest: digest, Size: 528 } },
		);
		expect((await pushed(engine)).flat()).toEqual([
			{ type: 'said', text: 'The push refers to repository [docker.io/ada/httpd]' },
			{ type: 'layer', id: layer, state: 'Mounted from library/httpd' },
			{ type: 'digest', digest, size: 528 },
		]);
		expect(fake?.requests).toEqual(['POST /v1.41/images/ada%2Fhttpd/push?tag=latest HTTP/1.1']);
	});

	it('that ends without a digest has failed', async () => {
		const engine = await says({ status: 'Pushed', progressDetail: {}, id: layer });
		await expect(pushed(engine)).rejects.toMatchObject({ code: 'EEND' });
	});
});

describe('a load', () => {
	it('tells its layers, and each name of Podman’s single line', async () => {
		const engine = await says(
			{ status: 'Loading layer', progressDetail: { current: 5, total: 10 }, id: layer },
			{ stream: 'Loaded image: localhost/a:1,localhost/b:1\n' },
		);
		expect((await told((onNews) => engine.load(tar(), never, onNews))).flat()).toEqual([
			{ type: 'layer', id: layer, state: 'Loading layer', current: 5, total: 10 },
			{ type: 'arrived', name: 'localhost/a:1' },
			{ type: 'arrived', name: 'localhost/b:1' },
		]);
	});

	it('is ended by the engine that closes its connection', async () => {
		const source = new Readable({ read() {} });
		source.push('begun');
		const engine = await open((_, socket) => socket.destroy());
		await expect(engine.load(source, never, () => {})).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(source.destroyed).toBe(true);
	});
});

describe('a save', () => {
	it('asks for all its names, and fails with what stands behind the tar', async () => {
		const engine = await open((_, socket) =>
			socket.write(
				answer(`${'x'.repeat(20_000)}${lines({ errorDetail: { message: 'layer is gone' }, error: '' })}`),
			),
		);
		const tar = await engine.save(['a:1', 'b:1'], never);
		await expect(buffer(tar)).rejects.toMatchObject({
			name: 'EngineError',
			engineMessage: 'layer is gone',
		});
		expect(fake?.requests).toEqual(['GET /v1.41/images/get?names=a%3A1&names=b%3A1 HTTP/1.1']);
	});

	it('that breaks off fails, and one that nobody wants ends without an error or an end', async () => {
		const cut = await open((_, socket) =>
			socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc'),
		);
		await expect(buffer(await cut.save(['a'], never))).rejects.toMatchObject({ code: 'ECONNRESET' });
		fake?.close();
		const endless = await open((_, socket) =>
			socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'),
		);
		const stop = new AbortController();
		const tar = await endless.save(['a'], stop.signal);
		const seen: string[] = [];
		for (const event of ['end', 'error', 'close']) tar.on(event, () => seen.push(event));
		stop.abort();
		await expect.poll(() => seen, patience).toEqual(['close']);
	});
});

describe('a run', () => {
	const upgraded = 'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n';

	it('whose start fails leaves no connection open', async () => {
		const live = new Set<string>();
		const engine = await open((line, socket) => {
			const what = /\/(wait|attach|start)/.exec(line)?.[1] ?? line;
			live.add(what);
			socket.on('close', () => live.delete(what));
			if (what === 'attach') socket.write(upgraded);
			else if (what === 'wait') socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
			else
				socket.write(answer({ message: 'Bind for 0.0.0.0:80 failed: port is already allocated' }, '500 No'));
		});
		const options = { tty: true, stdin: true, isRemoved: true, size: { columns: 80, rows: 24 } };
		await expect(engine.run({ id: 'a', name: 'web' }, options, () => {})).rejects.toThrow(
			'web could not be started: another container publishes the same port.',
		);
		const order = fake?.requests.map((line) => /\/(wait\?\S+|attach|start)/.exec(line)?.[1]);
		expect(order).toEqual(['wait?condition=removed', 'attach', 'start']);
		await expect.poll(() => [...live], patience).toEqual([]);
	});
});
