// From a key to its consequences, also when the world goes on meanwhile.
import { describe, expect, it } from 'vitest';
import { EngineError, told } from '../../source/engine/error.ts';
import { after, container, idOf, image, listed, now } from '../model/things.ts';
import { containersOn, dangling, inTerminal, on, play, until, world } from './player.ts';
import { volume } from './recording-engine.ts';

const gone = (...names: string[]) =>
	({ type: 'reread', containers: [], gone: names.map(idOf), at: now }) as const;
const questionOf = (player: ReturnType<typeof play>) => {
	const { overlay } = player.state();
	if (overlay?.type !== 'question') throw new Error(`There is no question, but ${overlay?.type}`);
	return overlay.question;
};

describe('while it runs', () => {
	it('the row is busy and the line is pending', async () => {
		const player = play(containersOn('web'));
		const release = player.hold();
		await player.press('s');
		expect(player.state().busy.get(idOf('web'))).toBe('stopping…');
		expect(player.state().notice).toMatchObject({
			line: 'docker stop web',
			text: 'stopping…',
			tone: 'pending',
		});
		expect(player.state().journal[0]?.outcome).toBe('pending');
		release();
		await player.press();
		await player.press('no key');
		expect(player.state().busy.size).toBe(0);
		expect(player.state().notice?.text).toBe('stopped web · 0.0 s');
	});

	it('the person goes on elsewhere', async () => {
		const player = play(containersOn('web'));
		const release = player.hold();
		await player.press('s', 'j', 's', '2');
		expect(player.lines()).toEqual(['docker stop web api']);
		expect(player.state().journal.map(({ line }) => line)).toEqual(['docker stop web', 'docker stop api']);
		expect(player.state().pane).toBe('images');
		release();
		await player.press('no key');
		expect(player.state().busy.size).toBe(0);
	});

	it('at most eight calls are under way at once', async () => {
		const names = Array.from({ length: 20 }, (_, index) => `c${String(index).padStart(2, '0')}`);
		const player = play(on(listed(names.map((name) => container(name))), 'containers', names.map(idOf)));
		const release = player.hold();
		await player.press('r');
		expect(player.lines()).toEqual([`docker restart ${names.slice(0, 8).join(' ')}`]);
		release();
		await player.press('no key');
		expect(player.lines()).toEqual([`docker restart ${names.join(' ')}`]);
	});

	it('copying from its row does not end that it is busy', async () => {
		const player = play(containersOn('web'));
		player.hold();
		await player.press('s', 'y', 'enter');
		expect(player.state().busy.get(idOf('web'))).toBe('stopping…');
	});
});

describe('when it fails', () => {
	it('the sentence is shown, and the journal keeps it', async () => {
		const player = play(containersOn('web'));
		player.refuse('web', 'web could not be stopped.');
		await player.press('s');
		expect(player.state().notice).toMatchObject({
			line: 'docker stop web',
			text: 'web could not be stopped.',
			tone: 'bad',
		});
		expect(player.state().journal).toMatchObject([
			{ outcome: 'failed', message: 'web could not be stopped.' },
		]);
	});

	it('the own words of the engine follow the sentence', async () => {
		const player = play(containersOn('web'));
		const error = new EngineError('web could not be started.', {
			statusCode: 500,
			engineMessage: 'exec: "nosuch": not found',
		});
		player.refuse('web', error);
		await player.press('s');
		const text = 'web could not be started. (exec: "nosuch": not found)';
		expect(player.state().notice).toMatchObject({ text, tone: 'bad' });
		expect(player.state().journal).toMatchObject([{ outcome: 'failed', message: text }]);
	});

	it('for one of several, both outcomes are told and the marks stay', async () => {
		const player = play(containersOn('web', 'api'));
		player.refuse('api', 'It hangs.');
		await player.press('s');
		expect(player.state().notice?.text).toBe('stopped web · 0.0 s — api: It hangs.');
		expect(player.state().marked.size).toBe(2);
	});

	it('because there is no engine, it says so', async () => {
		const player = play(containersOn('web'), { hasEngine: false });
		await player.press('s');
		expect(player.state().notice).toMatchObject({
			tone: 'bad',
			text: 'The engine does not answer; nothing was done.',
		});
	});
});

