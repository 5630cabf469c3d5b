// Builds from base images that need a login, and with secrets: who is told what, and what is said where something is missing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { describeWithRegistry, putImage, type Registry, startRegistry } from '../helpers/registry.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import {
	builders,
	buildsOn,
	cancelled,
	failed,
	paneText,
	stepIn,
	waitForEnd,
	waitForImage,
} from './building.ts';
import { act, unique } from './driving.ts';

const alice = { user: 'alice', password: 'p:w \u00e9' };
const bob = { user: 'bob', password: 'other' };

/** A folder with docker's own configuration, in which these logins are. */
const configWith = (logins: Readonly<Record<string, { user: string; password: string }>>): string => {
	const folder = mkdtempSync(join(tmpdir(), 'portside-config-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const auths = Object.entries(logins).map(([host, { user, password }]) => [
		host,
		{ auth: Buffer.from(`${user}:${password}`).toString('base64') },
	]);
	writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: Object.fromEntries(auths) }));
	return folder;
};

/** A registry that lets nobody in, and keeps what it was told. */
const curious = async () => {
	const told: string[] = [];
	let asked = 0;
	const server = createServer((request, response) => {
		asked++;
		const { authorization } = request.headers;
		if (authorization !== undefined) told.push(authorization);
		response.writeHead(401, { 'www-authenticate': 'Basic realm="curious"' }).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, told, asked: () => asked };
};

describeWithEngine('a build', (engine) => {
	const builds = buildsOn(engine);

	describeWithRegistry('from a registry that wants a login', () => {
		let ours: Registry;
		let theirs: Registry;
		beforeAll(async () => {
			[ours, theirs] = await Promise.all([
				startRegistry({ htpasswd: alice }),
				startRegistry({ htpasswd: bob }),
			]);
		});
		afterAll(() => Promise.all([ours?.stop(), theirs?.stop()]));

		describe.each(builders)('with %s', (builder) => {
			const env = builder === 'classic' ? { DOCKER_BUILDKIT: '0' } : {};
			const start = (tag: string, files: Record<string, string>, config: string) =>
				builds.build(builds.project(files), ['-t', tag, '.'], { env: { ...env, DOCKER_CONFIG: config } });
			/** Of an image that no engine has yet. */
			const privateImage = async (registry = ours, login = alice) => {
				const name = unique('base');
				await putImage(registry.host, name, ['1'], login);
				return `${registry.host}/${name}:1`;
			};

			test('sends each registry its own login and no other', async () => {
				const [one, two] = [await privateImage(), await privateImage(theirs, bob)];
				const stranger = await curious();
				const config = configWith({ [ours.host]: alice, [theirs.host]: bob });
				const tag = builds.tag('private');
				const Dockerfile = `FROM ${one} AS one\nFROM ${two}\nCOPY --from=one /repository.txt /one.txt\n`;
				const session = start(tag, { Dockerfile }, config);
				await waitForImage(session);
				expect(await builds.has(tag)).toBe(true);

				const refused = start(builds.tag('curious'), { Dockerfile: `FROM ${stranger.host}/x:1\n` }, config);
				await waitForEnd(refused, failed);
				expect([stranger.asked() > 0, stranger.told]).toEqual([true, []]);
			});

			test.each([
				['without a login', {}],
				['with a wrong one', { password: 'wrong' }],
			])('%s says that the registry wants one, and marks the line', async (_, wrong) => {
				const base = await privateImage();
				const config = configWith('password' in wrong ? { [ours.host]: { ...alice, ...wrong } } : {});
				const session = start(builds.tag('refused'), { Dockerfile: `# first\nFROM ${base}\n` }, config);
				const lines = await waitForEnd(session, failed);
				const text = paneText(lines);
				expect(text).toContain(`The base image ${base} could not be pulled: its registry wants a login`);
				expect(text).toContain(`docker login ${ours.host} keeps one`);
				expect(text).toContain(`> 2 │ FROM ${base}`);
			});
		});
	});

	test.each(builders)('whose registry does not answer is cancelled at once, with %s', async (builder) => {
		const open = new Set<Socket>();
		const silent = createTcpServer((socket) => {
			open.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => open.delete(socket));
			socket.resume();
		});
		await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => {
			for (const socket of open) socket.destroy();
			silent.close();
		});
		const base = `127.0.0.1:${(silent.address() as AddressInfo).port}/silent:1`;
		const session = builds.build(builds.project({ Dockerfile: `FROM ${base}\n` }), ['.'], {
			env: builder === 'classic' ? { DOCKER_BUILDKIT: '0' } : {},
		});
		await session.waitFor((lines) => paneText(lines).includes('silent:1') && open.size > 0);
		await act(session, 'build.cancel');
		await session.waitFor(cancelled, { timeout: 2000 });
		// the classic builder of 20.10 waits for its answer all the same, and for nothing else
		if (builder === 'buildkit') await vi.waitFor(() => expect(open.size).toBe(0), { timeout: 2000 });
	});

	describe('with secrets', () => {
		/** Another each time: what a secret says is not part of the cache's key. */
		const wanting = () =>
			`FROM busybox\nRUN --mount=type=secret,id=word,required=true cp /run/secrets/word /said # ${unique('run')}\n`;

		test('hands them to BuildKit by their ids', async () => {
			const tag = builds.tag('secret');
			const folder = builds.project({
				Dockerfile: wanting(),
				'.dockerignore': 'hidden',
				hidden: `${tag} 비밀`,
			});
			const session = builds.build(folder, ['-t', tag, '--secret', 'id=word,src=hidden', '.']);
			await waitForImage(session);
			expect(await engine.docker('run', '--rm', tag, 'cat', '/said')).toBe(`${tag} 비밀`);
			expect(stepIn(await session.screen(), 'RUN --mount')).toMatchObject({ sign: '✓', line: '2' });
		});

		test.each([
			[
				'of which one is missing',
				['--secret', 'id=word,src=gone'],
				/The secret word cannot be handed on: there is no file \S+ ?\S*gone\./,
			],
			['that it was not given', [], /This build wants the secret word, which it was not given/],
		])('%s says so', async (_, words, sentence) => {
			const session = builds.build(builds.project({ Dockerfile: wanting() }), [...words, '.']);
			await waitForEnd(session, failed);
			expect(paneText(await session.screen())).toMatch(sentence);
		});

		test('says that the classic builder knows none', async () => {
			const folder = builds.project({ Dockerfile: wanting(), word: 'x' });
			const env = { DOCKER_BUILDKIT: '0' };
			const given = builds.build(folder, ['--secret', 'id=word,src=word', '.'], { env });
			await waitForEnd(given, failed);
			expect(paneText(await given.screen())).toContain('Secrets (--secret) are known to BuildKit alone');
			const wanted = builds.build(folder, ['.'], { env });
			await waitForEnd(wanted, failed);
			expect(paneText(await wanted.screen())).toContain(
				'RUN --mount is known to BuildKit alone: build with it.',
			);
		});
	});

	test('with --ssh is not begun: the limit is named', async () => {
		const session = builds.build(builds.project({ Dockerfile: 'FROM busybox\n' }), ['--ssh', 'default', '.']);
		expect(await session.exit).toEqual({ code: 2, signal: undefined });
		expect(await session.text()).toContain('Portside does not hand on the keys of an ssh agent (--ssh)');
	});

	test('whose Dockerfile wants keys of an ssh agent is warned, and told why it fails', async () => {
		const wanting = 'FROM busybox\nRUN --mount=type=ssh,required=true echo never\n';
		const session = builds.build(builds.project({ Dockerfile: wanting }), ['.']);
		await waitForEnd(session, failed);
		const text = paneText(await session.screen());
		expect(text).toContain('Line 2 asks for keys of an ssh agent');
		expect(text).toContain(
			'wants keys of an ssh agent (RUN --mount=type=ssh), which Portside does not hand on.',
		);
	});
});
