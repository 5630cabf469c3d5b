// Logging in and out by keys: what is kept, and that nobody ever sees the password.
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../source/engine/error.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { container, image, listed } from '../model/things.ts';
import { everything, fill, filledIn, questionOf } from './asking.ts';
import { containersOn, inTransfer, on, type Player, play, until, world } from './player.ts';

const password = 'correct horse battery';

/** With a user and a password filled in. */
const filled = async (registry = 'localhost:5000'): Promise<Player> => {
	const player = play(containersOn('web'));
	await player.press('L');
	await fill(player, 'registry', registry);
	await fill(player, 'user', 'me');
	await fill(player, 'password', password);
	return player;
};
const drawn = (player: Player): string => JSON.stringify(frameOf(player.state()));

describe('a login', () => {
	it.each([
		['localhost:5000', 'docker login localhost:5000', 'logged in to localhost:5000'],
		['', 'docker login', 'logged in to Docker Hub'],
		['docker.io', 'docker login', 'logged in to Docker Hub'],
	])('to %j is tried at the registry, and kept as docker keeps it', async (registry, line, outcome) => {
		const player = await filled(registry);
		await player.press('enter');
		await player.idle();
		expect(player.lines()).toEqual([line]);
		expect([...player.logins]).toEqual([[registry, { username: 'me', password }]]);
		expect(player.state().journal).toMatchObject([{ line, outcome: 'done' }]);
		expect(player.state().notice).toMatchObject({ tone: 'good' });
		expect(player.state().notice?.text).toContain(`${outcome} · kept in docker’s config.json`);
	});

	it('shows dots, as many whatever it is', async () => {
		const player = await filled();
		expect(drawn(player)).toContain('••••••••▏');
		expect(drawn(player)).not.toMatch(/•{9}/);
		await fill(player, 'password', 'x');
		expect(drawn(player)).toContain('••••••••▏');
		await player.press('up');
		expect(drawn(player)).toContain('••••••••');
		await fill(player, 'password', '');
		expect(drawn(player)).not.toContain('••');
	});

	it('leaves nothing of the password anywhere', async () => {
		const player = await filled();
		const frames = [drawn(player)];
		const release = player.hold();
		await player.press('enter');
		frames.push(drawn(player));
		expect(everything(player)).not.toContain(password);
		release();
		await player.idle();
		frames.push(drawn(player));
		await player.press('!');
		frames.push(drawn(player));
		await player.press('esc', 'L');
		frames.push(drawn(player));
		expect(filledIn(player, 'password')).toBe('');
		expect(everything(player)).not.toContain(password);
		expect(frames.filter((frame) => frame.includes(password))).toEqual([]);
		expect(player.state().journal.map(({ line }) => line)).toEqual(['docker login localhost:5000']);
	});

	it('that the registry refuses is not kept', async () => {
		const player = await filled();
		player.refuse('localhost:5000', new EngineError('localhost:5000 does not know this user and password.'));
		await player.press('enter');
		await player.idle();
		expect(player.logins.size).toBe(0);
		expect(player.state().notice).toMatchObject({
			tone: 'bad',
			text: 'localhost:5000 does not know this user and password.',
		});
		expect(everything(player)).not.toContain(password);
	});

	it('keeps the token instead, where the registry gives one', async () => {
		const player = await filled();
		Object.assign(player.engine, { login: async () => ({ identityToken: 'token' }) });
		await player.press('enter');
		await player.idle();
		expect([...player.logins]).toEqual([['localhost:5000', { username: 'me', identityToken: 'token' }]]);
	});

	it('that is thought better of forgets what was typed', async () => {
		const player = await filled();
		await player.press('esc');
		expect(everything(player)).not.toContain(password);
		expect([player.lines(), player.logins.size]).toEqual([[], 0]);
	});

	it.each([
		['user', 'Type the user name that the registry knows.'],
		['password', 'Type the password, or a token in its place.'],
	])('without a %s is refused', async (field, problem) => {
		const player = await filled();
		await fill(player, field, '');
		await player.press('enter');
		expect(questionOf(player).problem).toBe(problem);
		expect(player.lines()).toEqual([]);
	});
});

describe('a logout', () => {
	const out = async (registry: string, player: Player) => {
		await player.press('L');
		await fill(player, 'registry', registry);
		await player.press('up', 'right', 'enter');
		await player.idle();
	};

	it('needs no password, and asks nothing of the engine', async () => {
		const player = play(world());
		player.logins.set('localhost:5000', { username: 'me', password });
		await out('localhost:5000', player);
		expect(player.logins.size).toBe(0);
		expect(player.lines()).toEqual([]);
		expect(player.state().journal).toMatchObject([{ line: 'docker logout localhost:5000', outcome: 'done' }]);
		expect(player.state().notice?.text).toContain('logged out of localhost:5000');
	});

	it('says where nobody was logged in', async () => {
		const player = play(world());
		await out('', player);
		expect(player.state().journal).toMatchObject([{ line: 'docker logout' }]);
		expect(player.state().notice?.text).toContain('there was no login for Docker Hub');
	});
});

describe('the registry that is meant', () => {
	const of = async (player: Player) => {
		await player.press('L');
		return filledIn(player, 'registry');
	};

	it('is that of the image in view', async () => {
		expect(await of(play(containersOn('web')))).toBe('');
		const name = 'registry.example.com:5000/team/app:1';
		const images = listed([], [image([name])]);
		expect(await of(play(on(images, 'images', [name])))).toBe('registry.example.com:5000');
		const containers = listed([container('app', { image: 'docker.io/team/app' })]);
		expect(await of(play(containers))).toBe('');
	});

	it('is the one that has just refused', async () => {
		const player = await inTransfer();
		player.moving[0]?.break(new EngineError('The registry wants a login.', { code: 'ELOGIN' }));
		await until(() => player.state().transfers.list[0]?.status === 'failed');
		expect(await of(player)).toBe('');
		await player.press('esc');
		player.transfers.push('localhost:5000/team/app');
		await until(() => player.moving.length === 2);
		player.moving[1]?.break(new EngineError('The registry wants a login.', { code: 'ELOGIN' }));
		await until(() => player.state().transfers.list[1]?.status === 'failed');
		expect(await of(player)).toBe('localhost:5000');
	});
});
