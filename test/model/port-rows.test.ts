// The rows of the list of ports: what is folded, what containers that are down would take, and who stands in their way.
import { describe, expect, it } from 'vitest';
import type { Container, Port } from '../../source/model/items.ts';
import { overlap } from '../../source/model/kinds/address.ts';
import { containers } from '../../source/model/kinds/containers.ts';
import { exposure, ports as kind, portSign } from '../../source/model/kinds/ports.ts';
import { hostText, placeOf, urlOf } from '../../source/model/port-address.ts';
import {
	conflictOf,
	conflictsOfContainer,
	freePorts,
	listenerOf,
} from '../../source/model/port-conflicts.ts';
import type { Listener, PlannedPort, PortPlan } from '../../source/model/ports.ts';
import type { PortRow } from '../../source/model/row.ts';
import { rowById, rowsOf } from '../../source/model/rows.ts';
import type { State } from '../../source/model/state.ts';
import { after, blank, container, detail, endpoint, idOf, info, listed, now } from './things.ts';

const port = (
	hostPort: number | undefined,
	containerPort: number,
	address = '0.0.0.0',
	protocol: Port['protocol'] = 'tcp',
): Port => ({
	address: hostPort === undefined ? '' : address,
	...(hostPort === undefined ? {} : { hostPort }),
	containerPort,
	protocol,
});
const wish = (
	hostPort: number | undefined,
	containerPort: number,
	more: Partial<PlannedPort> = {},
): PlannedPort => ({
	address: '',
	...(hostPort === undefined ? {} : { hostPort }),
	containerPort,
	protocol: 'tcp',
	...more,
});
const plan = (wishes: readonly PlannedPort[], more: Partial<PortPlan> = {}): PortPlan => ({
	network: 'default',
	wishes,
	exposed: [],
	...more,
});
const planned = (state: State, plans: Readonly<Record<string, PortPlan>>): State =>
	after(state, {
		type: 'ports-planned',
		plans: new Map(Object.entries(plans).map(([name, one]) => [idOf(name), one])),
	});
const listener = (port: number, more: Partial<Listener> = {}): Listener => ({
	protocol: 'tcp',
	address: '0.0.0.0',
	port,
	uid: 0,
	isEngine: false,
	...more,
});
const cells = (state: State, row: PortRow) =>
	[0, 2, 3].map((index) => kind.columns[index]?.text(row, state, 40) ?? '').join(' | ');
const shown = (state: State) => rowsOf(state, 'ports').map((row) => cells(state, row));
const range = (from: number, count: number, make: (offset: number) => Port) =>
	Array.from({ length: count }, (_, index) => make(from + index));

