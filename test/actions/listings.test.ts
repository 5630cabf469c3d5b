// What is looked up, by keys: found, opened further, pulled, run, closed, asked again, and what becomes of a failure.
import { rmSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EngineError } from '../../source/engine/error.ts';
import { makeTree } from '../build/as-docker.ts';
import { dockerArchive, file, folder, sent } from '../image/archives.ts';
import { idOf } from '../model/things.ts';
import { answered, asked, fieldOf, fill, filledIn, listingOf, questionOf } from './asking.ts';
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

const rows = (player: Player) => listingOf(player).rows.map(({ id }) => id);
const depth = (player: Player) => {
	const { overlay } = player.state();
	return overlay?.type === 'listing' ? overlay.listings.length : 0;
};
/** With Docker Hub asked for httpd, or another registry for all it has. */
const searched = async (registry = '', state = containersOn('web')): Promise<Player> => {
	const player = play(state);
	onTestFinished(() => player.transfers.endAll());
	await player.press('f');
	if (registry === '') await fill(player, 'term', 'httpd');
	else await fill(player, 'registry', registry);
	await player.press('enter');
	await answered(player, registry === '' ? 'found' : 'repositories');
	return player;
};
const held = () => {
	let letGo = () => {};
	const promise = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	return { promise, letGo };
};
const wantsLogin = new EngineError('localhost:5000 wants a login.', { code: 'ELOGIN' });

describe('a search', () => {
	it('of Docker Hub is docker search', async () => {
		const player = await searched();
		expect(listingOf(player)).toMatchObject({
			title: 'Found for httpd',
			line: 'docker search httpd',
			status: 'ready',
			rows: [{ cells: ['httpd', 'The one', '100', '[OK]'] }, { cells: ['me/httpd', 'Another', '1', ''] }],
		});
	});

	it('of Docker Hub wants a term', async () => {
		const player = play(world());
		await player.press('f', 'enter');
		expect(questionOf(player).problem).toBe('Type what to look for: Docker Hub is too large to be listed.');
	});

	it('that finds nothing says so', async () => {
		const player = play(world());
		Object.assign(player.engine, { search: async () => [] });
		await player.press('f', ...'nope', 'enter');
		await answered(player, 'found');
		expect(listingOf(player)).toMatchObject({ rows: [], message: 'Docker Hub has nothing for nope.' });
		// There is nothing to pull, run or open.
		await player.press('u', 'n', 'enter', 'y');
		expect([player.lines(), player.did, depth(player)]).toEqual([[], [], 1]);
	});

	it.each(['localhost:5000', 'http://localhost:5000/'])('of %s is all that it has', async (registry) => {
		const player = await searched(registry);
		expect(listingOf(player)).toMatchObject({ title: 'Repositories of localhost:5000', line: '' });
		expect(rows(player)).toEqual(['localhost:5000/team/app', 'localhost:5000/tools']);
		expect(player.remote.asked.map(({ what }) => what)).toEqual(['localhost:5000']);
	});

	it('of a registry is narrowed by a term', async () => {
		const player = play(world());
		await player.press('f', ...'too', 'down', ...'localhost:5000', 'enter');
		await answered(player, 'repositories');
		expect(rows(player)).toEqual(['localhost:5000/tools']);
	});
});

describe('what was found', () => {
	it('leads to its tags, and one of them is pulled', async () => {
		const player = await searched();
		await player.press('enter');
		await answered(player, 'tags');
		expect(listingOf(player).title).toBe('Tags of httpd');
		expect(rows(player)).toEqual(['httpd:latest', 'httpd:2', 'httpd:1-httpd']);
		await player.press('j', 'u');
		await until(() => player.state().journal[0]?.outcome === 'done');
		expect(player.state().overlay).toBeUndefined();
		expect(player.state().beside).toBe('transfers');
		expect(player.lines()).toEqual(['docker pull httpd:2']);
		expect(player.state().journal.map(({ line }) => line)).toEqual(['docker pull httpd:2']);
		expect(player.state().panes.images.awaited).toBe('httpd:2');
	});

	it('in another registry keeps its host', async () => {
		const player = await searched('localhost:5000');
		await player.press('enter');
		await answered(player, 'tags');
		expect(player.remote.asked.at(-1)?.what).toBe('localhost:5000 team/app');
		await player.press('u');
		await until(() => player.lines().length > 0);
		expect(player.lines()).toEqual(['docker pull localhost:5000/team/app:latest']);
	});

	it('is copied', async () => {
		const player = await searched();
		await player.press('j', 'y');
		expect(player.did).toEqual(['copy me/httpd']);
		expect(player.state().notice).toMatchObject({ text: 'copied · me/httpd', tone: 'good' });
		expect(depth(player)).toBe(1);
	});

	it('is neither pulled nor run where nothing may be changed', async () => {
		const player = await searched('', on(world({ isReadOnly: true }), 'containers', [idOf('web')]));
		for (const key of ['u', 'n']) {
			await player.press(key);
			expect(player.state().notice?.text).toMatch(/--read-only/);
		}
		expect([player.lines(), depth(player), player.state().transfers.list]).toEqual([[], 1, []]);
	});
});

