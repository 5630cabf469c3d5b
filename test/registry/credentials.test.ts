import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HelperResult } from '../../source/registry/ask-helper.ts';
import { helperRunner } from '../../source/registry/credential-helper.ts';
import { openCredentials } from '../../source/registry/credentials.ts';
import { dockerHub } from '../../source/registry/names.ts';

const auth = (text: string) => Buffer.from(text).toString('base64');

function opened(config: unknown, answers: Record<string, HelperResult> = {}) {
	const calls: string[] = [];
	const credentials = openCredentials({
		readConfig: async () =>
			typeof config === 'string' || config === undefined ? config : JSON.stringify(config),
		runHelper: async (program, word, input) => {
			calls.push(`${program} ${word} ${input}`.trim());
			return answers[`${program} ${word} ${input}`.trim()] ?? answers[program] ?? { code: 'ENOENT' };
		},
	});
	return { ...credentials, calls };
}
const said = (value: unknown): HelperResult => ({ exitCode: 0, stdout: JSON.stringify(value), stderr: '' });

describe('logins in the configuration', () => {
	it('are found by host, however docker wrote it', async () => {
		const { credentialsFor } = opened({
			auths: {
				'https://index.docker.io/v1/': { auth: auth('me:a:b:c') },
				'https://old.example/v2/': { auth: auth('old:한글') },
				'ghcr.io': { auth: auth('x:y'), identitytoken: 'tok' },
				'plain.example:5000': { username: 'u', password: 'p' },
				'empty.example': {},
				'bad.example': { auth: '%%%' },
			},
		});
		const hub = { login: { username: 'me', password: 'a:b:c', serveraddress: dockerHub } };
		for (const host of [dockerHub, 'docker.io', 'index.docker.io', 'https://registry-1.docker.io/v2/']) {
			expect(await credentialsFor(host)).toEqual(hub);
		}
		expect(await credentialsFor('old.example')).toEqual({
			login: { username: 'old', password: '한글', serveraddress: 'old.example' },
		});
		expect(await credentialsFor('ghcr.io')).toEqual({
			login: { identitytoken: 'tok', serveraddress: 'ghcr.io' },
		});
		expect(await credentialsFor('plain.example:5000')).toMatchObject({
			login: { username: 'u', password: 'p' },
		});
		for (const host of ['empty.example', 'bad.example', 'plain.example', 'constructor'])
			expect(await credentialsFor(host)).toEqual({});
	});

	it('are found for a reference, as an engine takes them', async () => {
		const { forReference } = opened({
			auths: {
				[dockerHub]: { auth: auth('me:pw') },
				'127.0.0.1:5000': { auth: auth('x:'), identitytoken: 'tok' },
			},
			credHelpers: { 'lost.example': 'lost' },
		});
		expect(await forReference('httpd')).toEqual({ credentials: { username: 'me', password: 'pw' } });
		expect(await forReference('127.0.0.1:5000/a/b:1')).toEqual({ credentials: { identityToken: 'tok' } });
		expect(await forReference('none.example/a')).toEqual({});
		expect(await forReference('lost.example/a')).toEqual({
			problem: 'docker-credential-lost is not installed, but the config.json of docker names it.',
		});
	});

	it.each([undefined, '', '[]', '{"auths":7,"credHelpers":[],"credsStore":{}}', 'null'])(
		'are none in %j',
		async (config) => {
			expect(await opened(config).credentialsFor('ghcr.io')).toEqual({});
			expect(await opened(config).allCredentials()).toEqual({ logins: {}, problems: [] });
		},
	);

	it('cannot be known from what is no JSON', async () => {
		expect(await opened('{').credentialsFor('a.b')).toEqual({
			problem: 'The config.json of docker is not JSON, so no login is known.',
		});
	});
});