describe('ranges', () => {
	it.each<[string, readonly Port[], readonly string[]]>([
		[
			'one after the other',
			range(0, 11, (at) => port(8000 + at, 80 + at)),
			['8000-8010 | web:80-90/tcp | all interfaces'],
		],
		[
			'with their twins of IPv6',
			range(0, 3, (at) => port(8000 + at, 80 + at)).flatMap((one) => [one, { ...one, address: '::' }]),
			['8000-8002 | web:80-82/tcp | all interfaces'],
		],
		[
			'two are two',
			range(0, 2, (at) => port(8000 + at, 80 + at)),
			['8000 | web:80/tcp | all interfaces', '8001 | web:81/tcp | all interfaces'],
		],
		[
			'a gap parts them',
			[...range(0, 3, (at) => port(8000 + at, 80 + at)), ...range(5, 3, (at) => port(8000 + at, 80 + at))],
			['8000-8002 | web:80-82/tcp | all interfaces', '8005-8007 | web:85-87/tcp | all interfaces'],
		],
		[
			'another address parts them',
			[...range(0, 3, (at) => port(8000 + at, 80 + at)), port(8003, 83, '127.0.0.1')],
			['8000-8002 | web:80-82/tcp | all interfaces', '127.0.0.1:8003 | web:83/tcp | this host only'],
		],
		[
			'so does the protocol',
			[
				...range(0, 3, (at) => port(8000 + at, 80 + at)),
				...range(3, 3, (at) => port(8000 + at, 80 + at, '0.0.0.0', 'udp')),
			],
			['8000-8002 | web:80-82/tcp | all interfaces', '8003-8005 | web:83-85/udp | all interfaces'],
		],
		[
			'two that are woven into each other',
			[...range(0, 3, (at) => port(8000 + at, 80 + at)), ...range(0, 3, (at) => port(8001 + at, 80 + at))],
			['8000-8002 | web:80-82/tcp | all interfaces', '8001-8003 | web:80-82/tcp | all interfaces'],
		],
		[
			'many ports of the host for one',
			range(0, 3, (at) => port(8000 + at, 80)),
			['8000', '8001', '8002'].map((one) => `${one} | web:80/tcp | all interfaces`),
		],
		[
			'only exposed',
			range(0, 4, (at) => port(undefined, 7000 + at)),
			['— | web:7000-7003/tcp | exposed, not published'],
		],
	])('%s', (_, ports, rows) => {
		expect(shown(listed([container('web', { ports })]))).toEqual(rows);
	});

	it('every port of every container is in exactly one row', () => {
		let seed = 42;
		const random = (below: number) => {
			seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
			return Math.floor((seed / 2_147_483_648) * below);
		};
		for (let round = 0; round < 200; round++) {
			const containers = Array.from({ length: 1 + random(3) }, (_, index) =>
				container(`c${index}`, {
					ports: Array.from({ length: random(30) }, () => {
						const host = random(4) === 0 ? undefined : 8000 + random(12);
						const address = ['0.0.0.0', '::', '127.0.0.1'][random(3)];
						return port(host, 80 + random(12), address, random(3) ? 'tcp' : 'udp');
					}),
				}),
			);
			const keyOf = (id: string, { protocol }: Port, host: number | undefined, inside: number) =>
				`${id} ${host ?? ''}:${inside}/${protocol}`;
			const given = new Set(
				containers.flatMap(({ id, ports }) =>
					ports.map((one) => keyOf(id, one, one.hostPort, one.containerPort)),
				),
			);
			const rows = rowsOf(listed(containers), 'ports');
			const told = rows.flatMap((row) =>
				Array.from({ length: row.count }, (_, at) =>
					keyOf(
						row.containerId,
						row as unknown as Port,
						row.hostPort === undefined ? undefined : row.hostPort + at,
						row.containerPort + at,
					),
				),
			);
			expect(told.toSorted()).toEqual([...given].toSorted());
			expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
			for (const row of rows) {
				const own = containers.find(({ id }) => id === row.containerId) as Container;
				const twins = own.ports.filter(
					(one) =>
						one.hostPort === row.hostPort &&
						one.containerPort === row.containerPort &&
						one.protocol === row.protocol,
				);
				expect(new Set(row.addresses)).toEqual(
					new Set(row.hostPort === undefined ? [] : twins.map(({ address }) => address)),
				);
			}
		}
	});
});

const down = { state: 'exited', status: 'Exited (0)' } as const;
const world = (listeners?: readonly Listener[]): State => {
	const state = planned(
		listed([
			container('web', { ports: [port(8080, 80), port(undefined, 443)] }),
			container('local', { ports: [port(9000, 90, '127.0.0.1')] }),
			container('old', down),
			container('spare', { ...down, state: 'created' }),
			container('far', down),
		]),
		{
			old: plan([wish(8080, 80), wish(undefined, 81)]),
			spare: plan([wish(8081, 80), wish(9000, 9000, { address: '192.168.0.7' })]),
			far: plan([wish(8079, 79), wish(8081, 1, { address: '127.0.0.1' }), wish(8080, 5, { hostLast: 8083 })]),
		},
	);
	return listeners ? after(state, { type: 'listeners-read', listeners }) : state;
};