describe('a listing', () => {
	it('is left one by one with Esc, and altogether with q', async () => {
		const player = await searched();
		await player.press('enter');
		await answered(player, 'tags');
		expect(depth(player)).toBe(2);
		await player.press('esc');
		expect(listingOf(player).kind).toBe('found');
		await player.press('enter');
		await answered(player, 'tags');
		await player.press('q');
		expect(player.state().overlay).toBeUndefined();
	});

	it.each(['esc', 'q'])('closed with %s takes no answer any more', async (key) => {
		const player = await searched('localhost:5000');
		const { promise, letGo } = held();
		player.remote.held = promise;
		await player.press('enter');
		await until(() => player.remote.asked.length === 2);
		expect(listingOf(player)).toMatchObject({ kind: 'tags', status: 'loading' });
		expect(player.remote.asked[1]?.signal.aborted).toBe(false);
		await player.press(key);
		expect(player.remote.asked[1]?.signal.aborted).toBe(true);
		const before = player.state();
		letGo();
		await promise;
		await new Promise((resolve) => setImmediate(resolve));
		expect(player.state()).toBe(before);
	});

	it('that fails says why, and L logs in where that helps; r asks again', async () => {
		const player = await searched('localhost:5000');
		player.remote.problem = wantsLogin;
		await player.press('enter');
		await answered(player, 'tags');
		expect(listingOf(player)).toMatchObject({
			status: 'failed',
			message: 'localhost:5000 wants a login. L logs in.',
			rows: [],
		});
		await player.press('L');
		expect(filledIn(player, 'registry')).toBe('localhost:5000');
		await fill(player, 'user', 'me');
		await fill(player, 'password', 'secret');
		await player.press('enter');
		await player.idle();
		expect(player.logins.get('localhost:5000')).toEqual({ username: 'me', password: 'secret' });
		// It is still there.
		expect(listingOf(player)).toMatchObject({ kind: 'tags', status: 'failed' });
		delete player.remote.problem;
		await player.press('r');
		await answered(player, 'tags');
		expect(rows(player)).toHaveLength(3);
		await player.press('esc');
		expect(listingOf(player).kind).toBe('repositories');
	});

	it('is there again after a login that was thought better of', async () => {
		const player = await searched();
		await player.press('j', 'L');
		// Docker Hub, whatever the term.
		expect(filledIn(player, 'registry')).toBe('');
		await player.press('esc');
		expect(listingOf(player)).toMatchObject({ kind: 'found', selected: 1 });
	});

	it('keeps its rows and its cursor while it is asked again', async () => {
		const player = await searched();
		const { promise, letGo } = held();
		const { search } = player.engine;
		Object.assign(player.engine, {
			search: async (...given: Parameters<typeof search>) => {
				await promise;
				return [...(await search(...given))].reverse();
			},
		});
		await player.press('j', 'r');
		expect(listingOf(player)).toMatchObject({
			status: 'loading',
			message: 'Searching Docker Hub…',
			selected: 1,
		});
		expect(rows(player)).toEqual(['httpd', 'me/httpd']);
		letGo();
		await answered(player, 'found');
		expect(rows(player)).toEqual(['me/httpd', 'httpd']);
		expect(listingOf(player).selected).toBe(0);
	});

	it('says that there is no engine', async () => {
		const player = play(world(), { hasEngine: false });
		await player.press('U');
		await answered(player, 'disk');
		expect(listingOf(player)).toMatchObject({ status: 'failed', message: 'The engine does not answer.' });
	});
});

