// Much happens outside while the program is open; in the end the screen and the engine say the same.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { churn } from '../engine/churn.ts';
import { type Dockerd, startDockerd } from '../helpers/dockerd.ts';
import { launchPortside } from '../helpers/portside.ts';
import { describeWithDockerd } from '../helpers/with-engine.ts';
import { containersIn, rowsIn } from './driving.ts';

const states: Readonly<Record<string, string>> = {
	'●': 'running',
	'‖': 'paused',
	'◌': 'created',
	'○': 'exited',
	'↻': 'restarting',
	'✕': 'dead',
};

describeWithDockerd('churn', () => {
	let engine: Dockerd;
	beforeAll(async () => {
		engine = await startDockerd({ name: 'churn' });
	});
	afterAll(() => engine?.stop());

	const toldContainers = async () =>
		(await engine.docker('ps', '--all', '--format', '{{.Names}} {{.State}}')).trim().split('\n').toSorted();
	const toldImages = async () =>
		(await engine.docker('images', '--format', '{{.Repository}} {{.Tag}} {{.ID}}'))
			.trim()
			.split('\n')
			.toSorted();
	const shownContainers = (lines: string[]) =>
		containersIn(lines)
			.map(({ name, sign }) => `${name} ${states[sign] ?? sign}`)
			.toSorted();
	const shownImages = (lines: string[]) =>
		rowsIn(lines, 'Images')
			.map(({ text }) => text.split(/ +/).slice(0, 3).join(' ').replace(' dangling ', ' <none> '))
			.toSorted();

	test('leaves no difference between the screen and the engine', async () => {
		const session = launchPortside(['--host', engine.host], { columns: 160, rows: 80 });
		try {
			await session.waitFor('busybox');
			const fleeting = async () => {
				// a prune may come between, and the engine then refuses: that is part of it
				for (let count = 0; count < 12; count++) {
					await engine.docker('run', '--rm', 'busybox', 'true').catch(() => {});
				}
			};
			await Promise.all([churn(engine.socketPath, 'busybox', 60, 11), fleeting()]);
			// one in every state, whatever chance has left
			const run = (name: string) =>
				engine.docker('run', '--detach', '--name', name, 'busybox', 'sleep', '1000');
			await Promise.all([
				run('runs'),
				run('pauses'),
				run('ends'),
				engine.docker('create', '--name', 'waits', 'busybox'),
			]);
			await Promise.all([engine.docker('pause', 'pauses'), engine.docker('kill', 'ends')]);

			const [containers, images] = [await toldContainers(), await toldImages()];
			expect(containers).toEqual(
				expect.arrayContaining(['ends exited', 'pauses paused', 'runs running', 'waits created']),
			);
			const isSame = (lines: string[]) =>
				shownContainers(lines).join() === containers.join() && shownImages(lines).join() === images.join();
			await session.waitFor(isSame, { timeout: 3000 }).catch(() => {});
			const lines = await session.screen();
			expect(shownContainers(lines)).toEqual(containers);
			expect(shownImages(lines)).toEqual(images);
			// and nothing comes later that spoils it
			await session.settled({ quiet: 300, timeout: 5000 }).catch(() => {});
			expect(shownContainers(await session.screen())).toEqual(await toldContainers());
		} finally {
			await session.close();
		}
	}, 90_000);
});
