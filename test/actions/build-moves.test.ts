// Building by keys: the form, its docker line, walking along the steps, and what ends a build.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answersOf, type Question } from '../../source/model/question.ts';
import { questionLine } from '../../source/ui/footer.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { after } from '../model/things.ts';
import { type FakeBuild, step } from './fake-build.ts';
import { inBuild, inForm, type Player, play, until, world } from './player.ts';

const questionOf = (player: Player): Question => {
	const { overlay } = player.state();
	if (overlay?.type !== 'question') throw new Error(`There is no question, but ${overlay?.type}`);
	return overlay.question;
};
const answer = (player: Player, id: string) => answersOf(questionOf(player))[id];
const fieldAt = (player: Player): string | undefined => {
	const { overlay } = player.state();
	return overlay?.type === 'question' ? overlay.question.fields[overlay.field]?.id : undefined;
};
const builds = (player: Player) => player.state().builds;
/** Until the form is about what stands in it. */
const revised = (player: Player, folder: string, dockerfile = 'Dockerfile') =>
	until(() => questionOf(player).about === `${folder}\n${dockerfile}`, `the form is about ${folder}`);
const toField = async (player: Player, id: string) => {
	for (let step = 0; fieldAt(player) !== id; step++) {
		if (step > 30) throw new Error(`There is no field ${id}`);
		await player.press('tab');
	}
};

const two = {
	Dockerfile: 'FROM a AS one\nARG VERSION=1\nFROM b\n',
	'api/Dockerfile': 'FROM c\nARG TOKEN\n',
	'api/dev.Dockerfile': 'FROM c\nARG DEBUG\n',
	'empty/x': '',
};

