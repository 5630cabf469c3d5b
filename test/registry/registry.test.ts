import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRegistry } from '../../source/registry/registry.ts';
import { ca } from '../engine/certificates.ts';
import { describeWithRegistry, putImage, type Registry, startRegistry } from '../helpers/registry.ts';
import { type Asked, startFake } from './fake-registry.ts';

const never = new AbortController().signal;
const me = { username: 'me', password: 'pass:word €' };
const basic = (user: string, password: string) =>
	`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describeWithRegistry('a real registry', () => {
	describe('that lets everybody in', () => {
		let registry: Registry;
		beforeAll(async () => {
			registry = await startRegistry();
			await putImage(registry.host, 'group/app', ['1.9', 'latest', '1.10', 'edge']);
			const many = Array.from({ length: 104 }, (_, i) => putImage(registry.host, `many/app-${i}`, ['1']));
			await Promise.all(many);
		});
		afterAll(() => registry.stop());

		it('tells all its repositories, over several pages', async () => {
			const { names, isCut } = await openRegistry(registry.host).catalog(never);
			expect(isCut).toBe(false);
			expect(new Set(names).size).toBe(105);
			expect(names).toContain('group/app');
			expect(names).toContain('many/app-103');
		});

		it('tells the tags of one, the newest first', async () => {
			expect(await openRegistry(`http://${registry.host}/`).tags('group/app', never)).toEqual({
				names: ['latest', '1.10', '1.9', 'edge'],
				isCut: false,
			});
		});

		it('does not know another', async () => {
			await expect(openRegistry(registry.host).tags('group/none', never)).rejects.toMatchObject({
				code: 'ENOREPOSITORY',
				message: `${registry.host} has no repository group/none.`,
			});
		});
	});

	it('that wants a login is shown it', async () => {
		const htpasswd = { user: me.username, password: me.password };
		const { host, stop } = await startRegistry({ htpasswd });
		await putImage(host, 'app', ['1'], htpasswd);
		await expect(openRegistry(host).catalog(never)).rejects.toMatchObject({
			code: 'ELOGIN',
			message: `${host} wants a login.`,
		});
		await expect(
			openRegistry(host, { username: 'me', password: 'wrong' }).tags('app', never),
		).rejects.toMatchObject({ code: 'ELOGIN', message: `${host} does not accept the login: log in again.` });
		const opened = openRegistry(host, me);
		expect((await opened.catalog(never)).names).toEqual(['app']);
		expect((await opened.tags('app', never)).names).toEqual(['1']);
		await stop();
		await expect(openRegistry(host, me).catalog(never)).rejects.toMatchObject({
			code: 'ECONNREFUSED',
			message: `Nothing listens at ${host}: is the registry running?`,
		});
	});
});

