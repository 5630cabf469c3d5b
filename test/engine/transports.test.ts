// Engines that are not behind a plain socket: TCP, TLS with and without certificates, ssh.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import { connect } from '../../source/engine/connect.ts';
import { openEngine } from '../../source/engine/engine.ts';
import { EngineError } from '../../source/engine/error.ts';
import { sshArguments } from '../../source/engine/ssh.ts';
import type { Endpoint } from '../../source/model/connection.ts';
import { ca, clientCertificate, clientKey, serverCertificate, serverKey } from './certificates.ts';
import { play } from './played.ts';

const serve: RequestListener = ({ url }: IncomingMessage, response) => {
	response.setHeader('Api-Version', '1.41');
	if (url?.endsWith('/containers/a/json')) return response.end('{"State":{"Running":true}}');
	if (url?.endsWith('/_ping')) return response.end('OK');
	response.end(
		JSON.stringify(
			url?.includes('/containers/') ? [{ Id: 'a' }] : { ApiVersion: '1.41', Version: '1', NCPU: 1 },
		),
	);
};

let server: Server | undefined;

async function listen(given: Server): Promise<number> {
	server = given;
	await new Promise<void>((resolve) => given.listen(0, '127.0.0.1', resolve));
	return (given.address() as AddressInfo).port;
}

afterEach(() => {
	server?.close();
	server = undefined;
});

const endpoint = (host: string, tls?: Endpoint['tls']): Endpoint => ({
	host,
	source: 'test',
	name: host,
	...(tls && { tls }),
});

async function idsAt(place: Endpoint): Promise<string[]> {
	const engine = await openEngine(place);
	const containers = await engine.containers();
	engine.close();
	return containers.map(({ id }) => id);
}

/** What a container that echoes says there. */
async function echoAt(place: Endpoint): Promise<string> {
	server?.on('upgrade', (_, socket: Socket) => {
		socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
		socket.pipe(socket);
	});
	const engine = await openEngine(place);
	const size = { columns: 80, rows: 24 };
	const { type, shows, text, session } = await play((onOutput) =>
		engine.attach({ id: 'a', name: 'a' }, { tty: true, stdin: true, size }, onOutput),
	);
	type('hello');
	await shows('hello');
	engine.close();
	expect(await session.ended).toMatchObject({ how: 'lost', error: { code: 'ECLOSED' } });
	return text();
}

async function failureAt(place: Endpoint) {
	const result = await connect([{ endpoint: place }], { timeout: 2000 });
	return 'attempts' in result ? result.attempts[0] : undefined;
}

describe('over TCP', () => {
	it('an engine is found, behind a path too', async () => {
		const port = await listen(createHttpServer(serve));
		expect(await idsAt(endpoint(`tcp://127.0.0.1:${port}`))).toEqual(['a']);
		expect(await idsAt(endpoint(`http://localhost:${port}/engine`))).toEqual(['a']);
	});

	it('a terminal is opened, behind a path too', async () => {
		const port = await listen(createHttpServer(serve));
		expect(await echoAt(endpoint(`http://localhost:${port}/engine`))).toBe('hello');
	});

	it('one without TLS says so to who asks with it', async () => {
		const port = await listen(createHttpServer(serve));
		expect(await failureAt(endpoint(`tcp://localhost:${port}`, { ca, verify: true }))).toMatchObject({
			reason: 'TLS failed',
			remedy: expect.stringContaining('unset DOCKER_TLS_VERIFY'),
		});
	});
});