describe('containers that are down', () => {
	it('show what they would take, below who has it', () => {
		expect(shown(world())).toEqual([
			'8079 | far:79/tcp | not running',
			'8080 | web:80/tcp | all interfaces',
			'8080-8083 | far:5/tcp | not running',
			'8080 | old:80/tcp | taken by web',
			'127.0.0.1:8081 | far:1/tcp | wanted by spare',
			'8081 | spare:80/tcp | wanted by far',
			'127.0.0.1:9000 | local:90/tcp | this host only',
			'192.168.0.7:9000 | spare:9000/tcp | not running',
			'any | old:81/tcp | takes any free one',
			'— | web:443/tcp | exposed, not published',
		]);
	});

	it('are in the way of programs, and the other way round', () => {
		const state = world([
			listener(8081, { pid: 1234, name: 'nginx' }),
			listener(8079, { address: '::', uid: 33 }),
			listener(8080, { pid: 7, name: 'docker-proxy', isEngine: true }),
			listener(9000, { protocol: 'udp', pid: 9, name: 'dns' }),
		]);
		const rowOf = (name: string, at: string) => rowById(state, 'ports', `${idOf(name)}:${at}/tcp`) as PortRow;
		expect(conflictOf(state, rowOf('spare', '8081:80'))).toEqual({
			port: 8081,
			owner: 'nginx (pid 1234)',
			isWish: false,
		});
		expect(conflictOf(state, rowOf('far', '8079:79'))?.owner).toBe('a process of uid 33');
		expect(conflictOf(state, rowOf('old', '8080:80'))?.owner).toBe('web');
		expect(conflictOf(state, rowOf('spare', '9000:9000'))).toBeUndefined();
		expect(portSign(rowOf('spare', '8081:80'), state)).toEqual({ sign: '!', tone: 'bad' });
		expect(listenerOf(state, rowOf('web', '8080:80'))?.pid).toBe(7);
		expect(conflictsOfContainer(state, idOf('far')).map(({ port }) => port)).toEqual([8079, 8081]);
		// 8079 to 8081 are taken, and 8082 by nobody.
		expect(freePorts(state, 8079, 'tcp')).toBe(8082);
		expect(freePorts(state, 8079, 'tcp', 3)).toBe(8082);
		expect(freePorts(state, 65_536, 'tcp')).toBeUndefined();
	});

	it('of another engine is told apart from ours', () => {
		const state = world([listener(8079, { pid: 7, name: 'docker-proxy', isEngine: true })]);
		expect(shown(state)[0]).toBe("8079 | far:79/tcp | taken by another engine's docker-proxy (pid 7)");
	});

	it('are not said to be in the way of another engine where it may be the one of a container that just started', () => {
		const proxy = listener(8081, { pid: 7, name: 'docker-proxy', isEngine: true });
		expect(shown(world([proxy]))).toContain('8081 | spare:80/tcp | taken by docker-proxy (pid 7)');
	});

	it('are in the way of each other when they are started together: of those that come later', () => {
		const state = world();
		const spare = new Set([idOf('spare')]);
		expect(conflictsOfContainer(state, idOf('far'))).toEqual([]);
		expect(conflictsOfContainer(state, idOf('far'), spare)).toMatchObject([
			{ port: 8081, owner: 'spare', isWish: true },
		]);
		expect(conflictsOfContainer(state, idOf('spare'), new Set([idOf('old')]))).toEqual([]);
	});

	it('are not in their own way when they stop: who listened for them goes with them', () => {
		const plans = { web: plan([wish(8080, 80)]) };
		const up = after(planned(listed([container('web', { ports: [port(8080, 80)] })]), plans), {
			type: 'listeners-read',
			listeners: [
				listener(8080, { pid: 7, name: 'docker-proxy', isEngine: true }),
				listener(8080, { address: '::' }),
				listener(9090, { pid: 8, name: 'docker-proxy', isEngine: true }),
			],
		});
		const stopped = after(up, { type: 'reread', containers: [container('web', down)], gone: [], at: now });
		expect(shown(stopped)).toEqual(['8080 | web:80/tcp | not running']);
		expect(stopped.ports.listeners?.map(({ port }) => port)).toEqual([9090]);
		const removed = after(up, { type: 'reread', containers: [], gone: [idOf('web')], at: now });
		expect(removed.ports.listeners?.map(({ port }) => port)).toEqual([9090]);
	});

	it('are hidden with the others that do not run', () => {
		const state = after(world(), { type: 'stopped-shown', isShown: false });
		expect(rowsOf(state, 'ports').map(({ use }) => use)).toEqual(['published', 'published', 'exposed']);
	});

	it('take nothing on the network of somebody else', () => {
		for (const network of ['host', 'none', 'container:4f2a']) {
			const state = planned(listed([container('old', down)]), { old: plan([wish(80, 80)], { network }) });
			expect(rowsOf(state, 'ports')).toEqual([]);
		}
	});

	it('are known from any inspect, and forgotten with the container', () => {
		const ports = plan([wish(8080, 80)]);
		const state = after(listed([container('old', down)]), {
			type: 'inspected',
			detail: detail(idOf('old'), { ports }),
		});
		expect(shown(state)).toEqual(['8080 | old:80/tcp | not running']);
		const gone = after(state, {
			type: 'reread',
			containers: [container('new', down)],
			gone: [idOf('old')],
			at: now,
		});
		expect(rowsOf(gone, 'ports')).toEqual([]);
		expect([...planned(gone, { new: ports }).ports.plans.keys()]).toEqual([idOf('new')]);
	});
});

