// A container made anew with changes: what it had is kept, and when anything goes wrong the old one is back.
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Target } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import { runWishOf } from '../../source/engine/run-wish.ts';
import type { RunWish } from '../../source/model/run.ts';
import { differences } from '../../source/run/differences.ts';
import { parseRunLine } from '../../source/run/parse-run.ts';
import { recreate } from '../../source/run/recreate.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';

describeWithEngine('a container that is recreated', (test) => {
	let engine: Engine;
	const prefix = `recreate-${process.pid}`;
	let count = 0;

	beforeAll(async () => {
		engine = await openEngine({ host: test.host, source: 'test', name: 'local' });
	});
	afterAll(async () => {
		const left = await test.docker('ps', '--all', '--quiet', '--filter', `name=${prefix}`);
		if (left.trim()) await test.docker('rm', '--force', '--volumes', ...left.trim().split('\n'));
		engine.close();
	}, 60_000);

	const made = async (...words: string[]): Promise<Target> => {
		const name = `${prefix}-${++count}`;
		const id = (await test.docker('run', '--detach', '--stop-timeout', '0', '--name', name, ...words)).trim();
		return { id, name };
	};
	const wishOf = async ({ id }: Target): Promise<RunWish> => {
		const { raw } = await engine.inspect(id);
		return runWishOf(raw, (await engine.inspectImage(String(raw.Image))).raw);
	};
	const look = async (format: string, name: string): Promise<string> =>
		(await test.docker('inspect', '--type', 'container', '--format', format, name)).trim();
	const all = async ({ name }: Target): Promise<string[]> =>
		(await test.docker('ps', '--all', '--format', '{{.Names}}', '--filter', `name=${name}`))
			.trim()
			.split('\n');
	const state = '{{.Id}} {{.State.Status}}';

	it('is another one of the same name, with what changed and with its volumes', async () => {
		const old = await made(
			'-v',
			'/data',
			'-e',
			'A=1',
			'busybox',
			'sh',
			'-c',
			'echo kept >> /data/file; sleep 1000',
		);
		await expect
			.poll(() => test.docker('exec', old.name, 'cat', '/data/file').catch(() => ''))
			.toBe('kept\n');
		const wish = await wishOf(old);
		const { id } = await recreate(engine, old, { ...wish, env: ['A=2'] }, { wasRunning: true });
		expect(id).not.toBe(old.id);
		expect(await look(state, old.name)).toBe(`${id} running`);
		expect(await look('{{.Config.Env}}', id)).toContain('A=2');
		await expect.poll(() => test.docker('exec', old.name, 'cat', '/data/file')).toBe('kept\nkept\n');
		expect(await all(old)).toEqual([old.name]);
	}, 30_000);

	it('is not started if the old one was not running, and may get another name', async () => {
		const old = await made('busybox', 'true');
		await test.docker('wait', old.name);
		const name = `${old.name}-renamed`;
		const { id } = await recreate(engine, old, { ...(await wishOf(old)), name }, { wasRunning: false });
		expect(await look(state, name)).toBe(`${id} created`);
		expect(await all(old)).toEqual([name]);
	}, 30_000);

	describe('and cannot be', () => {
		let taken: Server;
		let port = 0;
		beforeAll(async () => {
			taken = createServer();
			await new Promise<void>((resolve) => taken.listen(0, '0.0.0.0', resolve));
			port = (taken.address() as { port: number }).port;
		});
		afterAll(() => void taken.close());

		const back = async (old: Target, running: boolean): Promise<void> => {
			expect(await all(old)).toEqual([old.name]);
			expect(await look(state, old.name)).toBe(`${old.id} ${running ? 'running' : 'exited'}`);
		};

		it('started, is back as it was, with its volumes', async () => {
			const old = await made('-v', '/data', 'busybox', 'sh', '-c', 'echo kept >> /data/file; sleep 1000');
			const wish = await wishOf(old);
			const ports = [{ host: `${port}`, container: '80', protocol: 'tcp' as const }];
			await expect(
				recreate(engine, old, { ...wish, ports, volumes: [...wish.volumes, '/own'] }, { wasRunning: true }),
			).rejects.toMatchObject({
				name: 'EngineError',
				message: expect.stringMatching(new RegExp(`port.* The old ${old.name} is back as it was\\.$`)),
				statusCode: 500,
			});
			await back(old, true);
			await expect.poll(() => test.docker('exec', old.name, 'cat', '/data/file')).toBe('kept\nkept\n');
		}, 30_000);

		it.each([
			['an image that is not there', { image: 'portside.test/nowhere:1' }],
			['a mount that is not there', { mounts: ['type=bind,source=/portside/nowhere,target=/x'] }],
			['a limit that is none', { memory: 'lots' }],
			['a name that is none', { name: '-' }],
		] satisfies [string, Partial<RunWish>][])(
			'created for %s, was never stopped',
			async (_, change) => {
				const old = await made('busybox', 'sleep', '1000');
				const startedAt = await look('{{.State.StartedAt}}', old.name);
				await expect(
					recreate(engine, old, { ...(await wishOf(old)), ...change }, { wasRunning: true }),
				).rejects.toThrow(`The old ${old.name} is back as it was.`);
				await back(old, true);
				expect(await look('{{.State.StartedAt}}', old.name)).toBe(startedAt);
			},
			30_000,
		);

		it.each([
			['program', { command: ['no-such-program'] }],
			['second network', { networks: ['bridge', 'portside-nowhere'] }],
		] satisfies [string, Partial<RunWish>][])(
			'run because its %s is not there, is back',
			async (_, change) => {
				const old = await made('busybox', 'sleep', '1000');
				const wish = { ...(await wishOf(old)), ...change };
				await expect(recreate(engine, old, wish, { wasRunning: true })).rejects.toThrow('is back as it was');
				await back(old, true);
			},
			30_000,
		);

		it('and was not running, is back as it was', async () => {
			const old = await made('busybox', 'true');
			await test.docker('wait', old.name);
			const wish = { ...(await wishOf(old)), image: 'portside.test/nowhere:1' };
			await expect(recreate(engine, old, wish, { wasRunning: false })).rejects.toThrow('is back as it was');
			await back(old, false);
		}, 30_000);

		it('and went when it was stopped, is made again with its volumes', async () => {
			const old = await made(
				'--rm',
				'-v',
				'/data',
				'busybox',
				'sh',
				'-c',
				'echo kept >> /data/file; sleep 1000',
			);
			await expect
				.poll(() => test.docker('exec', old.name, 'cat', '/data/file').catch(() => ''))
				.toBe('kept\n');
			const wish = { ...(await wishOf(old)), command: ['no-such-program'] };
			await expect(recreate(engine, old, wish, { wasRunning: true })).rejects.toThrow(
				`The old ${old.name}, which had --rm, was made again as it was.`,
			);
			expect(await all(old)).toEqual([old.name]);
			expect(await look('{{.State.Status}} {{.HostConfig.AutoRemove}}', old.name)).toBe('running true');
			await expect.poll(() => test.docker('exec', old.name, 'cat', '/data/file')).toBe('kept\nkept\n');
		}, 30_000);
	});

	it('goes by itself with --rm, and leaves its volumes to the new one', async () => {
		const old = await made(
			'--rm',
			'-v',
			'/data',
			'busybox',
			'sh',
			'-c',
			'echo kept >> /data/file; sleep 1000',
		);
		await expect
			.poll(() => test.docker('exec', old.name, 'cat', '/data/file').catch(() => ''))
			.toBe('kept\n');
		const { id } = await recreate(
			engine,
			old,
			{ ...(await wishOf(old)), labels: ['a=b'] },
			{ wasRunning: true },
		);
		await expect.poll(() => all(old)).toEqual([old.name]);
		expect(await look(state, old.name)).toBe(`${id} running`);
		await expect.poll(() => test.docker('exec', old.name, 'cat', '/data/file')).toBe('kept\nkept\n');
	}, 30_000);
});

describe('the differences of two wishes', () => {
	const wishIn = (flags: string): RunWish => {
		const read = parseRunLine(`docker run ${flags}`);
		if ('problem' in read) throw new Error(read.problem);
		return read.wish;
	};

	it.each([
		['-d -p 8080:80 httpd', '-d -p 8080:80 httpd', []],
		['-p 8080:80 -e A=1 httpd', '-p 8081:80 -e A=1 httpd', ['- -p 8080:80', '+ -p 8081:80']],
		[
			'-e A=1 -e B=2 -m 1g httpd',
			"-e B=2 -e 'A=x y' --rm httpd",
			['- -e A=1', "+ -e 'A=x y'", '- -m 1g', '+ --rm'],
		],
		['-it httpd', '-d httpd:2.4 sh', ['- image httpd', '+ image httpd:2.4', '- -it', '+ -d', '+ command sh']],
		['-v /a -v /a httpd', '-v /a httpd', ['- -v /a']],
	])('%s and %s are %j', (before, after, lines) => {
		expect(differences(wishIn(before), wishIn(after))).toEqual(lines);
	});
});
