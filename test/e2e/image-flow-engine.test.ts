// Engines of one's own: one that dies in the middle of a pull, and one whose disk is looked through and cleaned.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Dockerd, startDockerd } from '../helpers/dockerd.ts';
import { describeWithRegistry, type Registry, startRegistry } from '../helpers/registry.ts';
import { describeWithDockerd } from '../helpers/with-engine.ts';
import { buildByForm, waitForImage } from './building.ts';
import { act } from './driving.ts';
import { startSlowProxy } from './slow-proxy.ts';
import {
	asksLine,
	confirm,
	journalEnd,
	learnerOn,
	pullByKey,
	toList,
	transferIn,
	transferred,
	turnTo,
} from './tutorial.ts';

describeWithDockerd('an engine of one’s own', () => {
	let engine: Dockerd;
	beforeAll(async () => {
		engine = await startDockerd({ name: 'flow' });
	});
	afterAll(() => engine?.stop());
	// it is not there yet
	const learner = learnerOn({ docker: (...words) => engine.docker(...words), host: '' });
	const open = () => learner.open({}, ['--host', engine.host]);

	/** Opens the disk use, with the cursor on what begins so. */
	const diskUse = async (session: Awaited<ReturnType<typeof open>>, kind: string): Promise<string> => {
		await act(session, 'app.disk');
		await session.waitFor(/Disk use[\s\S]*RECLAIMABLE/);
		const chosen = new RegExp(`│ > ${kind} `);
		for (let tries = 0; tries < 6 && !chosen.test(await session.text()); tries++) {
			const before = /│ > \S+/.exec(await session.text())?.[0] ?? '';
			await session.press('j');
			await session.waitGone(before);
		}
		return (await session.waitFor(chosen)).find((line) => chosen.test(line)) ?? '';
	};

	test('says what takes room, and gives back what nothing uses', async () => {
		const { docker } = engine;
		await docker(
			'run',
			'--detach',
			'--name',
			'stays',
			'--volume',
			'used:/data',
			'busybox',
			'sleep',
			'100000',
		);
		await docker('run', '--name', 'wrote', 'busybox', 'sh', '-c', 'head -c 4000000 /dev/zero > /file');
		await docker(
			'run',
			'--rm',
			'--volume',
			'unused:/data',
			'busybox',
			'sh',
			'-c',
			'head -c 3000000 /dev/zero > /data/file',
		);
		await docker('network', 'create', 'lonely');
		const folder = learner.folder('cache');
		writeFileSync(join(folder, 'Dockerfile'), 'FROM busybox\nRUN head -c 2000000 /dev/zero > /file\n');
		const session = await learner.open({ cwd: folder }, ['--host', engine.host]);
		await buildByForm(session, 'cached', 'buildkit');
		await waitForImage(session);
		await toList(session, 'containers');

		expect(await diskUse(session, 'Containers')).toMatch(/4MB/);
		await session.press('enter');
		await session.waitFor(/Remove 1 stopped container\?[\s\S]*wrote/);
		await confirm(session, 'docker container prune -f');
		await session.waitFor(/✓ pruned 1 container, 4MB came back/);

		expect(await diskUse(session, 'Local Volumes')).toMatch(/3MB/);
		await session.press('enter');
		await session.waitFor(/1 named volume, 3MB come back:[\s\S]*unused/);
		await turnTo(session, 'which', 'all unused');
		await confirm(session, 'docker volume prune');
		await session.waitFor(/✓ pruned 1 volume, 3MB came back/);
		expect(await docker('volume', 'ls', '--quiet')).toBe('used\n');

		await diskUse(session, 'Networks');
		await session.press('enter');
		await session.waitFor(/Remove 1 network\?[\s\S]*lonely/);
		await confirm(session, 'docker network prune -f');
		await session.waitFor(/✓ pruned 1 network/);
		expect(await docker('network', 'ls', '--format', '{{.Name}}')).not.toContain('lonely');

		await diskUse(session, 'Images');
		await session.press('enter');
		await session.waitFor(/Prune images\?[\s\S]*cached:latest/);
		await turnTo(session, 'which', 'all unused');
		await confirm(session, 'docker image prune -a -f');
		await session.waitFor(/✓ pruned .* came back/);
		expect(await docker('images', '--format', '{{.Repository}}')).toBe('busybox\n');

		await diskUse(session, 'Build Cache');
		await session.press('enter');
		await session.waitFor(/Prune the build cache\?|Nothing to prune/);
		await turnTo(session, 'also what', true);
		await session.waitFor(asksLine('docker builder prune -a -f'));
		await act(session, 'question.yes');
		await session.waitFor(/✓ pruned \d+ records?, .* came back/);
		expect(await docker('system', 'df', '--format', '{{.Type}} {{.Size}}')).toContain('Build Cache 0B');
	}, 60_000);

	describeWithRegistry('that dies', () => {
		let registry: Registry;
		beforeAll(async () => {
			registry = await startRegistry();
		});
		afterAll(() => registry?.stop());

		test('in the middle of a pull ends it; once it is back, r pulls again', async () => {
			const { docker } = engine;
			const proxy = await startSlowProxy(registry.port);
			learner.after(proxy.stop);
			const name = `${proxy.host}/big:1`;
			await docker('run', '--name', 'maker', 'busybox', 'sh', '-c', 'head -c 3000000 /dev/urandom > /own');
			await docker('commit', 'maker', name);
			await docker('push', '--quiet', name);
			await docker('rm', 'maker');
			await docker('rmi', name);
			const session = await open();
			proxy.set({ pace: 200_000 });
			await pullByKey(session, name);
			await session.waitFor((lines) => /\d+(\.\d+)?[kM]B of 3MB/.test(transferIn(lines).head));
			await engine.kill();
			await session.waitFor(transferred(`The pull of ${name} failed`, /engine/i));
			proxy.set({});
			await engine.start();
			await session.waitFor(/● local/, { timeout: 20_000 });
			await act(session, 'app.transfers', 'transfer.again');
			await session.waitFor(transferred(`Pulled ${name}`, 'downloaded newer'), { timeout: 20_000 });
			expect(await docker('images', '--quiet', name)).not.toBe('');
			await journalEnd(session, `docker pull ${name}`);
		}, 60_000);
	});
});