describe('helpers', () => {
	const config = {
		credHelpers: { 'ecr.example': 'ecr' },
		credsStore: 'desktop',
		auths: { 'ecr.example': { auth: auth('no:no') }, 'file.example': { auth: auth('f:f') } },
	};
	const notFound = { exitCode: 1, stdout: 'credentials not found in native keychain\n', stderr: '' };

	it('are asked in the order of docker', async () => {
		const { credentialsFor, calls } = opened(config, {
			'docker-credential-ecr': said({ ServerURL: 'x', Username: 'AWS', Secret: 's:1' }),
			[`docker-credential-desktop get ${dockerHub}`]: said({ Username: '<token>', Secret: 't' }),
			'docker-credential-desktop': notFound,
		});
		expect(await credentialsFor('ecr.example')).toEqual({
			login: { username: 'AWS', password: 's:1', serveraddress: 'ecr.example' },
		});
		expect(await credentialsFor('docker.io')).toEqual({
			login: { identitytoken: 't', serveraddress: dockerHub },
		});
		expect(await credentialsFor('file.example')).toMatchObject({ login: { username: 'f' } });
		expect(await credentialsFor('none.example')).toEqual({});
		expect(calls).toEqual([
			'docker-credential-ecr get ecr.example',
			`docker-credential-desktop get ${dockerHub}`,
			'docker-credential-desktop get file.example',
			'docker-credential-desktop get none.example',
		]);
	});

	it('are asked for all they know', async () => {
		const { allCredentials } = opened(config, {
			'docker-credential-ecr': { code: 'ENOENT' },
			'docker-credential-desktop list': said({ 'listed.example': 'me' }),
			'docker-credential-desktop get listed.example': said({ Username: 'me', Secret: 'pw' }),
			'docker-credential-desktop': notFound,
		});
		expect(await allCredentials()).toEqual({
			logins: {
				'file.example': { username: 'f', password: 'f', serveraddress: 'file.example' },
				'listed.example': { username: 'me', password: 'pw', serveraddress: 'listed.example' },
			},
			problems: ['docker-credential-ecr is not installed, but the config.json of docker names it.'],
		});
	});

	it.each<[HelperResult, string]>([
		[{ code: 'ENOENT' }, 'docker-credential-x is not installed, but the config.json of docker names it.'],
		[{ code: 'ETIMEDOUT' }, 'docker-credential-x did not answer within 5 seconds.'],
		[{ code: 'EACCES' }, 'docker-credential-x could not be started (EACCES).'],
		[
			{ exitCode: 3, stdout: 'secret', stderr: 'secret' },
			'docker-credential-x could not tell the login for a.b (exit code 3).',
		],
		[
			{ exitCode: 0, stdout: 'secret', stderr: '' },
			'docker-credential-x gave an answer that cannot be read.',
		],
		[said({ Username: 7 }), 'docker-credential-x gave an answer that cannot be read.'],
		[said(null), 'docker-credential-x gave an answer that cannot be read.'],
	])('that fail are told of: %j', async (result, problem) => {
		expect(
			await opened({ credsStore: 'x' }, { 'docker-credential-x': result }).credentialsFor('a.b'),
		).toEqual({ problem });
	});

	it('have names that are names', async () => {
		const { credentialsFor, calls } = opened({ credsStore: '../../bin/sh -c x' });
		expect(await credentialsFor('a.b')).toEqual({
			problem: 'The config.json of docker names a credential helper that cannot be one.',
		});
		expect(calls).toEqual([]);
	});
});

describe('a helper as a process', () => {
	it('gets its word and its input, and has a limit of time', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'portside-helper-'));
		const program = (name: string, text: string) => {
			writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
			chmodSync(join(folder, name), 0o755);
			return join(folder, name);
		};
		const run = helperRunner({ PATH: process.env.PATH, OUT: join(folder, 'out') }, 300);
		expect(
			await run(program('good', 'read line; echo "$1 $line"; echo no >&2; exit 1'), 'get', 'a.b'),
		).toEqual({ exitCode: 1, stdout: 'get a.b\n', stderr: 'no\n' });
		expect(await run(program('deaf', 'exec 0<&-; exit 0'), 'list', '')).toEqual({
			exitCode: 0,
			stdout: '',
			stderr: '',
		});
		const start = performance.now();
		expect(await run(program('slow', 'echo $$ > $OUT; sleep 30 & sleep 30'), 'get', 'a.b')).toEqual({
			code: 'ETIMEDOUT',
		});
		expect(performance.now() - start).toBeLessThan(3000);
		const pid = Number(readFileSync(join(folder, 'out'), 'utf8'));
		await expect.poll(() => readFileSyncOr(`/proc/${pid}/stat`)).not.toMatch(/\) [RSD] /);
		expect(await run('docker-credential-nowhere', 'get', 'a.b')).toEqual({ code: 'ENOENT' });
		rmSync(folder, { recursive: true });
	});
});

function readFileSyncOr(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}
