// The command table: images that are listed, searched for, pulled and removed.
import { expect } from 'vitest';
import { putImage } from '../helpers/registry.ts';
import type { Table } from './command-table.ts';
import { act, actionLineIn, filter, rowsIn, unique } from './driving.ts';
import {
	askRegistry,
	asksLine,
	chooseImage,
	confirm,
	fillIn,
	journalEnd,
	pullByKey,
	savedScript,
	toList,
	transferIn,
	transferred,
} from './tutorial.ts';

export function imageRows(table: Table) {
	const { engine, row, web, open, registry, exists, prefix } = table;
	const { docker } = engine;
	const names = (lines: readonly string[]) => rowsIn(lines, 'Images').map(({ name }) => name);
	/** Past the tag, which is a word of its own in the row. */
	const bare = (name: string) => name.replace(/:[^:/]+$/, '');

	row('docker images, docker image ls, docker images ubuntu', async () => {
		const ubuntu = table.image('ubuntu');
		await docker('tag', 'busybox', `${ubuntu}:14.04`);
		await docker('tag', 'busybox', `${ubuntu}:16.04`);
		table.image('ubuntu', `${ubuntu}:14.04`);
		table.image('ubuntu', `${ubuntu}:16.04`);
		const session = await open();
		await toList(session, 'images');
		// Other tests have images in the same engine: which rows are in view is theirs, too.
		await session.waitFor((lines) => names(lines).length > 1);
		await session.waitFor((lines) => actionLineIn(lines).startsWith(' $ docker images '));
		await filter(session, ubuntu);
		await session.waitFor((lines) => names(lines).join() === [prefix + ubuntu, prefix + ubuntu].join());
		await session.waitFor((lines) => actionLineIn(lines).startsWith(` $ docker images ${ubuntu} `));
		const listed = rowsIn(await session.screen(), 'Images').map(({ text }) =>
			text.replace(prefix, '').split(/\s+/).slice(0, 3).join(' '),
		);
		const ids = await docker('images', '--format', '{{.Repository}} {{.Tag}} {{.ID}}', ubuntu);
		const expected = ids.split('\n').filter((line) => line.startsWith(ubuntu));
		expect(listed.toSorted()).toEqual(expected.toSorted());
	});

	row(
		'docker search httpd',
		async () => {
			const session = await open();
			await act(session, 'app.search');
			await session.waitFor('Search for images');
			await fillIn(session, 'term', 'httpd');
			await confirm(session, 'docker search httpd');
			await session.waitFor('Docker Hub cannot be reached from the engine: the search needs the network.', {
				timeout: 20_000,
			});
			await session.waitFor('$ docker search httpd');
		},
		40_000,
	);

	row('docker search httpd, where there is a network', async () => {
		const session = await open({}, ['--demo']);
		await act(session, 'app.search');
		await fillIn(session, 'term', 'httpd');
		await confirm(session, 'docker search httpd');
		await session.waitFor(/NAME +DESCRIPTION +STARS +OFFICIAL/);
		const first = (await session.waitFor(/│ [> ] httpd +\S.* \d+ +\[OK\]/)).find((line) =>
			/httpd +\S.*\[OK\]/.test(line),
		);
		expect(first).toMatch(/httpd +The Apache HTTP Server.* +\d+ +\[OK\]/);
		await session.press('n');
		await session.waitFor(/Run a new container[\s\S]*\$ docker run httpd/);
		await act(session, 'question.cancel');
	});

	row('docker search in a registry of one’s own: its repositories and tags', async () => {
		const name = unique('httpd');
		await putImage(registry().host, name, ['2.2', '2.4']);
		table.image('found', `${registry().host}/${name}:2.4`);
		const session = await open();
		await act(session, 'app.search');
		await fillIn(session, 'term', name);
		await fillIn(session, 'registry', registry().host);
		await act(session, 'question.yes');
		await session.waitFor(new RegExp(`Repositories of ${registry().host}[\\s\\S]*│ [> ] ${name} `));
		await session.press('enter');
		await session.waitFor(new RegExp(`Tags of ${registry().host}/${name}[\\s\\S]*2\\.4[\\s\\S]*2\\.2`));
		await session.press('u');
		await session.waitFor(transferred(`Pulled ${registry().host}/${name}:2.4`, /downloaded newer|pulled/));
		expect(await exists(`${registry().host}/${name}:2.4`)).toBe(true);
		expect((await askRegistry(registry().host, `${name}/tags/list`)).body).toMatchObject({
			tags: expect.arrayContaining(['2.2', '2.4']),
		});
	});

	row('docker pull ubuntu:14.04, NAME@sha256:…', async () => {
		const name = await table.remoteImage(unique('ubuntu'), '14.04');
		const session = await open();
		await pullByKey(session, name);
		const first = transferIn(await session.waitFor(transferred(`Pulled ${name}`, 'downloaded newer')));
		expect(first.layers.map(({ state }) => state).toSorted()).toEqual([
			'Already exists',
			'Pull complete',
			'Pull complete',
		]);
		// busybox's own layer is here already: nothing of it is counted
		expect(first.text).toMatch(/downloaded newer · 1(\.\d+)?MB · 3 layers/);
		const { digest } = await askRegistry(
			registry().host,
			`${bare(name).slice(registry().host.length + 1)}/manifests/14.04`,
		);
		expect(first.text).toContain(digest);
		await journalEnd(session, `docker pull ${name}`);
		expect(await docker('inspect', '--format', '{{index .RepoDigests 0}}', name)).toBe(
			`${bare(name)}@${digest}\n`,
		);

		// once more: nothing is newer
		await pullByKey(session, name);
		const again = transferIn(await session.waitFor(transferred(`Pulled ${name}`, 'up to date')));
		expect(again.text).not.toContain('downloaded newer');
		await journalEnd(session, `docker pull ${name}`);

		await docker('rmi', name);
		const pinned = `${bare(name)}@${digest}`;
		table.image('pinned', pinned);
		await pullByKey(session, pinned);
		await session.waitFor(transferred('Pulled ', /downloaded newer.*sha256:/));
		expect((await savedScript(session)).split('\n')).toContain(`docker pull ${pinned}`);
		expect(await docker('inspect', '--format', '{{index .RepoDigests 0}}', pinned)).toBe(`${pinned}\n`);
	});

	row('docker rmi IMAGE', async () => {
		const [one, two] = [table.image('one'), table.image('two')];
		// with a layer of its own, so that more than a name goes
		await table.own(`${one}:1`, 100);
		await docker('tag', `${one}:1`, `${two}:2`);
		for (const name of [`${one}:1`, `${two}:2`]) table.image('named', name);
		const id = (await docker('inspect', '--format', '{{.Id}}', `${one}:1`)).trim();
		const session = await open({ columns: 200 });
		await chooseImage(session, one, '1');
		await act(session, 'image.remove');
		await session.waitFor(`${prefix}${one}:1  untagged only`);
		await session.waitFor(`${prefix}${two}:2`);
		await confirm(session, `docker rmi ${prefix}${one}:1`);
		// below the panes there is room for all that the engine says
		const first = await session.waitFor((lines) =>
			actionLineIn(lines).includes(`Untagged: ${prefix}${one}:1`),
		);
		expect(actionLineIn(first)).not.toContain('Deleted:');
		await journalEnd(session, `docker rmi ${prefix}${one}:1`);
		expect(await exists(id)).toBe(true);

		await toList(session, 'images');
		await session.waitFor((lines) => !names(lines).includes(prefix + one));
		await chooseImage(session, two, '2');
		await act(session, 'image.remove');
		await session.waitFor(`${prefix}${two}:2  deleted`);
		await session.waitFor(asksLine(`docker rmi ${prefix}${two}:2`));
		await act(session, 'question.yes');
		const deleted = `Untagged: ${prefix}${two}:2; Deleted: ${id.slice('sha256:'.length).slice(0, 12)}`;
		await session.waitFor((lines) => actionLineIn(lines).includes(deleted));
		await journalEnd(session, `docker rmi ${prefix}${two}:2`);
		expect(await exists(id)).toBe(false);
		expect(await exists(web)).toBe(true);
	});
}
