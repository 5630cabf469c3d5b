// Runs that are refused, containers that are made anew, and what an image is made of.
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { act, isShown, unique } from './driving.ts';
import {
	choose,
	chooseImage,
	confirm,
	fillIn,
	freePort,
	journalEnd,
	learnerOn,
	openRunForm,
	runLine,
	savedScript,
} from './tutorial.ts';

describeWithEngine('containers from images', (engine) => {
	const learner = learnerOn(engine);
	const { docker } = engine;
	const started = async (name: string, ...words: string[]) => {
		const own = learner.container(name);
		await docker(
			'run',
			'--detach',
			'--stop-signal',
			'KILL',
			'--name',
			own,
			...words,
			'busybox',
			'sleep',
			'100000',
		);
		return own;
	};
	/** A port of this machine that a program listens on, until the test is over. */
	const takenPort = () =>
		new Promise<number>((resolve) => {
			const server = createServer().listen(0, '0.0.0.0', () =>
				resolve((server.address() as { port: number }).port),
			);
			learner.after(() => server.close());
		});
	/** Kept for documents, and no machine's. */
	const nowhere = '203.0.113.1';
	const hostPort = (name: string) =>
		learner.inspect(name, '(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort');

	test('whose name is taken are refused while it is typed', async () => {
		const taken = await started('taken');
		const session = await learner.open();
		await openRunForm(session);
		await fillIn(session, 'docker line', `docker run -d --name ${taken} busybox sleep 9`);
		await session.waitFor(new RegExp(`${taken} is taken`));
		await act(session, 'question.yes');
		await session.waitFor(/Run a new container/);
		const free = learner.container('free');
		await fillIn(session, 'name', free);
		await confirm(session, `docker run -d --name ${free} busybox sleep 9`);
		await session.waitFor(isShown(free, '●'));
	});

	test('whose port is taken by a container or a program are refused while it is typed, with a free one', async () => {
		const owner = await started('owner', '--publish', '80');
		const [port, other] = [await hostPort(owner), await takenPort()];
		const session = await learner.open();
		await session.waitFor(isShown(owner, '●'));
		await openRunForm(session);
		await fillIn(session, 'docker line', `docker run -d -p ${port}:80 busybox`);
		await session.waitFor(new RegExp(`Port ${port} is taken by ${owner}: \\d+ is free`));
		await fillIn(session, 'ports', `${other}:80`);
		await session.waitFor(new RegExp(`Port ${other} is taken by \\S+ \\(pid \\d+\\): \\d+ is free`));
		await act(session, 'question.yes');
		await session.waitFor(/Run a new container/);
		expect(await docker('ps', '--all', '--quiet', '--filter', `publish=${other}`)).toBe('');
	});

	test('whose port is taken say by what, before their start and after', async () => {
		const port = await takenPort();
		const name = learner.container('late');
		await docker('create', '--name', name, '--publish', `${port}:80`, 'busybox', 'sleep', '100000');
		const session = await learner.open();
		await choose(session, name);
		// the list of ports knows it before
		await session.waitFor(/! +\d+ → \S+ +taken by/);
		await act(session, 'container.start');
		await session.waitFor(`Start ${name}? It would not get its port`);
		await act(session, 'question.yes');
		await session.waitFor(
			new RegExp(
				`✕ ${name} could not be started\\. Port ${port} is taken by \\S+ \\(pid \\d+\\): \\d+ is free`,
			),
		);
		await journalEnd(session, `docker start ${name}`, '✕');

		// that an address is none of this machine is not known beforehand
		const other = learner.container('nowhere');
		await runLine(session, `docker run -d --name ${other} -p ${nowhere}:8000:80 busybox true`);
		const asked = await session.waitFor(/Run a new container[\s\S]*Enter run/);
		expect(asked.join('\n')).toContain(`${other} could not be started`);
		await act(session, 'question.cancel');
		await session.waitGone('Enter run');
		await journalEnd(session, `docker run -d --name ${other} -p ${nowhere}:8000:80 busybox true`, '✕');
		expect(await learner.exists(other)).toBe(false);
	});

	test('are made anew with changes: name, volume, port and data stay', async () => {
		const volume = unique('data');
		const port = await freePort();
		const name = await started(
			'again',
			'--publish',
			`${port}:80`,
			'--volume',
			`${volume}:/data`,
			'--env',
			'WORD=before',
		);
		learner.after(() => docker('volume', 'rm', volume).catch(() => {}));
		await docker('exec', name, 'sh', '-c', 'echo kept > /data/file');
		const id = await learner.inspect(name, '.Id');
		const session = await learner.open();
		await choose(session, name);
		await act(session, 'container.recreate');
		await session.waitFor(new RegExp(`Recreate ${name} with changes[\\s\\S]*Enter recreate`));
		await fillIn(session, 'environment, NAME', 'WORD=after');
		const text = (await session.waitFor(/WORD=after[\s\S]*\$ docker rm -f/)).join('\n');
		expect(text).toMatch(/│ - -e WORD=before +│/);
		expect(text).toMatch(/│ \+ -e WORD=after +│/);
		await act(session, 'question.yes');
		await session.waitFor((lines) => lines.join('\n').includes(`✓ recreated ${name}`), { timeout: 20_000 });
		await session.waitFor(isShown(name, '●'));
		expect(await learner.inspect(name, '.Id')).not.toBe(id);
		expect(await learner.exists(id)).toBe(false);
		expect(await docker('exec', name, 'sh', '-c', 'cat /data/file; echo $WORD')).toBe('kept\nafter\n');
		expect(await hostPort(name)).toBe(String(port));
	}, 40_000);

	test('that cannot be made anew are back as they were', async () => {
		const name = await started('safe', '--publish', '80', '--volume', '/data');
		await docker('exec', name, 'sh', '-c', 'echo kept > /data/file');
		const before = await docker(
			'inspect',
			'--format',
			'{{.Id}} {{.Name}} {{json .HostConfig}} {{json .Mounts}}',
			name,
		);
		const session = await learner.open();
		await choose(session, name);
		await act(session, 'container.recreate');
		await session.waitFor('Enter recreate');
		await fillIn(session, 'ports', `${nowhere}:8000:80`);
		await act(session, 'question.yes');
		await session.waitFor(
			new RegExp(`✕ ${name} could not be started[\\s\\S]*The old ${name} is back as it was\\.`),
			{ timeout: 20_000 },
		);
		await session.waitFor(isShown(name, '●'));
		expect(
			await docker('inspect', '--format', '{{.Id}} {{.Name}} {{json .HostConfig}} {{json .Mounts}}', name),
		).toBe(before);
		expect(await docker('exec', name, 'cat', '/data/file')).toBe('kept\n');
		expect(await docker('ps', '--all', '--quiet', '--filter', `name=${name}`)).toMatch(/^\w{12}\n$/);
	}, 40_000);

	test('show what changed before they become an image, and take what the image is to say', async () => {
		const name = learner.container('changed');
		await docker(
			'run',
			'--name',
			name,
			'busybox',
			'sh',
			'-c',
			'mkdir /new && head -c 5000 /dev/zero > /new/file; echo x >> /etc/passwd; rm /etc/group',
		);
		const image = learner.image('committed');
		const session = await learner.open();
		await choose(session, name);
		await act(session, 'container.commit');
		const text = (await session.waitFor(/2 added, 1 changed, 1 deleted/)).join('\n');
		expect(text).toMatch(/A +5kB +new/);
		expect(text).toMatch(/A +5kB +\S*file/);
		expect(text).toMatch(/C +\d+B +\S*passwd/);
		expect(text).toMatch(/D +\S*group/);
		await fillIn(session, 'repository:tag', image);
		await fillIn(session, 'message', 'as it was');
		await fillIn(session, 'author', 'Ada');
		await fillIn(session, 'CMD', 'cat /new/file');
		await fillIn(session, 'ENV', 'WORD=said');
		await fillIn(session, 'EXPOSE', '80');
		await act(session, 'question.yes');
		await session.waitFor(new RegExp(`✓ committed ${name}`));
		const line = (await savedScript(session)).split('\n').find((one) => one.startsWith('docker commit '));
		expect(line).toMatch(new RegExp(`^docker commit -a Ada -m 'as it was' -c .* ${name} ${image}$`));
		for (const change of ['CMD ["cat","/new/file"]', 'ENV WORD=said', 'EXPOSE 80'])
			expect(line).toContain(` -c '${change}' `);
		const told = '{{.Author}} {{.Comment}} {{json .Config.Cmd}} {{json .Config.ExposedPorts}}';
		expect(await learner.inspect(image, told.slice(2, -2))).toBe(
			'Ada as it was ["cat","/new/file"] {"80/tcp":{}}',
		);
		expect(
			await docker('run', '--rm', image, 'sh', '-c', 'echo $WORD; ls /etc/group /etc/passwd 2>&1; true'),
		).toMatch(/^said\nls: \/etc\/group: No such file[^\n]*\n\/etc\/passwd\n$/);
	});

	test('come from images whose layers show their files', async () => {
		const name = learner.container('layer');
		await docker(
			'run',
			'--name',
			name,
			'busybox',
			'sh',
			'-c',
			'mkdir /new && head -c 5000 /dev/zero > /new/file; rm /etc/group',
		);
		const image = learner.image('layered');
		await docker('commit', name, image);
		const session = await learner.open();
		await chooseImage(session, image);
		await act(session, 'app.layers');
		const lines = await session.waitFor(new RegExp(`Layers of ${image}[\\s\\S]*2 layers with files`));
		expect(lines.join('\n')).toContain(`$ docker history ${image}`);
		await session.press('enter');
		const files = (
			await session.waitFor(/Files of a layer[\s\S]*added, .* removed/, { timeout: 15_000 })
		).join('\n');
		expect(files).toMatch(/A +5kB +\S*file/);
		expect(files).toMatch(/D .*group/);
	});
});
