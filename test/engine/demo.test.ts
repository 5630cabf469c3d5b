// The contract on the embedded engine, and what watch makes of it when its connections drop or it hangs.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import { openEngine } from '../../source/engine/engine.ts';
import { engineContract } from './contract.ts';
import { imageContract } from './image-contract.ts';
import { patience } from './patience.ts';
import { raw } from './raw.ts';
import { sessionContract } from './session-contract.ts';
import { differences, startWatch } from './watched.ts';

describe('the embedded engine', () => {
	let demo: DemoEngine;
	let image = '';

	beforeAll(async () => {
		demo = await startDemo();
		const engine = await openEngine({ host: `unix://${demo.socketPath}`, source: 'demo', name: 'demo' });
		image =
			(await engine.images())
				.flatMap(({ references }) => references)
				.find((name) => /busybox|alpine|ubuntu|debian/.test(name)) ?? '';
		engine.close();
	});
	afterAll(() => demo.close());

	engineContract('the demo', () => ({ socket: demo.socketPath, image }));
	sessionContract('the demo', () => ({ socket: demo.socketPath, image }));
	imageContract('the demo', () => ({ socket: demo.socketPath, image }));

	it('is lost when its connections drop, or when it hangs, and is right again afterwards', async () => {
		const own = await startDemo();
		const watched = startWatch(`unix://${own.socketPath}`);
		const engineOf = () => watched.engine ?? expect.unreachable('no engine');
		const isRightAgain = async () => {
			await expect.poll(() => watched.story.at(-1), { timeout: 10_000 }).toBe('connected');
			await expect.poll(() => differences(watched, engineOf()), patience).toEqual([]);
		};
		try {
			await isRightAgain();
			own.drop();
			await expect.poll(() => watched.story.at(-1), { timeout: 1000, interval: 5 }).toBe('lost');
			await raw(own.socketPath, 'POST', '/containers/prune');
			await isRightAgain();
			own.hang(true);
			await expect.poll(() => watched.story.at(-1), { timeout: 10_000 }).toBe('lost');
			own.hang(false);
			await isRightAgain();
		} finally {
			await watched.stop();
			await own.close();
		}
	}, 60_000);

	it('shows ten thousand containers without being asked for all of them again', async () => {
		const large = await startDemo({ containers: 10_000 });
		const watched = startWatch(`unix://${large.socketPath}`);
		try {
			await expect.poll(() => watched.containers.size, { timeout: 10_000 }).toBeGreaterThanOrEqual(10_000);
			await raw(large.socketPath, 'POST', '/containers/bench-00042/stop?t=0');
			await expect
				.poll(() => [...watched.containers.values()].find(({ name }) => name === 'bench-00042')?.state)
				.toBe('exited');
			expect(watched.events.filter(({ type }) => type === 'listed')).toHaveLength(1);
		} finally {
			await watched.stop();
			await large.close();
		}
	});
});
