// The command table: images that are made, named and sent: commit, build, tag, login and push.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fillForm, finished, paneText, stepsIn, waitForImage } from './building.ts';
import { alice, type Table } from './command-table.ts';
import { act, rowOf, unique } from './driving.ts';
import { hasTab, shows } from './inside.ts';
import { startSlowProxy } from './slow-proxy.ts';
import {
	askRegistry,
	choose,
	chooseImage,
	confirm,
	fillIn,
	journalEnd,
	logIn,
	openRunForm,
	pushByKey,
	runLine,
	toList,
	transferIn,
	transferred,
} from './tutorial.ts';

export function makingRows(table: Table) {
	const { engine, row, open, registry, closedRegistry, inspect, prefix } = table;
	const { docker } = engine;

	row('docker commit N repo[:tag], then run the new image', async () => {
		const [name, second] = [table.container('changed'), table.container('from')];
		const image = table.image('mine');
		table.image('mine', `${image}:2`);
		await docker('run', '--name', name, 'busybox', 'sh', '-c', 'echo kept > /kept');
		const session = await open();
		for (const reference of [image, `${image}:2`]) {
			await choose(session, name);
			await act(session, 'container.commit');
			await session.waitFor(`Commit ${name} to an image`);
			await session.waitFor(/A +(5B +)?\S*kept/);
			await fillIn(session, 'repository:tag', reference);
			const line = `docker commit ${name} ${reference}`;
			await confirm(session, line);
			const { message } = await journalEnd(session, line);
			const id = (await docker('inspect', '--format', '{{.Id}}', reference)).trim();
			expect(message).toContain(id.slice(7, 19));
		}
		await runLine(session, `docker run --name ${second} ${image} cat /kept`);
		await session.waitFor(hasTab(`${second}: run (exit 0)`));
		await session.waitFor(shows('kept'));
		await journalEnd(session, `docker run --name ${second} ${image} cat /kept`);
		expect(await docker('logs', second)).toBe('kept\n');
	});

	const context = () => {
		const folder = table.folder('build');
		writeFileSync(
			join(folder, 'Dockerfile'),
			`FROM busybox\nCOPY word /word\nRUN cat /word /word > /twice # ${unique('x')}\nCMD ["cat", "/twice"]\n`,
		);
		writeFileSync(join(folder, 'word'), 'built ');
		return folder;
	};

	row('docker build -t NAME . (classic)', async () => {
		const image = table.image('classic');
		const session = await open({ cwd: context() });
		await fillForm(session, { text: { tag: image }, choice: { builder: 'classic' } });
		await confirm(session, `DOCKER_BUILDKIT=0 docker build -t ${image} .`);
		const text = await waitForImage(session);
		expect(text).toMatch(/FINISHED context 2 files \d+B · classic builder/);
		const steps = stepsIn(await session.screen());
		expect(steps.map(({ sign, name }) => `${sign} ${name.split(' ')[0]}`)).toEqual([
			'✓ FROM',
			'✓ COPY',
			'✓ RUN',
			'✓ CMD',
		]);
		const id = (await docker('inspect', '--format', '{{.Id}}', image)).trim();
		expect(text).toContain(`image ${id.slice(7, 19)} · ${image}:latest`);
		await journalEnd(session, `DOCKER_BUILDKIT=0 docker build -t ${image} .`);
		expect(await docker('run', '--rm', image)).toBe('built built ');
	});

	row('docker build -t NAME . (BuildKit)', async () => {
		const image = table.image('buildkit');
		const session = await open({ cwd: context() });
		await fillForm(session, { text: { tag: image }, choice: { builder: 'BuildKit' } });
		await confirm(session, `docker build -t ${image} .`);
		await waitForImage(session);
		const lines = await session.screen();
		expect(lines.join('\n')).toMatch(finished);
		const steps = stepsIn(lines);
		expect(steps.map(({ name }) => name).join('\n')).toMatch(
			/FROM.*busybox[\s\S]*COPY word \/word[\s\S]*RUN cat \/word/,
		);
		expect(steps.find(({ name }) => name.includes('RUN cat'))?.time).toMatch(/^\d+\.\ds$/);
		expect(paneText(lines)).toContain(image);
		await journalEnd(session, `docker build -t ${image} .`);
		expect(await docker('run', '--rm', image)).toBe('built built ');
	});

	row('docker build . then run by image id', async () => {
		const session = await open({ cwd: context() });
		await fillForm(session, { text: { tag: '' } });
		await confirm(session, 'docker build .');
		const [, id = ''] = /image ([0-9a-f]{12}) /.exec(await waitForImage(session)) ?? [];
		table.image('untagged', id);
		expect((await docker('inspect', '--format', '{{.RepoTags}}', id)).trim()).toBe('[]');
		const name = table.container('byid');
		await openRunForm(session);
		await fillIn(session, 'name', name);
		const shown = await session.waitFor(new RegExp(`\\$ docker run --name ${name} ${id}`));
		const [, line = ''] = /│ \$ (docker run \S.*?) *│/.exec(shown.join('\n')) ?? [];
		await confirm(session, line);
		await session.waitFor(hasTab(`${name}: run (exit 0)`));
		await session.waitFor(shows('built built'));
		expect(line).toBe(`docker run --name ${name} ${id}`);
		await journalEnd(session, line);
		await journalEnd(session, 'docker build .');
		await choose(session, name);
		await session.waitFor((lines) => /Exited \(0\)/.test(rowOf(lines, name)?.text ?? ''));
	});

	row(
		'docker tag A account/A, docker login, docker push account/A',
		async () => {
			const image = table.image('app');
			await table.own(image, 200_000);
			const account = `${closedRegistry().host}/${alice.user}/${image}`;
			table.image('account', account);
			const config = table.folder('config');
			const session = await open({ env: { DOCKER_CONFIG: config } });
			await chooseImage(session, image);
			await act(session, 'image.tag');
			await session.waitFor(`Tag ${prefix}${image}:latest`);
			await fillIn(session, 'new name', account);
			await confirm(session, `docker tag ${prefix}${image}:latest ${account}`);
			await journalEnd(session, `docker tag ${prefix}${image}:latest ${account}`);
			expect(await inspect(account, '.Id')).toBe(await inspect(image, '.Id'));

			await logIn(session, closedRegistry().host, alice);
			const { message } = await journalEnd(session, `docker login ${closedRegistry().host}`);
			expect(message).toContain('logged in to');
			const kept = JSON.parse(readFileSync(join(config, 'config.json'), 'utf8')) as {
				auths: Record<string, { auth: string }>;
			};
			expect(Buffer.from(kept.auths[closedRegistry().host]?.auth ?? '', 'base64').toString()).toBe(
				`${alice.user}:${alice.password}`,
			);

			await pushByKey(session, account);
			const done = transferIn(await session.waitFor(transferred(`Pushed ${account}`, 'manifest ')));
			expect(done.layers.map(({ state }) => state)).toEqual(['Pushed', 'Pushed']);
			const { digest, status } = await askRegistry(
				closedRegistry().host,
				`alice/${image}/manifests/latest`,
				alice,
			);
			expect(status).toBe(200);
			expect(done.text).toContain(digest);
			expect(done.text).toMatch(/manifest \d+B/);
			await journalEnd(session, `docker push ${account}`);

			await pushByKey(session, account);
			const again = transferIn(
				await session.waitFor(
					(lines) =>
						transferIn(lines).layers.some(({ state }) => state === 'Layer already exists') &&
						transferred(`Pushed ${account}`, 'manifest ')(lines),
				),
			);
			expect(again.layers.map(({ state }) => state)).toEqual([
				'Layer already exists',
				'Layer already exists',
			]);
		},
		60_000,
	);

	row('docker push: Preparing, and Mounted from', async () => {
		const proxy = await startSlowProxy(registry().port);
		table.after(proxy.stop);
		const [first, second] = [
			table.image('one', `${proxy.host}/${unique('one')}`),
			table.image('two', `${proxy.host}/${unique('two')}`),
		];
		await table.own(first, 200_000);
		await docker('tag', first, second);
		const session = await open();
		let go = () => {};
		const until = new Promise<void>((resolve) => {
			go = resolve;
		});
		proxy.set({ gates: [{ of: /\/blobs\//, until }] });
		await pushByKey(session, first);
		await session.waitFor(
			(lines) => transferIn(lines).layers.filter(({ state }) => state === 'Preparing').length === 2,
		);
		go();
		await session.waitFor(transferred(`Pushed ${first}`, 'manifest '));
		await pushByKey(session, second);
		const { layers } = transferIn(await session.waitFor(transferred(`Pushed ${second}`, 'manifest ')));
		expect(layers.map(({ state }) => state)).toContain(`Mounted from ${first.slice(proxy.host.length + 1)}`);
		await journalEnd(session, `docker push ${second}`);
		expect(
			(await askRegistry(registry().host, `${second.slice(proxy.host.length + 1)}/manifests/latest`)).status,
		).toBe(200);
	});

	row('docker push with the credentials that docker has', async () => {
		const image = `${closedRegistry().host}/${unique('known')}`;
		table.image('known', image);
		await docker('tag', 'busybox', image);
		const config = table.folder('config');
		mkdirSync(config, { recursive: true });
		const auth = Buffer.from(`${alice.user}:${alice.password}`).toString('base64');
		writeFileSync(
			join(config, 'config.json'),
			JSON.stringify({ auths: { [closedRegistry().host]: { auth } } }),
		);
		const session = await open({ env: { DOCKER_CONFIG: config } });
		await chooseImage(session, image);
		await act(session, 'app.push');
		await confirm(session, `docker push ${image}:latest`);
		await session.waitFor(transferred(`Pushed ${image}`, 'manifest '));
		await toList(session, 'containers');
		await journalEnd(session, `docker push ${image}:latest`);
		expect(
			(
				await askRegistry(
					closedRegistry().host,
					`${image.slice(closedRegistry().host.length + 1)}/manifests/latest`,
					alice,
				)
			).status,
		).toBe(200);
	});
}
