// Engines that die, hang, hide and come back under the open program, and those that were never there.
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Dockerd, startDockerd } from '../helpers/dockerd.ts';
import { launchPortside } from '../helpers/portside.ts';
import type { Session } from '../helpers/terminal.ts';
import { describeWithDockerd } from '../helpers/with-engine.ts';
import { act, bestOf, containersIn, isShown, unique } from './driving.ts';

let session: Session;
let engine: Dockerd | undefined;

const isLost = (lines: string[]) => /✕ local · Docker .*does not answer/.test(lines[0] ?? '');
const isConnected = (lines: string[]) => /● local · Docker/.test(lines[0] ?? '');

describeWithDockerd('an engine that goes away', () => {
	beforeAll(async () => {
		engine = await startDockerd({ name: 'loss', args: ['--live-restore'] });
		for (const name of ['first', 'second', 'third']) {
			await engine.docker('run', '--detach', '--name', name, 'busybox', 'sleep', '100000');
		}
	});
	afterAll(() => engine?.stop());
	beforeEach(async () => {
		session = launchPortside([], { env: { DOCKER_HOST: engine?.host } });
		await session.waitFor((lines) => isConnected(lines) && containersIn(lines).length >= 3);
		// it reads keys
		await act(session, 'list.down');
		await session.waitFor((lines) => containersIn(lines)[1]?.isSelected === true);
	});
	afterEach(() => session.close());

	/** Milliseconds from what happens to the engine until the screen says so. */
	const noticed = async (happen: () => Promise<unknown>) => {
		const began = Date.now();
		const seen = session.waitFor(isLost, { timeout: 20_000 }).then(() => Date.now() - began);
		const happened = happen();
		const took = await seen;
		await happened;
		return took;
	};

	const expectUsable = async () => {
		await act(session, 'list.last');
		await session.waitFor((lines) => containersIn(lines).at(-1)?.isSelected === true);
		await act(session, 'list.first');
		await session.waitFor((lines) => containersIn(lines)[0]?.isSelected === true);
		await act(session, 'container.stop');
		await session.waitFor('The engine does not answer');
		await act(session, 'app.help');
		await session.waitFor('─ Keys ─');
		await act(session, 'help.close');
		await session.waitGone('─ Keys ─');
		expect(isLost(await session.screen())).toBe(true);
	};

	/** By itself, and what happens from now on is seen, too. */
	const expectRight = async () => {
		await session.waitFor(isConnected, { timeout: 15_000 });
		const name = unique('after');
		await engine?.docker('run', '--detach', '--name', name, 'busybox', 'sleep', '100000');
		await session.waitFor(isShown(name, '●'));
		await engine?.docker('rm', '--force', name);
		await session.waitFor(isShown(name, undefined));
		const told = (await engine?.docker('ps', '--all', '--format', '{{.Names}} {{.State}}'))
			?.trim()
			.split('\n');
		const isRight = (lines: string[]) =>
			containersIn(lines)
				.map(({ name, sign }) => `${name} ${sign === '●' ? 'running' : 'exited'}`)
				.toSorted()
				.join() === told?.toSorted().join();
		await session.waitFor(isRight);
	};

	test('because it was killed: says so within a second, and is right again when it is back', async () => {
		const took = await bestOf(1000, async () => {
			if (isLost(await session.screen())) {
				await engine?.start();
				await session.waitFor(isConnected, { timeout: 15_000 });
			}
			return noticed(async () => engine?.kill('SIGKILL'));
		});
		expect(took).toBeLessThan(1000);
		await expectUsable();
		await engine?.start();
		await expectRight();
	}, 90_000);

	test('because it was restarted: lists what changed meanwhile', async () => {
		await noticed(async () => engine?.kill('SIGTERM'));
		await engine?.start();
		await engine?.docker('rename', 'second', 'changed');
		await session.waitFor((lines) => containersIn(lines).some(({ name }) => name === 'changed'), {
			timeout: 15_000,
		});
		await engine?.docker('rename', 'changed', 'second');
		await expectRight();
	}, 60_000);

	test('because it hangs: says so within ten seconds, and goes on when it goes on', async () => {
		const took = await bestOf(10_000, async () => {
			if (isLost(await session.screen())) {
				await engine?.thaw();
				await session.waitFor(isConnected, { timeout: 15_000 });
			}
			return noticed(async () => engine?.freeze());
		});
		expect(took).toBeLessThan(10_000);
		await expectUsable();
		await engine?.thaw();
		await expectRight();
	}, 90_000);

	test('because its socket is removed: says so within ten seconds', async () => {
		const path = engine?.socketPath ?? '';
		const took = await bestOf(10_000, async () => {
			if (isLost(await session.screen())) {
				renameSync(`${path}.away`, path);
				await session.waitFor(isConnected, { timeout: 15_000 });
			}
			return noticed(async () => renameSync(path, `${path}.away`));
		});
		expect(took).toBeLessThan(10_000);
		await expectUsable();
		renameSync(`${path}.away`, path);
		await expectRight();
	}, 90_000);

	test('is told with its reason', async () => {
		await noticed(async () => engine?.kill('SIGKILL'));
		await session.waitFor(
			/The engine (ended|broke off|broke the) .*connection|killed|restarted|not running any more/,
		);
		await engine?.start();
		await session.waitFor(isConnected, { timeout: 15_000 });
	}, 60_000);
});

describe('no engine at all', () => {
	let folder: string;
	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'portside-none-'));
		session = launchPortside([], { env: { DOCKER_HOST: `unix://${folder}/docker.sock` } });
		await session.waitFor('No container engine answered.');
	});
	afterEach(async () => {
		await session.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test('is told with what was tried, why it failed and what to do', async () => {
		const lines = await session.waitFor(/^ .*q quit *$/m);
		const text = lines.join('\n');
		expect(lines[0]).toMatch(/✕ no engine/);
		expect(text).toMatch(new RegExp(`unix://${folder}/docker\\.sock +DOCKER_HOST`));
		expect(text).toMatch(/^ +no such file$/m);
		expect(text).toMatch(/^ +→ .*\S/m);
		expect(text).toMatch(/Trying again/);
		expect(text).not.toMatch(/^ +at .*:\d+/m);
	});

	test('offers the demo', async () => {
		await session.waitFor(/^ .*q quit *$/m);
		await act(session, 'unavailable.demo');
		await session.waitFor('DEMO');
		await session.waitFor(isShown('web', '●'));
		await act(session, 'list.down');
		await session.waitFor((lines) => containersIn(lines)[1]?.isSelected === true);
		await act(session, 'app.quit');
		expect((await session.exit).code).toBe(0);
	});

	test('can be quit', async () => {
		await session.waitFor(/^ .*q quit *$/m);
		await act(session, 'unavailable.quit');
		expect(await session.exit).toEqual({ code: 0, signal: undefined });
		expect(session.isAlternate()).toBe(false);
	});

	describeWithDockerd('until there is one', () => {
		test('is tried again by itself', async () => {
			const started = await startDockerd({ folder, baseImage: false });
			try {
				await session.waitFor(isConnected, { timeout: 15_000 });
				await session.waitFor('No containers yet.');
			} finally {
				await started.stop();
			}
		});
	});
});
