// Transfers between a real engine, a real registry and real files: what the desk tells is what there is.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import type { Transfer } from '../../source/model/transfers.ts';
import { createTransfers } from '../../source/transfer/transfers.ts';
import { until } from '../actions/player.ts';
import { describeWithRegistry, type Registry, startRegistry } from '../helpers/registry.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';

const mega = 1 << 20;

describeWithRegistry('with a registry', () => {
	describeWithEngine('a real engine', ({ host, docker }) => {
		let registry: Registry;
		let engine: Engine;
		let cwd: string;
		let name: string;

		beforeAll(async () => {
			registry = await startRegistry();
			engine = await openEngine({ host, source: 'test', name: 'test' });
			cwd = mkdtempSync(join(tmpdir(), 'portside-transfer-'));
			name = `${registry.host}/transfers/web:1`;
			const files = { one: 12 * mega, two: 6 * mega, three: 1000, four: 1000 };
			for (const [file, bytes] of Object.entries(files)) writeFileSync(join(cwd, file), randomBytes(bytes));
			const lines = Object.keys(files).map((file) => `COPY ${file} /`);
			writeFileSync(join(cwd, 'Dockerfile'), ['FROM busybox', ...lines].join('\n'));
			await docker('build', '-q', '-t', name, cwd);
		}, 60_000);

		afterAll(async () => {
			await docker('rmi', '-f', name).catch(() => {});
			engine.close();
			await registry.stop();
			rmSync(cwd, { recursive: true, force: true });
		});

		const open = () => {
			const told: Transfer[] = [];
			const desk = createTransfers({
				send: (event) => {
					if ('transfer' in event) told.push(event.transfer);
				},
				engine: () => engine,
				now: Date.now,
				record: () => () => {},
				credentials: async () => ({}),
				cwd,
				home: '',
			});
			/** Whoever looked at it never saw it go back. */
			const isSteady = () =>
				told.every((one, index) => {
					const past = told.slice(0, index).findLast(({ id }) => id === one.id) ?? one;
					const { current, total = current } = one;
					return current >= past.current && total >= Math.max(past.total ?? 0, current);
				});
			return { ...desk, told, isSteady };
		};

		const forget = () => docker('rmi', '-f', name);

		it('pushes, finds it pushed, and pulls it again', async () => {
			const desk = open();
			const pushed = await desk.push(name).ended;
			expect(pushed).toMatchObject({ status: 'done', outcome: 'pushed' });
			expect(pushed.current).toBeGreaterThanOrEqual(18 * mega);
			expect(pushed.manifestSize).toBeGreaterThan(500);
			const again = await desk.push(name).ended;
			expect(again).toMatchObject({ status: 'done', current: 0, digest: pushed.digest });
			expect(new Set(again.layers.map(({ state }) => state))).toEqual(new Set(['Layer already exists']));

			await forget();
			const pulled = await desk.pull(name).ended;
			expect(pulled).toMatchObject({ status: 'done', outcome: 'downloaded newer', digest: pushed.digest });
			expect(pulled.layers.every(({ isDone }) => isDone)).toBe(true);
			const same = await desk.pull(name).ended;
			expect(same).toMatchObject({ status: 'done', outcome: 'up to date', current: 0 });
			expect(desk.isSteady()).toBe(true);
		});

		it('saves to a file and loads from it, with every byte counted', async () => {
			const desk = open();
			const saved = await desk.save([name], 'x.tar').ended;
			expect(saved.status).toBe('done');
			expect(saved.current).toBeGreaterThanOrEqual(18 * mega);
			await forget();
			const loaded = await desk.load('x.tar').ended;
			expect(loaded).toMatchObject({
				status: 'done',
				outcome: `loaded ${name}`,
				current: saved.current,
				total: saved.current,
			});
			expect(desk.isSteady()).toBe(true);
		});

		it('imports a file system as an image', async () => {
			const desk = open();
			const id = (await docker('create', name, 'sh')).trim();
			await docker('export', '-o', join(cwd, 'root.tar'), id);
			await docker('rm', id);
			const reference = `${name}-imported`;
			const imported = await desk.importFile('root.tar', { reference, changes: ['CMD ["sh"]'] }).ended;
			expect(imported).toMatchObject({ status: 'done', outcome: `imported ${reference}` });
			expect(await docker('image', 'inspect', '-f', '{{.Config.Cmd}}', reference)).toContain('[sh]');
			await docker('rmi', reference);
		});

		it('says why, and leaves nothing, where there is nothing to save or pull', async () => {
			const desk = open();
			const saved = await desk.save(['transfers-no-such-image'], 'no.tar').ended;
			expect(saved).toMatchObject({
				status: 'failed',
				failure: expect.stringMatching(/transfers-no-such-image/),
			});
			expect(readdirSync(cwd).filter((file) => file.startsWith('no.tar'))).toEqual([]);
			const pulled = await desk.pull(`${registry.host}/transfers/none:1`).ended;
			expect(pulled).toMatchObject({ status: 'failed', failure: expect.stringMatching(/none/) });
			writeFileSync(join(cwd, 'garbage.tar'), randomBytes(5000));
			expect((await desk.load('garbage.tar').ended).status).toBe('failed');
		});

		it('cancels a save at the engine', async () => {
			const desk = open();
			const { id, ended } = desk.save([name], 'cancelled.tar');
			await until(() => readdirSync(cwd).includes('cancelled.tar.part'));
			desk.cancel(id);
			expect((await ended).status).toBe('cancelled');
			expect(readdirSync(cwd).filter((file) => file.startsWith('cancelled'))).toEqual([]);
		});
	});
});
