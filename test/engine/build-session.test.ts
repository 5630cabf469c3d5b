// What a build needs of us while it runs: secrets and logins, asked for by a real dockerd and by an engine of our own.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duplexPair } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serveGrpc } from '../../source/engine/build/grpc.ts';
import { field } from '../../source/engine/build/protobuf.ts';
import { answering } from '../../source/engine/build/session.ts';
import type { Engine, RegistryCredentials } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import type { Builder } from '../../source/model/build.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { made, told } from './build-tools.ts';
import { answer, fakeEngine } from './fake-engine.ts';

const both: readonly Builder[] = ['classic', 'buildkit'];

describeWithEngine('a session', ({ host, docker }) => {
	let engine: Engine;
	beforeAll(async () => {
		engine = await openEngine({ host, source: 'test', name: 'local' });
	});
	afterAll(async () => {
		engine?.close();
		await docker('rmi', '--force', ...made).catch(() => {});
	});

	const secretFile = (id: string) =>
		`FROM busybox\nRUN --mount=type=secret,id=${id},required=true cat /run/secrets/${id}; echo ${randomUUID()}\n`;

	it('hands over a secret, once it is asked for', async () => {
		const asked: string[] = [];
		const story = await told(engine, {
			builder: 'buildkit',
			files: { Dockerfile: secretFile('token') },
			readSecret: async (id) => {
				asked.push(id);
				return Buffer.from('hush\n');
			},
		});
		expect(story.all('failure')).toEqual([]);
		expect(story.outputOf('RUN --mount')).toContain('hush\n');
		expect(asked).toContain('token');
	});

	it('has no secret that was not given', async () => {
		const story = await told(engine, { builder: 'buildkit', files: { Dockerfile: secretFile('other') } });
		expect(story.all('failure').map(({ message }) => message)).toEqual([
			'This build wants the secret other, which it was not given.',
		]);
	});

	it('tells why an ssh agent is not there', async () => {
		const Dockerfile = `FROM busybox\nRUN --mount=type=ssh,required=true echo ${randomUUID()}\n`;
		const story = await told(engine, { builder: 'buildkit', files: { Dockerfile } });
		expect(story.all('failure').map(({ message }) => message)).toEqual([
			'This build wants keys of an ssh agent (RUN --mount=type=ssh), which Portside does not hand on.',
		]);
	});

	const hasRegistry = ['/usr/bin/docker-registry', '/usr/bin/htpasswd'].every((path) => existsSync(path));

	describe.skipIf(!hasRegistry)('with a registry that asks for a login', () => {
		let registry: ChildProcess;
		let folder: string;
		let address: string;
		const login: RegistryCredentials = { username: 'me', password: 'öpen: sesame' };

		beforeAll(async () => {
			folder = mkdtempSync(join(tmpdir(), 'portside-registry-'));
			const port = await freePort();
			address = `127.0.0.1:${port}`;
			const passwords = join(folder, 'htpasswd');
			execFileSync('htpasswd', ['-Bbc', passwords, login.username, login.password], { stdio: 'ignore' });
			writeFileSync(
				join(folder, 'config.yml'),
				[
					'version: 0.1',
					'log: {level: error}',
					`storage: {filesystem: {rootdirectory: ${folder}/data}}`,
					`http: {addr: "${address}"}`,
					`auth: {htpasswd: {realm: test, path: ${passwords}}}`,
				].join('\n'),
			);
			registry = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
			await vi.waitFor(async () => expect(await connects(port)).toBe(true), { timeout: 10_000 });
			const image = `${address}/base:1`;
			await docker('tag', 'busybox', image);
			await push(image);
			await docker('rmi', image);
		});
		afterAll(async () => {
			registry?.kill();
			if (registry?.exitCode === null) await once(registry, 'exit');
			await docker('rmi', '--force', `${address}/base:1`).catch(() => {});
			if (folder) rmSync(folder, { recursive: true });
		});

		async function push(image: string): Promise<void> {
			const auth = Buffer.from(JSON.stringify({ ...login, serveraddress: address })).toString('base64url');
			const http = await import('node:http');
			const request = http.request({
				socketPath: host.replace('unix://', ''),
				method: 'POST',
				path: `/images/${image.replace(/:1$/, '')}/push?tag=1`,
				headers: { 'X-Registry-Auth': auth.padEnd(Math.ceil(auth.length / 4) * 4, '=') },
			});
			request.end();
			const [response] = await once(request, 'response');
			let text = '';
			for await (const chunk of response) text += chunk;
			if (text.includes('"error"')) throw new Error(text);
		}

		it.each(both)('lets %s in, and asks for no other login', async (builder) => {
			const asked: string[] = [];
			const story = await told(engine, {
				builder,
				wish: { pullsBases: true },
				files: { Dockerfile: `FROM ${address}/base:1\nRUN echo ${randomUUID()}\n` },
				credentials: async (name) => {
					asked.push(name);
					return name === address ? login : { identityToken: 'of another' };
				},
				allCredentials: async () => ({ [address]: login, 'https://index.docker.io/v1/': login }),
			});
			expect(story.all('failure')).toEqual([]);
			expect(story.all('image')).toHaveLength(1);
			expect([...new Set(asked)]).toEqual(builder === 'buildkit' ? [address] : []);
		});

		it.each(both)('tells %s’s user that it needs one', async (builder) => {
			const Dockerfile = `FROM ${address}/other:1\nRUN echo ${randomUUID()}\n`;
			const story = await told(engine, { builder, files: { Dockerfile } });
			expect(story.all('failure').map(({ message }) => message)).toEqual([
				expect.stringMatching(
					/^The base image 127\.0\.0\.1:\d+\/other:1 could not be pulled: its registry wants a login, or refuses the one /,
				),
			]);
		});
	});
});