describe('a registry with tokens', () => {
	const tokenFor = (text: string) => Buffer.from(text).toString('base64url');

	/** Lets in who has the token for a scope; the tokens are given out by another server. */
	async function start(isLetIn: (asked: Asked) => boolean) {
		const tokens = await startFake((asked) => {
			const query = new URLSearchParams(asked.method === 'POST' ? asked.body : asked.path.split('?')[1]);
			if (!isLetIn(asked)) return { status: 401 };
			const token = tokenFor(`${query.get('service')}:${query.get('scope')}`);
			return { body: asked.method === 'POST' ? { access_token: token } : { token } };
		});
		const registry = await startFake(({ path, authorization }) => {
			const scope = path.includes('_catalog') ? 'registry:catalog:*' : 'repository:team/app:pull';
			if (authorization === `Bearer ${tokenFor(`the registry:${scope}`)}`)
				return { body: path.includes('_catalog') ? { repositories: ['team/app'] } : { tags: ['1', '2'] } };
			const challenge = `Bearer realm="http://${tokens.host}/token",service="the registry"${path === '/v2/' ? '' : `,scope="${scope}"`}`;
			return {
				status: 401,
				headers: { 'www-authenticate': challenge },
				body: { errors: [{ code: 'UNAUTHORIZED' }] },
			};
		});
		return { ...registry, tokens };
	}

	it('gives one to everybody', async () => {
		const { host, asked, tokens } = await start(({ authorization }) => authorization === undefined);
		const opened = openRegistry(host);
		expect((await opened.tags('team/app', never)).names).toEqual(['2', '1']);
		expect((await opened.catalog(never)).names).toEqual(['team/app']);
		await opened.tags('team/app', never);
		// A token serves until it is refused.
		expect(tokens.asked).toHaveLength(2);
		expect(asked).toHaveLength(6);
	});

	it('gives one for a login, which the registry itself never sees', async () => {
		const { host, asked, tokens } = await start(
			({ authorization }) => authorization === basic(me.username, me.password),
		);
		expect((await openRegistry(host, me).tags('team/app', never)).names).toEqual(['2', '1']);
		expect(tokens.asked[0]?.path).toContain('account=me');
		expect(asked.filter(({ authorization }) => authorization?.startsWith('Basic'))).toEqual([]);
		for (const credentials of [undefined, { username: 'me', password: 'wrong' }])
			await expect(openRegistry(host, credentials).tags('team/app', never)).rejects.toMatchObject({
				code: 'ELOGIN',
			});
	});

	it('gives one for an identity token', async () => {
		const { host, tokens } = await start(
			({ method, body }) => method === 'POST' && body.includes('refresh_token=secret%26token'),
		);
		const opened = openRegistry(host, { identityToken: 'secret&token' });
		expect((await opened.catalog(never)).names).toEqual(['team/app']);
		expect(tokens.asked[0]?.path).not.toContain('secret');
	});

	it('gets no login sent to where others can read it', async () => {
		const { host, asked } = await startFake(() => ({
			status: 401,
			headers: { 'www-authenticate': 'Bearer realm="http://registry.invalid/token"' },
		}));
		await expect(openRegistry(host, me).tags('a', never)).rejects.toThrow('where others can read it');
		expect(asked.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
	});

	it('that lets the login in, but not there, wants no other login', async () => {
		const tokens = await startFake(() => ({ body: { token: 'x' } }));
		const { host } = await startFake(() => ({
			status: 401,
			headers: { 'www-authenticate': `Bearer realm="http://${tokens.host}/"` },
		}));
		await expect(openRegistry(host, me).tags('a', never)).rejects.toMatchObject({ code: 'EDENIED' });
		await expect(openRegistry(host).tags('a', never)).rejects.toMatchObject({ code: 'ELOGIN' });
	});
});

describe('what answers otherwise', () => {
	it.each([
		['a page', { body: '<html>', headers: { 'content-type': 'text/html' } }, 'is not a registry'],
		['nothing of that name', { status: 404 }, 'is not a registry'],
		['a failure', { status: 503 }, 'could not answer (503)'],
	])('is told of: %s', async (_, reply, words) => {
		const { host } = await startFake(() => reply);
		await expect(openRegistry(host).catalog(never)).rejects.toThrow(words);
	});

	it.each([
		['no catalog', { status: 404 }, 'has no list of its repositories: type the name of one.', 'ENOCATALOG'],
		['too many requests', { status: 429 }, 'wait a little', 'EBUSY'],
		['something else', { body: { repositories: 'x' } }, 'is not a registry', 'EANSWER'],
		['no JSON', { body: '{' }, 'is not a registry', 'EANSWER'],
		['too much', { body: `["${'x'.repeat(9 << 20)}"]` }, 'more than Portside takes in', 'ETOOBIG'],
	])('is told of after it seemed a registry: %s', async (_, reply, words, code) => {
		const { host } = await startFake(({ path }) => (path === '/v2/' ? undefined : reply));
		await expect(openRegistry(host).catalog(never)).rejects.toMatchObject({
			code,
			message: expect.stringContaining(words),
		});
	});

	it('in no time is waited for in vain', async () => {
		const { host } = await startFake(({ path }) => (path === '/v2/' ? { body: {} } : undefined));
		const opened = openRegistry(host, undefined, { timeout: 200 });
		await expect(opened.catalog(never)).rejects.toMatchObject({
			code: 'ETIMEOUT',
			message: `${host} did not answer in time.`,
		});
	});

	it('is not waited for by somebody who left', async () => {
		const { host, asked } = await startFake(({ path }) => (path === '/v2/' ? { body: {} } : undefined));
		const end = new AbortController();
		const tags = openRegistry(host).tags('a', end.signal);
		await expect.poll(() => asked.length).toBe(2);
		end.abort();
		await expect(tags).rejects.toBe(end.signal.reason);
	});

	it('Docker Hub has no catalog, and what is no name is not asked', async () => {
		await expect(openRegistry('docker.io').catalog(never)).rejects.toMatchObject({ code: 'ENOCATALOG' });
		await expect(openRegistry('me@host').catalog(never)).rejects.toThrow(
			'me@host is not the name of a registry.',
		);
		await expect(openRegistry('127.0.0.1:1').tags('../../x', never)).rejects.toThrow(
			'../../x is not the name of a repository.',
		);
		await expect(openRegistry('nowhere.invalid').catalog(never)).rejects.toThrow(
			/nowhere\.invalid (is not known|cannot be looked up)/,
		);
	});
});

describe('pages', () => {
	it('end after a thousand names, and where they go round in circles', async () => {
		let page = 0;
		const { host } = await startFake(({ path }) => {
			if (path === '/v2/') return undefined;
			const repositories = Array.from({ length: 300 }, (_, i) => `r-${page}-${i}`);
			page += 1;
			return {
				body: { repositories: [...repositories, '--flag', 'UP', '\u001b[2J'] },
				headers: { link: `</v2/_catalog?page=${page}>; rel="next"` },
			};
		});
		const { names, isCut } = await openRegistry(host).catalog(never);
		expect([names.length, isCut, page]).toEqual([1000, true, 4]);
		expect(names.filter((name) => !name.startsWith('r-'))).toEqual([]);

		const round = await startFake(({ path }) =>
			path === '/v2/' ? undefined : { body: { tags: ['1'] }, headers: { link: `<${path}>; rel=next` } },
		);
		expect(await openRegistry(round.host).tags('a', never)).toEqual({ names: ['1'], isCut: false });
		expect(round.asked).toHaveLength(3);
	});

	it('are asked for at the registry, whatever address it gives', async () => {
		const other = await startFake(() => ({ body: { tags: ['evil'] } }));
		const { host } = await startFake(({ path }) => {
			if (path === '/v2/') return undefined;
			return path.includes('last')
				? { body: { tags: ['2'] } }
				: {
						body: { tags: ['1'] },
						headers: { link: `<http://${other.host}/v2/a/tags/list?last=1>; rel="next"` },
					};
		});
		expect((await openRegistry(host).tags('a', never)).names).toEqual(['2', '1']);
		expect(other.asked).toEqual([]);
	});
});

describe('redirects', () => {
	it('are followed, but take no login to another host', async () => {
		const other = await startFake(() => ({ body: { tags: ['1'] } }));
		const { host, asked } = await startFake(({ path, authorization }) => {
			if (path === '/v2/') return undefined;
			if (!authorization) return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
			const location = path.startsWith('/moved') ? `http://${other.host}/v2/a/tags/list` : `/moved${path}`;
			return { status: 307, headers: { location } };
		});
		expect((await openRegistry(host, me).tags('a', never)).names).toEqual(['1']);
		expect(asked.at(-1)?.authorization).toBe(basic(me.username, me.password));
		expect(other.asked.map(({ authorization }) => authorization)).toEqual([undefined]);
	});

	it('end', async () => {
		const { host, asked } = await startFake(({ path }) =>
			path === '/v2/' ? undefined : { status: 302, headers: { location: path } },
		);
		await expect(openRegistry(host).tags('a', never)).rejects.toMatchObject({ code: 'EANSWER' });
		expect(asked).toHaveLength(7);
	});
});

describe('TLS', () => {
	const tags = ({ path }: Asked) => (path === '/v2/' ? undefined : { body: { tags: ['1'] } });

	it('is spoken where the registry does, and its certificate is looked at', async () => {
		const { host, port } = await startFake(tags, { isTls: true });
		const certificates = mkdtempSync(join(tmpdir(), 'portside-certificates-'));
		const other = `[::ffff:127.0.0.1]:${port}`;
		for (const name of [host, other]) {
			await expect(openRegistry(name, undefined, { certificates }).tags('a', never)).rejects.toThrow(
				/^The certificate of \S+ is not trusted on this machine\.$/,
			);
			mkdirSync(join(certificates, name));
			writeFileSync(join(certificates, name, 'ca.crt'), ca);
		}
		expect((await openRegistry(host, undefined, { certificates }).tags('a', never)).names).toEqual(['1']);
		rmSync(certificates, { recursive: true });
	});

	it('is not spoken to who has none, but no login goes there', async () => {
		const { port, asked } = await startFake(tags);
		// Loopback, too, but by a name that does not say so.
		const host = `[::ffff:127.0.0.1]:${port}`;
		expect((await openRegistry(host).tags('a', never)).names).toEqual(['1']);
		await expect(openRegistry(host, me).tags('a', never)).rejects.toThrow(
			'has no TLS: the login is not sent to it.',
		);
		expect(asked.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
	});

	it('of neither kind is no registry', async () => {
		const server = createServer((socket) => socket.end('SSH-2.0-x\r\n'));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as { port: number };
		await expect(openRegistry(`127.0.0.1:${port}`).catalog(never)).rejects.toThrow('is not a registry');
		server.close();
	});
});
