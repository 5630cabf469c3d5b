// Running by keys: the form with the image in view, what is suggested, the pull before, and what becomes of a failure.
import { describe, expect, it, onTestFinished } from 'vitest';
import { EngineError } from '../../source/engine/error.ts';
import type { RunWish } from '../../source/model/run.ts';
import type { State } from '../../source/model/state.ts';
import { container, idOf, listed, now } from '../model/things.ts';
import { answered, asked, fieldOf, fill, filledIn, questionOf } from './asking.ts';
import {
	containersOn,
	dangling,
	inBuild,
	inTransfer,
	on,
	type Player,
	play,
	until,
	world,
} from './player.ts';

type Config = {
	readonly Cmd?: readonly string[];
	readonly Entrypoint?: readonly string[];
	readonly ExposedPorts?: Readonly<Record<string, object>>;
};

/** An engine that has images of this configuration. */
const withImages = (player: Player, config: Config): Player => {
	Object.assign(player.engine, { inspectImage: async (id: string) => ({ id, raw: { Config: config } }) });
	return player;
};

const inForm = async (state: State = containersOn('web'), config: Config = {}): Promise<Player> => {
	const player = withImages(play(state), config);
	onTestFinished(() => player.transfers.endAll());
	await player.press('n');
	await asked(player);
	return player;
};

const line = (player: Player) => filledIn(player, 'line');
const lastLine = (player: Player) => player.state().journal.at(-1);
/** Until the last docker line has come to its end. */
const over = (player: Player) =>
	until(() => player.state().journal.length > 0 && lastLine(player)?.outcome !== 'pending', 'it is over');

describe('n asks about the image in view:', () => {
	it.each([
		['of a container', containersOn('api'), 'docker run httpd:2.4'],
		['an image', on(world(), 'images', ['tool:3']), 'docker run tool:3'],
		['an image without a name', on(world(), 'images', [dangling]), `docker run ${dangling.slice(7, 19)}`],
		[
			'of the container of a port',
			on(world(), 'ports', [`${idOf('api')}:3000:3000/tcp`]),
			'docker run httpd:2.4',
		],
		['none', listed([]), 'docker run'],
	])('%s', async (_, state, expected) => {
		const player = await inForm(state);
		expect(line(player)).toBe(expected);
		expect(questionOf(player)).toMatchObject({ title: 'Run a new container', yes: 'run' });
	});

	it('what was built', async () => {
		const player = await inBuild(true);
		await player.press('n');
		await asked(player);
		expect(line(player)).toBe('docker run app:1');
	});

	it('none of a build that goes on', async () => {
		const player = await inBuild();
		await player.press('n');
		await asked(player);
		expect(line(player)).toBe('docker run');
	});

	it('what was pulled', async () => {
		const player = await inTransfer(true);
		await player.press('n');
		await asked(player);
		expect(line(player)).toBe('docker run ubuntu:14.04');
		expect(questionOf(player).body).toEqual(['ubuntu:14.04 is not here: it is pulled first.']);
	});

	it('what was found, and its tags', async () => {
		const player = play(world());
		await player.press('f', ...'httpd', 'enter');
		await answered(player, 'found');
		await player.press('j', 'n');
		await asked(player);
		expect(line(player)).toBe('docker run me/httpd');
		await player.press('esc', 'f', ...'httpd', 'enter');
		await answered(player, 'found');
		await player.press('enter');
		await answered(player, 'tags');
		await player.press('j', 'n');
		await asked(player);
		expect(line(player)).toBe('docker run httpd:2');
		await player.press('esc');
		expect(player.state().overlay).toBeUndefined();
	});
});

