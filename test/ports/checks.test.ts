// Looks at ports by themselves and by a key: how many at once, when again, and when what they found is over.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import type { Event } from '../../source/model/event.ts';
import type { Container } from '../../source/model/items.ts';
import { rowsOf } from '../../source/model/rows.ts';
import { update } from '../../source/model/update.ts';
import { createChecks } from '../../source/ports/checks.ts';
import { createStore } from '../../source/store.ts';
import { until } from '../actions/player.ts';
import { after, container, endpoint, idOf, info, listed, now } from '../model/things.ts';

describe('checks by themselves', () => {
	const servers: Server[] = [];
	const open: Socket[] = [];
	afterEach(() => {
		for (const socket of open.splice(0)) socket.destroy();
		for (const server of servers.splice(0)) server.close();
	});
	const listening = async (onConnection: (socket: Socket) => void) => {
		const server = createServer((socket) => {
			open.push(socket);
			onConnection(socket);
		}).listen(0, '127.0.0.1');
		servers.push(server);
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	};
	const published = (name: string, hostPort: number, more: Partial<Container> = {}) =>
		container(name, {
			ports: [{ address: '127.0.0.1', hostPort, containerPort: 80, protocol: 'tcp' }],
			...more,
		});
	const checking = (containers: readonly Container[], ...events: readonly Event[]) => {
		const store = createStore(
			after(listed(containers), { type: 'pane-focused', pane: 'ports' }, ...events),
			update,
		);
		let clock = now;
		const checks = createChecks({
			state: store.get,
			send: store.send,
			engine: () => ({}) as Engine,
			now: () => clock,
			version: () => '1',
			inside: async () => undefined,
		});
		store.subscribe(checks.look);
		return { store, checks, pass: (milliseconds: number) => (clock += milliseconds) };
	};
	const on = { type: 'checking-switched', isOn: true } as const;

	it('knock on nothing until they are switched on, and on four doors at once', async () => {
		let most = 0;
		let inside = 0;
		const waiting: (() => void)[] = [];
		const ports = await Promise.all(
			Array.from({ length: 10 }, () =>
				listening((socket) => {
					most = Math.max(most, ++inside);
					waiting.push(() => {
						inside--;
						socket.end();
					});
				}),
			),
		);
		const { store } = checking(ports.map((port, index) => published(`c${index}`, port)));
		store.send({ type: 'ticked', now: now + 1 });
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(inside).toBe(0);
		store.send(on);
		const shown = rowsOf(store.get(), 'ports').length;
		await until(() => {
			if (inside === Math.min(4, shown - store.get().ports.checks.size))
				for (const go of waiting.splice(0)) go();
			return store.get().ports.checks.size >= 6;
		});
		expect(most).toBeLessThanOrEqual(4);
	});

	it('come again only after something happened, and half a minute', async () => {
		let knocks = 0;
		const port = await listening((socket) => {
			knocks++;
			socket.end();
		});
		const { store, pass } = checking([published('web', port)]);
		const checkedAt = () => [...store.get().ports.checks.values()][0]?.at;
		store.send(on);
		await until(() => checkedAt() === now);
		const happens = () =>
			store.send({
				type: 'reread',
				containers: [published('web', port, { status: `${Math.random()}` })],
				gone: [],
				at: now,
			});
		// Half a minute, and nothing happened.
		pass(60_000);
		store.send({ type: 'ticked', now: now + 1 });
		await new Promise((resolve) => setTimeout(resolve, 30));
		expect(knocks).toBe(1);
		happens();
		await until(() => checkedAt() === now + 60_000);
		// It happens again, and again, but it is too early.
		happens();
		happens();
		await new Promise((resolve) => setTimeout(resolve, 30));
		expect(knocks).toBe(2);
		pass(30_000);
		store.send({ type: 'ticked', now: now + 2 });
		await until(() => checkedAt() === now + 90_000);
		expect(knocks).toBe(3);
	});

	it('do not take what listens on this machine for the containers of the demo', async () => {
		let knocks = 0;
		const port = await listening(() => knocks++);
		const demo: Event = { type: 'connected', endpoint, info: { ...info, flavour: 'demo' } };
		const { store, checks } = checking([published('web', port)], demo);
		store.send(on);
		const [row] = rowsOf(store.get(), 'ports');
		const check = row && (await checks.check(row, new AbortController().signal));
		expect(check?.advice).toContain('The containers of the demo are not real');
		expect([knocks, store.get().ports.checks.size]).toEqual([0, 0]);
	});

	it('look at every port of a range, and say how many are good', async () => {
		const port = await listening((socket) => socket.write('hello\n'));
		const { store, checks } = checking([
			container('ftp', {
				ports: [0, 1, 2].map((at) => ({
					address: '127.0.0.1',
					hostPort: port + at,
					containerPort: 80 + at,
					protocol: 'tcp',
				})),
			}),
		]);
		const [row] = rowsOf(store.get(), 'ports');
		expect(row?.count).toBe(3);
		const check = row && (await checks.check(row, new AbortController().signal));
		expect(check?.brief).toMatch(/^\d of 3 good$/);
		expect(check?.facts.map(([label]) => label)).toEqual([port, port + 1, port + 2].map(String));
		expect(check?.facts[0]?.[1]).toMatch(/^open /);
		expect(store.get().ports.checks.get(row?.id ?? '')).toEqual(check);
	});

	const range = (count: number, first: number) =>
		container('ftp', {
			ports: Array.from({ length: count }, (_, at) => ({
				address: '127.0.0.1',
				hostPort: first + at,
				containerPort: 80 + at,
				protocol: 'tcp' as const,
			})),
		});

	it('tell that of a long range only some were looked at, and do not call it good', async () => {
		const port = await listening((socket) => socket.write('hello\n'));
		const { store, checks } = checking([range(301, port)]);
		const [row] = rowsOf(store.get(), 'ports');
		const check = row && (await checks.check(row, new AbortController().signal));
		expect(check).toMatchObject({ brief: '16 of 301 looked at', tone: 'bad' });
		expect(check?.facts[0]).toEqual(['looked at', expect.stringMatching(/^the first 16 of 301: \d+ good$/)]);
	});

	const reread = (one: Container, more: { readonly started?: readonly string[] } = {}): Event => ({
		type: 'reread',
		containers: [one],
		gone: [],
		at: now,
		...more,
	});
	const starts = { started: [idOf('web')] };
	const looked = async (port: number) => {
		const made = checking([published('web', port)]);
		const [row] = rowsOf(made.store.get(), 'ports');
		if (row) await made.checks.check(row, new AbortController().signal);
		expect(made.store.get().ports.checks.size).toBe(1);
		return { ...made, found: () => made.store.get().ports.checks.size };
	};

	it.each([
		['stopped', (port: number) => reread(published('web', port, { state: 'exited', ports: [] }))],
		['was started anew', (port: number) => reread(published('web', port), starts)],
		['lost the port', () => reread(container('web'))],
		['is gone', () => ({ type: 'reread', containers: [], gone: [idOf('web')], at: now }) as const],
	])('forget what they found of a container that %s', async (_, happens) => {
		const port = await listening((socket) => socket.write('hello\n'));
		const { store, found } = await looked(port);
		store.send(reread(published('web', port, { status: 'Up 2 hours' })));
		expect(found()).toBe(1);
		store.send(happens(port));
		expect(found()).toBe(0);
	});

	it('do not keep what they find of a container that is started anew meanwhile', async () => {
		const doors: Socket[] = [];
		const port = await listening((socket) => doors.push(socket));
		const { store, checks } = checking([published('web', port)]);
		const [row] = rowsOf(store.get(), 'ports');
		const checked = row && checks.check(row, new AbortController().signal);
		await until(() => doors.length === 1);
		store.send(reread(published('web', port), starts));
		doors[0]?.write('hello\n');
		expect((await checked)?.brief).toMatch(/^open/);
		expect(store.get().ports.checks.size).toBe(0);
	});

	it('look again at what was not well soon after a start, and not for ever', async () => {
		let knocks = 0;
		let isReady = false;
		const port = await listening((socket) => {
			knocks++;
			if (isReady) socket.write('hello\n');
			else socket.end();
		});
		const { store, pass } = checking([published('web', port)]);
		const found = () => [...store.get().ports.checks.values()][0];
		const isFound = (at: number) => until(() => found()?.at === now + at);
		const tick = () => store.send({ type: 'ticked', now: now + Math.random() });
		store.send(on);
		await isFound(0);
		expect(found()?.brief).toBe('nothing inside');
		store.send(reread(published('web', port), starts));
		await until(() => knocks === 2);
		await isFound(0);
		for (const [milliseconds, at, times] of [
			[500, 0, 2],
			[500, 1000, 3],
			[1000, 1000, 3],
			[1000, 3000, 4],
		] as const) {
			pass(milliseconds);
			tick();
			await isFound(at);
			await until(() => knocks === times);
		}
		isReady = true;
		pass(7000);
		tick();
		await isFound(10_000);
		expect(found()?.brief).toMatch(/^open/);
		pass(20_000);
		tick();
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(knocks).toBe(5);
	});

	it('look again without anything happening', async () => {
		let isReady = false;
		const port = await listening((socket) => (isReady ? socket.write('hello\n') : socket.end()));
		const store = createStore(
			after(listed([published('web', port)]), { type: 'pane-focused', pane: 'ports' }, on),
			update,
		);
		const checks = createChecks({
			state: store.get,
			send: store.send,
			engine: () => ({}) as Engine,
			now: Date.now,
			version: () => '1',
			inside: async () => undefined,
		});
		store.subscribe(checks.look);
		const brief = () => [...store.get().ports.checks.values()][0]?.brief;
		store.send(reread(published('web', port), starts));
		await until(() => brief() === 'nothing inside');
		isReady = true;
		await until(() => brief()?.startsWith('open') === true);
	});

	it('say that the engine does not answer, where it is gone', async () => {
		const port = await listening(() => {});
		for (const server of servers) server.close();
		const { store, checks } = checking([published('web', port)]);
		store.send({ type: 'lost', reason: 'gone', at: now });
		const [row] = rowsOf(store.get(), 'ports');
		const check = row && (await checks.check(row, new AbortController().signal));
		expect(check?.brief).toBe('refused');
		expect(check?.advice).toContain('The engine does not answer');
	});
});
