// Answers that break off, stall, lie or lead astray: every call settles with an EngineError, and nothing crashes.
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../source/engine/connect.ts';
import type { Engine } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import { answer, type Behaviour, type FakeEngine, fakeEngine } from './fake-engine.ts';
import { patience } from './patience.ts';

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

const web = { id: 'a'.repeat(64), name: 'web' };

describe('a call', () => {
	it.each<[string, Behaviour, object]>([
		[
			'half a body and the end',
			(_, socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{"Id"'),
			{ code: 'ECONNRESET' },
		],
		[
			'half a chunk and the end',
			(_, socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n[{"Id"'),
			{ code: 'ECONNRESET' },
		],
		['the end before the headers', (_, socket) => socket.end(), { code: 'ECONNRESET' }],
		['bad JSON', (_, socket) => socket.write(answer('[{"Id"')), { code: 'EANSWER' }],
		[
			'something that is not HTTP',
			(_, socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n'),
			{ code: 'HPE_INVALID_CONSTANT' },
		],
		[
			'a header of 40 kB',
			(_, socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`),
			{ code: 'HPE_HEADER_OVERFLOW' },
		],
		[
			'a redirect',
			(_, socket) =>
				socket.write('HTTP/1.1 301 Moved\r\nLocation: http://containers/json\r\nContent-Length: 0\r\n\r\n'),
			{ statusCode: 301 },
		],
		[
			'a page of a proxy',
			(_, socket) => socket.write(answer('<html>Bad Gateway</html>', '502 Bad Gateway')),
			{ statusCode: 502, engineMessage: '<html>Bad Gateway</html>' },
		],
	])('that gets %s fails, by dockerode and without', async (_, behave, failure) => {
		const { containers, inspect } = await open(behave);
		const expected = { name: 'EngineError', ...failure };
		await expect(containers()).rejects.toMatchObject(expected);
		await expect(inspect(web.id)).rejects.toMatchObject(expected);
	});

	it('that gets `null` has an empty list', async () => {
		const { changes, containers, images } = await open((_, socket) => socket.write(answer('null\n')));
		expect(await changes(web.id)).toEqual([]);
		expect(await containers()).toEqual([]);
		expect(await images()).toEqual([]);
	});

	it('whose body stalls ends by its time, or when the engine is closed', async () => {
		const { ping, stop, inspect, close } = await open((_, socket) =>
			socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n['),
		);
		await expect(ping(50)).rejects.toMatchObject({ code: 'ETIMEOUT' });
		const pending = [stop(web), inspect(web.id)].map((call) =>
			expect(call).rejects.toMatchObject({ code: 'ECLOSED' }),
		);
		await expect.poll(() => fake?.requests.length, patience).toBeGreaterThanOrEqual(3);
		close();
		await Promise.all(pending);
		await expect(stop(web)).rejects.toMatchObject({ code: 'ECLOSED' });
	});

	it('never pastes an id into a path as it is, and never asks with an empty one', async () => {
		const { inspect, stop, removeImage } = await open((_, socket) => socket.write(answer({})));
		await inspect('../../info?x#y');
		await removeImage({ name: 'localhost:5000/a/b:1' }, { force: false });
		expect(fake?.requests).toEqual([
			'GET /v1.41/containers/..%2F..%2Finfo%3Fx%23y/json HTTP/1.1',
			'DELETE /v1.41/images/localhost%3A5000%2Fa%2Fb%3A1?force=false HTTP/1.1',
		]);
		for (const id of ['', '.', '..'])
			await expect(stop({ id, name: 'web' })).rejects.toMatchObject({ code: 'EEMPTY' });
		expect(fake?.requests).toHaveLength(2);
	});

	it('is sent again, once, when a kept connection turned out to be stale; but never one that changes something', async () => {
		const { containers, stop } = await open((line, socket) => {
			if (line.startsWith('POST')) return socket.destroy();
			const isFirst = fake?.requests.length === 1;
			if (isFirst) socket.destroy();
			else socket.write(answer([]));
		});
		expect(await containers()).toEqual([]);
		expect(fake?.requests).toHaveLength(2);
		await expect(stop(web)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(fake?.requests.filter((line) => line.startsWith('POST'))).toHaveLength(1);
	});

	it('counts 304 as done, and the removal of what is gone or going too', async () => {
		const { start, remove } = await open((line, socket) => {
			if (line.startsWith('POST')) socket.write('HTTP/1.1 304 Not Modified\r\n\r\n');
			else if (line.includes('aaaa')) socket.write(answer({ message: 'No such container' }, '404 Not Found'));
			else socket.write(answer({ message: 'removal of container x is already in progress' }, '409 Conflict'));
		});
		await start(web);
		await remove(web, { force: true, volumes: false });
		await remove({ id: 'b'.repeat(64), name: 'db' }, { force: true, volumes: false });
	});
});

describe('a stream', () => {
	const never = new AbortController().signal;

	it('that breaks off fails, one that ends ends, one that is not wanted any more ends quietly', async () => {
		let end: 'break' | 'end' | 'stay' = 'break';
		const { events } = await open((_, socket) => {
			socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{}\n\r\n');
			if (end === 'break') socket.end();
			if (end === 'end') socket.write('0\r\n\r\n');
		});
		const seen: unknown[] = [];
		const follow = (signal: AbortSignal) =>
			events(
				signal,
				() => seen.push('open'),
				(event) => seen.push(event.action),
			);
		await expect(follow(never)).rejects.toMatchObject({ name: 'EngineError', code: 'ECONNRESET' });
		end = 'end';
		await follow(never);
		end = 'stay';
		const stop = new AbortController();
		const pending = follow(stop.signal);
		await expect.poll(() => seen, patience).toEqual(['open', '', 'open', '', 'open', '']);
		stop.abort();
		await pending;
	});

	it('that is refused tells why, in plain text too', async () => {
		const { logs, stats } = await open((line, socket) =>
			socket.write(
				line.includes('/logs')
					? answer({ message: 'configured logging driver does not support reading' }, '501 Not Implemented')
					: answer('No such container: nope', '404 Not Found'),
			),
		);
		await expect(logs(web.id, { tail: 1, follow: true, tty: false }, never, () => {})).rejects.toMatchObject({
			message: 'The log driver of this container does not let its logs be read back.',
			engineMessage: 'configured logging driver does not support reading',
		});
		await expect(stats(web.id, never, () => {})).rejects.toMatchObject({
			statusCode: 404,
			engineMessage: 'No such container: nope',
		});
	});

	it('of Podman that fails inside its 200 fails', async () => {
		const { stats } = await open((_, socket) =>
			socket.write(answer({ cause: 'x', message: 'container is stopped', response: 500 })),
		);
		await expect(stats(web.id, never, () => {})).rejects.toMatchObject({
			engineMessage: 'container is stopped',
		});
	});
});

describe('connect', () => {
	it('goes on to the next candidate, tells of every failure, and waits for nobody for ever', async () => {
		fake = await fakeEngine(() => {});
		const local = (host: string) => ({ endpoint: { host, source: 'test', name: 'local' } });
		const missing = local('unix:///nowhere/docker.sock');
		const failed = await connect([missing, local('unix:///etc/passwd'), local('unix:///tmp')], {
			timeout: 300,
		});
		expect('attempts' in failed && failed.attempts.map(({ reason }) => reason)).toEqual([
			'no such file',
			'connection refused',
			expect.stringMatching(/connection refused|not a socket/),
		]);
		const found = await connect([missing, { endpoint: fake.endpoint }]);
		if (!('engine' in found)) throw new Error('not connected');
		expect(await found.engine.identity).toMatchObject({
			title: 'Docker 20.10.0',
			apiVersion: '1.41',
			cpus: 2,
		});
		found.engine.close();
	});
});