describe('what is suggested', () => {
	it.each<[string, Config, string]>([
		[
			'a server, in the background',
			{ Cmd: ['httpd-foreground'], ExposedPorts: { '80/tcp': {} } },
			'docker run -d httpd:2.4',
		],
		['a shell, in a terminal', { Cmd: ['bash'] }, 'docker run -it httpd:2.4'],
		['a shell by its path', { Cmd: ['/bin/sh'] }, 'docker run -it httpd:2.4'],
		['a program that ends, with its output', { Cmd: ['/hello'] }, 'docker run httpd:2.4'],
		['a script, with its output', { Entrypoint: ['sh'], Cmd: ['-c', 'date'] }, 'docker run httpd:2.4'],
	])('for %s', async (_, config, expected) => {
		expect(line(await inForm(undefined, config))).toBe(expected);
	});

	it('are ports that are free, one key away', async () => {
		const player = await inForm(undefined, { ExposedPorts: { '443/tcp': {}, '80/tcp': {}, '53/udp': {} } });
		expect(questionOf(player).hint).toContain('It exposes 443/tcp, 53/udp, 80/tcp');
		await fill(player, 'ports', '');
		await player.press('ctrl+p');
		// 8080 is web's.
		expect(filledIn(player, 'ports')).toBe('8443:443 53:53/udp 8081:80');
		expect(line(player)).toBe('docker run -d -p 8443:443 -p 53:53/udp -p 8081:80 httpd:2.4');
	});
});

describe('the form', () => {
	it('follows the line, and the line follows the form', async () => {
		const player = await inForm();
		await fill(player, 'line', 'docker run -it --rm --name site -p 8090:80 -e A=1 httpd:2.4 sh');
		expect(
			['image', 'command', 'name', 'mode', 'rm', 'ports', 'env'].map((id) => filledIn(player, id)),
		).toEqual(['httpd:2.4', 'sh', 'site', 'terminal', true, '8090:80', 'A=1']);
		await fill(player, 'env', "A=1 'B=two words'");
		expect(line(player)).toBe(
			"docker run -it --rm --name site -p 8090:80 -e A=1 -e 'B=two words' httpd:2.4 sh",
		);
		await player.press('up', 'space');
		expect(line(player)).toContain(' -P ');
	});

	it('takes a whole line that is pasted', async () => {
		const player = await inForm();
		player.paste('$ sudo docker run -d \\\n  --name db postgres:16\n');
		expect(filledIn(player, 'image')).toBe('postgres:16');
		expect(filledIn(player, 'name')).toBe('db');
	});

	it.each([
		[
			'--name web httpd:2.4',
			'The name web is taken by a container that is running: remove or rename that one, or take web-2.',
		],
		['-p 8080:80 httpd:2.4', 'Port 8080 is taken by web: 8081 is free.'],
		['-p 9999:80 httpd:2.4', 'Port 9999 is taken by nginx (pid 77): 10000 is free.'],
		['--network fron httpd:2.4', 'There is no network fron: did you mean front?'],
		['--detatch httpd:2.4', '--detatch is not understood here: did you mean --detach?'],
		['HTTPD', 'HTTPD is no image: names of images are in small letters, httpd.'],
		['', 'The line does not name an image yet.'],
	])('with %j is refused before anything is asked of the engine', async (rest, problem) => {
		const player = await inForm();
		await fill(player, 'line', `docker run ${rest}`);
		await player.press('enter');
		expect(questionOf(player).problem).toBe(problem);
		expect([player.lines(), player.state().journal]).toEqual([[], []]);
	});

	it('is refused where nothing may be changed', async () => {
		const player = play(on(world({ isReadOnly: true }), 'containers', [idOf('web')]));
		await player.press('n');
		expect(player.state().notice?.text).toMatch(/--read-only/);
		expect(player.state().overlay).toBeUndefined();
	});

	it('offers the lines that were run before', async () => {
		const player = await inForm();
		await fill(player, 'line', 'docker run -d --name one httpd:2.4');
		await player.press('enter');
		await over(player);
		await player.press('1', 'n');
		await asked(player);
		await player.press('ctrl+p');
		expect(line(player)).toBe('docker run -d --name one httpd:2.4');
		expect(filledIn(player, 'name')).toBe('one');
	});
});

