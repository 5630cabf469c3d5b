import { execFile } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { helperRunner } from '../../source/registry/credential-helper.ts';
import { openCredentials } from '../../source/registry/credentials.ts';
import { openLoginStore } from '../../source/registry/login-store.ts';
import { dockerHub } from '../../source/registry/names.ts';
import { describeWithRegistry, type Registry, startRegistry } from '../helpers/registry.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'portside-logins-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A docker configuration of its own, with a credential helper `x` that keeps one login, and writes down its calls. */
function configuration(name: string, text?: string) {
	const home = join(folder, name);
	const file = join(home, 'config.json');
	mkdirSync(home);
	if (text !== undefined) writeFileSync(file, text, { mode: 0o644 });
	const helper = join(home, 'docker-credential-x');
	writeFileSync(
		helper,
		`#!/bin/sh
input=$(cat)
case $1 in
	get) grep -qsF "\\"$input\\"" "$HOME/kept" && exec cat "$HOME/kept" ;;
	list) echo '{}'; exit ;;
	store) echo "store $input" >> "$HOME/calls"; echo "$input" > "$HOME/kept"; exit ;;
	erase) echo "erase $input" >> "$HOME/calls"; grep -qsF "\\"$input\\"" "$HOME/kept" && exec rm "$HOME/kept" ;;
esac
echo credentials not found in native keychain
exit 1
`,
	);
	chmodSync(helper, 0o755);
	const env = { PATH: `${home}:${process.env.PATH}`, HOME: home, DOCKER_CONFIG: home };
	const runHelper = helperRunner(env);
	const read = () => readFileSync(file, 'utf8');
	return {
		home,
		file,
		env,
		read,
		...openLoginStore({ file, runHelper }),
		credentials: openCredentials({
			readConfig: async () => (existsSync(file) ? read() : undefined),
			runHelper,
		}),
		calls: () => (existsSync(join(home, 'calls')) ? readFileSync(join(home, 'calls'), 'utf8') : ''),
	};
}