describe('the form', () => {
	it('Enter starts what its docker line says', async () => {
		const player = await inForm(two);
		await toField(player, 'tag');
		await player.press('ctrl+u', ...'app:1');
		await toField(player, 'arg VERSION');
		await player.press('2', 'space', '3');
		await toField(player, 'target');
		await player.press('right');
		await toField(player, 'uncached');
		await player.press('space');
		const line = "docker build -t app:1 --build-arg 'VERSION=2 3' --target one --no-cache .";
		expect(questionLine(player.state())).toBe(line);
		await player.press('enter');
		expect(player.state()).toMatchObject({ isDetailFocused: true, beside: 'builds', builds: { front: 1 } });
		await until(() => player.built.length === 1);
		expect(player.built[0]?.options.wish).toMatchObject({
			tags: ['app:1'],
			args: { VERSION: '2 3' },
			target: 'one',
			isUncached: true,
		});
		expect(player.state().journal).toMatchObject([{ line, outcome: 'pending' }]);
	});

	it('can be thought better of', async () => {
		const player = await inForm();
		await player.press('esc');
		expect([player.state().overlay, builds(player).list, player.built]).toEqual([undefined, [], []]);
	});

	it('refuses what is no tag, and stays', async () => {
		const player = await inForm(two);
		await toField(player, 'tag');
		await player.press('ctrl+u', ...'My App', 'enter');
		expect(questionOf(player).problem).toContain('My is no tag');
		expect(builds(player).list).toEqual([]);
		await player.press('ctrl+u', 'a', 'enter');
		expect(builds(player).list).toMatchObject([{ title: 'a' }]);
	});

	it('builds nothing that it says is wrong', async () => {
		const player = await inForm(two);
		await player.press('ctrl+u', ...'empty');
		await revised(player, 'empty');
		await player.press('enter');
		expect(questionOf(player).problem).toBe('Put that right first, or choose another folder or Dockerfile.');
		expect(builds(player).list).toEqual([]);
		await player.press('ctrl+u', ...'api');
		await revised(player, 'api');
		await player.press('enter');
		expect(builds(player).list).toMatchObject([{ title: 'api' }]);
	});

	it('asks for what the other folder leaves open, and keeps what was typed', async () => {
		const player = await inForm(two);
		await toField(player, 'platform');
		await player.press(...'linux/arm64');
		await toField(player, 'pull');
		await player.press('space');
		await toField(player, 'folder');
		await player.press('ctrl+u', ...'api');
		await revised(player, 'api');
		expect(answersOf(questionOf(player))).toMatchObject({
			folder: 'api',
			dockerfile: 'Dockerfile',
			'arg TOKEN': '',
			platform: 'linux/arm64',
			pull: true,
		});
		expect(answer(player, 'arg VERSION')).toBeUndefined();
		expect(questionLine(player.state())).toBe('docker build -t api --platform linux/arm64 --pull api');
	});

	it('asks for what the other Dockerfile leaves open', async () => {
		const player = await inForm(two);
		await player.press('ctrl+u', ...'api');
		await revised(player, 'api');
		await toField(player, 'dockerfile');
		await player.press('right');
		await revised(player, 'api', 'dev.Dockerfile');
		expect(answer(player, 'arg DEBUG')).toBe('');
		expect(questionLine(player.state())).toBe('docker build -t api -f api/dev.Dockerfile api');
	});

	it('the tag follows the folder until somebody chooses one', async () => {
		const player = await inForm(two);
		await player.press('ctrl+u', ...'api');
		await revised(player, 'api');
		expect(answer(player, 'tag')).toBe('api');
		await toField(player, 'tag');
		await player.press(...':2');
		await toField(player, 'folder');
		await player.press('ctrl+u', ...'empty');
		await revised(player, 'empty');
		expect(answer(player, 'tag')).toBe('api:2');
		expect(questionOf(player).body[0]).toContain('There is no Dockerfile in');
	});

	it('keeps every key, however late the answer comes', async () => {
		const player = await inForm(two);
		// Without a turn of the loop between them, nothing can have been read yet.
		const all = [
			'ctrl+u',
			...'api',
			'tab',
			'tab',
			'ctrl+u',
			...'mine',
			'shift+tab',
			'shift+tab',
			'shift+tab',
			'space',
		];
		await Promise.all(all.map((key) => player.press(key)));
		expect(fieldAt(player)).toBe('pull');
		await revised(player, 'api');
		expect(answersOf(questionOf(player))).toMatchObject({ folder: 'api', tag: 'mine', pull: true });
		expect(fieldAt(player)).toBe('pull');
	});

	it('is about the last folder, in whatever order the answers come', async () => {
		const player = await inForm(two);
		await Promise.all(
			['ctrl+u', ...'api', 'backspace', 'backspace', 'backspace', ...'empty'].map((key) => player.press(key)),
		);
		await revised(player, 'empty');
		expect(answer(player, 'folder')).toBe('empty');
		expect(answer(player, 'arg TOKEN')).toBeUndefined();
	});

	it('is about what was pasted, too', async () => {
		const player = await inForm(two);
		await player.press('ctrl+u');
		player.paste('api');
		await revised(player, 'api');
		expect(answer(player, 'arg TOKEN')).toBe('');
	});

	it('comes once, also for who asks twice', async () => {
		const player = play({ ...world(), cwd: '/nowhere/at/all' });
		await Promise.all([player.press('b'), player.press('b')]);
		await until(() => player.state().overlay?.type === 'question');
		await toField(player, 'tag');
		await player.press('ctrl+u', ...'mine');
		for (let turn = 0; turn < 50; turn++) await player.press();
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(answer(player, 'tag')).toBe('mine');
	});

	it('does not come over what was opened meanwhile', async () => {
		const player = play({ ...world(), cwd: '/nowhere/at/all' });
		await player.press('b', 'esc', ':');
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(player.state().overlay).toMatchObject({ type: 'palette' });
	});

	it('begins with what was built last', async () => {
		const player = await inForm(two);
		await toField(player, 'tag');
		await player.press('ctrl+u', ...'app:1');
		await toField(player, 'arg VERSION');
		await player.press('7', 'enter', 'b');
		await until(() => player.state().overlay?.type === 'question');
		expect(answersOf(questionOf(player))).toMatchObject({ folder: '.', tag: 'app:1', 'arg VERSION': '7' });
	});

	it('is there for nobody who only looks', async () => {
		const player = play({ ...world({ isReadOnly: true }), cwd: '/nowhere' });
		await player.press('b');
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(player.state().overlay).toBeUndefined();
		expect(player.state().notice).toMatchObject({
			tone: 'bad',
			text: expect.stringContaining('--read-only'),
		});
	});
});