describe('a question', () => {
	it('says exactly what goes', async () => {
		const player = play(containersOn('old'));
		await player.press('d');
		expect(questionOf(player)).toMatchObject({ title: 'Remove old?', yes: 'remove', isDestructive: true });
		expect(questionOf(player).body).toEqual([
			'old  httpd:2.4  Exited (0) 2 hours ago  2MB of its own',
			`  anonymous volume ${volume.slice(0, 12)} at /data  7MB  stays, unless you switch it on below`,
			'  volume named stays',
			'',
			'2MB come back. Its image stays.',
		]);
		expect(questionOf(player).fields).toMatchObject([
			{ kind: 'toggle', label: '1 anonymous volume too', value: false },
		]);
	});

	it('names who depends on what goes, and that it is killed', async () => {
		const state = listed([container('web'), container('side', { createdAt: 1, network: 'container:web' })]);
		const player = play(state);
		await player.press('D');
		expect(questionOf(player).body).toContain('web: killed without being asked to stop');
		expect(questionOf(player).body).toContain('  side uses its network and loses it');
	});

	it('tells an untag from a deletion', async () => {
		const player = play(on(world(), 'images', ['app:1']));
		await player.press('d');
		expect(questionOf(player).body[0]).toBe('app:1  untagged only: the image stays as app:latest');
		await player.press('esc');
		player.send({ type: 'marked', ids: ['app:1', 'app:latest'], isMarked: true });
		await player.press('d');
		expect(questionOf(player).title).toBe('Remove 2 images?');
		expect(questionOf(player).body).toEqual([
			'app:1  deleted  120MB, 90MB shared with no other image',
			'app:latest  deleted  120MB, 90MB shared with no other image',
			'',
			'90MB come back.',
		]);
	});

	it('tells that the last name of an image that runs goes, and no bytes come back', async () => {
		const player = play(on(listed([container('web')], [image(['httpd:2.4'])]), 'images', ['httpd:2.4']));
		await player.press('D');
		expect(questionOf(player).body).toEqual([
			'httpd:2.4  untagged only: in use by web, so it stays without a name',
			'',
			'0B come back.',
		]);
	});

	it('is not asked about an image without a name that runs: there is nothing to take away', async () => {
		const used = { imageId: dangling };
		const running = on(listed([container('web', used)], [image([])]), 'images', [dangling]);
		const player = play(running);
		await player.press('D');
		expect([player.state().overlay, player.lines()]).toEqual([undefined, []]);
		expect(player.state().notice).toMatchObject({
			tone: 'bad',
			text: expect.stringMatching(/ has no name to take away, and is in use by web: stop that first$/),
		});
		const stopped = play(
			on(listed([container('web', { ...used, state: 'exited' })], [image([])]), 'images', [dangling]),
		);
		await stopped.press('D');
		expect(questionOf(stopped).title).toMatch(/^Force remove /);
	});

	it('before a prune of images lists the names that go with all unused, and the bytes of each choice', async () => {
		const state = listed(
			[container('web')],
			[image(['httpd:2.4', 'httpd:latest']), image(['app:1']), image([])],
		);
		const player = play(on(state, 'images', ['httpd:2.4']));
		await player.press('X');
		const { body, fields } = questionOf(player);
		expect(body.slice(-2)).toEqual([
			'Of images in use, with “all unused”, all names but one go:',
			'  httpd:2.4, httpd:latest',
		]);
		expect(fields).toMatchObject([
			{
				options: [
					{ value: 'dangling', label: 'dangling only, 0B come back' },
					{ value: 'all', label: 'all unused, 90MB come back' },
				],
			},
		]);
	});

	it('before a prune is asked where only names of images in use would go', async () => {
		const state = listed([container('web')], [image(['httpd:2.4', 'httpd:latest'])]);
		const player = play(on(state, 'images', ['httpd:2.4']));
		await player.press('X');
		expect(questionOf(player)).toMatchObject({ title: 'Prune images?', yes: 'prune' });
	});

	it('says which marked rows are left out, and why', async () => {
		const player = play(containersOn('old', 'web', 'api'));
		await player.press('d');
		const { title, body } = questionOf(player);
		expect(title).toBe('Remove old?');
		expect(body.slice(body.indexOf('Left out:') - 1)).toEqual([
			'',
			'Left out:',
			'  web is running: stop it first (s), or force remove it (D)',
			'  api is running: stop it first (s), or force remove it (D)',
		]);
		await player.press('y');
		expect(player.lines()).toEqual(['docker rm old']);
		const all = play(containersOn('old', 'older'));
		await all.press('d');
		expect(questionOf(all).body).not.toContain('Left out:');
	});

	it('before a prune lists what goes, or that nothing does', async () => {
		const player = play(containersOn('web'));
		await player.press('X');
		expect(questionOf(player)).toMatchObject({ title: 'Remove 2 stopped containers?' });
		const nothing = play(listed([container('web')], [image(['httpd:2.4'])]));
		await nothing.press('X');
		expect(questionOf(nothing)).toMatchObject({ title: 'Nothing to prune', yes: '' });
		await nothing.press('enter', '2', 'X');
		expect(questionOf(nothing)).toMatchObject({ title: 'Nothing to prune', yes: '' });
		await nothing.press('enter');
		expect([nothing.lines(), nothing.state().overlay]).toEqual([[], undefined]);
	});

	it('that is closed does nothing', async () => {
		for (const key of ['esc', 'n', 'ctrl+c']) {
			const player = play(containersOn('old'));
			await player.press('d', key);
			expect([player.state().overlay, player.lines(), player.state().journal]).toEqual([undefined, [], []]);
		}
	});

	it('that was left while it was prepared is not asked', async () => {
		const player = play(containersOn('old'));
		const release = player.hold();
		await player.press('d');
		expect(player.state().overlay).toMatchObject({ type: 'preparing', title: 'Remove' });
		await player.press('esc');
		release();
		await player.press('no key');
		expect(player.state().overlay).toBeUndefined();
	});

	it('about what is gone meanwhile does nothing', async () => {
		const player = play(containersOn('old'));
		await player.press('d');
		player.send(gone('old'));
		await player.press('enter');
		expect(questionOf(player).problem).toBe('It is gone already; there is nothing left to do. Esc closes.');
		expect(player.lines()).toEqual([]);
	});

	it('about several is for those that are left', async () => {
		const player = play(containersOn('old', 'older'));
		await player.press('d');
		player.send(gone('old'));
		await player.press('y');
		expect(player.lines()).toEqual(['docker rm older']);
	});

	it('whose ground has changed is refused', async () => {
		const player = play(containersOn('old'));
		await player.press('d');
		player.send({ type: 'reread', containers: [container('old')], gone: [], at: now });
		await player.press('enter');
		expect(questionOf(player).problem).toBe('old is running: stop it first (s), or force remove it (D)');
		expect(player.lines()).toEqual([]);
	});

	it.each([
		['', 'A name has two or more of'],
		['a', 'A name has two or more of'],
		['-web', 'A name has two or more of'],
		['a b', 'A name has two or more of'],
		['웹서버', 'A name has two or more of'],
		['api', 'api is taken by the container'],
	])('does not take the name %o', async (name, problem) => {
		const player = play(containersOn('web'));
		await player.press('R', 'ctrl+u', ...[...name].map((key) => (key === ' ' ? 'space' : key)), 'enter');
		expect(questionOf(player).problem).toContain(problem);
		await player.press('x');
		expect(questionOf(player).problem).toBeUndefined();
		expect(player.lines()).toEqual([]);
	});

	it('takes y, n, h and l as letters where a text is typed', async () => {
		const player = play(containersOn('web'));
		await player.press('R', ...'-ynhl');
		expect(questionOf(player).fields[0]?.value).toBe('web-ynhl');
		await player.press('enter');
		expect(player.lines()).toEqual(['docker rename web web-ynhl']);
	});

	it('of one name for several containers is refused', async () => {
		const player = play(containersOn('web', 'api'));
		await player.press('R', 'x', 'enter');
		expect(questionOf(player).problem).toContain('One at a time');
	});

	it('is done by Enter from a field, too', async () => {
		const choice = play(containersOn('web'));
		await choice.press('K', 'right', 'enter');
		expect(choice.lines()).toEqual(['docker kill -s SIGTERM web']);
		const toggle = play(containersOn('old'));
		await toggle.press('d', 'space', 'enter');
		expect(toggle.lines()).toEqual(['docker rm -v old']);
	});
});

