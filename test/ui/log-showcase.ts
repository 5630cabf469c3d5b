// What the screenshots of a log of several containers, and of the ports, show.
import type { Event } from '../../source/model/event.ts';
import type { Container, LogLine } from '../../source/model/items.ts';
import { idOf, now, second } from '../model/things.ts';

const members = ['web', 'api', '결제-워커', 'db'];

/** Some of the containers on the list are of one compose project. */
export const composed = (containers: readonly Container[]): Event => ({
	type: 'reread',
	gone: [],
	containers: containers.map((container) =>
		members.includes(container.name) ? { ...container, project: 'shop' } : container,
	),
	at: now,
});

const stamped = (ago: number) => new Date(now - ago * second).toISOString().replace('Z', '000000Z');
const line = (name: string, ago: number, text: string, source: LogLine['source'] = 'stdout'): LogLine => ({
	container: idOf(name),
	stamp: stamped(ago),
	source,
	text,
});
const json = (name: string, ago: number, level: string, msg: string, more: object) =>
	line(name, ago, JSON.stringify({ level, time: stamped(ago), msg, ...more }));

/** An order goes through the shop. */
const order = (number: number, ago: number): readonly LogLine[] => [
	line('web', ago, `10.0.0.${number % 200} "POST /주문 HTTP/1.1" 201 412`),
	json('api', ago - 0.1, 'info', 'order accepted', { order: number, items: 3 }),
	line(
		'db',
		ago - 0.2,
		`LOG:  duration: ${(number % 7) + 2}.114 ms  statement: INSERT INTO orders`,
		'stderr',
	),
	json('결제-워커', ago - 0.4, 'info', '결제를 승인했습니다', { order: number, card: '…4242' }),
];

const failing: readonly LogLine[] = [
	line('web', 9, '10.0.0.71 "POST /주문 HTTP/1.1" 201 398'),
	json('api', 8.9, 'info', 'order accepted', { order: 4711, items: 1 }),
	line('db', 8.5, 'FATAL:  remaining connection slots are reserved', 'stderr'),
	json('결제-워커', 8.4, 'error', '결제에 실패했습니다', { order: 4711, reason: 'no connection' }),
	line('결제-워커', 8.39, '    at Pool.connect (/srv/worker/pool.js:42:11)', 'stderr'),
	json('api', 8.2, 'warn', 'order 4711 waits for its payment, trying again in 5 s', {}),
	line('web', 8.1, '10.0.0.71 "GET /주문/4711 HTTP/1.1" 503 87'),
];

const printed = [
	...Array.from({ length: 7 }, (_, index) => order(4704 + index, 23 - index * 2)).flat(),
	...failing,
	...order(4712, 6),
	json('결제-워커', 3, 'info', '결제를 승인했습니다', { order: 4711, tries: 2 }),
];

export const logShown: readonly Event[] = [
	{ type: 'log-scope-chosen', scope: { kind: 'project', name: 'shop' } },
	{ type: 'log-opened', id: 'project:shop', ids: members.map(idOf) },
	{ type: 'logged', id: 'project:shop', lines: printed },
	{ type: 'zoomed', isZoomed: true },
	{ type: 'log-viewed', news: { times: 'local', search: '4711' } },
	{ type: 'moved', by: -6, unit: 'row' },
];

const tcp = { protocol: 'tcp' } as const;
const proxy = { ...tcp, address: '0.0.0.0', uid: 0, name: 'docker-proxy', isEngine: true };
const shop = `${idOf('web')}:8080:80/tcp`;

export const portsShown: readonly Event[] = [
	{
		type: 'ports-planned',
		plans: new Map([
			[
				idOf('hello'),
				{
					network: 'default',
					exposed: [],
					wishes: [{ ...tcp, address: '', hostPort: 8080, containerPort: 80 }],
				},
			],
			[
				idOf('migrate'),
				{
					network: 'default',
					exposed: [],
					wishes: [{ ...tcp, address: '127.0.0.1', hostPort: 5433, containerPort: 5432 }],
				},
			],
		]),
	},
	{
		type: 'listeners-read',
		listeners: [
			{ ...proxy, port: 8080, pid: 4001 },
			{ ...proxy, port: 5432, pid: 4002, address: '127.0.0.1' },
			{ ...proxy, port: 5433, pid: 990, address: '127.0.0.1', name: 'postgres', isEngine: false },
		],
	},
	{ type: 'pane-focused', pane: 'ports' },
	{ type: 'moved', by: 2, unit: 'row' },
	{
		type: 'port-checked',
		id: shop,
		check: { at: now, brief: '200 4 ms', tone: 'good', isTls: false, facts: [] },
	},
	{
		type: 'listing-opened',
		listing: {
			id: 1,
			kind: 'port-check',
			title: 'Check of web:80/tcp',
			line: 'docker port web 80/tcp',
			about: shop,
			columns: [
				{ label: '', min: 12, max: 12, rank: 1, isDim: true },
				{ label: 'FOUND', min: 20, max: 300, rank: 1 },
			],
			rows: [
				['TCP', 'accepted after 0.3 ms'],
				['HTTP', '200 OK after 4 ms'],
				['title', '가게 — 어서 오세요'],
				['listens', 'docker-proxy (pid 4001), for the container'],
			].map((cells, index) => ({ id: `${index}`, cells })),
			notes: [],
			selected: 0,
			status: 'ready',
		},
	},
];