describe('walking', () => {
	it('goes from step to step and stops at both ends', async () => {
		const player = await inBuild();
		const cursors: unknown[] = [];
		for (const key of ['k', 'k', 'j', 'j', 'j', 'G', 'j', 'g']) {
			await player.press(key);
			cursors.push(builds(player).cursor);
		}
		expect(cursors).toEqual(['one', 'one', 'two', 'three', 'three', undefined, 'three', 'one']);
	});

	it('Esc goes back to what runs, and then to the lists', async () => {
		const player = await inBuild();
		await player.press('k', 'enter');
		expect(builds(player).opened).toEqual({ step: 'one', lines: [] });
		await player.press('esc');
		expect(builds(player)).toMatchObject({ cursor: 'one' });
		expect(builds(player).opened).toBeUndefined();
		await player.press('esc');
		expect([builds(player).cursor, player.state().isDetailFocused]).toEqual([undefined, true]);
		await player.press('esc');
		expect(player.state()).toMatchObject({ isDetailFocused: false, beside: 'builds' });
		await player.press('6');
		expect(player.state()).toMatchObject({ isDetailFocused: true, beside: 'builds' });
	});

	it('4 shows the details, 6 leads back', async () => {
		const player = await inBuild();
		await player.press('4');
		expect(player.state()).toMatchObject({ isDetailFocused: true, beside: 'details' });
		await player.press('1', '6');
		expect(player.state()).toMatchObject({ isDetailFocused: true, beside: 'builds', builds: { front: 1 } });
	});

	it('the only one stays', async () => {
		const player = await inBuild();
		await player.press(']');
		expect(player.state().notice?.text).toBe('This is the only build.');
		expect(player.state().beside).toBe('builds');
	});

	it('through several builds comes round', async () => {
		const player = await inBuild();
		for (let more = 0; more < 2; more++) {
			await player.press('b');
			await until(() => player.state().overlay?.type === 'question');
			await player.press('enter');
		}
		const fronts: unknown[] = [];
		for (const key of [']', ']', '[', '[']) {
			await player.press(key);
			fronts.push(builds(player).front);
		}
		expect(fronts).toEqual([1, 2, 1, 3]);
		expect(builds(player).list.map(({ id }) => id)).toEqual([1, 2, 3]);
	});
});

