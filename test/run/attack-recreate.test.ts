// A container that stood still is so again, when what was to take its place does not start.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import { runWishOf } from '../../source/engine/run-wish.ts';
import { recreate } from '../../source/run/recreate.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';

describeWithEngine('a paused container that cannot be recreated', (test) => {
	let engine: Engine;
	const name = `recreate-paused-${process.pid}`;

	beforeAll(async () => {
		engine = await openEngine({ host: test.host, source: 'test', name: 'local' });
	});
	afterAll(async () => {
		await test.docker('rm', '--force', '--volumes', name, `${name}-rm`).catch(() => {});
		engine.close();
	}, 60_000);

	const look = async (format: string, of: string): Promise<string> =>
		(await test.docker('inspect', '--type', 'container', '--format', format, of)).trim();

	it.each([[name], [`${name}-rm`, '--rm']])(
		'%s is paused again',
		async (called, ...flags) => {
			const words = [
				'--detach',
				'--stop-timeout',
				'0',
				'--name',
				called,
				...flags,
				'busybox',
				'sleep',
				'1000',
			];
			const id = (await test.docker('run', ...words)).trim();
			await test.docker('pause', called);
			const { raw } = await engine.inspect(id);
			const wish = { ...runWishOf(raw), command: ['no-such-program'] };
			await expect(
				recreate(engine, { id, name: called }, wish, { wasRunning: true, wasPaused: true }),
			).rejects.toThrow(/as it was\.$/);
			expect(await look('{{.State.Status}}', called)).toBe('paused');
		},
		60_000,
	);
});
