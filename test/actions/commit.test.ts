// A container becomes an image: what is shown before, what is refused, and where the cursor is afterwards.
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../source/engine/error.ts';
import { idOf, image, now } from '../model/things.ts';
import { asked, fill, questionOf } from './asking.ts';
import { containersOn, type Player, play, until } from './player.ts';

const inCommit = async (...names: readonly string[]): Promise<Player> => {
	const player = play(containersOn(...(names.length ? names : ['web'])));
	await player.press('c');
	await asked(player);
	return player;
};

describe('what is shown', () => {
	it('is a tree of what changed, with sizes and what it comes to', async () => {
		const player = await inCommit();
		expect(questionOf(player)).toMatchObject({
			title: 'Commit web to an image',
			yes: 'commit',
			isDestructive: false,
			body: [
				'1 added, 0 changed, 1 deleted · 1.2kB in a new layer:',
				'    1.2kB  srv/',
				'A   1.2kB    new',
				'           tmp/',
				'D            old',
			],
		});
	});

	it('says that nothing changed', async () => {
		const player = play(containersOn('web'));
		Object.assign(player.engine, { changes: async () => [] });
		await player.press('c');
		await asked(player);
		expect(questionOf(player).body).toEqual([
			'Nothing changed in its file system: the image differs only in what is filled in here.',
		]);
	});

	it('is there without the sizes that nobody tells', async () => {
		const player = play(containersOn('web'));
		Object.assign(player.engine, { statPath: () => Promise.reject(new EngineError('No.')) });
		await player.press('c');
		await asked(player);
		expect(questionOf(player).body[0]).toBe('1 added, 0 changed, 1 deleted · 0B in a new layer:');
		expect(questionOf(player).body).toContain('A            new');
	});

	it('is why it cannot be told', async () => {
		const player = play(containersOn('web'));
		Object.assign(player.engine, {
			changes: () => Promise.reject(new EngineError('The engine does not tell what changed.')),
		});
		await player.press('c');
		await until(() => player.state().notice?.tone === 'bad');
		expect(player.state().notice?.text).toBe('The engine does not tell what changed.');
		expect(player.state().overlay).toBeUndefined();
	});
});

describe('what is filled in', () => {
	it.each([
		['name', 'Team/App', 'A name has small letters, digits and . _ - / in it, and may end in :VERSION.'],
		['name', 'app:', 'A name has small letters, digits and . _ - / in it, and may end in :VERSION.'],
		['cmd', '["httpd"', 'CMD: A list is written as JSON: ["httpd", "-f"].'],
		['expose', 'http', 'EXPOSE: http is no port: write 80, 443/tcp or 8000-8010/udp.'],
		['env', 'A', 'ENV: A has no value: write NAME=value.'],
		['workdir', 'srv', 'WORKDIR: A working folder is a path from the top: /srv/app.'],
	])('%s %j is refused', async (field, text, problem) => {
		const player = await inCommit();
		await fill(player, field, text);
		await player.press('enter');
		expect(questionOf(player).problem).toBe(problem);
		expect(player.lines()).toEqual([]);
	});

	it('is refused for several at once', async () => {
		const player = await inCommit('web', 'api');
		await player.press('enter');
		expect(questionOf(player).problem).toBe('One at a time: unmark the others (Space) and commit each.');
		expect(player.lines()).toEqual([]);
	});
});

describe('the image', () => {
	it.each([
		['python-custom', 'docker commit web python-custom'],
		['team/app:2', 'docker commit web team/app:2'],
		['', 'docker commit web'],
	])('%j is %s', async (name, line) => {
		const player = await inCommit();
		await fill(player, 'name', name);
		await player.press('enter');
		await player.idle();
		expect(player.lines()).toEqual([line]);
		expect(player.state().journal).toMatchObject([{ line, outcome: 'done' }]);
		expect(player.state().notice?.text).toMatch(
			/^committed web as .* · [0-9a-f]{12} · n runs it, P pushes it/,
		);
	});

	it('gets the cursor when it comes, and n runs it', async () => {
		const player = await inCommit();
		await fill(player, 'name', 'app:9');
		await player.press('enter');
		await player.idle();
		const id = `sha256:${idOf('app:9')}`;
		expect(player.state()).toMatchObject({ pane: 'images', panes: { images: { awaited: id } } });
		const images = [...player.state().images.values(), image(['app:9'], { createdAt: now })];
		player.send({ type: 'images-listed', images, at: now });
		expect(player.state().panes.images.selected).toBe('app:9');
		expect(player.state().panes.images.awaited).toBeUndefined();
		await player.press('n');
		await asked(player);
		expect(questionOf(player).fields[0]).toMatchObject({ id: 'line', value: 'docker run app:9' });
	});

	it('that cannot be made is told', async () => {
		const player = await inCommit();
		player.refuse('web', new EngineError('The disk of the engine is full.'));
		await player.press('enter');
		await player.idle();
		expect(player.state().notice).toMatchObject({ tone: 'bad', text: 'The disk of the engine is full.' });
		expect(player.state().pane).toBe('containers');
	});
});