it('copying several puts all of them on the clipboard, a line each', async () => {
	const player = play(containersOn('web', 'api'));
	await player.press('y', 'enter');
	expect(player.did).toEqual(['copy web\napi']);
	expect(player.state().notice).toMatchObject({ tone: 'good', text: 'copied 2 lines' });
});

it.each([
	[new EngineError('It failed.', { engineMessage: 'no space left' }), 'It failed. (no space left)'],
	[
		new EngineError('It failed: no space left.', { engineMessage: 'no space left' }),
		'It failed: no space left.',
	],
	[new EngineError('It failed.', { engineMessage: '' }), 'It failed.'],
	[new EngineError('It failed.'), 'It failed.'],
	[new Error('A bug.'), 'A bug.'],
])('%o is told as %o', (error, text) => {
	expect(told(error)).toBe(text);
});

it('in read-only mode, a key that would change something says why it does not', async () => {
	const readOnly = { ...containersOn('web'), isReadOnly: true };
	for (const key of ['s', 'D', 'X']) {
		const player = play(readOnly);
		await player.press(key);
		expect(player.state().notice).toMatchObject({
			tone: 'bad',
			text: 'Portside was started with --read-only: it looks, but changes nothing.',
		});
		expect([player.lines(), player.state().overlay]).toEqual([[], undefined]);
	}
	// A key that means nothing, and one that is typed, say nothing.
	const player = play(readOnly);
	await player.press('~', '/', 's', 'D');
	expect(player.state().notice).toBeUndefined();
	expect(player.state().panes.containers.filter).toBe('sD');
});