describe('a run in the background', () => {
	it('is created and started, and the cursor goes to it', async () => {
		const player = await inForm();
		await fill(player, 'line', 'docker run -d --name site httpd:2.4');
		await player.press('enter');
		await over(player);
		expect(player.lines()).toEqual(['docker create --name site httpd:2.4', 'docker start site']);
		expect(player.state().journal).toMatchObject([
			{ line: 'docker run -d --name site httpd:2.4', outcome: 'done', message: 'started site · 0.0 s' },
		]);
		expect(player.state().notice).toMatchObject({ tone: 'good' });
		player.send({
			type: 'reread',
			containers: [container('site', { createdAt: now + 1 })],
			gone: [],
			at: now,
		});
		expect(player.state().panes.containers).toMatchObject({ selected: idOf('site') });
		expect(player.state().panes.containers.awaited).toBeUndefined();
	});

	it('tells what the engine warned of', async () => {
		const player = await inForm();
		Object.assign(player.engine, {
			create: async () => ({ id: idOf('site'), warnings: ['Memory is not limited.'] }),
		});
		await fill(player, 'line', 'docker run -d --name site httpd:2.4');
		await player.press('enter');
		await over(player);
		expect(lastLine(player)?.message).toBe('started site · Memory is not limited. · 0.0 s');
	});

	it('has the name that docker invents', async () => {
		const player = await inForm();
		player.answers.containers = [container('eager_tesla', { id: idOf('httpd:2.4') })];
		await fill(player, 'line', 'docker run -d httpd:2.4');
		await player.press('enter');
		await over(player);
		expect(lastLine(player)?.message).toBe('started eager_tesla · 0.0 s');
	});
});

describe('a run in the foreground', () => {
	it('is a terminal that is attached before it starts', async () => {
		const player = await inForm();
		await fill(player, 'line', 'docker run -it --name play httpd:2.4 bash');
		await player.press('enter');
		await over(player);
		expect(player.lines()).toEqual(['docker create --name play httpd:2.4 bash', 'docker start -a play']);
		const { terminals } = player.state();
		expect(terminals).toMatchObject({
			isInside: true,
			tabs: [
				{ name: 'play', title: 'run', kind: 'attach', line: 'docker run -it --name play httpd:2.4 bash' },
			],
		});
		player.sessions[0]?.print('root@play:/# ');
		await until(() => player.shown() === 'root@play:/#');
		player.sessions[0]?.end({ how: 'exited', code: 7 });
		player.answers.containers = [container('play', { state: 'exited' })];
		await until(() => player.state().terminals.tabs[0]?.status === 'ended');
		expect(player.state().terminals.tabs[0]).toMatchObject({ outcome: 'exit 7' });
		await until(() => player.shown().includes('play has ended: exit 7.'));
	});
});

it.each([
	'docker run hello-world',
	'docker run httpd:2.4 echo hi',
	'docker run -it --name play ubuntu:14.04 bash',
	'docker run -d --name site httpd',
	'docker run --rm httpd:2.4 date',
	'docker run -d -P httpd',
	'docker run -d -p 8090:80 httpd',
	`docker run ${dangling.slice(7, 19)}`,
])('%s is run as it is written', async (text) => {
	const player = await inForm();
	const wishes: RunWish[] = [];
	const { create } = player.engine;
	Object.assign(player.engine, {
		create: (wish: RunWish) => {
			wishes.push(wish);
			return create(wish);
		},
	});
	player.answers.containers = [];
	await fill(player, 'line', text);
	await player.press('enter');
	await over(player);
	expect(player.state().journal.map((entry) => [entry.line, entry.outcome])).toEqual([[text, 'done']]);
	expect(wishes).toMatchObject([
		{
			isDetached: / -d/.test(text),
			hasTerminal: / -it/.test(text),
			isInteractive: / -it/.test(text),
			isRemoved: / --rm/.test(text),
			publishesAll: / -P/.test(text),
			ports: / -p/.test(text) ? [{ host: '8090', container: '80' }] : [],
			command: text.match(/(?:httpd:2\.4|ubuntu:14\.04) (.*)$/)?.[1]?.split(' ') ?? [],
		},
	]);
});