describe('a login in config.json', () => {
	it('is written where nothing was, for nobody else to read', async () => {
		const { file, read, saveLogin, credentials } = configuration('new');
		expect(await saveLogin('registry.example:5000', { username: 'me', password: 'a:b €' })).toEqual({});
		expect(read()).toBe(
			`{\n\t"auths": {\n\t\t"registry.example:5000": {\n\t\t\t"auth": "${base64('me:a:b €')}"\n\t\t}\n\t}\n}`,
		);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(await credentials.forReference('registry.example:5000/a/b:1')).toEqual({
			credentials: { username: 'me', password: 'a:b €' },
		});
	});

	it('leaves all else as it is', async () => {
		const before = {
			psFormat: '{{.ID}} <b> & more',
			auths: { 'a.example': { auth: base64('a:a') }, 'z.example': { auth: base64('z:z') } },
			unknown: { deep: [1, null, { x: true }], empty: {} },
			credHelpers: { 'ecr.example': 'ecr-login' },
		};
		const { read, saveLogin, removeLogin, home } = configuration('full', JSON.stringify(before, null, 4));
		await Promise.all([
			saveLogin('m.example', { username: 'm', password: 'm' }),
			saveLogin('docker.io', { identityToken: 'token', username: 'hub' }),
		]);
		const after = JSON.parse(read());
		expect(Object.keys(after)).toEqual(Object.keys(before));
		expect(Object.keys(after.auths)).toEqual(['a.example', dockerHub, 'm.example', 'z.example']);
		expect(after.auths[dockerHub]).toEqual({ auth: base64('hub:'), identitytoken: 'token' });
		await removeLogin('m.example');
		await removeLogin('index.docker.io');
		expect(JSON.parse(read())).toEqual(before);
		expect(readdirSync(home).sort()).toEqual(['config.json', 'docker-credential-x']);
	});

	it('goes with every old spelling of its host', async () => {
		const old = ['https://r.example/v1/', 'http://r.example', 'r.example', 'r.example:5000', 'not-r.example'];
		const auths = Object.fromEntries(old.map((key) => [key, { auth: base64('a:a') }]));
		const { read, removeLogin } = configuration('old', JSON.stringify({ auths }));
		expect(await removeLogin('https://r.example/v2/')).toBe(true);
		expect(Object.keys(JSON.parse(read()).auths)).toEqual(['r.example:5000', 'not-r.example']);
		expect(await removeLogin('r.example')).toBe(false);
	});

	it('is written through a symlink, also to nothing yet', async () => {
		const { home, file, saveLogin } = configuration('link');
		symlinkSync('../dotfiles/docker.json', file);
		await saveLogin('r.example', { username: 'me', password: 'one' });
		await saveLogin('r.example', { username: 'me', password: 'two' });
		expect(lstatSync(file).isSymbolicLink()).toBe(true);
		expect(readdirSync(join(home, '../dotfiles'))).toEqual(['docker.json']);
		expect(readFileSync(join(home, '../dotfiles/docker.json'), 'utf8')).toContain(base64('me:two'));
	});

	it.each(['{"auths":', '[]', 'null', '{"auths":[]}', '{"auths":"x"}'])(
		'is not written over %j',
		async (text) => {
			const { file, read, saveLogin, removeLogin } = configuration('broken', text);
			const login = { username: 'me', password: 'very secret' };
			await expect(saveLogin('r.example', login)).rejects.toMatchObject({
				code: 'ECONFIG',
				message: expect.stringMatching(
					new RegExp(`^${file} is not (JSON|as docker writes it): .*Portside leaves it as it is\\.$`),
				),
			});
			await expect(removeLogin('r.example')).rejects.toThrow('Portside leaves it as it is');
			expect(read()).toBe(text);
		},
	);

	it('cannot be written where there is a folder', async () => {
		const { file, saveLogin } = configuration('folder');
		mkdirSync(file);
		await expect(saveLogin('r.example', { username: 'me', password: 'x' })).rejects.toThrow(
			`${file} cannot be read (EISDIR).`,
		);
	});

	it('has no colon in the name of its user', async () => {
		const { file, saveLogin } = configuration('colon');
		await expect(saveLogin('r.example', { username: 'm:e', password: 'x' })).rejects.toThrow('colon');
		expect(existsSync(file)).toBe(false);
	});
});

describe('a login in a credential helper', () => {
	it('is kept and forgotten there', async () => {
		const { read, calls, saveLogin, removeLogin, credentials } = configuration(
			'helper',
			'{"credsStore":"x"}',
		);
		expect(await saveLogin('r.example', { username: 'me', password: 'p' })).toEqual({ helper: 'x' });
		expect(calls()).toBe('store {"ServerURL":"r.example","Username":"me","Secret":"p"}\n');
		expect(JSON.parse(read())).toEqual({ auths: { 'r.example': {} }, credsStore: 'x' });
		expect(await credentials.forReference('r.example/a')).toEqual({
			credentials: { username: 'me', password: 'p' },
		});
		expect(await removeLogin('r.example')).toBe(true);
		expect(JSON.parse(read())).toEqual({ auths: {}, credsStore: 'x' });
		expect(await credentials.forReference('r.example/a')).toEqual({});
		expect(await removeLogin('r.example')).toBe(false);
	});

	it('is chosen for a single host, also none', async () => {
		const text = JSON.stringify({
			credsStore: 'nowhere',
			credHelpers: { 'r.example': 'x', 'f.example': '' },
		});
		const { read, saveLogin, credentials } = configuration('single', text);
		await saveLogin('r.example', { identityToken: 'token', username: 'me' });
		expect(await credentials.forReference('r.example/a')).toEqual({
			credentials: { identityToken: 'token' },
		});
		await saveLogin('f.example', { username: 'f', password: 'p' });
		expect(JSON.parse(read()).auths).toEqual({ 'f.example': { auth: base64('f:p') }, 'r.example': {} });
		expect(await credentials.forReference('f.example/a')).toEqual({
			credentials: { username: 'f', password: 'p' },
		});
	});

	it('that fails is told of, without the password', async () => {
		const { home, read, saveLogin, removeLogin, credentials } = configuration('fails', '{"credsStore":"x"}');
		const problem = /^docker-credential-x could not keep the login for r\.example \(exit code 3\)\.$/;
		writeFileSync(join(home, 'docker-credential-x'), '#!/bin/sh\ncat; cat >&2; exit 3\n');
		await expect(saveLogin('r.example', { username: 'me', password: 'very secret' })).rejects.toMatchObject({
			code: 'EHELPER',
			message: expect.stringMatching(problem),
		});
		await expect(removeLogin('r.example')).rejects.toThrow('could not forget the login for r.example');
		expect(await credentials.forReference('r.example/a')).toEqual({
			problem: 'docker-credential-x could not tell the login for r.example (exit code 3).',
		});
		expect(read()).toBe('{"credsStore":"x"}');
	});
});

