// The contract on a real dockerd, and what watch makes of one that is killed, restarted, frozen or cut off.
import { rename } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openEngine } from '../../source/engine/engine.ts';
import type { Sample } from '../../source/model/items.ts';
import { type Dockerd, startDockerd } from '../helpers/dockerd.ts';
import { isEngineRequired, whyNoEngine } from '../helpers/engine-support.ts';
import { engineContract } from './contract.ts';
import { imageContract } from './image-contract.ts';
import { sessionContract } from './session-contract.ts';
import { differences, startWatch, type Watched } from './watched.ts';

describe.skipIf(!isEngineRequired && whyNoEngine() !== undefined)('a real engine', () => {
	let dockerd: Dockerd;

	beforeAll(async () => {
		dockerd = await startDockerd({ name: 'contract' });
	});
	afterAll(() => dockerd?.stop());

	engineContract('dockerd', () => ({ socket: dockerd.socketPath, image: 'busybox:latest' }));
	sessionContract('dockerd', () => ({ socket: dockerd.socketPath, image: 'busybox:latest' }));
	imageContract('dockerd', () => ({ socket: dockerd.socketPath, image: 'busybox:latest' }));

	it('has its long lines put together again, of pipes and of terminals', async () => {
		const script = 'head -c 40000 /dev/zero | tr "\\0" a; echo; echo end';
		await dockerd.docker('run', '--name', 'long', 'busybox', 'sh', '-c', script);
		await dockerd.docker('run', '--tty', '--name', 'long-tty', 'busybox', 'sh', '-c', script);
		const engine = await openEngine({ host: dockerd.host, source: 'test', name: 'local' });
		for (const [name, tty] of [
			['long', false],
			['long-tty', true],
		] as const) {
			const lines: string[] = [];
			const options = { tail: 10, follow: false, tty };
			await engine.logs(name, options, new AbortController().signal, (batch) =>
				lines.push(...batch.map(({ text }) => text)),
			);
			expect(lines).toEqual(['a'.repeat(40_000), 'end']);
		}
		engine.close();
	});

	it('agrees with docker stats about memory and CPU', async () => {
		await dockerd.docker('run', '--detach', '--name', 'busy', 'busybox', 'sh', '-c', 'while :; do :; done');
		const engine = await openEngine({ host: dockerd.host, source: 'test', name: 'local' });
		const stop = new AbortController();
		let last: Sample | undefined;
		const pending = engine.stats('busy', stop.signal, (sample) => {
			last = sample;
		});
		const differs = async (): Promise<number> => {
			const told = await dockerd.docker(
				'stats',
				'--no-stream',
				'--format',
				'{{.MemUsage}} {{.CPUPerc}}',
				'busy',
			);
			const [, memory, unit = '', cpu] = /^([\d.]+)(\w+) .* ([\d.]+)%/.exec(told) ?? [];
			const bytes = Number(memory) * ({ B: 1, KiB: 1024, MiB: 1024 ** 2 }[unit] ?? Number.NaN);
			return Math.max(
				Math.abs((last?.memory ?? 0) / bytes - 1),
				Math.abs((last?.cpu ?? 0) / Number(cpu) - 1),
			);
		};
		// Both look at a moment of their own, so it may take a few until they see the same.
		await expect.poll(differs, { timeout: 25_000 }).toBeLessThan(0.05);
		stop.abort();
		await pending;
		engine.close();
		await dockerd.docker('rm', '--force', 'busy');
	});

	it('that is killed loses its terminals, and tells so', async () => {
		const own = await startDockerd({ name: 'terminals' });
		try {
			const options = ['--detach', '--interactive', '--tty', '--name', 'kept', '--stop-timeout', '1'];
			const id = (await own.docker('run', ...options, 'busybox', 'sh')).trim();
			const target = { id, name: 'kept' };
			const size = { columns: 80, rows: 24 };
			const engine = await openEngine({ host: own.host, source: 'test', name: 'local' });
			const inside = await engine.exec(target, { command: ['sh'], tty: true, size }, () => {});
			const piped = await engine.exec(target, { command: ['sleep', '1000'], tty: false, size }, () => {});
			const attached = await engine.attach(target, { tty: true, stdin: true, size }, () => {});
			await own.kill();
			for (const session of [inside, piped, attached]) {
				expect(await session.ended).toMatchObject({ how: 'lost', error: { name: 'EngineError' } });
			}
			expect(await inside.end()).toBe(false);
			engine.close();
		} finally {
			await own.stop();
		}
	}, 60_000);

	describe('that goes away', () => {
		let watched: Watched;

		beforeAll(async () => {
			await dockerd.docker('create', '--name', 'kept', 'busybox', 'sleep', '1000');
			watched = startWatch(dockerd.host);
			await vi.waitFor(() => expect(watched.story.at(-1)).toBe('connected'), { timeout: 5000 });
		});
		afterAll(() => watched?.stop());

		const lastReason = () => watched.events.findLast((event) => event.type === 'lost')?.reason;

		async function lostWithin(milliseconds: number): Promise<void> {
			await expect.poll(() => watched.story.at(-1), { timeout: milliseconds, interval: 10 }).toBe('lost');
			expect(watched.engine).toBeUndefined();
		}

		async function rightAgain(): Promise<void> {
			await expect.poll(() => watched.story.at(-1), { timeout: 20_000 }).toBe('connected');
			if (!watched.engine) throw new Error('connected without an engine');
			await expect
				.poll(async () => watched.engine && (await differences(watched, watched.engine)))
				.toEqual([]);
			expect([...watched.containers.values()].map(({ name }) => name)).toContain('kept');
		}

		it('by kill -9 is lost at once, ends every call, and is found again', async () => {
			// A restarted dockerd waits as long for what still runs, so it is not much.
			const id = (
				await dockerd.docker('run', '--detach', '--stop-timeout', '3', 'busybox', 'sleep', '1000')
			).trim();
			const pending = expect(watched.engine?.stop({ id, name: 'slow' })).rejects.toMatchObject({
				name: 'EngineError',
			});
			await dockerd.kill();
			await lostWithin(1000);
			// Whichever is noticed first: the streams that broke, or a request that was refused.
			expect(lastReason()).toMatch(/broke the connection off: it was killed|is not running any more/);
			await pending;
			await dockerd.start();
			await rightAgain();
		}, 60_000);

		it('by a restart is lost and found again', async () => {
			await dockerd.kill('SIGTERM');
			await lostWithin(1000);
			await dockerd.start();
			await rightAgain();
		}, 60_000);

		it('by hanging is lost within ten seconds', async () => {
			await dockerd.freeze();
			try {
				await lostWithin(10_000);
				expect(lastReason()).toBe('The engine does not answer any more: its process hangs or is stopped.');
			} finally {
				await dockerd.thaw();
			}
			await rightAgain();
		}, 60_000);

		it('behind a socket file that was removed is lost within ten seconds', async () => {
			await rename(dockerd.socketPath, `${dockerd.socketPath}.away`);
			try {
				await lostWithin(10_000);
				expect(lastReason()).toBe('The socket file of the engine is gone.');
			} finally {
				await rename(`${dockerd.socketPath}.away`, dockerd.socketPath);
			}
			await rightAgain();
		}, 60_000);
	});
});
