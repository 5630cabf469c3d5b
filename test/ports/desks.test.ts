// What is read by itself of ports: how much, how often, and only while somebody looks.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import { portPlan } from '../../source/engine/port-plan.ts';
import type { Container, ContainerDetail } from '../../source/model/items.ts';
import type { Listener } from '../../source/model/ports.ts';
import { rowsOf } from '../../source/model/rows.ts';
import type { State } from '../../source/model/state.ts';
import { update } from '../../source/model/update.ts';
import { isHere } from '../../source/ports/here.ts';
import { createSurvey } from '../../source/ports/survey.ts';
import { createStore } from '../../source/store.ts';
import { until } from '../actions/player.ts';
import { after, blank, container, detail, endpoint, idOf, info, listed, now } from '../model/things.ts';

const raw = (bindings: object, more: object = {}, exposed: object = {}) => ({
	Config: { ExposedPorts: exposed },
	HostConfig: { NetworkMode: 'default', PortBindings: bindings, ...more },
});

describe('what a container was made to publish', () => {
	it.each([
		[
			'-p 8080:80',
			raw({ '80/tcp': [{ HostIp: '', HostPort: '8080' }] }),
			[{ address: '', hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
		],
		[
			'-p 127.0.0.1::53/udp',
			raw({ '53/udp': [{ HostIp: '127.0.0.1', HostPort: '' }] }),
			[{ address: '127.0.0.1', containerPort: 53, protocol: 'udp' }],
		],
		[
			'-p 80, as some engines write it',
			raw({ '80/tcp': [{ HostPort: '0' }] }),
			[{ address: '', containerPort: 80, protocol: 'tcp' }],
		],
		[
			'-p 9000-9005:80',
			raw({ '80/tcp': [{ HostIp: '', HostPort: '9000-9005' }] }),
			[{ address: '', hostPort: 9000, hostLast: 9005, containerPort: 80, protocol: 'tcp' }],
		],
		[
			'-P',
			raw({}, { PublishAllPorts: true }, { '80/tcp': {} }),
			[{ address: '', containerPort: 80, protocol: 'tcp' }],
		],
		[
			'-P -p 8080:80',
			raw({ '80/tcp': [{ HostPort: '8080' }] }, { PublishAllPorts: true }, { '80/tcp': {} }),
			[{ address: '', hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
		],
		['what is none', raw({ 'x/tcp': [{}], '80/quic': [{}], '0/tcp': [{}], '81/tcp': null }), []],
		['nothing', {}, []],
	])('%s', (_, inspected, wishes) => {
		expect(portPlan(inspected).wishes).toEqual(wishes);
	});
});

/** An engine that only inspects, and counts. */
const inspecting = (
	answers: (id: string) => Partial<ContainerDetail>,
	networks: readonly { name: string; driver: string }[] = [],
) => {
	const asked: string[] = [];
	let atOnce = 0;
	let most = 0;
	let networkReads = 0;
	const engine = {
		inspect: async (id: string) => {
			asked.push(id);
			most = Math.max(most, ++atOnce);
			await new Promise((resolve) => setImmediate(resolve));
			atOnce--;
			return detail(id, answers(id));
		},
		networks: async () => {
			networkReads++;
			return networks;
		},
	} as unknown as Engine;
	return { engine, asked, most: () => most, networkReads: () => networkReads };
};

const opened = (
	initial: State,
	engine: Engine,
	listeners: () => readonly Listener[] | undefined = () => [],
) => {
	const store = createStore(initial, update);
	let reads = 0;
	const survey = createSurvey({
		state: store.get,
		send: store.send,
		engine: () => engine,
		readListeners: async () => {
			reads++;
			return listeners();
		},
	});
	store.subscribe(survey.look);
	return { store, survey, reads: () => reads };
};

const wants = (hostPort: number): Partial<ContainerDetail> => ({
	ports: {
		network: 'default',
		exposed: [],
		wishes: [{ address: '', hostPort, containerPort: 80, protocol: 'tcp' }],
	},
});
const down = { state: 'exited' } as const;
const many = (count: number, news: Partial<Container> = down) =>
	Array.from({ length: count }, (_, index) => container(`c${index}`, { ...news, createdAt: now - index }));

describe('the survey', () => {
	it('inspects every container that is down once, a few at a time, and no other', async () => {
		const { engine, asked, most } = inspecting(() => wants(8080));
		const { store, survey } = opened(listed([...many(50), container('up')]), engine);
		survey.look();
		await until(() => store.get().ports.plans.size === 50);
		expect(most()).toBeLessThanOrEqual(4);
		expect(asked).not.toContain(idOf('up'));
		// An event of one of them, and a new one: only that is inspected.
		store.send({
			type: 'reread',
			containers: [container('c1', { ...down, status: 'Exited (1)' }), container('new', down)],
			gone: [],
			at: now,
		});
		await until(() => store.get().ports.plans.size === 51);
		expect(asked.length).toBe(51);
	});

	it('stops at the thousand newest', async () => {
		const { engine, asked } = inspecting(() => wants(8080));
		const { store, survey } = opened(listed(many(1200)), engine);
		survey.look();
		await until(() => store.get().ports.plans.size === 1000);
		expect(asked).not.toContain(idOf('c1100'));
	});

	it('asks what a network is once, and looks into those that have addresses of their own', async () => {
		const exposed = [{ containerPort: 80, protocol: 'tcp' }] as const;
		const { engine, asked, networkReads } = inspecting(
			() => ({ ports: { network: 'lan', exposed, wishes: [] } }),
			[
				{ name: 'lan', driver: 'ipvlan' },
				{ name: 'shop', driver: 'bridge' },
			],
		);
		const { store, survey } = opened(
			listed([
				container('camera', { network: 'lan' }),
				container('api', { network: 'shop' }),
				container('web', { network: 'bridge' }),
			]),
			engine,
		);
		survey.look();
		await until(() => rowsOf(store.get(), 'ports').length === 1);
		store.send({ type: 'reread', containers: [container('other', { network: 'shop' })], gone: [], at: now });
		survey.look();
		await until(() => store.get().containers.size === 4);
		expect(asked).toEqual([idOf('camera')]);
		expect(networkReads()).toBe(1);
		expect(rowsOf(store.get(), 'ports')[0]).toMatchObject({ use: 'direct', driver: 'ipvlan' });
	});

	it('asks what a network of those that are down is, too', async () => {
		const exposed = [{ containerPort: 80, protocol: 'tcp' }] as const;
		const { engine } = inspecting(
			() => ({ ports: { network: 'lan', exposed, wishes: [] } }),
			[{ name: 'lan', driver: 'macvlan' }],
		);
		const camera = container('camera', { network: 'lan', state: 'created' });
		const { store, survey } = opened(listed([camera, container('lone', { network: 'none' })]), engine);
		survey.look();
		await until(() => rowsOf(store.get(), 'ports').length === 2);
		expect(
			rowsOf(store.get(), 'ports')
				.map(({ use }) => use)
				.toSorted(),
		).toEqual(['cut-off', 'direct']);
	});

	it('reads who listens when somebody comes to the list, on a small screen as well', async () => {
		const small = listed([container('web')], [], { columns: 60, rows: 15 });
		const { store, reads } = opened(small, inspecting(() => ({})).engine);
		const to = (pane: 'ports' | 'images') => store.send({ type: 'pane-focused', pane });
		const ticks = async () => {
			store.send({ type: 'ticked', now });
			await new Promise((resolve) => setTimeout(resolve, 150));
		};
		to('ports');
		await until(() => reads() > 0);
		await ticks();
		const first = reads();
		await ticks();
		expect(reads()).toBe(first);
		to('images');
		await ticks();
		expect(reads()).toBe(first);
		to('ports');
		await until(() => reads() === first + 1);
	});

	it('waits for what a start is asked about, but not for long', async () => {
		const { engine, asked } = inspecting(() => wants(8080));
		const never = new Promise<undefined>(() => {});
		const store = createStore(listed([container('old', down), container('cold', down)]), update);
		const survey = createSurvey({
			state: store.get,
			send: store.send,
			engine: () => engine,
			readListeners: () => never,
		});
		await survey.beforeStart(engine, [idOf('old')]);
		expect(asked).toEqual([idOf('old')]);
		expect(store.get().ports.plans.has(idOf('old'))).toBe(true);
	});

	it('reads who listens when containers change, and not when nothing does or the pane is out of sight', async () => {
		const { engine } = inspecting(() => ({}));
		let listeners: readonly Listener[] | undefined = [];
		const { store, reads, survey } = opened(listed([container('web')]), engine, () => listeners);
		survey.look();
		await until(() => reads() === 1);
		for (let second = 0; second < 5; second++) store.send({ type: 'ticked', now: now + second });
		listeners = [{ protocol: 'tcp', address: '::', port: 80, uid: 0, isEngine: false }];
		store.send({ type: 'reread', containers: [container('web', { state: 'paused' })], gone: [], at: now });
		await until(() => store.get().ports.listeners?.length === 1);
		expect(reads()).toBe(2);
		listeners = undefined;
		await survey.refresh();
		expect(store.get().ports.listeners).toBeUndefined();
		const small = opened(listed([container('web')], [], { columns: 60, rows: 15 }), engine);
		small.survey.look();
		small.store.send({ type: 'reread', containers: [container('two')], gone: [], at: now });
		await new Promise((resolve) => setTimeout(resolve, 150));
		expect(small.reads()).toBe(0);
	});

	it('answers those who ask at the same time with one look', async () => {
		const { survey, reads } = opened(listed([]), inspecting(() => ({})).engine);
		await Promise.all([survey.refresh(), survey.refresh(), survey.refresh()]);
		expect(reads()).toBe(1);
	});
});

describe('the engine is on this machine', () => {
	const proc = (unix: string) => {
		const folder = mkdtempSync(join(tmpdir(), 'portside-here-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		mkdirSync(join(folder, 'net'));
		writeFileSync(join(folder, 'net/unix'), `Num RefCount Protocol Flags Type St Inode Path\n${unix}\n`);
		return folder;
	};
	const socket = '/var/run/docker.sock';
	const bound = (path: string) => `0000000000000000: 00000002 00000000 00010000 0001 01 4711 ${path}`;
	const connected = (host: string, flavour: 'docker' | 'demo' = 'docker') =>
		after(blank(), { type: 'connected', endpoint: { ...endpoint, host }, info: { ...info, flavour } });

	it.each([
		['its socket is one of ours', connected(`unix://${socket}`), bound(socket), 'workbench', true],
		[
			'its socket was bound under the other name',
			connected(`unix://${socket}`),
			bound('/run/docker.sock'),
			'workbench',
			true,
		],
		[
			'its socket is that of another network',
			connected(`unix://${socket}`),
			bound('/run/other.sock'),
			'workbench',
			false,
		],
		[
			'its host has another name: a virtual machine',
			connected(`unix://${socket}`),
			bound(socket),
			'elsewhere',
			false,
		],
		[
			'it is spoken to over the network',
			connected('tcp://127.0.0.1:2375'),
			bound(socket),
			'workbench',
			false,
		],
		['it is the embedded one', connected(`unix://${socket}`, 'demo'), bound(socket), 'workbench', false],
		['there is none', blank(), bound(socket), 'workbench', false],
	])('%s', async (_, state, unix, hostName, is) => {
		expect(await isHere(state, { proc: proc(unix), hostName })).toBe(is);
	});
});