it('the journal is saved as a script, under a name made of the time', async () => {
	const player = play(containersOn('web'));
	await player.press('s', '!', 's');
	expect(player.did).toEqual(['save portside-2026-01-15T120000.sh 755 true']);
	expect(player.state().notice).toMatchObject({
		tone: 'good',
		text: 'Saved as /home/me/portside-2026-01-15T120000.sh',
	});
});

it('the palette does what it offers', async () => {
	const player = play(after(containersOn('web'), { type: 'opened', overlay: 'palette' }));
	await player.press(...'restart', 'enter');
	expect(player.lines()).toEqual(['docker restart web']);
	expect(player.state().overlay).toBeUndefined();
});

describe('a container without a shell', () => {
	const bare = () => {
		const player = play(containersOn('web'));
		player.answers.shells = [];
		player.answers.detail = {
			raw: { Config: { Entrypoint: ['/app/server'], Cmd: ['--greeting', 'hello world'] } },
		};
		return player;
	};

	it.each(['e', 'E'])('%s asks for what helps instead', async (key) => {
		const player = bare();
		await player.press(key);
		await player.idle();
		expect(questionOf(player)).toMatchObject({
			title: 'No shell in web',
			yes: 'go on',
			isDestructive: false,
			fields: [
				{
					value: 'Top',
					options: [
						{ value: 'Top' },
						{ value: 'Diff' },
						{ value: 'Config' },
						{ value: 'exec', label: "exec its own program: /app/server --greeting 'hello world'" },
					],
				},
			],
		});
		expect([player.lines(), player.state().terminals.tabs]).toEqual([[], []]);
	});

	it.each([
		[0, 'Top'],
		[1, 'Diff'],
		[2, 'Config'],
	] as const)('the choice %i shows %s', async (steps, tab) => {
		const player = bare();
		await player.press('e');
		await player.idle();
		await player.press(...Array<string>(steps).fill('right'), 'enter');
		await player.idle();
		expect(player.state()).toMatchObject({ details: { tab }, isDetailFocused: true });
		expect([player.lines(), player.state().overlay]).toEqual([[], undefined]);
	});

	it('its own program is filled into the question of exec', async () => {
		const player = bare();
		await player.press('e');
		await player.idle();
		await player.press('left', 'enter');
		await until(() => questionOf(player).title.startsWith('Run'));
		expect(questionOf(player).fields[0]?.value).toBe("/app/server --greeting 'hello world'");
		await player.press('enter');
		await player.idle();
		expect(player.lines()).toEqual(["docker exec -it web /app/server --greeting 'hello world'"]);
		expect(player.state().terminals.tabs).toMatchObject([{ title: 'server', status: 'open' }]);
	});

	it('is named where several are marked, and nothing is opened in the others', async () => {
		const player = play(containersOn('web', 'api'));
		player.answers.shells = [];
		await player.press('e');
		await player.idle();
		expect(questionOf(player).title).toBe('No shell in web');
		expect(player.lines()).toEqual([]);
	});

	it('can be looked into in read-only mode, and no shell can be opened', async () => {
		const player = play({ ...containersOn('web'), isReadOnly: true });
		await player.perform('container.without-shell');
		await player.idle();
		await player.press('enter');
		await player.idle();
		expect(player.state()).toMatchObject({ details: { tab: 'Top' }, notice: { tone: 'good' } });
		await player.press('e', 'E', 'x', 'a');
		expect([player.lines(), player.state().terminals.tabs]).toEqual([[], []]);
	});
});