describe('containers without a network of their own', () => {
	const exposed = [
		{ containerPort: 80, protocol: 'tcp' },
		{ containerPort: 53, protocol: 'udp' },
	] as const;

	it('on that of the host show what their image exposes, and who really listens', () => {
		const state = after(
			planned(listed([container('web', { network: 'host' })]), {
				web: plan([], { network: 'host', exposed }),
			}),
			{ type: 'listeners-read', listeners: [listener(80, { pid: 5, name: 'httpd' })] },
		);
		expect(shown(state)).toEqual([
			'53 | web:53/udp | host, nobody listens',
			'80 | web:80/tcp | host network',
		]);
		expect(rowsOf(state, 'ports').map((row) => portSign(row, state).sign)).toEqual(['○', '●']);
		const reachColumn = kind.columns.find(({ label }) => label === 'REACH');
		expect(reachColumn?.text(rowsOf(state, 'ports')[0] as PortRow, state, 14)).toBe('nobody listens');
		const listens = kind.columns.find(({ label }) => label === 'LISTENS');
		expect(rowsOf(state, 'ports').map((row) => listens?.text(row, state, 30))).toEqual(['', 'httpd (pid 5)']);
		expect(urlOf(state, rowsOf(state, 'ports')[1] as PortRow)).toBe('http://localhost:80');
	});

	it('on that of the host are said to be in use where nobody can tell', () => {
		const state = planned(listed([container('web', { network: 'host' })]), {
			web: plan([], { network: 'host', exposed }),
		});
		expect(shown(state)[0]).toBe('53 | web:53/udp | host network');
		expect(portSign(rowsOf(state, 'ports')[0] as PortRow, state).sign).toBe('●');
	});

	it('without any say that nobody reaches them', () => {
		const state = planned(listed([container('lone', { network: 'none' })]), {
			lone: plan([], { network: 'none', exposed }),
		});
		const [row] = rowsOf(state, 'ports') as [PortRow];
		expect(shown(state)).toEqual([
			'— | lone:53/udp | not reachable: no network',
			'— | lone:80/tcp | not reachable: no network',
		]);
		expect(placeOf(state, row)).toMatchObject({ why: expect.stringContaining('runs without a network') });
	});

	it.each(['running', 'exited', 'created'] as const)(
		'in a macvlan say why nothing is published: %s',
		(is) => {
			const state = after(
				planned(listed([container('web', { state: is, network: 'lan' })]), {
					web: plan([wish(8080, 80)], { network: 'lan', exposed }),
				}),
				{ type: 'drivers-read', drivers: new Map([['lan', 'macvlan']]) },
			);
			const [row] = rowsOf(state, 'ports') as [PortRow];
			expect(shown(state)).toEqual([
				'— | web:53/udp | own address, macvlan',
				'— | web:80/tcp | own address, macvlan',
			]);
			expect(placeOf(state, row)).toEqual({
				why: 'web has an address of its own in a macvlan network: other machines reach it there, this host does not.',
			});
		},
	);
});