describe('layers', () => {
	it.each([
		['of a container', containersOn('web'), 'httpd:2.4'],
		['of an image', on(world(), 'images', ['tool:3']), 'tool:3'],
		['of one without a name', on(world(), 'images', [dangling]), dangling.slice(7, 19)],
	])('%s are docker history', async (_, state, image) => {
		const player = play(state);
		await player.press('H');
		await answered(player, 'layers');
		expect(listingOf(player)).toMatchObject({
			title: `Layers of ${image}`,
			line: `docker history ${image}`,
			rows: [
				{ isDim: false },
				{ cells: ['<missing>', expect.anything(), 'CMD ["sh"]', '0B', ''], isDim: true },
			],
		});
	});

	it('of what was built, and of what was pulled', async () => {
		const built = await inBuild(true);
		await built.press('H');
		await answered(built, 'layers');
		expect(listingOf(built).line).toBe('docker history app:1');
		const pulled = await inTransfer(true);
		await pulled.press('H');
		await answered(pulled, 'layers');
		expect(listingOf(pulled).line).toBe('docker history ubuntu:14.04');
	});

	it('of nothing are none', async () => {
		const player = play(on(world(), 'containers', []));
		player.send({ type: 'listed', containers: [], images: [], at: 0 });
		await player.press('H');
		expect(player.state().notice?.text).toBe('There is no image here to look into.');
	});

	it('lead to their files, read from the image once', async () => {
		const player = play(containersOn('web'));
		const layer = { comment: '', createdAt: 0, references: [] };
		const archive = await dockerArchive([
			[folder('bin/'), file('bin/sh', 'shell')],
			[folder('etc/'), file('etc/motd', 'hello'), file('bin/.wh.sh')],
		]);
		let saves = 0;
		Object.assign(player.engine, {
			history: async () => [
				{ ...layer, createdBy: 'CMD ["sh"]', size: 0 },
				{ ...layer, createdBy: 'RUN two', size: 5 },
				{ ...layer, createdBy: 'CMD ["sh"]', size: 0 },
				{ ...layer, createdBy: 'ADD file:1 in /', size: 5 },
			],
			save: async () => {
				saves++;
				return sent(archive);
			},
		});
		await player.press('H');
		await answered(player, 'layers');
		await player.press('j', 'enter');
		await answered(player, 'files');
		expect(listingOf(player).rows.map(({ cells }) => cells.join(' '))).toEqual([
			'  bin/',
			'D 5B   sh',
			'A 5B etc/',
			'A 5B   motd',
		]);
		expect(listingOf(player).notes).toEqual(['RUN two', '2 added, 0 changed, 1 removed · 5B']);
		await player.press('G', 'y');
		expect(player.did).toEqual(['copy /etc/motd']);
		await player.press('esc', 'k', 'enter');
		await answered(player, 'files');
		expect(listingOf(player).message).toBe('CMD ["sh"] changes no file.');
		await player.press('esc', 'G', 'y', 'enter');
		await answered(player, 'files');
		expect(player.did.at(-1)).toBe('copy ADD file:1 in /');
		expect(rows(player)).toEqual(['/bin', '/bin/sh']);
		expect(saves).toBe(1);
	});
});

describe('disk use', () => {
	const inDisk = async (state = containersOn('web')): Promise<Player> => {
		const player = play(state);
		await player.press('U');
		await answered(player, 'disk');
		return player;
	};

	it.each([
		[0, 'image.prune', 'Prune images?'],
		[1, 'container.prune', 'Remove 2 stopped containers?'],
		[2, 'app.prune-volumes', 'Remove volumes, with all that is in them?'],
		[3, 'app.prune-build-cache', 'Prune the build cache?'],
		[4, 'app.prune-networks', 'Remove 1 network?'],
	])('row %i leads to what is pruned of it: %s', async (row, actionId, title) => {
		const player = await inDisk();
		expect(listingOf(player).line).toBe('docker system df');
		await player.press(...Array.from({ length: row }, () => 'j'), 'enter');
		await asked(player);
		expect(player.state().overlay).toMatchObject({ actionId });
		expect(questionOf(player)).toMatchObject({ title, yes: 'prune', isDestructive: true });
		expect(player.lines()).toEqual([]);
		await player.press('esc');
		expect(player.state().overlay).toBeUndefined();
	});

	it('shows the volumes before they go, those with a name only where that is chosen', async () => {
		const player = await inDisk();
		await player.press('j', 'j', 'X');
		await asked(player);
		expect(questionOf(player).body).toContain('  data  5MB');
		const which = fieldOf(player, 'which');
		expect(which.kind === 'choice' && which.options.map(({ label }) => label)).toEqual([
			'anonymous only',
			'all unused',
		]);
	});

	it('has nothing to prune where nothing may be changed', async () => {
		const player = await inDisk(on(world({ isReadOnly: true }), 'containers', [idOf('web')]));
		await player.press('X');
		expect(player.state().notice?.text).toMatch(/--read-only/);
		expect(listingOf(player).kind).toBe('disk');
	});
});