describe('an opened step', () => {
	const last = (player: Player) => builds(player).opened?.lines.at(-1);
	/** The lines on screen. */
	const seen = (player: Player): string[] =>
		(frameOf(player.state()).details?.lines ?? [])
			.map((line) => line.replace(/\x1b\[[0-9;]*m/g, '').trim())
			.filter((line) => line.startsWith('line '));
	const ends = (player: Player) => [seen(player)[0], seen(player).at(-1), seen(player).length];

	it('shows its newest lines, and any other', async () => {
		const player = await inBuild();
		await player.press('enter');
		expect(ends(player)).toEqual(['line 70', 'line 99', 30]);
		await player.press('k');
		expect(ends(player)).toEqual(['line 69', 'line 98', 30]);
		await player.press('pageup');
		expect(ends(player)).toEqual(['line 59', 'line 88', 30]);
		await player.press('g');
		expect(ends(player)).toEqual(['line 0', 'line 29', 30]);
		await player.press('up');
		expect(ends(player)[0]).toBe('line 0');
		await player.press('ctrl+d', 'j');
		expect(ends(player)).toEqual(['line 11', 'line 40', 30]);
		await player.press('G');
		expect(ends(player)).toEqual(['line 70', 'line 99', 30]);
		await player.press('j');
		expect(ends(player)).toEqual(['line 70', 'line 99', 30]);
	});

	it('shows more when the window grows, wherever it is read', async () => {
		const player = await inBuild();
		const grow = (rows: number) => player.send({ type: 'resized', columns: 120, rows });
		await player.press('enter');
		grow(60);
		expect(ends(player)).toEqual(['line 46', 'line 99', 54]);
		grow(36);
		await player.press('k', 'k');
		grow(60);
		expect(ends(player)).toEqual(['line 46', 'line 99', 54]);
		// one line up of what is seen
		await player.press('k');
		expect(ends(player)).toEqual(['line 45', 'line 98', 54]);
		grow(36);
		await player.press('g');
		grow(80);
		expect(ends(player)).toEqual(['line 0', 'line 73', 74]);
		grow(200);
		expect(ends(player)).toEqual(['line 0', 'line 99', 100]);
		grow(20);
		expect(ends(player)).toEqual(['line 0', 'line 13', 14]);
	});

	it('of which much was printed at once has no gap on a high screen', async () => {
		const player = await inBuild();
		player.send({ type: 'resized', columns: 120, rows: 150 });
		await player.press('enter');
		const many = Array.from({ length: 3000 }, (_, index) => `line of many ${index}`);
		player.built[0]?.tell({ type: 'output', step: 'two', text: `\n${many.join('\n')}` });
		await until(() => last(player) === many.at(-1));
		expect(seen(player)).toEqual(many.slice(-144));
	});

	it('is followed while it prints', async () => {
		const player = await inBuild();
		await player.press('enter');
		const build = player.built[0] as FakeBuild;
		build.tell({ type: 'output', step: 'two', text: ' and its end\nnew' });
		await until(() => last(player) === 'new');
		expect(builds(player).opened?.lines.slice(-3)).toEqual(['line 98', 'line 99 and its end', 'new']);
		const many = Array.from({ length: 3000 }, (_, index) => `more ${index}`);
		build.tell({ type: 'output', step: 'two', text: `\n${many.join('\n')}` });
		await until(() => last(player) === 'more 2999');
		expect(builds(player).opened?.lines).toEqual(many.slice(-(builds(player).opened?.lines.length ?? 0)));
	});

	it('stays where it is read while it prints', async () => {
		const player = await inBuild();
		await player.press('enter', 'g');
		const before = builds(player).opened;
		player.built[0]?.tell({ type: 'output', step: 'two', text: '\nnew' });
		await until(() => builds(player).list[0]?.steps.get('two')?.lines === 101);
		expect(builds(player).opened).toBe(before);
	});

	it('is left when the build begins again', async () => {
		const player = await inBuild(true);
		await player.press('k', 'enter', 'r');
		expect([builds(player).opened, builds(player).cursor]).toEqual([undefined, undefined]);
	});
});

describe('the end', () => {
	it('Ctrl+C cancels the build, and once it is over nothing: a second one must not quit', async () => {
		const player = await inBuild();
		await player.press('ctrl+c');
		expect(player.built[0]?.signal.aborted).toBe(true);
		await player.idle();
		expect([builds(player).list[0]?.status, player.did]).toEqual(['cancelled', []]);
		await until(() => player.state().journal[0]?.outcome === 'failed');
		await player.press('ctrl+c');
		expect(player.did).toEqual([]);
		expect(player.state().notice?.text).toBe('The build is over. q quits Portside.');
	});

	it('Ctrl+C in the lists is no cancelling, but asks', async () => {
		const player = await inBuild();
		await player.press('esc', 'ctrl+c');
		expect(player.built[0]?.signal.aborted).toBe(false);
		expect(questionOf(player)).toMatchObject({
			title: 'Quit with 1 build under way?',
			body: [`the build of ${builds(player).list[0]?.title}: it is cancelled`],
			fields: [],
			yes: 'quit',
			isDestructive: true,
		});
		await player.press('esc');
		expect(player.did).toEqual([]);
		await player.press('q', 'enter');
		expect(player.did).toEqual(['quit']);
	});

	it('with terminals and builds names both', async () => {
		const player = await inBuild();
		await player.press('1', 'e');
		await player.idle();
		await player.press('ctrl+]', 'q');
		expect(questionOf(player)).toMatchObject({
			title: 'Quit with 1 terminal open and 1 build under way?',
			body: ['bash in web', expect.stringMatching(/^the build of /)],
			fields: [{ id: 'fate' }],
		});
	});

	it('of a build that is over is not asked for', async () => {
		const player = await inBuild(true);
		await player.press('q');
		expect(player.did).toEqual(['quit']);
	});

	it('a build under way is neither closed nor repeated', async () => {
		const player = await inBuild();
		await player.press('d', 'r', 'R', 'i');
		expect(player.built).toHaveLength(1);
		expect(builds(player).list).toMatchObject([{ status: 'building' }]);
	});
});

describe('what is asked of a build', () => {
	it('an editor that cannot be started says why', async () => {
		const player = await inBuild();
		player.refuseEdit('There is no vi: set EDITOR to the one you have.');
		await player.press('e');
		expect(player.state().notice).toMatchObject({
			text: 'There is no vi: set EDITOR to the one you have.',
			tone: 'bad',
		});
	});

	it('files are listed by their size, all but the many small ones', async () => {
		const player = await inForm();
		const { cwd } = player.state();
		mkdirSync(join(cwd, '큰'));
		writeFileSync(join(cwd, '큰/파일.bin'), 'x'.repeat(2000));
		for (let index = 0; index < 510; index++) writeFileSync(join(cwd, `f${index}`), '');
		await player.press('enter');
		await until(() => player.built.length === 1);
		await player.press('f');
		const { title, body, yes } = questionOf(player);
		expect([title, body[0], body[1], body.length, body.at(-1), yes]).toEqual([
			'512 files are sent',
			'     2kB  큰/파일.bin',
			'     15B  Dockerfile',
			501,
			'and 12 smaller ones',
			'',
		]);
		await player.press('enter');
		expect(player.state().overlay).toBeUndefined();
	});

	it('the first has none before it', async () => {
		const player = await inBuild();
		await player.press('h');
		expect(questionOf(player).body).toEqual(['This is the first one.']);
	});

	it('without an engine it fails, and says so', async () => {
		const player = await inForm(two, { hasEngine: false });
		await player.press('enter');
		await until(() => builds(player).list[0]?.status === 'failed');
		expect(builds(player).list[0]?.failure).toEqual({ message: 'The engine does not answer.' });
		expect(player.state().journal).toEqual([]);
	});

	it('its image is looked at under any of its names, and by its id', async () => {
		const player = await inBuild(true);
		const [build] = builds(player).list;
		if (!build) throw new Error('There is no build.');
		const selected = async (tags: readonly string[], imageId = 'sha256:0') => {
			const state = after(player.state(), { type: 'build-changed', build: { ...build, tags, imageId } });
			const other = play({ ...state, isDetailFocused: true, beside: 'builds' });
			await other.press('i');
			return other.state().panes.images.selected;
		};
		const image = [...player.state().images.values()].find(({ references }) => references[0] === 'tool:3');
		expect(await selected(['httpd:2.4'])).toBe('httpd:2.4');
		expect(await selected(['app'])).toBe('app:latest');
		expect(await selected([], image?.id)).toBe('tool:3');
	});
});

it('a step of the classic builder and one of BuildKit are walked along alike', async () => {
	const player = await inForm();
	await player.press('enter');
	await until(() => player.built.length === 1);
	player.built[0]?.tell(
		step('2', { stage: '0', number: 2, state: 'waiting' }),
		step('1', { stage: '0', number: 1, state: 'done' }),
	);
	await until(() => builds(player).list[0]?.steps.size === 2);
	await player.press('j');
	expect(builds(player).cursor).toBe('2');
	await player.press('k');
	expect(builds(player).cursor).toBe('1');
});
