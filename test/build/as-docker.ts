// What an engine gets of a context: from the docker command, and from us.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { listContext } from '../../source/build/context.ts';
import { packContext } from '../../source/build/pack.ts';
import type { TestEngine } from '../helpers/with-engine.ts';

export type Tree = Readonly<
	Record<string, string | { link: string } | { folder: number } | { text: string; mode: number }>
>;

export function temporary(name: string): string {
	return realpathSync(mkdtempSync(join(tmpdir(), `portside-${name}-`)));
}

/** Writes files (`text`), links, folders with a mode, and files with a mode into a new folder. */
export function makeTree(tree: Tree): string {
	const folder = temporary('context');
	for (const [path, what] of Object.entries(tree)) {
		const file = join(folder, path);
		mkdirSync(dirname(file), { recursive: true });
		if (typeof what === 'string') writeFileSync(file, what);
		else if ('link' in what) symlinkSync(what.link, file);
		else if ('folder' in what) mkdirSync(file, { recursive: true });
		else writeFileSync(file, what.text);
		if (typeof what === 'object' && 'folder' in what) chmodSync(file, what.folder);
		if (typeof what === 'object' && 'mode' in what) chmodSync(file, what.mode);
	}
	return folder;
}

/** Prints what arrived: type, permissions, owner, size of files, name, where links lead. Never from the cache. */
const printing = `FROM busybox:latest
COPY . /c
RUN cd /c && echo NONCE >/dev/null && find . ! -name . -exec stat -c '<<%f %u:%g %n %N>>' {} ';'
`;

export const dockerfileText = (): string => printing.replace('NONCE', randomBytes(6).toString('hex'));

/** The printed rows, in order; the command itself is printed, too. */
const rows = (output: string): string[] =>
	[...output.matchAll(/<<([^>]*?(?:->[^>]*)?)>>/g)]
		.map(([, row = '']) => row)
		.filter((row) => !row.startsWith('%f'))
		.sort();

export async function sentByDocker(
	{ host, docker }: TestEngine,
	context: string,
	dockerfile?: string,
): Promise<string[]> {
	const env = {
		PATH: process.env.PATH,
		HOME: tmpdir(),
		DOCKER_CONFIG: join(tmpdir(), 'portside-no-docker-config'),
		DOCKER_HOST: host,
		DOCKER_BUILDKIT: '0',
	};
	const words = [
		'build',
		'--rm',
		'--force-rm',
		'--no-cache',
		...(dockerfile === undefined ? [] : ['-f', dockerfile]),
		context,
	];
	const { stdout } = await promisify(execFile)('docker', words, { env, maxBuffer: 64 << 20 });
	await removeBuilt(docker, stdout);
	return rows(stdout);
}

export async function sentByUs(
	{ socketPath, docker }: TestEngine,
	context: string,
	dockerfile = join(context, 'Dockerfile'),
	version = 1,
): Promise<string[]> {
	const listing = await listContext({ context, dockerfile });
	const { stream, dockerfileInContext } = packContext(listing);
	const path = `/build?rm=1&forcerm=1&nocache=1&version=${version}&dockerfile=${encodeURIComponent(dockerfileInContext)}`;
	const output = await new Promise<string>((resolve, reject) => {
		const headers = { 'Content-Type': 'application/x-tar' };
		const building = request({ socketPath, method: 'POST', path, headers }, async (response) => {
			let text = '';
			for await (const chunk of response.setEncoding('utf8')) text += chunk;
			resolve(text);
		});
		building.on('error', reject);
		stream.on('error', reject);
		stream.pipe(building);
	});
	let text = '';
	for (const line of output.split('\n')) {
		if (line.trim() === '') continue;
		const { stream: printed, error, aux } = JSON.parse(line);
		if (error !== undefined) throw new Error(error);
		// BuildKit's messages have what was printed among other things.
		text += printed ?? (typeof aux === 'string' ? Buffer.from(aux, 'base64').toString('utf8') : '');
	}
	await removeBuilt(docker, output);
	return rows(text);
}

/** Others use the engine, too. */
async function removeBuilt(docker: TestEngine['docker'], output: string): Promise<void> {
	const id = /Successfully built (\w+)/.exec(output)?.[1] ?? /"ID":"(sha256:\w+)"/.exec(output)?.[1];
	if (id !== undefined) await docker('rmi', '--force', id);
}