describe('the filter finds', () => {
	const found = (filter: string, listeners?: readonly Listener[]) => {
		const busy = after(world(listeners), {
			type: 'reread',
			containers: [container('ftp', { ports: range(0, 11, (at) => port(7000 + at, 20 + at)) })],
			gone: [],
			at: now,
		});
		return shown(after(busy, { type: 'filtered', pane: 'ports', text: filter }));
	};
	const ftp = '7000-7010 | ftp:20-30/tcp | all interfaces';
	const old = '8080 | old:80/tcp | taken by web';

	it.each([
		['web:80', ['8080 | web:80/tcp | all interfaces']],
		['7005', [ftp]],
		['ftp:25', [ftp]],
		['FTP:25', [ftp]],
		['web:25', []],
		['7011', []],
		['taken', [old]],
		['taken by web', [old]],
		['8082', ['8080-8083 | far:5/tcp | not running']],
	])('%s', (filter, rows) => {
		expect(found(filter)).toEqual(rows);
	});

	it('who listens, and forgets it when nobody does any more', () => {
		const nginx = [listener(8081, { pid: 1234, name: 'nginx' })];
		expect(found('nginx', nginx)).toEqual([
			'127.0.0.1:8081 | far:1/tcp | taken by nginx (pid 1234)',
			'8081 | spare:80/tcp | taken by nginx (pid 1234)',
		]);
		const state = after(world(nginx), { type: 'filtered', pane: 'ports', text: 'nginx' });
		expect(state.panes.ports.selected).toBeDefined();
		const free = after(state, { type: 'listeners-read', listeners: [] });
		expect([shown(free), free.panes.ports.selected]).toEqual([[], undefined]);
	});
});

it('a long name leaves room for its port', () => {
	const state = listed([
		container('postgres-of-the-shop', { ports: [port(53, 53, '', 'udp'), port(5432, 5432)] }),
	]);
	const column = kind.columns.find(({ label }) => label === 'CONTAINER');
	const names = (width: number) => rowsOf(state, 'ports').map((row) => column?.text(row, state, width));
	expect(names(40)).toEqual(['postgres-of-the-shop:53/udp', 'postgres-of-the-shop:5432/tcp']);
	expect(names(27)[1]).toBe('postgres-of-the-shop:5432');
	expect(names(11)).toEqual(['po…p:53/udp', 'pos…op:5432']);
});

it('the cursor goes to the port that was published, whatever port of the host it got', () => {
	const before = after(
		listed([container('old', { ports: [port(undefined, 81)] }), container('aaa', { ports: [port(1, 1)] })]),
		{ type: 'pane-focused', pane: 'ports' },
		{ type: 'selected', pane: 'ports', id: `${idOf('old')}::81/tcp` },
	);
	const awaited = { type: 'awaited', pane: 'ports', id: `${idOf('new')}:81/tcp` } as const;
	const come = (...ports: readonly Port[]) => {
		const state = after(before, awaited, {
			type: 'reread',
			containers: [container('new', { ports })],
			gone: [idOf('old')],
			at: now,
		});
		return state.panes.ports.selected;
	};
	expect(come(port(2, 2), port(49_153, 81))).toBe(`${idOf('new')}:49153:81/tcp`);
	expect(come(port(8080, 80), port(8081, 81), port(8082, 82))).toBe(`${idOf('new')}:8080:80/tcp`);
});