describeWithRegistry('beside the docker command', () => {
	const user = 'me';
	const password = 'pass:w<o>rd & €';
	let registry: Registry;
	beforeAll(async () => {
		registry = await startRegistry({ htpasswd: { user, password } });
	});
	afterAll(() => registry.stop());

	describeWithEngine('with an engine', ({ host: engine }) => {
		/** Its exit code. */
		const docker = (env: NodeJS.ProcessEnv, input: string, ...words: string[]) =>
			new Promise<number>((resolve) => {
				const child = execFile('docker', words, { env: { ...env, DOCKER_HOST: engine } }, (error) =>
					resolve(error ? 1 : 0),
				);
				child.stdin?.end(input);
			});
		const login = (env: NodeJS.ProcessEnv, given = password) =>
			docker(env, given, 'login', '--username', user, '--password-stdin', registry.host);

		it.each([
			['nothing', undefined],
			['other logins', '{"auths":{"a.example":{"auth":"YTph"},"z.example":{"auth":"ejp6"}}}'],
			['other settings', '{"auths":{},"psFormat":"{{.ID}} \\u003cb\\u003e","detachKeys":"ctrl-x"}'],
			['a helper', '{"auths":{},"credsStore":"x"}'],
			['a helper for this host', () => JSON.stringify({ auths: {}, credHelpers: { [registry.host]: 'x' } })],
		])('writes the same bytes after %s', async (_, given) => {
			const text = typeof given === 'function' ? given() : given;
			const theirs = configuration('theirs', text);
			const ours = configuration('ours', text);
			expect(await login(theirs.env)).toBe(0);
			await ours.saveLogin(registry.host, { username: user, password });
			expect(ours.read()).toBe(theirs.read());
			const calls = (text: string) =>
				text
					.split('\n')
					.map((line) => line.replace(/\\u003c|\\u003e|\\u0026/g, (it) => JSON.parse(`"${it}"`)));
			expect(calls(ours.calls())).toEqual(calls(theirs.calls()));

			// docker asks for a password unless it has one that is right
			expect(await docker(ours.env, '', 'login', registry.host)).toBe(0);
			expect(await theirs.credentials.forReference(`${registry.host}/a`)).toEqual({
				credentials: { username: user, password },
			});

			expect(await docker(theirs.env, '', 'logout', registry.host)).toBe(0);
			expect(await ours.removeLogin(registry.host)).toBe(true);
			expect(ours.read()).toBe(theirs.read());
			expect(await theirs.credentials.forReference(`${registry.host}/a`)).toEqual({});
			expect(await docker(ours.env, '', 'login', registry.host)).toBe(1);
		});
	});
});