describe('an image that is not here', () => {
	const missing = new EngineError('There is no such image here: pull it first (u).', {
		statusCode: 404,
		code: 'ENOIMAGE',
	});

	/** Behind Enter, with the pull under way. */
	const pulling = async (text = 'docker run -d --name box busybox:1'): Promise<Player> => {
		const player = await inForm();
		player.answers.holdsTransfers = true;
		player.refuse('box', missing);
		await fill(player, 'line', text);
		await player.press('enter');
		await until(() => player.moving.length === 1, 'the pull is under way');
		return player;
	};

	it('is pulled first, where it can be watched, and then run', async () => {
		const player = await pulling();
		expect(player.state()).toMatchObject({
			beside: 'transfers',
			transfers: { list: [{ kind: 'pull', title: 'busybox:1', status: 'running' }] },
		});
		expect(player.lines()).toEqual(['docker create --name box busybox:1', 'docker pull busybox:1']);
		player.accept('box');
		player.moving[0]?.end();
		await until(() => player.state().journal.every(({ outcome }) => outcome === 'done'));
		expect(player.state().journal.map((entry) => entry.line)).toEqual([
			'docker run -d --name box busybox:1',
			'docker pull busybox:1',
		]);
		expect(player.lines().at(-1)).toBe('docker start box');
	});

	it('that is cancelled runs nothing', async () => {
		const player = await pulling();
		await player.press('ctrl+c');
		await asked(player);
		expect(questionOf(player).problem).toBe('The pull of busybox:1 was cancelled; nothing was run.');
		expect(player.lines()).toEqual(['docker create --name box busybox:1', 'docker pull busybox:1']);
		expect(player.state().journal).toMatchObject([{ outcome: 'failed' }, { outcome: 'failed' }]);
	});

	it('that cannot be pulled runs nothing', async () => {
		const player = await pulling();
		player.moving[0]?.break(new EngineError('There is no image busybox:1 in its registry.'));
		await asked(player);
		expect(questionOf(player).problem).toBe('busybox:1 could not be pulled; nothing was run.');
		expect(player.lines()).not.toContain('docker start box');
	});

	it('is pulled for the platform that was asked for', async () => {
		const player = await pulling('docker run -d --name box --platform linux/arm64 busybox:1');
		expect(player.lines()[1]).toBe('docker pull --platform linux/arm64 busybox:1');
	});

	it('is not pulled where that was forbidden', async () => {
		const player = await inForm();
		player.refuse('box', missing);
		// It is in the list, and gone by now.
		await fill(player, 'line', 'docker run -d --name box --pull never tool:3');
		await player.press('enter');
		await over(player);
		expect(player.lines()).toEqual(['docker create --name box tool:3']);
	});

	it('is pulled anew where that was wanted', async () => {
		const player = await inForm();
		await fill(player, 'line', 'docker run -d --name box --pull always tool:3');
		await player.press('enter');
		await until(() => player.lines().includes('docker start box'));
		expect(player.lines()[0]).toBe('docker pull tool:3');
	});

	it('is not what is missing where it is a network', async () => {
		const player = await inForm();
		player.refuse('box', new EngineError('There is no network shop.', { statusCode: 404 }));
		await fill(player, 'line', 'docker run -d --name box tool:3');
		await player.press('enter');
		await asked(player);
		expect(questionOf(player).problem).toBe('There is no network shop.');
		expect(player.lines()).toEqual(['docker create --name box tool:3']);
	});
});

describe('a run that cannot be started', () => {
	/** The engine says no when it is let go. */
	const refused = async (): Promise<{ player: Player; letGo: () => void }> => {
		const player = await inForm();
		let letGo = () => {};
		const held = new Promise<void>((resolve) => {
			letGo = resolve;
		});
		Object.assign(player.engine, {
			start: async () => {
				await held;
				throw new EngineError('site could not be started: there is no program nope in it.');
			},
		});
		await fill(player, 'line', 'docker run -d --name site httpd:2.4 nope');
		await player.press('enter');
		await until(() => player.lines().length > 0, 'it is created');
		return { player, letGo };
	};

	it('leaves no container behind, and the form is there again to put it right', async () => {
		const { player, letGo } = await refused();
		letGo();
		await asked(player);
		expect(player.lines()).toEqual(['docker create --name site httpd:2.4 nope', 'docker rm -f -v site']);
		expect(questionOf(player).problem).toBe('site could not be started: there is no program nope in it.');
		expect(line(player)).toBe('docker run -d --name site httpd:2.4 nope');
		expect(lastLine(player)).toMatchObject({ outcome: 'failed' });
		await fill(player, 'command', 'yes');
		expect(questionOf(player).problem).toBeUndefined();
	});

	it('after a while only says so; n brings back what was filled in', async () => {
		const { player, letGo } = await refused();
		player.pass(4000);
		letGo();
		await over(player);
		expect(player.state().overlay).toBeUndefined();
		expect(player.state().notice).toMatchObject({
			tone: 'bad',
			text: 'site could not be started: there is no program nope in it.',
		});
		await player.press('n');
		await asked(player);
		expect(line(player)).toBe('docker run -d --name site httpd:2.4 nope');
	});

	it('does not take the screen from who opened something else meanwhile', async () => {
		const { player, letGo } = await refused();
		await player.press('?');
		letGo();
		await over(player);
		expect(player.state().overlay?.type).toBe('help');
	});
});