it('what a container would take is among its ports, whether it ran before or not', () => {
	const state = planned(listed([container('a', down), container('b', { ...down, state: 'created' })]), {
		a: plan([wish(7777, 80), wish(undefined, 81)]),
		b: plan([wish(7777, 80), wish(9000, 80, { hostLast: 9005, address: '127.0.0.1' })]),
	});
	const column = containers.columns.find(({ label }) => label === 'PORTS');
	expect(rowsOf(state, 'containers').map((row) => column?.text(row, state, 24))).toEqual([
		'7777→80',
		'7777→80 lo:9000-9005→80',
	]);
	const filtered = after(state, { type: 'filtered', pane: 'containers', text: '9000' });
	expect(rowsOf(filtered, 'containers').map(({ name }) => name)).toEqual(['b']);
});

describe('where a port is reached', () => {
	const at = (host: string, ...ports: readonly Port[]) =>
		after(
			blank(),
			{ type: 'connected', endpoint: { ...endpoint, host }, info },
			{ type: 'listed', containers: [container('web', { ports })], images: [], at: now },
		);
	const local = 'unix:///var/run/docker.sock';

	it.each([
		[local, port(8080, 80), 'http://localhost:8080'],
		[local, port(8080, 80, '127.0.0.1'), 'http://127.0.0.1:8080'],
		[local, port(8080, 80, '::1'), 'http://[::1]:8080'],
		[local, port(8080, 443), 'https://localhost:8080'],
		[local, port(8443, 80), 'https://localhost:8443'],
		['tcp://10.0.0.7:2376', port(8080, 80), 'http://10.0.0.7:8080'],
		['ssh://me@build.example.com:22', port(8080, 80), 'http://build.example.com:8080'],
		['tcp://127.0.0.1:2375', port(8080, 80), 'http://localhost:8080'],
		[local, port(53, 53, '0.0.0.0', 'udp'), undefined],
		[local, port(undefined, 80), undefined],
		['ssh://me@build.example.com', port(8080, 80, '127.0.0.1'), undefined],
	])('of %s: %j is %s', (host, one, url) => {
		const state = at(host, one);
		expect(urlOf(state, rowsOf(state, 'ports')[0] as PortRow)).toBe(url);
	});

	it('is https where TLS was seen, whatever the number', () => {
		const state = at(local, port(8080, 80));
		const [row] = rowsOf(state, 'ports') as [PortRow];
		const check = { at: now, brief: '200 4 ms', tone: 'good', isTls: true, facts: [] } as const;
		expect(urlOf(after(state, { type: 'port-checked', id: row.id, check }), row)).toBe(
			'https://localhost:8080',
		);
	});

	it('of a loopback on another machine is told how it is brought here', () => {
		const state = at('ssh://me@build.example.com', port(8080, 80, '127.0.0.1'));
		const place = placeOf(state, rowsOf(state, 'ports')[0] as PortRow);
		expect(place).toMatchObject({
			why: expect.stringContaining('ssh -L 8080:127.0.0.1:8080 build.example.com'),
		});
	});

	it('has the port of its place in a range', () => {
		const state = at(local, ...range(0, 5, (one) => port(8000 + one, 80 + one)));
		const [row] = rowsOf(state, 'ports') as [PortRow];
		const place = placeOf(state, row, 3);
		expect('why' in place ? place : hostText(place)).toBe('localhost:8003');
	});
});

it.each([
	['', '10.0.0.1', true],
	['0.0.0.0', '127.0.0.1', true],
	['::', '127.0.0.1', true],
	['0.0.0.0', '::1', false],
	['127.0.0.1', '127.0.0.2', false],
	['::1', '::1', true],
])('addresses %s and %s overlap: %s', (one, other, is) => {
	expect([overlap(one, other), overlap(other, one)]).toEqual([is, is]);
});

it('who can reach a port is said in words', () => {
	const state = listed([
		container('web', { ports: [port(1, 1), port(2, 2, '127.0.0.1'), port(3, 3, '10.0.0.1')] }),
	]);
	expect(rowsOf(state, 'ports').map((row) => [exposure(row), portSign(row, state)])).toEqual([
		['all interfaces', { sign: '●', tone: 'busy' }],
		['this host only', { sign: '●', tone: 'good' }],
		['10.0.0.1', { sign: '●', tone: 'dim' }],
	]);
});
