// What watch does where no real engine helps: nothing answers, the list fails, an event handler has a bug.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDemo } from '../../source/demo/start.ts';
import { watch } from '../../source/engine/watch.ts';
import { answer, type FakeEngine, fakeEngine } from './fake-engine.ts';
import { patience } from './patience.ts';
import { startWatch, type Watched } from './watched.ts';

let folder = '';
let watched: Watched | undefined;
let fake: FakeEngine | undefined;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'portside-watch-'));
});
afterEach(async () => {
	await watched?.stop();
	fake?.close();
	[watched, fake] = [undefined, undefined];
	rmSync(folder, { recursive: true, force: true });
});

const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
const headers = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
function asked(request = ''): string[] {
	const filters = new URL(request.split(' ')[1] ?? '', 'http://docker').searchParams.get('filters');
	return JSON.parse(filters ?? '').id;
}

const event = (Action: string, ID: string): string =>
	chunk(`${JSON.stringify({ Type: 'container', Action, Actor: { ID } })}\n`);

describe('watch', () => {
	it('tells why nothing answers, tries again by itself, and at once when asked', async () => {
		const socketPath = join(folder, 'late.sock');
		watched = startWatch(`unix://${socketPath}`);
		const { events, story } = watched;
		await expect.poll(() => story.length, patience).toBeGreaterThanOrEqual(4);
		expect(story.slice(0, 4)).toEqual(['connecting', 'unavailable', 'unavailable', 'unavailable']);
		const pauses = events.flatMap((one) => (one.type === 'unavailable' ? [one.retryAt] : []));
		expect((pauses[2] ?? 0) - (pauses[1] ?? 0)).toBeGreaterThan((pauses[1] ?? 0) - (pauses[0] ?? 0));
		expect(events[1]).toMatchObject({
			attempts: [{ reason: 'no such file', remedy: expect.stringContaining('Start Docker') }],
		});
		// The next round would be more than two seconds away.
		await expect.poll(() => story.length, patience).toBeGreaterThanOrEqual(5);
		const demo = await startDemo({ socketPath });
		watched.retry();
		await expect.poll(() => story.at(-1), { timeout: 1000 }).toBe('connected');
		await watched.stop();
		await demo.close();
	}, 20_000);

	it('waits for the engine it lost, and takes no other one that is there', async () => {
		const socketPath = join(folder, 'first.sock');
		const first = await startDemo({ socketPath });
		fake = await fakeEngine(() => {});
		watched = startWatch(`unix://${socketPath}`, fake.endpoint.host);
		await expect.poll(() => watched?.story.at(-1), patience).toBe('connected');
		await first.close();
		await expect.poll(() => watched?.story, patience).toEqual(['connecting', 'connected', 'lost']);
		expect(watched.engine).toBeUndefined();
		watched.retry();
		const again = await startDemo({ socketPath });
		await expect.poll(() => watched?.story.at(-1), patience).toBe('connected');
		expect(fake.requests).toEqual([]);
		await watched.stop();
		await again.close();
	});

	it('subscribes before it lists, reads the first event at once and the next ones together', async () => {
		let stream = (_: string): void => {};
		fake = await fakeEngine((line, socket) => {
			if (line.includes('/events')) {
				stream = (text) => socket.write(text);
				stream(headers);
			} else socket.write(answer([]));
		});
		watched = startWatch(fake.endpoint.host);
		await expect.poll(() => watched?.story.at(-1), patience).toBe('connected');
		const { requests } = fake;
		expect(requests.map((line) => line.split(/[ ?]/)[1])).toEqual([
			'/v1.41/events',
			'/v1.41/containers/json',
			'/v1.41/images/json',
		]);
		const lists = () =>
			requests.filter((line) => line.includes('/containers/json?') && line.includes('filters'));
		const told = () => watched?.events.filter(({ type }) => type === 'reread').length;
		// The first inspect loads dockerode, which takes its time outside of the bundle.
		stream(event('start', 'z'));
		await expect.poll(told, patience).toBe(1);
		await new Promise((resolve) => setTimeout(resolve, 120)); // the pace is a time
		const start = performance.now();
		stream(event('start', 'a'));
		await expect.poll(() => lists().length, { interval: 1 }).toBe(2);
		// An inspect waits for the truth that an event may come before.
		expect(requests.filter((line) => line.includes('/containers/a/json'))).toHaveLength(1);
		for (const id of ['b', 'c', 'b', 'd']) stream(event('die', id));
		await expect.poll(() => lists().length, { interval: 1 }).toBe(3);
		expect(performance.now() - start).toBeGreaterThan(95);
		expect(asked(lists()[2])).toEqual(['b', 'c', 'd']);
		await expect
			.poll(() => watched?.events.filter(({ type }) => type === 'reread'), patience)
			.toMatchObject([
				{ containers: [], gone: ['z'] },
				{ containers: [], gone: ['a'], started: ['a'] },
				{ containers: [], gone: ['b', 'c', 'd'] },
			]);
		// Nothing is asked for what was destroyed.
		const before = requests.length;
		stream(event('destroy', 'e'));
		await expect.poll(() => watched?.events.at(-1), patience).toMatchObject({ type: 'reread', gone: ['e'] });
		expect(requests).toHaveLength(before);
	});

	it('reads many at once early, and once more', async () => {
		let stream = (_: string): void => {};
		fake = await fakeEngine((line, socket) => {
			if (line.includes('/events')) {
				stream = (text) => socket.write(text);
				stream(headers);
			} else socket.write(answer([]));
		});
		watched = startWatch(fake.endpoint.host);
		await expect.poll(() => watched?.story.at(-1), patience).toBe('connected');
		const { requests } = fake;
		const ids = Array.from({ length: 40 }, (_, index) => `many${index}`);
		stream(ids.map((id) => event('die', id)).join(''));
		const lists = () =>
			requests.filter((line) => line.includes('/containers/json?') && line.includes('filters'));
		await expect.poll(() => lists().length, patience).toBe(2);
		expect(asked(lists()[0])).toEqual(ids);
		expect(asked(lists()[1])).toEqual(ids);
		expect(requests.some((line) => line.includes('/containers/many'))).toBe(false);
	});

	it('is lost when reading again fails twice', async () => {
		let stream = (_: string): void => {};
		let isBroken = false;
		fake = await fakeEngine((line, socket) => {
			if (line.includes('/events')) {
				stream = (text) => socket.write(text);
				stream(headers);
			} else socket.write(isBroken ? answer({ message: 'no' }, '500 Internal Server Error') : answer([]));
		});
		watched = startWatch(fake.endpoint.host);
		await expect.poll(() => watched?.story.at(-1), patience).toBe('connected');
		isBroken = true;
		stream(event('start', 'a'));
		await expect.poll(() => watched?.story.at(-1), patience).toBe('lost');
		isBroken = false;
		await expect.poll(() => watched?.story.at(-1), { timeout: 3000 }).toBe('connected');
	});

	it('tells the words of an engine that greets but cannot list', async () => {
		fake = await fakeEngine((line, socket) => {
			if (line.includes('/events')) socket.write(headers);
			else socket.write(answer({ message: 'database is locked' }, '500 Internal Server Error'));
		});
		watched = startWatch(fake.endpoint.host);
		await expect.poll(() => watched?.story[1], patience).toBe('unavailable');
		expect(watched.events[1]).toMatchObject({
			attempts: [{ reason: 'the engine failed', remedy: expect.stringContaining('database is locked') }],
		});
	});

	it('tells in words that an engine ends its events at once', async () => {
		fake = await fakeEngine((line, socket) => {
			if (line.includes('/events')) socket.write(`${headers}0\r\n\r\n`);
		});
		watched = startWatch(fake.endpoint.host);
		await expect.poll(() => watched?.story[1], patience).toBe('unavailable');
		expect(watched.events[1]).toMatchObject({
			attempts: [{ reason: 'it hangs up', remedy: expect.stringMatching(/ends every connection.*log\.$/) }],
		});
	});

	it('does not swallow a bug of its listener', async () => {
		const demo = await startDemo({ empty: true });
		const stop = new AbortController();
		const { ended } = watch({
			candidates: () => [{ endpoint: { host: `unix://${demo.socketPath}`, source: 'test', name: 'local' } }],
			signal: stop.signal,
			onEngine: () => {},
			onEvent: ({ type }) => {
				if (type === 'listed') throw new TypeError('a bug');
			},
		});
		await expect(ended).rejects.toThrow('a bug');
		await demo.close();
	});

	it('ends at once, whatever it waits for', async () => {
		fake = await fakeEngine(() => {});
		watched = startWatch(fake.endpoint.host);
		await expect.poll(() => fake?.requests.length, patience).toBe(1);
		const start = performance.now();
		await watched.stop();
		expect(performance.now() - start).toBeLessThan(200);
	});
});