describe('a container that is recreated', () => {
	const raw = {
		Name: '/web',
		Image: 'sha256:httpd',
		Config: { Image: 'httpd:2.4', Env: ['A=1'] },
		HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] }, Annotations: { a: 'b' } },
	};
	const inRecreate = async (): Promise<Player> => {
		const player = withImages(play(containersOn('web')), {});
		Object.assign(player.answers.detail, { raw });
		await player.press('N');
		await asked(player);
		return player;
	};
	const old = `web-before-${idOf('web').slice(0, 8)}`;

	it('shows what becomes different, and what would be lost', async () => {
		const player = await inRecreate();
		expect(line(player)).toBe('docker run -d --name web -p 8080:80 -e A=1 httpd:2.4');
		expect(questionOf(player)).toMatchObject({
			title: 'Recreate web with changes',
			hint: 'Portside does not know how to keep --annotation: it would be lost.',
		});
		await fill(player, 'ports', '8081:80');
		await fill(player, 'env', 'A=1 B=2');
		expect(questionOf(player).body).toEqual(['- -p 8080:80', '+ -p 8081:80', '+ -e B=2']);
		await fill(player, 'ports', '8080:80');
		await fill(player, 'env', 'A=1');
		expect(questionOf(player).body).toEqual(['Nothing is different yet.']);
	});

	it('takes the place of the old one', async () => {
		const player = await inRecreate();
		await fill(player, 'ports', '8081:80');
		await player.press('enter');
		await player.idle();
		expect(player.lines()).toEqual([
			`docker rename web ${old}`,
			'docker create --name web httpd:2.4',
			`docker stop ${old}`,
			'docker start web',
			`docker rm -f ${old}`,
		]);
		expect(player.state().journal).toMatchObject([
			{
				line: 'docker rm -f web && docker run -d --name web -p 8081:80 -e A=1 httpd:2.4',
				outcome: 'done',
			},
		]);
	});

	it('that cannot be created leaves the old one as it was', async () => {
		const player = await inRecreate();
		Object.assign(player.engine, {
			create: () => Promise.reject(new EngineError('There is no such image here: pull it first (u).')),
		});
		await fill(player, 'image', 'tool:9');
		await player.press('enter');
		await player.idle();
		expect(player.lines()).toEqual([`docker rename web ${old}`, `docker rename ${old} web`]);
		expect(player.state().notice).toMatchObject({
			tone: 'bad',
			text: 'There is no such image here: pull it first (u). The old web is back as it was.',
		});
	});

	it('may keep its own port and name, and not those of another', async () => {
		const player = await inRecreate();
		await fill(player, 'ports', '8080:80 3000:3000');
		await player.press('enter');
		expect(questionOf(player).problem).toBe('Port 3000 is taken by api: 3001 is free.');
		await fill(player, 'ports', '8080:80');
		await fill(player, 'name', 'api');
		await player.press('enter');
		expect(questionOf(player).problem).toContain('The name api is taken');
	});

	it('is one at a time', async () => {
		const player = withImages(play(containersOn('web', 'api')), {});
		Object.assign(player.answers.detail, { raw });
		await player.press('N');
		await asked(player);
		await player.press('enter');
		expect(questionOf(player).problem).toBe('One at a time: unmark the others (Space) and recreate each.');
		expect(player.lines()).toEqual([]);
	});
});

it('networks that exist can be chosen', async () => {
	const player = await inForm();
	const field = fieldOf(player, 'network');
	expect(field.kind === 'choice' && field.options.map(({ value }) => value)).toEqual(['', 'front', 'back']);
});