/** In a folder with a tar in it. */
const inFolder = (): Player => {
	const cwd = makeTree({ 'old.tar': 'x' });
	const player = play({ ...containersOn('web'), cwd });
	onTestFinished(async () => {
		await player.transfers.endAll();
		rmSync(cwd, { recursive: true, force: true });
	});
	return player;
};

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

it.each<[string, readonly string[], readonly string[]]>([
	['docker pull ubuntu:14.04', ['u', 'ctrl+u', ...'ubuntu:14.04'], ['docker pull ubuntu:14.04']],
	[`docker pull ubuntu@${digest}`, ['u', 'ctrl+u', ...`ubuntu@${digest}`], [`docker pull ubuntu@${digest}`]],
	[
		'docker pull --platform linux/arm64 redis',
		['u', 'ctrl+u', ...'redis', 'down', ...'linux/arm64'],
		['docker pull --platform linux/arm64 redis'],
	],
	['docker push account/a', ['P', 'ctrl+u', ...'account/a'], ['docker push account/a']],
	['docker save -o httpd-2.4.tar httpd:2.4', ['S'], ['docker save httpd:2.4']],
	[
		'docker save -o both.tar a b:2',
		['S', 'ctrl+u', ...'a b:2', 'down', 'ctrl+u', ...'both.tar'],
		['docker save a b:2'],
	],
	['docker load -i old.tar', ['O', ...'old.tar'], ['docker load']],
	[
		'docker import old.tar team/base:1',
		['O', ...'old.tar', 'down', 'right', 'down', ...'team/base:1'],
		['docker import - team/base:1'],
	],
])('%s', async (line, keys, calls) => {
	const player = inFolder();
	await player.press(...keys);
	await player.press('enter');
	await until(() => player.state().journal.some(({ outcome }) => outcome !== 'pending'), 'it is over');
	expect(player.state().journal.map((entry) => [entry.line, entry.outcome, entry.message])).toMatchObject([
		[line, 'done', expect.anything()],
	]);
	expect(player.lines()).toEqual(calls);
	expect(player.state().beside).toBe('transfers');
});

it('several are pulled at once, each with its docker line', async () => {
	const player = inFolder();
	await player.press('u', 'ctrl+u', ...'a b:2', 'enter');
	await until(() => player.state().journal.filter(({ outcome }) => outcome === 'done').length === 2);
	expect(player.state().journal.map(({ line }) => line)).toEqual(['docker pull a', 'docker pull b:2']);
});

it('what is marked is pulled anew and saved together; what has only an id cannot be pulled', async () => {
	const player = play(on(world(), 'images', ['app:1', 'tool:3', dangling]));
	await player.press('u');
	expect(filledIn(player, 'names')).toBe('app:1 tool:3');
	await player.press('esc', 'S');
	expect(filledIn(player, 'names')).toBe(`app:1 tool:3 ${dangling}`);
	expect(filledIn(player, 'path')).toBe('app-1.tar');
});

it.each([
	['u', '', 'Type the name of an image: httpd, ubuntu:14.04, localhost:5000/app.'],
	[
		'u',
		'UBUNTU',
		'UBUNTU is no name of an image. A name has small letters, digits and . _ - / in it, and may end in :VERSION or @sha256:DIGEST.',
	],
	['P', 'a b', 'A name has small letters, digits and . _ - / in it, and may end in :VERSION.'],
	['S', '', 'Type which images to save.'],
	['O', '', 'Type the file to read.'],
])('%s with %j is refused', async (key, text, problem) => {
	const player = inFolder();
	await player.press(key, 'ctrl+u', ...text, 'enter');
	expect(questionOf(player).problem).toBe(problem);
	expect([player.lines(), player.state().journal]).toEqual([[], []]);
});

it('a name without an account is told about before it is pushed', async () => {
	const player = inFolder();
	await player.press('P');
	expect(questionOf(player).body).toEqual([
		'httpd:2.4 names no account: Docker Hub takes ACCOUNT/httpd:2.4 only. t gives it such a name first.',
	]);
});
