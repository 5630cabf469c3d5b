// Pruning, on an engine of its own, because it takes what belongs to others, too.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Dockerd, startDockerd } from '../helpers/dockerd.ts';
import { launchPortside } from '../helpers/portside.ts';
import type { Session } from '../helpers/terminal.ts';
import { describeWithDockerd } from '../helpers/with-engine.ts';
import { act, actionLineIn, containersIn, isShown, rowsIn } from './driving.ts';

describeWithDockerd('prune', () => {
	let engine: Dockerd;
	let session: Session;
	beforeAll(async () => {
		engine = await startDockerd({ name: 'prune' });
		await engine.docker('run', '--detach', '--name', 'stays', 'busybox', 'sleep', '100000');
	});
	afterAll(() => engine?.stop());
	afterEach(() => session.close());

	const open = async () => {
		session = launchPortside(['--host', engine.host], { columns: 160, rows: 45 });
		await session.waitFor(isShown('stays', '●'));
		await session.waitFor(/^ .*q quit *$/m);
	};

	test('removes stopped containers, after naming each of them', async () => {
		await engine.docker('run', '--name', 'wrote', 'busybox', 'sh', '-c', 'head -c 5000000 /dev/zero > /file');
		await engine.docker('create', '--name', 'never-ran', 'busybox');
		await open();
		await act(session, 'container.prune');
		const preview = (await session.waitFor('Remove 2 stopped containers?')).join('\n');
		expect(preview).toMatch(/wrote +busybox +Exited \(0\) .*5MB of its own/);
		expect(preview).toMatch(/never-ran +busybox +Created/);
		expect(preview).toMatch(/5MB come back/);
		expect(preview).not.toMatch(/stays +busybox +Up .*of its own/);
		await act(session, 'question.cancel');
		await session.waitGone('Remove 2 stopped containers?');
		expect(await engine.docker('ps', '--all', '--quiet')).toMatch(/^(\w+\n){3}$/);

		await act(session, 'container.prune');
		await session.waitFor('$ docker container prune -f');
		await act(session, 'question.yes');
		await session.waitFor((lines) => /✓ pruned 2 containers, 5MB came back/.test(actionLineIn(lines)));
		await session.waitFor(
			(lines) =>
				containersIn(lines)
					.map(({ name }) => name)
					.join() === 'stays',
		);
		expect(await engine.docker('ps', '--all', '--format', '{{.Names}}')).toBe('stays\n');
		await act(session, 'container.prune');
		await session.waitFor('No container is stopped.');
	});

	test('removes dangling images, or all that no container uses, as was chosen', async () => {
		await engine.docker('exec', 'stays', 'sh', '-c', 'echo one > /root/one');
		await engine.docker('commit', 'stays', 'made:one');
		await engine.docker('exec', 'stays', 'sh', '-c', 'echo two > /root/two');
		// takes the name from the other, which dangles now
		await engine.docker('commit', 'stays', 'made:one');
		await open();
		await session.waitFor((lines) => rowsIn(lines, 'Images').some(({ sign }) => sign === '◌'));
		const idsShown = (lines: string[]) => rowsIn(lines, 'Images').length;
		await act(session, 'app.images', 'image.prune');
		await session.waitFor('Prune images?');
		// the lower edge of the dialog: a frame may arrive in two pieces
		const preview = (await session.waitFor('Enter prune')).join('\n');
		expect(preview).toMatch(
			/1 dangling image, \d+B come back:[\s\S]*<none> +[0-9a-f]{12}[\s\S]*1 unused image with a tag, \d+B come back:[\s\S]*made:one/,
		);
		expect(preview).not.toMatch(/busybox:latest {2}[0-9a-f]{12}/);
		await session.waitFor('$ docker image prune -f');
		await act(session, 'question.yes');
		await session.waitFor((lines) => /\$ docker image prune -f .*✓ pruned /.test(actionLineIn(lines)));
		await session.waitFor((lines) => idsShown(lines) === 2);
		expect((await engine.docker('images', '--format', '{{.Repository}}')).split('\n').toSorted()).toEqual([
			'',
			'busybox',
			'made',
		]);

		await act(session, 'image.prune');
		await session.waitFor('(•) dangling only, ');
		await act(session, 'question.turn');
		await session.waitFor('$ docker image prune -a -f');
		await act(session, 'question.yes');
		await session.waitFor((lines) => /\$ docker image prune -a -f .*✓ pruned /.test(actionLineIn(lines)));
		await session.waitFor((lines) => idsShown(lines) === 1);
		expect(await engine.docker('images', '--format', '{{.Repository}}')).toBe('busybox\n');
		await act(session, 'image.prune');
		await session.waitFor('Every image is used by a container.');
	});
});