describe('over TLS', () => {
	const options = { cert: serverCertificate, key: serverKey };

	it('an engine is found with the right CA, or when nobody wants to verify', async () => {
		const port = await listen(createHttpsServer(options, serve));
		expect(await idsAt(endpoint(`tcp://localhost:${port}`, { ca, verify: true }))).toEqual(['a']);
		expect(await idsAt(endpoint(`https://127.0.0.1:${port}`, { verify: false }))).toEqual(['a']);
	});

	it('a terminal is opened', async () => {
		const port = await listen(createHttpsServer(options, serve));
		expect(await echoAt(endpoint(`tcp://localhost:${port}`, { ca, verify: true }))).toBe('hello');
	});

	it('a certificate of an unknown CA is refused, with the file to correct', async () => {
		const port = await listen(createHttpsServer(options, serve));
		expect(await failureAt(endpoint(`tcp://localhost:${port}`, { verify: true }))).toMatchObject({
			reason: 'TLS failed',
			remedy: expect.stringContaining('ca.pem'),
		});
	});

	it.each([
		['a certificate', { cert: 'garbage', key: clientKey }],
		['a key', { cert: clientCertificate, key: 'garbage' }],
		['a certificate and a key', { cert: 'garbage', key: 'garbage' }],
	])('%s that is none is a failure of TLS', async (_, files) => {
		const port = await listen(createHttpsServer(options, serve));
		const place = endpoint(`tcp://localhost:${port}`, { ca, ...files, verify: true });
		await expect(openEngine(place)).rejects.toBeInstanceOf(EngineError);
		expect(await failureAt(place)).toMatchObject({ reason: 'TLS failed' });
	});

	it('an engine that wants our certificate gets it, or says so', async () => {
		const port = await listen(
			createHttpsServer({ ...options, ca, requestCert: true, rejectUnauthorized: true }, serve),
		);
		const place = `tcp://localhost:${port}`;
		expect(
			await idsAt(endpoint(place, { ca, cert: clientCertificate, key: clientKey, verify: true })),
		).toEqual(['a']);
		expect(await failureAt(endpoint(place, { ca, verify: true }))).toMatchObject({
			reason: 'TLS failed',
			remedy: expect.stringContaining('cert.pem and key.pem'),
		});
	});
});

describe('over ssh', () => {
	const path = process.env.PATH;
	let folder = '';
	let demo: DemoEngine | undefined;

	function fakeSsh(script: string): void {
		folder = mkdtempSync(join(tmpdir(), 'portside-ssh-'));
		writeFileSync(join(folder, 'ssh'), `#!${process.execPath}\n${script}`);
		chmodSync(join(folder, 'ssh'), 0o755);
		process.env.PATH = `${folder}:${path}`;
	}

	afterEach(async () => {
		process.env.PATH = path;
		rmSync(folder, { recursive: true, force: true });
		await demo?.close();
		demo = undefined;
	});

	it('calls and streams go through `docker system dial-stdio`', async () => {
		demo = await startDemo();
		fakeSsh(`
			const socket = require('net').connect(${JSON.stringify(demo.socketPath)});
			process.stdin.pipe(socket).pipe(process.stdout);
			socket.on('close', () => process.exit());
		`);
		const engine = await openEngine(endpoint('ssh://me@somewhere'));
		const containers = await engine.containers();
		expect(containers.length).toBeGreaterThan(0);
		await engine.ping(5000);
		const [running] = containers.filter(({ state }) => state === 'running');
		if (!running) throw new Error('the demo runs nothing');
		const { session, shows } = await play((onOutput) =>
			engine.exec(running, { command: ['sh'], tty: true, size: { columns: 80, rows: 24 } }, onOutput),
		);
		session.write(Buffer.from('echo "<$((40 + 2))>"\r'));
		await shows('<42>');
		expect(await session.end()).toBe(true);
		await engine.pause(running);
		const stop = new AbortController();
		await engine.events(
			stop.signal,
			() => stop.abort(),
			() => {},
		);
		engine.close();
	});

	it('a refusal of ssh is told in its own words', async () => {
		fakeSsh(`process.stderr.write('me@somewhere: Permission denied (publickey).'); process.exit(255);`);
		expect(await failureAt(endpoint('ssh://me@somewhere'))).toMatchObject({
			reason: 'ssh failed',
			remedy: expect.stringContaining('Permission denied (publickey)'),
		});
	});

	it('a host is never an option, and a path is quoted for the shell there', () => {
		const words = sshArguments({ via: 'ssh', user: 'me', host: 'h', port: 22, socket: "/a b/it's.sock" });
		expect(words.slice(-9)).toEqual([
			'-p',
			'22',
			'--',
			'h',
			'docker',
			'-H',
			"unix://'/a b/it'\\''s.sock'",
			'system',
			'dial-stdio',
		]);
	});
});
