// The dashboard on a real engine: it shows what is there, and what comes and goes outside of it.
import { afterEach, expect, test } from 'vitest';
import { launchPortside } from '../helpers/portside.ts';
import type { Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { containersOn } from './containers.ts';
import { act, bestOf, containersIn, filter, isShown, rowOf, rowsIn, select } from './driving.ts';

describeWithEngine('the dashboard', (engine) => {
	const containers = containersOn(engine);
	let session: Session;
	const open = () => {
		session = launchPortside(['--host', engine.host], { columns: 160, rows: 45 });
	};
	afterEach(() => session.close());

	/** When the engine says that it happened, in our milliseconds. */
	const timeOf = async (event: string, name: string) => {
		const filters = ['--filter', `container=${name}`, '--filter', `event=${event}`];
		const until = `${Date.now() / 1000}`;
		const out = await engine.docker(
			'events',
			'--since',
			'10m',
			'--until',
			until,
			...filters,
			'--format',
			'{{.TimeNano}}',
		);
		return Number(out.trim().split('\n').at(-1)) / 1e6;
	};

	test('shows a container with a published and an exposed port in all panes', async () => {
		const ports = ['--publish', '127.0.0.1::80', '--expose', '7000'];
		const name = await containers.run('web', ports);
		const [, port] = (await engine.docker('port', name, '80')).trim().split(':');
		open();
		await select(session, name);
		await session.waitFor(isShown(name, '●'));
		const lines = await session.waitFor(/^ .*q quit *$/m);
		expect(rowOf(lines, name)?.text).toMatch(new RegExp(`${name} +busybox +Up .*lo:${port}→80`));
		const used = rowsIn(lines, 'Images').find((row) => row.name === 'busybox');
		expect(used?.text).toMatch(/^busybox +latest +[0-9a-f]{12} .*MB/);
		const shown = rowsIn(lines, 'Ports')
			.map(({ text }) => text)
			.join('\n');
		expect(shown).toMatch(new RegExp(`127\\.0\\.0\\.1:${port} +→ ${name}:80/tcp +this host only`));
		expect(shown).toMatch(new RegExp(`— +→ ${name}:7000/tcp .*not publi`));
		expect(lines[0]).toMatch(/● local · Docker \d+\.\d+/);
	});

	test('filters by any word of a row', async () => {
		const one = await containers.run('one', ['--label', 'com.docker.compose.project=harbour']);
		const two = await containers.run('two');
		open();
		await session.waitFor(isShown(one, '●'));
		await filter(session, two);
		await session.waitFor(
			(lines) => containersIn(lines).length === 1 && rowOf(lines, two)?.isSelected === true,
		);
		await act(session, 'app.back');
		await session.waitFor(isShown(one, '●'));
		await filter(session, `busybox ${one.slice(-4)}`);
		await session.waitFor(
			(lines) =>
				containersIn(lines)
					.map(({ name }) => name)
					.join() === one,
		);
	});

	test('shows a container that was run outside within 300 ms of its start', async () => {
		open();
		await session.waitFor(/^ .*q quit *$/m);
		const took = await bestOf(300, async () => {
			const name = containers.named('new');
			const seen = session.waitFor(isShown(name, '●')).then(() => Date.now());
			await engine.docker('run', '--detach', '--name', name, 'busybox', 'sleep', '1000');
			return (await seen) - (await timeOf('start', name));
		});
		expect(took).toBeLessThan(300);
	});

	test('drops a container that was removed outside, and keeps the cursor on another', async () => {
		const stays = await containers.run('stays');
		open();
		await session.waitFor(isShown(stays, '●'));
		const took = await bestOf(300, async () => {
			const goes = await containers.run('goes');
			await session.waitFor(isShown(goes, '●'));
			await act(session, 'list.first');
			await session.waitFor((lines) => rowOf(lines, goes)?.isSelected === true);
			const gone = session.waitFor(isShown(goes, undefined)).then(() => Date.now());
			await engine.docker('rm', '--force', goes);
			return (await gone) - (await timeOf('destroy', goes));
		});
		expect(took).toBeLessThan(300);
		expect(containersIn(await session.screen()).filter(({ isSelected }) => isSelected)).toHaveLength(1);
		expect(await containers.all()).toContain(stays);
	});

	test('follows stop, start, pause and rename from outside', async () => {
		const name = await containers.run('life');
		open();
		await select(session, name);
		await engine.docker('pause', name);
		await session.waitFor(isShown(name, '‖'));
		await engine.docker('unpause', name);
		await session.waitFor(isShown(name, '●'));
		await engine.docker('kill', name);
		await session.waitFor(isShown(name, '○'));
		await session.waitFor(new RegExp(`○.${name} .*Exited \\(137\\)`));
		await engine.docker('start', name);
		await session.waitFor(isShown(name, '●'));
		await act(session, 'app.back');
		const renamed = containers.named('other');
		await engine.docker('rename', name, renamed);
		await session.waitFor((lines) => rowOf(lines, renamed)?.isSelected === true && !rowOf(lines, name));
	});

	test('shows images and ports that come and go outside', async () => {
		const name = await containers.run('port', ['--publish', '127.0.0.1::8081']);
		open();
		await session.waitFor(isShown(name, '●'));
		const image = containers.imageNamed('fresh');
		await engine.docker('commit', name, `${image}:one`);
		await session.waitFor((lines) => rowsIn(lines, 'Images').some((row) => row.name === image));
		await engine.docker('rmi', `${image}:one`);
		await session.waitFor((lines) => !rowsIn(lines, 'Images').some((row) => row.name === image));
		const isPublished = (lines: string[]) =>
			rowsIn(lines, 'Ports').some(
				({ text }) => /^127\.0\.0\.1:\d+/.test(text) && text.includes(`${name}:8081/tcp`),
			);
		await session.waitFor(isPublished);
		await engine.docker('stop', name);
		await session.waitFor((lines) => !isPublished(lines));
	});
});
