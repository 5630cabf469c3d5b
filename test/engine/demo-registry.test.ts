// Pulls, pushes, searches and logins of the embedded engine, which plays the registry as well.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import type { Engine } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import type { TransferNews } from '../../source/model/transfers.ts';

const never = new AbortController().signal;

let demo: DemoEngine;
let engine: Engine;

beforeAll(async () => {
	demo = await startDemo({ frozen: true });
	engine = await openEngine({ host: `unix://${demo.socketPath}`, source: 'demo', name: 'demo' });
});

afterAll(async () => {
	engine.close();
	await demo.close();
});

async function told(
	run: (onNews: (news: readonly TransferNews[]) => void) => Promise<void>,
): Promise<TransferNews[]> {
	const all: TransferNews[] = [];
	await run((news) => all.push(...news));
	return all;
}

const pull = (reference: string) => told((onNews) => engine.pull(reference, {}, never, onNews));

it('finds images, the official one first', async () => {
	const [first, ...others] = await engine.search('nginx', 25);
	expect(first).toMatchObject({ name: 'nginx', isOfficial: true });
	expect(first?.stars).toBeGreaterThan(0);
	expect(others.some(({ isOfficial }) => !isOfficial)).toBe(true);
	expect(await engine.search('nginx', 1)).toHaveLength(1);
	expect(await engine.search('nothing at all', 25)).toEqual([]);
});

it('pulls layer by layer, and knows what it has', async () => {
	const news = await pull('nginx:alpine');
	expect(news.filter(({ type }) => type === 'layer').length).toBeGreaterThan(3);
	expect(news.at(-1)).toEqual({ type: 'compared', outcome: 'newer' });
	expect((await pull('nginx:alpine')).at(-1)).toEqual({ type: 'compared', outcome: 'up-to-date' });
	const digest = news.find((one) => one.type === 'digest');
	expect(digest).toMatchObject({ digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
});

it('pushes what is called demo/…, and nothing else', async () => {
	const [reference = ''] = (await engine.images()).flatMap(({ references }) => references);
	await engine.tag({ name: reference }, 'demo/mine:1');
	const news = await told((onNews) => engine.push('demo/mine:1', {}, never, onNews));
	expect(news.at(-1)).toMatchObject({ type: 'digest', size: expect.any(Number) });
	await engine.tag({ name: reference }, 'somebody/theirs:1');
	await expect(engine.push('somebody/theirs:1', {}, never, () => {})).rejects.toMatchObject({
		code: 'ELOGIN',
		message: expect.stringContaining('its registry does not let you in'),
	});
	await expect(pull('somebody/private')).rejects.toMatchObject({
		code: 'ELOGIN',
		message: 'somebody/private needs a login at its registry, or it does not exist there.',
	});
});

it('lets demo in with the password demo', async () => {
	expect(await engine.login('', { username: 'demo', password: 'demo' })).toEqual({});
	await expect(engine.login('', { username: 'demo', password: 'wrong' })).rejects.toMatchObject({
		code: 'ELOGIN',
		message: 'Docker Hub does not know this user, or the password is wrong.',
	});
});

it('stops a pull', async () => {
	const stop = new AbortController();
	await engine.pull('postgres:15', {}, stop.signal, () => stop.abort());
	expect((await engine.images()).flatMap(({ references }) => references)).not.toContain('postgres:15');
});