describe('our end of a session', () => {
	const logins: Record<string, RegistryCredentials> = {
		'https://index.docker.io/v1/': { username: 'me', password: 'hub' },
		'registry:5000': { identityToken: 'token' },
	};
	const methods = answering({
		credentials: async (host) => {
			if (host === 'broken') throw new Error('/home/me/.docker/config.json: a helper failed');
			return logins[host];
		},
		readSecret: async (id) => (id === 'big' ? Buffer.alloc(300_000, 'x') : undefined),
	});

	const credentials = '/moby.filesync.v1.Auth/Credentials';
	const secret = '/moby.buildkit.secrets.v1.Secrets/GetSecret';

	async function ask(path: string, body: Buffer): Promise<{ status: unknown; message: Buffer; all: string }> {
		const [ours, theirs] = duplexPair();
		const served = await serveGrpc(ours, methods);
		const client = http2.connect('http://engine', { createConnection: () => theirs });
		try {
			const stream = client.request({ ':method': 'POST', ':path': path, te: 'trailers' });
			stream.end(body);
			let status: unknown;
			stream.on('response', (headers) => {
				status ??= headers['grpc-status'];
			});
			stream.on('trailers', (headers) => {
				status = headers['grpc-status'];
			});
			const chunks: Buffer[] = [];
			for await (const chunk of stream) chunks.push(chunk as Buffer);
			const all = Buffer.concat(chunks);
			return { status, message: all.subarray(5), all: all.toString() };
		} finally {
			client.destroy();
			served.close();
		}
	}

	const framed = (message: Buffer): Buffer => {
		const head = Buffer.alloc(5);
		head.writeUInt32BE(message.length, 1);
		return Buffer.concat([head, message]);
	};
	const named = (name: string) => framed(field(1, name));

	it('gives each registry its own login', async () => {
		expect((await ask(credentials, named('registry-1.docker.io'))).message).toEqual(
			Buffer.concat([field(1, 'me'), field(2, 'hub')]),
		);
		expect((await ask(credentials, named('registry:5000'))).message).toEqual(field(2, 'token'));
		expect(await ask(credentials, named('other:5000'))).toMatchObject({
			status: '0',
			message: Buffer.alloc(0),
		});
	});

	it('gives secrets of any size, and says what it does not have', async () => {
		const big = await ask(secret, named('big'));
		expect(big.status).toBe('0');
		expect(big.message.equals(field(1, Buffer.alloc(300_000, 'x')))).toBe(true);
		expect((await ask(secret, named('none'))).status).toBe('5');
	});

	it('says that it lives, and refuses the rest', async () => {
		expect((await ask('/grpc.health.v1.Health/Check', framed(Buffer.alloc(0)))).message).toEqual(
			Buffer.from([8, 1]),
		);
		expect((await ask('/moby.filesync.v1.Auth/FetchToken', named('x'))).status).toBe('12');
		expect((await ask('/moby.filesync.v1.FileSync/DiffCopy', Buffer.alloc(0))).status).toBe('12');
	});

	it('does not fall over what is no question, and tells nothing of ours', async () => {
		expect((await ask(credentials, Buffer.from('garbage'))).status).toBe('3');
		expect((await ask(credentials, Buffer.alloc(0))).status).toBe('3');
		expect((await ask(credentials, framed(Buffer.from([0xff, 0xff])))).status).toBe('13');
		expect((await ask(credentials, Buffer.alloc(3 << 20))).status).toBe('3');
		const broken = await ask(credentials, named('broken'));
		expect(broken).toMatchObject({ status: '13', all: '' });
	});

	it('is done without where the engine has none', async () => {
		const fake = await fakeEngine((line, socket) => {
			if (line.startsWith('POST /v1.41/session '))
				socket.write(answer({ message: 'Not Found' }, '404 Not Found'));
			else if (line.startsWith('POST /v1.41/build?')) {
				socket.write(answer(`{"id":"moby.image.id","aux":{"ID":"sha256:${'a'.repeat(64)}"}}\n`));
			}
		});
		const engine = await openEngine(fake.endpoint);
		const story = await told(engine, { builder: 'buildkit', files: { Dockerfile: 'FROM x' } });
		expect(story.news).toEqual([{ type: 'image', id: `sha256:${'a'.repeat(64)}` }]);
		expect(fake.requests.find((line) => line.includes('/build?'))).not.toContain('session=');
		engine.close();
		fake.close();
	});
});

function connects(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = net.connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		});
		socket.on('error', () => resolve(false));
	});
}

async function freePort(): Promise<number> {
	const server = net.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as net.AddressInfo;
	server.close();
	return port;
}
