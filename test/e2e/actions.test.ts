// The verbs on a real engine, by key: what is asked, what the engine has done, and the docker line that does the same.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { launchPortside } from '../helpers/portside.ts';
import type { Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { containersOn } from './containers.ts';
import {
	act,
	actionLineIn,
	containersIn,
	filter,
	isShown,
	rowOf,
	rowsIn,
	select,
	unique,
} from './driving.ts';

describeWithEngine('the actions', (engine) => {
	const containers = containersOn(engine);
	let session: Session;
	const open = async (name: string, options: Parameters<typeof launchPortside>[1] = {}) => {
		session = launchPortside(['--host', engine.host], { columns: 200, rows: 45, ...options });
		await select(session, name);
	};
	afterEach(() => session.close());

	/** The docker line and its good end, in the line below the panes. */
	const isDone = (line: string, outcome: string) => (lines: string[]) =>
		actionLineIn(lines).includes(`$ ${line} `) && actionLineIn(lines).includes(`✓ ${outcome}`);
	const stateOf = (name: string) => containers.inspect(name, '.State.Status');
	const exists = async (name: string) => (await containers.all()).includes(name);

	test('stop and start, by one key', async () => {
		const name = await containers.run('turn');
		await open(name);
		await session.waitFor(/^ s stop /m);
		await act(session, 'container.stop');
		await session.waitFor(isDone(`docker stop ${name}`, `stopped ${name}`));
		await session.waitFor(isShown(name, '○'));
		expect(await stateOf(name)).toBe('exited');
		await session.waitFor(/^ s start /m);
		await act(session, 'container.start');
		await session.waitFor(isDone(`docker start ${name}`, `started ${name}`));
		await session.waitFor(isShown(name, '●'));
		expect(await stateOf(name)).toBe('running');
	});

	test('show that a slow one is under way, and leave the keys free meanwhile', async () => {
		const slow = ['sh', '-c', 'trap "" TERM; while :; do sleep 1; done'];
		const name = await containers.run('slow', ['--stop-signal', 'TERM', '--stop-timeout', '3'], slow);
		await open(name);
		await act(session, 'container.stop');
		await session.waitFor((lines) =>
			/[⠁-⣿].*stopping…/.test(rowOf(lines, name)?.sign + (rowOf(lines, name)?.text ?? '')),
		);
		expect(actionLineIn(await session.screen())).toMatch(
			new RegExp(`\\$ docker stop ${name} .*[⠁-⣿] stopping…`),
		);
		await act(session, 'container.restart');
		await session.waitFor(`${name} is stopping… Wait until that is done.`);
		await act(session, 'app.images');
		await session.waitFor((lines) => /X prune/.test(lines.at(-1) ?? ''));
		expect(await stateOf(name)).toBe('running');
		await session.waitFor(isDone(`docker stop ${name}`, `stopped ${name}`));
		expect(await stateOf(name)).toBe('exited');
	});

	test('restart', async () => {
		const name = await containers.run('again');
		const before = await containers.inspect(name, '.State.StartedAt');
		await open(name);
		await act(session, 'container.restart');
		await session.waitFor(isDone(`docker restart ${name}`, `restarted ${name}`));
		expect(await containers.inspect(name, '.State.StartedAt')).not.toBe(before);
	});

	test('pause and unpause, by one key', async () => {
		const name = await containers.run('ice');
		await open(name);
		await act(session, 'container.pause');
		await session.waitFor(isDone(`docker pause ${name}`, `paused ${name}`));
		await session.waitFor(isShown(name, '‖'));
		expect(await stateOf(name)).toBe('paused');
		await act(session, 'container.unpause');
		await session.waitFor(isDone(`docker unpause ${name}`, `unpaused ${name}`));
		await session.waitFor(isShown(name, '●'));
		expect(await stateOf(name)).toBe('running');
	});

	test('send the signal that was chosen', async () => {
		const listener = 'trap "echo got USR1" USR1; echo ready; while :; do sleep 0.1; done';
		const name = await containers.run('signal', [], ['sh', '-c', listener]);
		await open(name);
		await session.waitFor('ready');
		await act(session, 'container.kill');
		await session.waitFor(`Send a signal to ${name}`);
		for (let turns = 0; turns < 12 && !(await session.text()).includes('‹ SIGUSR1 ›'); turns++) {
			const before = /‹ \w+ ›/.exec(await session.text())?.[0] ?? '';
			await act(session, 'question.turn');
			await session.waitGone(before);
		}
		const line = `docker kill -s SIGUSR1 ${name}`;
		await session.waitFor(`$ ${line}`);
		await act(session, 'question.yes');
		await session.waitFor(isDone(line, `signalled ${name}`));
		await session.waitFor('got USR1');
		expect(await stateOf(name)).toBe('running');
	});

	test('rename, but not to a name that is taken', async () => {
		const name = await containers.run('old');
		const taken = await containers.run('taken');
		const fresh = containers.named('fresh');
		await open(name);
		await act(session, 'app.back');
		await session.waitFor(isShown(taken, '●'));
		await act(session, 'container.rename');
		await session.waitFor(`Rename ${name}`);
		session.type(`${'\x7f'.repeat(name.length)}${taken}`);
		await session.waitFor(`new name: ${taken}▏`);
		await act(session, 'question.yes');
		await session.waitFor(new RegExp(`${taken} is taken by the container [0-9a-f]{12}`));
		session.type(`${'\x7f'.repeat(taken.length)}${fresh}`);
		await session.waitFor(`$ docker rename ${name} ${fresh}`);
		await act(session, 'question.yes');
		await session.waitFor((lines) => rowOf(lines, fresh)?.isSelected === true && !rowOf(lines, name));
		expect(await exists(fresh)).toBe(true);
		expect(await exists(name)).toBe(false);
	});

	test('tell why not, in a sentence', async () => {
		const name = await containers.run('busy');
		await open(name);
		await act(session, 'container.remove');
		await session.waitFor(`✕ ${name} is running: stop it first (s), or force remove it (D)`);
		expect(await exists(name)).toBe(true);
		await act(session, 'app.images');
		await filter(session, 'busybox:latest');
		await act(session, 'image.remove');
		await session.waitFor(/✕ busybox:latest is used by .*: remove that first/);
	});

	test('remove after a preview that names all that goes, and not before yes', async () => {
		const name = await containers.run(
			'gone',
			['--volume', '/data'],
			['sh', '-c', 'head -c 3000000 /dev/zero > /data/file'],
		);
		await engine.docker('wait', name);
		const volume = await containers.inspect(name, '(index .Mounts 0).Name');
		await open(name);
		await session.waitFor(isShown(name, '○'));
		await act(session, 'container.remove');
		await session.waitFor(`Remove ${name}?`);
		// the lower edge of the dialog: a frame may arrive in two pieces
		await session.waitFor('Enter remove');
		const preview = await session.text();
		expect(preview).toMatch(new RegExp(`anonymous volume ${volume.slice(0, 12)} at /data +3MB`));
		expect(preview).toMatch(/\d+k?B come back\. Its image stays\./);
		expect(preview).toContain(`$ docker rm ${name}`);
		await act(session, 'question.cancel');
		await session.waitGone(`Remove ${name}?`);
		expect(await exists(name)).toBe(true);

		await act(session, 'container.remove');
		await session.waitFor(/\[ \] 1 anonymous volume too/);
		await act(session, 'question.turn');
		await session.waitFor(/\[x\] 1 anonymous volume too/);
		const line = `docker rm -v ${name}`;
		await session.waitFor(`$ ${line}`);
		await act(session, 'question.yes');
		await session.waitFor(isDone(line, `removed ${name}`));
		await session.waitFor(isShown(name, undefined));
		expect(await exists(name)).toBe(false);
		expect(await engine.docker('volume', 'ls', '--quiet')).not.toContain(volume);
	});

	test('force remove what runs, after saying that it is killed', async () => {
		const name = await containers.run('force');
		await open(name);
		await act(session, 'container.force-remove');
		await session.waitFor(`Force remove ${name}?`);
		expect(await session.text()).toContain(`${name}: killed without being asked to stop`);
		await act(session, 'question.no');
		await session.waitGone(`Force remove ${name}?`);
		await act(session, 'container.force-remove');
		await session.waitFor(`$ docker rm -f ${name}`);
		await act(session, 'question.y');
		await session.waitFor(isDone(`docker rm -f ${name}`, `removed ${name}`));
		expect(await exists(name)).toBe(false);
	});

	test('say so when what a question is about is gone meanwhile', async () => {
		const name = await containers.run('late');
		await open(name);
		await act(session, 'container.force-remove');
		await session.waitFor(`$ docker rm -f ${name}`);
		await engine.docker('rm', '--force', name);
		await session.waitFor(isShown(name, undefined));
		await act(session, 'question.yes');
		await session.waitFor('It is gone already');
		await act(session, 'question.cancel');
		await session.waitGone('It is gone already');
	});

	test('stop two that are marked, with one docker line', async () => {
		const mark = unique('').slice(1);
		const names = ['one', 'two', 'three'].map((name) => `${name}-${mark}`);
		for (const name of names) {
			await engine.docker(
				'run',
				'--detach',
				'--stop-signal',
				'KILL',
				'--name',
				name,
				'busybox',
				'sleep',
				'1000',
			);
		}
		try {
			session = launchPortside(['--host', engine.host], { columns: 160, rows: 45 });
			await session.waitFor((lines) => names.every((name) => rowOf(lines, name)?.sign === '●'));
			await filter(session, mark);
			await session.waitFor((lines) => containersIn(lines).length === 3);
			await act(session, 'list.first', 'list.mark', 'list.mark');
			const lines = await session.waitFor('2 marked');
			const marked = containersIn(lines).filter(({ isMarked }) => isMarked);
			expect(marked).toEqual(containersIn(lines).slice(0, 2));
			const [one = '', two = ''] = marked.map(({ name }) => name);
			await act(session, 'container.stop');
			await session.waitFor(isDone(`docker stop ${one} ${two}`, 'stopped '));
			expect(actionLineIn(await session.screen())).toMatch(new RegExp(`stopped .*${one}`));
			expect(actionLineIn(await session.screen())).toMatch(new RegExp(`stopped .*${two}`));
			await session.waitGone('2 marked');
			await session.waitFor(isShown(one, '○'));
			await session.waitFor(isShown(two, '○'));
			for (const name of names)
				expect(await stateOf(name)).toBe([one, two].includes(name) ? 'exited' : 'running');
		} finally {
			await engine.docker('rm', '--force', ...names);
		}
	});

	test('untag an image that has another name, and delete it with its last', async () => {
		const name = await containers.run('base');
		const image = containers.imageNamed('made');
		await engine.docker('exec', name, 'sh', '-c', 'echo more > /root/more');
		const id = (await engine.docker('commit', name, `${image}:one`)).trim().replace('sha256:', '');
		await engine.docker('tag', `${image}:one`, `${image}:two`);
		await open(name);
		await act(session, 'app.images');
		const isListed = (tag: string) => (lines: string[]) =>
			rowsIn(lines, 'Images').some((row) => new RegExp(`^${image} +${tag} `).test(row.text));
		await filter(session, `${image}:one`);
		await session.waitFor(isListed('one'));
		await act(session, 'image.remove');
		await session.waitFor(`untagged only: the image stays as ${image}:two`);
		await act(session, 'question.yes');
		await session.waitFor(
			isDone(`docker rmi ${image}:one`, `removed ${image}:one · Untagged: ${image}:one ·`),
		);
		expect(await engine.docker('image', 'ls', '--format', '{{.Tag}}', image)).toBe('two\n');

		await act(session, 'app.back');
		// a key right after Esc would be Alt and that key
		await session.waitGone(`/${image}:one`);
		await filter(session, `${image}:two`);
		await session.waitFor(isListed('two'));
		await act(session, 'image.remove');
		await session.waitFor(new RegExp(`${image}:two +deleted +\\S+MB`));
		await act(session, 'question.yes');
		await session.waitFor(
			isDone(
				`docker rmi ${image}:two`,
				`removed ${image}:two · Untagged: ${image}:two; Deleted: ${id.slice(0, 12)}`,
			),
		);
		expect(await engine.docker('image', 'ls', '--quiet', image)).toBe('');
	});

	test('copy to the clipboard of the terminal', async () => {
		const name = await containers.run('copy');
		await open(name);
		await act(session, 'container.copy');
		await session.waitFor(`‹ ${name} ›`);
		await act(session, 'question.yes');
		await session.waitFor(`✓ copied · ${name}`);
		expect(session.clipboard).toBe(name);
		await act(session, 'container.copy');
		await session.waitFor(`‹ ${name} ›`);
		await act(session, 'question.turn');
		const id = await containers.inspect(name, '.Id');
		await session.waitFor(`‹ ${id} ›`);
		await act(session, 'question.yes');
		await session.waitFor(() => session.clipboard === id);
	});

	test('are kept in a journal that a shell understands', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'portside-journal-'));
		try {
			const name = await containers.run('note');
			await open(name, { cwd: folder });
			await act(session, 'container.stop');
			await session.waitFor(isDone(`docker stop ${name}`, `stopped ${name}`));
			await session.waitFor(isShown(name, '○'));
			// one that the engine refuses, behind the back of what we know
			await act(session, 'container.rename');
			await session.waitFor(`Rename ${name}`);
			session.type('x');
			await session.waitFor(`$ docker rename ${name} ${name}x`);
			await engine.docker('rm', name);
			await session.waitFor(isShown(name, undefined));
			await act(session, 'question.cancel');
			await session.waitGone(`Rename ${name}`);
			await act(session, 'app.journal');
			await session.waitFor(`✓ $ docker stop ${name}`);
			await act(session, 'journal.save');
			await session.waitFor('Saved as ');
			const [file = ''] = readdirSync(folder);
			expect(file).toMatch(/^portside-.*\.sh$/);
			execFileSync('sh', ['-n', join(folder, file)]);
			const script = readFileSync(join(folder, file), 'utf8');
			expect(script).toMatch(new RegExp(`^export DOCKER_HOST='?${engine.host}'?$`, 'm'));
			expect(script).toMatch(new RegExp(`^docker stop ${name}$`, 'm'));
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
});