describe('a terminal', () => {
	it('is not asked about where all is found out: the answers are used', async () => {
		const player = play(containersOn('web'));
		player.answers.shells = ['/bin/ash', '/bin/sh'];
		await player.press('e');
		await player.idle();
		expect(player.lines()).toEqual(['docker exec -it web ash']);
		expect(player.state().journal).toMatchObject([{ line: 'docker exec -it web ash', outcome: 'done' }]);
		expect(player.state().notice?.text).toBe('opened a shell in web · 0.0 s');
	});

	it('is offered only shells that all of the marked containers have', async () => {
		const player = play(containersOn('web', 'api'));
		const { shells } = player.engine;
		player.engine.shells = async (target) =>
			target.name === 'api' ? ['/bin/ash', '/bin/sh'] : await shells(target);
		await player.press('E');
		await player.idle();
		expect(questionOf(player).fields[0]).toMatchObject({ value: 'sh', options: [{ value: 'sh' }] });
	});

	it.each(['old', 'cold'])('is opened in no container that does not run: %s', async (name) => {
		for (const key of ['e', 'E', 'x', 'a']) {
			const player = play(containersOn(name));
			await player.press(key);
			expect(player.state().notice).toMatchObject({ tone: 'bad', text: expect.stringContaining(name) });
			expect([player.state().overlay, player.lines()]).toEqual([undefined, []]);
		}
	});

	it('that cannot be opened leaves a sentence and no tab', async () => {
		const player = play(containersOn('web'));
		await player.press('x', ...'nosuch');
		const error = new EngineError('The command could not be run in web.', { engineMessage: 'not found' });
		player.refuse('web', error);
		await player.press('enter');
		await player.idle();
		expect(player.state()).toMatchObject({ beside: 'details', terminals: { tabs: [], isInside: false } });
		expect(player.state()).toMatchObject({
			isDetailFocused: false,
			notice: { tone: 'bad', text: 'The command could not be run in web. (not found)' },
			journal: [{ line: 'docker exec -it web nosuch', outcome: 'failed' }],
		});
	});

	it('whose shells cannot be looked for says why', async () => {
		const player = play(containersOn('web'));
		player.refuse('web', 'web is gone: the engine does not have it any more.');
		await player.press('e');
		await player.idle();
		expect(player.state()).toMatchObject({
			notice: { tone: 'bad', text: expect.stringContaining('web is gone') },
		});
		expect(player.state().overlay).toBeUndefined();
	});

	it('that was left while its shells were looked for is not opened', async () => {
		const player = play(containersOn('web'));
		const release = player.hold();
		await player.press('e');
		expect(player.state().overlay).toMatchObject({ type: 'preparing', title: 'Shell', at: now });
		await player.press('esc');
		release();
		await player.press('no key', 'no key');
		expect([player.lines(), player.state().terminals.tabs]).toEqual([[], []]);
	});

	it.each([
		['', 'Type the command to run, as after docker exec.'],
		['   ', 'Type the command to run, as after docker exec.'],
		["sh -c 'echo", "A ' is open at the end."],
		['echo "a', 'A " is open at the end.'],
		['echo \\', 'A backslash stands at the end.'],
	])('runs no command like %o', async (command, problem) => {
		const player = play(containersOn('web'));
		await player.press('x', ...command, 'enter');
		expect(questionOf(player).problem).toBe(problem);
		expect([player.lines(), player.state().terminals.tabs, player.state().commands]).toEqual([[], [], []]);
		await player.press('x');
		expect(questionOf(player).problem).toBeUndefined();
	});

	it.each([
		['A', 'A is not NAME=value.'],
		['A=1 =2', '=2 is not NAME=value.'],
		['A="1', 'A " is open at the end.'],
	])('has no environment like %o', async (env, problem) => {
		const player = play(containersOn('web'));
		await player.press('x', ...'env', 'up', 'up', ...env, 'enter');
		expect(questionOf(player).problem).toBe(problem);
		expect(player.lines()).toEqual([]);
	});

	it.each([
		[false, false, 'It does not read what is typed (it was started without -i).'],
		[true, false, 'It does not read what is typed (it was started without -i).'],
		[
			false,
			true,
			'It has no terminal (it was started without -t): what you type is sent line by line, and full-screen programs do not work.',
		],
	])('attached with tty %o and stdin %o says before what will not work', async (tty, openStdin, sentence) => {
		const player = play(containersOn('web'));
		Object.assign(player.answers.detail, { tty, openStdin });
		await player.press('a');
		await player.idle();
		expect(questionOf(player)).toMatchObject({ title: 'Attach to web', yes: 'attach', fields: [] });
		expect(questionOf(player).body).toContain(sentence);
		expect(player.lines()).toEqual([]);
	});
});

describe('a move that asks', () => {
	it('is done when the person says yes, and not before', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]', 'q');
		expect(player.state().overlay).toMatchObject({ type: 'question', actionId: 'app.quit', itemIds: [] });
		expect(player.did).toEqual([]);
		await player.press('y');
		expect([player.did, player.state().overlay]).toEqual([['quit'], undefined]);
	});

	it('writes nothing into the journal', async () => {
		const player = await inTerminal();
		const { journal } = player.state();
		await player.press('ctrl+]', 'q', 'enter');
		expect(player.state().journal).toBe(journal);
	});
});
