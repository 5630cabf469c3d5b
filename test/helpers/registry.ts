// A real registry of the tests' own on loopback, which leaves nothing behind however it ends.
//
// A shell that reads from a pipe of ours keeps it. When the pipe closes (stop(), or this process is gone) the shell ends
// the registry and removes its folder.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { describe, test } from 'vitest';
import { find, isEngineRequired } from './engine-support.ts';

export type Registry = Awaited<ReturnType<typeof startRegistry>>;

export type RegistryUser = { user: string; password: string };

export type RegistryOptions = {
	/** The only one it lets in; without, everybody. */
	htpasswd?: RegistryUser;
	/** Where its data is to be; by default a new folder. It is removed at the end. */
	folder?: string;
};

/** One sentence, or undefined if startRegistry() can be used. */
export function whyNoRegistry(): string | undefined {
	const missing = ['docker-registry', 'htpasswd', 'bash'].filter((name) => !find(name));
	return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
}

/** A describe() where startRegistry() can be used. */
export function describeWithRegistry(name: string, body: () => void) {
	const missing = whyNoRegistry();
	if (!missing) return describe(name, body);
	if (!isEngineRequired) console.log(`Tests with a real registry are skipped: ${missing}.`);
	describe.skipIf(!isEngineRequired)(name, () => {
		test('has a real registry', () => {
			throw new Error(`PORTSIDE_REQUIRE_ENGINE=1, but: ${missing}.`);
		});
	});
}

export async function startRegistry({ htpasswd, folder }: RegistryOptions = {}) {
	const home = folder ?? mkdtempSync(join(tmpdir(), 'portside-registry-'));
	mkdirSync(home, { recursive: true });
	const logFile = join(home, 'registry.log');
	const config = join(home, 'config.yml');
	const users = join(home, 'htpasswd');
	writeFileSync(
		config,
		JSON.stringify({
			version: 0.1,
			log: { level: 'info', accesslog: { disabled: true } },
			storage: { filesystem: { rootdirectory: join(home, 'data') }, delete: { enabled: true } },
			// it chooses a free port
			http: { addr: '127.0.0.1:0', secret: 'of a test' },
			...(htpasswd && { auth: { htpasswd: { realm: 'registry', path: users } } }),
		}),
	);
	if (htpasswd) {
		const { user, password } = htpasswd;
		writeFileSync(users, execFileSync('htpasswd', ['-niB', user], { input: password, stdio: 'pipe' }));
	}
	const script =
		'trap "" INT HUP TERM; docker-registry serve "$0/config.yml" > "$0/registry.log" 2>&1 & read -r; kill -9 $!; wait; rm -rf "$0"';
	const keeper = spawn('bash', ['-c', script, home], {
		stdio: ['pipe', 'ignore', 'ignore'],
		// a Ctrl+C in the terminal is not for it
		detached: true,
		env: { PATH: process.env.PATH },
	});

	async function stop() {
		if (keeper.exitCode !== null || keeper.signalCode !== null) return;
		const end = once(keeper, 'exit');
		keeper.stdin.end();
		await end;
	}

	const log = () => {
		try {
			return readFileSync(logFile, 'utf8');
		} catch {
			return '';
		}
	};
	let port = 0;
	const end = Date.now() + 40_000;
	while (port === 0 || !(await answers(port))) {
		if (Date.now() > end) {
			const words = log().slice(-3000);
			await stop();
			throw new Error(`The registry does not answer. Its log ends with:\n${words}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 20));
		port = Number(/listening on 127\.0\.0\.1:(\d+)/.exec(log())?.[1] ?? 0);
	}
	return { host: `127.0.0.1:${port}`, port, folder: home, log, stop };
}

/** With 401 too: it wants a login. */
function answers(port: number): Promise<boolean> {
	return fetch(`http://127.0.0.1:${port}/v2/`).then(
		async (response) => {
			await response.arrayBuffer();
			return response.status === 200 || response.status === 401;
		},
		() => false,
	);
}

/**
 * Puts a small image that can be pulled (one layer with the file `repository.txt`) into a registry, without an engine.
 * The manifest's digest.
 */
export async function putImage(
	host: string,
	repository: string,
	tags: readonly string[],
	auth?: RegistryUser,
): Promise<string> {
	const login = auth && Buffer.from(`${auth.user}:${auth.password}`).toString('base64');
	const headers = login ? { authorization: `Basic ${login}` } : undefined;
	const base = `http://${host}/v2/${repository}`;

	async function call(method: string, url: string, type: string, body?: Uint8Array<ArrayBuffer>) {
		const response = await fetch(url, {
			method,
			headers: { ...headers, 'content-type': type },
			...(body && { body }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
		return response;
	}
	async function putBlob(content: Uint8Array<ArrayBuffer>) {
		const begun = await call('POST', `${base}/blobs/uploads/`, 'text/plain');
		const place = new URL(begun.headers.get('location') ?? '', base);
		place.searchParams.set('digest', digestOf(content));
		await call('PUT', place.href, 'application/octet-stream', content);
		return { size: content.length, digest: digestOf(content) };
	}

	const tar = await tarOf('repository.txt', `${repository}\n`);
	const layer = new Uint8Array(gzipSync(tar));
	const image = {
		architecture: process.arch === 'x64' ? 'amd64' : process.arch,
		os: 'linux',
		config: { Cmd: ['/bin/true'] },
		rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
	};
	const kind = 'application/vnd.docker.distribution.manifest.v2+json';
	const manifest = new TextEncoder().encode(
		JSON.stringify({
			schemaVersion: 2,
			mediaType: kind,
			config: {
				mediaType: 'application/vnd.docker.container.image.v1+json',
				...(await putBlob(new TextEncoder().encode(JSON.stringify(image)))),
			},
			layers: [
				{
					mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
					...(await putBlob(layer)),
				},
			],
		}),
	);
	for (const tag of tags) await call('PUT', `${base}/manifests/${tag}`, kind, manifest);
	return digestOf(manifest);
}

async function tarOf(name: string, content: string) {
	const tar = pack();
	tar.entry({ name, mtime: new Date(0) }, content);
	tar.finalize();
	const chunks: Uint8Array[] = [];
	for await (const chunk of tar) chunks.push(chunk as Uint8Array);
	return new Uint8Array(Buffer.concat(chunks));
}

function digestOf(content: Uint8Array): string {
	return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
