// The screens with ports of all kinds that have an expected frame, by name.
import type { Event } from '../../source/model/event.ts';
import type { Listing } from '../../source/model/listing.ts';
import type { PortCheck } from '../../source/model/ports.ts';
import type { State } from '../../source/model/state.ts';
import { container, idOf, now } from '../model/things.ts';
import { type Size, sampleState } from './sample-state.ts';

const small: Size = { columns: 60, rows: 15 };
const usual: Size = { columns: 80, rows: 24 };
const good: Size = { columns: 120, rows: 36 };
const large: Size = { columns: 200, rows: 60 };

const tcp = { protocol: 'tcp' } as const;

const more: Event = {
	type: 'reread',
	gone: [],
	at: now,
	containers: [
		container('edge', { network: 'host' }),
		container('lan-camera', { network: 'lan' }),
		container('ftp', {
			ports: Array.from({ length: 11 }, (_, index) => ({
				...tcp,
				address: '0.0.0.0',
				hostPort: 8000 + index,
				containerPort: 80 + index,
			})),
		}),
	],
};

const plans: Event = {
	type: 'ports-planned',
	plans: new Map([
		[
			idOf('next'),
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
				wishes: [
					{ ...tcp, address: '127.0.0.1', hostPort: 5433, containerPort: 5432 },
					{ ...tcp, address: '', containerPort: 9000 },
				],
			},
		],
		[
			idOf('wreck'),
			{
				network: 'default',
				exposed: [],
				wishes: [{ ...tcp, address: '', hostPort: 3306, containerPort: 3306 }],
			},
		],
		[idOf('edge'), { network: 'host', wishes: [], exposed: [{ ...tcp, containerPort: 443 }] }],
		[idOf('lan-camera'), { network: 'lan', wishes: [], exposed: [{ ...tcp, containerPort: 554 }] }],
	]),
};

const proxy = { ...tcp, address: '0.0.0.0', uid: 0, name: 'docker-proxy', isEngine: true };
const listeners: Event = {
	type: 'listeners-read',
	listeners: [
		{ ...proxy, port: 8080, pid: 4001 },
		{ ...proxy, port: 3000, pid: 4002, address: '127.0.0.1' },
		{ ...proxy, port: 443, pid: 812, name: '\x1b[2Jnginx', isEngine: false },
		{ ...proxy, port: 3306, pid: 990, name: 'mysqld', isEngine: false },
	],
};

const at = (name: string, port: string) => `${idOf(name)}:${port}/tcp`;
const checked = (id: string, brief: string, tone: PortCheck['tone']): Event => ({
	type: 'port-checked',
	id,
	check: { at: now, brief, tone, isTls: false, facts: [] },
});
const checks: readonly Event[] = [
	checked(at('web', '8080:80'), '200 4 ms', 'good'),
	checked(at('웹서버-데모', '3000:3000'), 'nothing inside', 'bad'),
	checked(at('edge', '443:443'), 'tls 12 d left', 'busy'),
	checked(at('ftp', '8000:80'), '8 of 11 good', 'busy'),
];

const focused: Event = { type: 'pane-focused', pane: 'ports' };
const first: Event = { type: 'moved', by: -1, unit: 'end' };
const down = (by: number): Event => ({ type: 'moved', by, unit: 'row' });
const all = (size: Size, ...events: readonly Event[]): State =>
	sampleState(
		size,
		more,
		plans,
		{ type: 'drivers-read', drivers: new Map([['lan', 'macvlan']]) },
		listeners,
		focused,
		first,
		...events,
	);

const card = (news: Partial<Listing>): Event => ({
	type: 'listing-opened',
	listing: {
		id: 1,
		kind: 'port-check',
		title: 'Check of web:80/tcp',
		line: 'docker port web 80/tcp',
		about: at('web', '8080:80'),
		columns: [
			{ label: '', min: 12, max: 12, rank: 1, isDim: true },
			{ label: 'FOUND', min: 20, max: 300, rank: 1 },
		],
		rows: [],
		notes: [],
		selected: 0,
		status: 'ready',
		...news,
	},
});
const rows = (...cells: readonly (readonly [string, string])[]) =>
	cells.map((pair, index) => ({ id: `${index}`, cells: pair }));
const secure = card({
	rows: rows(
		['TCP', 'accepted after 0.3 ms'],
		['TLS', 'TLSv1.3 after 6 ms'],
		['certificate', 'shop.example.com'],
		['for', 'shop.example.com, *.shop.example.com'],
		['issued by', 'R11'],
		['expires', '2026-01-27, in 12 days'],
		['trust', 'not trusted: it signed itself'],
		['HTTPS', '200 OK after 4 ms'],
		['title', '가게 \x1b]0;owned\x07— Willkommen'],
		['listens', 'docker-proxy (pid 4001), for the container'],
	),
});
const empty = card({
	rows: rows(
		['TCP', 'accepted after 0.3 ms'],
		['inside', 'closed at once'],
		['listens', 'docker-proxy (pid 4001), for the container'],
	),
	message: 'Published, but nothing listens inside the container on 80: does it listen on 127.0.0.1 only?',
});

export const portScreens: Readonly<Record<string, () => State>> = {
	'ports-all-120x36': () => all(good),
	'ports-all-80x24': () => all(usual, down(3)),
	'ports-all-60x15': () => all(small),
	'ports-all-200x60': () => all(large),
	'ports-checked-120x36': () => all(good, ...checks, { type: 'checking-switched', isOn: true }),
	'ports-checked-80x24': () => all(usual, ...checks),
	'ports-checked-60x15': () => all(small, ...checks, { type: 'checking-switched', isOn: true }),
	'ports-checked-200x60': () => all(large, ...checks),
	'port-check-120x36': () => all(good, secure),
	'port-check-nothing-80x24': () => all(usual, empty),
	'port-check-60x15': () => all(small, empty),
	'port-checking-60x15': () => all(small, card({ status: 'loading', message: 'Connecting…' })),
	'port-taken-80x24': () =>
		all(usual, {
			type: 'asked',
			actionId: 'container.start',
			itemIds: [idOf('next')],
			question: {
				title: 'Start next? It would not get its port',
				body: ['next: Port 8080 is taken by web: 8081 is free.', '', 'N makes it anew with another port.'],
				fields: [],
				yes: 'start all the same',
				isDestructive: false,
			},
		}),
};
