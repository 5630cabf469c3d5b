// Every spelling of a host, and the order in which engines are looked for.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { candidates, type Surroundings } from '../../source/engine/endpoints.ts';
import { readHost } from '../../source/engine/host.ts';

const tcp = (host: string, port: number, isTls = false, prefix = '') => ({
	via: 'tcp',
	host,
	port,
	isTls,
	prefix,
});
const socket = (path: string) => ({ via: 'socket', path });

describe('readHost', () => {
	it.each([
		['unix:///run/a b.sock', false, 'unix:///run/a b.sock', socket('/run/a b.sock')],
		['unix://', false, 'unix:///var/run/docker.sock', socket('/var/run/docker.sock')],
		['/var/run/docker.sock', false, 'unix:///var/run/docker.sock', socket('/var/run/docker.sock')],
		['npipe://', false, 'npipe:////./pipe/docker_engine', socket('//./pipe/docker_engine')],
		['npipe:////./pipe/x', false, 'npipe:////./pipe/x', socket('//./pipe/x')],
		['\\\\.\\pipe\\x', false, 'npipe:////./pipe/x', socket('//./pipe/x')],
		['tcp://h', false, 'tcp://h:2375', tcp('h', 2375)],
		['tcp://h', true, 'tcp://h:2376', tcp('h', 2376, true)],
		['tcp://h:99/x/', false, 'tcp://h:99/x', tcp('h', 99, false, '/x')],
		['tcp://[::1]:2375', false, 'tcp://[::1]:2375', tcp('::1', 2375)],
		['h:2376', false, 'tcp://h:2376', tcp('h', 2376)],
		['h:2376', true, 'tcp://h:2376', tcp('h', 2376, true)],
		['10.0.0.1', false, 'tcp://10.0.0.1:2375', tcp('10.0.0.1', 2375)],
		[':2375', false, 'tcp://localhost:2375', tcp('localhost', 2375)],
		['http://h:80/x', false, 'http://h:80/x', tcp('h', 80, false, '/x')],
		['http://h', false, 'http://h:80', tcp('h', 80)],
		['https://h:443', false, 'https://h:443', tcp('h', 443, true)],
		['https://h', false, 'https://h:443', tcp('h', 443, true)],
		['ssh://u@h', false, 'ssh://u@h', { via: 'ssh', user: 'u', host: 'h' }],
		[
			'ssh://h:22/run/x.sock',
			false,
			'ssh://h:22/run/x.sock',
			{ via: 'ssh', host: 'h', port: 22, socket: '/run/x.sock' },
		],
	] as const)('%s (TLS %s) is %s', (text, isTls, host, address) => {
		expect(readHost(text, isTls)).toEqual({ host, address });
	});

	it.each([
		'fd://',
		'ftp://h',
		'tcp://',
		'tcp://u@h',
		'ssh://',
		'ssh://-oProxyCommand=x',
		'ssh://-u@h',
		'ssh://u:p@h',
		'ssh://a%zz@host',
		'h:port',
	])('%s is refused with a sentence', (text) => {
		expect(readHost(text, false)).toEqual({ problem: expect.stringMatching(/\w.*\.$/) });
	});
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function look(around: Partial<Surroundings> & { files?: Record<string, string> }) {
	return candidates({
		env: {},
		home: '/home/me',
		platform: 'linux',
		read: (path) => around.files?.[path],
		...around,
	});
}

const meta = (name: string, endpoint: object) => ({
	[`/home/me/.docker/contexts/meta/${sha256(name)}/meta.json`]: JSON.stringify({
		Endpoints: { docker: endpoint },
	}),
});

describe('candidates', () => {
	it('are the usual sockets, in their order, when nobody chose', () => {
		const hosts = look({ env: { XDG_RUNTIME_DIR: '/run/user/1' } }).map(({ endpoint }) => endpoint.host);
		expect(hosts).toEqual([
			'unix:///var/run/docker.sock',
			'unix:///run/user/1/docker.sock',
			'unix:///home/me/.docker/run/docker.sock',
			'unix:///home/me/.docker/desktop/docker.sock',
			'unix:///home/me/.colima/default/docker.sock',
			'unix:///home/me/.orbstack/run/docker.sock',
			'unix:///run/user/1/podman/podman.sock',
			'unix:///run/podman/podman.sock',
		]);
		expect(look({ platform: 'win32' }).map(({ endpoint }) => endpoint.host)).toEqual([
			'npipe:////./pipe/docker_engine',
		]);
	});

	it('are only what was chosen: --host before DOCKER_HOST before the contexts', () => {
		const files = {
			'/home/me/.docker/config.json': '{"currentContext":"prod"}',
			...meta('prod', { Host: 'tcp://prod' }),
		};
		const env = { DOCKER_HOST: 'tcp://env' };
		expect(look({ host: 'tcp://flag', env, files })).toEqual([
			{ endpoint: { host: 'tcp://flag:2375', source: '--host', name: 'flag:2375' } },
		]);
		expect(look({ env, files })).toEqual([
			{ endpoint: { host: 'tcp://env:2375', source: 'DOCKER_HOST', name: 'env:2375' } },
		]);
		expect(look({ files })).toEqual([
			{ endpoint: { host: 'tcp://prod:2375', source: 'context prod', name: 'prod' } },
		]);
		expect(look({ env: { DOCKER_CONTEXT: 'default' }, files })).toHaveLength(6);
	});

	it('take TLS from any DOCKER_TLS_VERIFY that is not empty', () => {
		const files = { '/c/ca.pem': 'CA', '/c/cert.pem': 'CERT', '/c/key.pem': 'KEY' };
		for (const value of ['1', 'true', '0']) {
			expect(
				look({ host: 'h', env: { DOCKER_TLS_VERIFY: value, DOCKER_CERT_PATH: '/c' }, files })[0]?.endpoint,
			).toEqual({
				host: 'tcp://h:2376',
				source: '--host',
				name: 'h:2376',
				tls: { ca: 'CA', cert: 'CERT', key: 'KEY', verify: true },
			});
		}
		expect(look({ host: 'h', env: { DOCKER_TLS_VERIFY: '' } })[0]?.endpoint.host).toBe('tcp://h:2375');
		expect(look({ host: 'h', env: { DOCKER_TLS: '1' } })[0]?.endpoint.tls).toEqual({ verify: false });
	});

	it('name the files that DOCKER_CERT_PATH promises and does not have', () => {
		const [only] = look({
			host: 'h',
			env: { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/c' },
			files: { '/c/ca.pem': 'CA' },
		});
		expect(only?.problem?.reason).toBe('TLS files are missing');
		expect(only?.problem?.remedy).toContain('Put cert.pem, key.pem into /c');
	});

	it('read TLS files and SkipTLSVerify of a context', () => {
		const folder = `/home/me/.docker/contexts/tls/${sha256('prod')}/docker`;
		const files = {
			...meta('prod', { Host: 'tcp://prod', SkipTLSVerify: true }),
			[`${folder}/ca.pem`]: 'CA',
			[`${folder}/key.pem`]: 'KEY',
			[`${folder}/cert.pem`]: 'CERT',
		};
		expect(look({ env: { DOCKER_CONTEXT: 'prod' }, files })[0]?.endpoint).toEqual({
			host: 'tcp://prod:2376',
			source: 'context prod',
			name: 'prod',
			tls: { ca: 'CA', cert: 'CERT', key: 'KEY', verify: false },
		});
	});

	it('tell of a context that does not exist and of a host that is none', () => {
		expect(look({ env: { DOCKER_CONTEXT: 'nope' } })[0]?.problem?.reason).toBe('no such context');
		expect(look({ host: 'fd://' })[0]?.problem?.remedy).toContain('Correct --host.');
		expect(look({ files: { '/home/me/.docker/config.json': '{' } })).toHaveLength(6);
	});

	it('tell of an ssh host whose user cannot be decoded', () => {
		const all = look({ env: { DOCKER_HOST: 'ssh://a%zz@host' } });
		expect(all).toMatchObject([
			{
				problem: {
					reason: 'not an address',
					remedy: 'ssh://a%zz@host is not ssh://user@host. Correct DOCKER_HOST.',
				},
			},
		]);
	});

	it.each(['1. 4', '1', 'x', '1.41/..'])('tell of DOCKER_API_VERSION=%s, which is none', (version) => {
		for (const env of [{}, { DOCKER_HOST: 'h' }]) {
			const all = look({ env: { ...env, DOCKER_API_VERSION: version } });
			expect(all.length).toBeGreaterThan(0);
			for (const { problem } of all) {
				expect(problem).toEqual({
					reason: 'not an API version',
					remedy: 'Set DOCKER_API_VERSION to one as 1.41, or unset it.',
				});
			}
		}
	});

	it('carry DOCKER_API_VERSION', () => {
		expect(look({ host: 'h', env: { DOCKER_API_VERSION: 'v1.40' } })[0]?.apiVersion).toBe('1.40');
	});
});
