// The state all frames and screenshots are drawn from: a day's work, with everything that is hard to draw.
import type { Event } from '../../source/model/event.ts';
import type { Container, Image, LogLine, Sample } from '../../source/model/items.ts';
import type { State } from '../../source/model/state.ts';
import {
	after,
	blank,
	container,
	day,
	detail,
	endpoint,
	hour,
	idOf,
	image,
	info,
	minute,
	now,
	sample,
	second,
} from '../model/things.ts';

export { now };

const port = (
	address: string,
	hostPort: number | undefined,
	containerPort: number,
	protocol: 'tcp' | 'udp' = 'tcp',
) => ({
	address,
	...(hostPort === undefined ? {} : { hostPort }),
	containerPort,
	protocol,
});

const of = (reference: string) => ({ image: reference, imageId: `sha256:${idOf(reference)}` });

export const containers: readonly Container[] = [
	container('web', {
		...of('httpd:2.4'),
		createdAt: now - 4 * minute,
		ports: [port('0.0.0.0', 8080, 80), port('::', 8080, 80)],
	}),
	container('웹서버-데모', {
		...of('team/웹:최신'),
		createdAt: now - 12 * minute,
		health: 'healthy',
		ports: [port('127.0.0.1', 3000, 3000)],
	}),
	container('api', {
		...of('registry.example.com:5000/platform/backend/api-gateway:2026.01.14-rc1'),
		createdAt: now - 2 * hour,
		health: 'unhealthy',
		project: 'shop',
		ports: [port('', undefined, 3000)],
	}),
	container('postgres-main-with-a-rather-long-name-of-its-own', {
		...of('postgres:16-alpine'),
		createdAt: now - 3 * day,
		health: 'starting',
		ports: [port('127.0.0.1', 5432, 5432)],
	}),
	container('worker', { ...of('python-custom:latest'), createdAt: now - 3 * day - hour, state: 'paused' }),
	container('flaky', {
		...of('busybox:latest'),
		createdAt: now - 4 * day,
		state: 'restarting',
		status: 'Restarting (1) 3 seconds ago',
	}),
	container('dns', {
		...of('coredns:1.12'),
		createdAt: now - 5 * day,
		ports: [port('0.0.0.0', 53, 53, 'udp'), port('192.168.0.7', 9153, 9153)],
	}),
	container('hello', {
		...of('hello-world:latest'),
		createdAt: now - 6 * day,
		state: 'exited',
		status: 'Exited (0) 6 days ago',
	}),
	container('migrate', {
		...of(`sha256:${idOf('gone')}`),
		createdAt: now - 7 * day,
		state: 'exited',
		status: 'Exited (137) 7 days ago',
	}),
	container('next', { ...of('httpd:2.4'), createdAt: now - 8 * day, state: 'created', status: 'Created' }),
	container('wreck', { ...of('busybox:latest'), createdAt: now - 90 * day, state: 'dead', status: 'Dead' }),
];

export const images: readonly Image[] = [
	image(['httpd:2.4', 'httpd:latest'], { size: 117_000_000, createdAt: now - 20 * day }),
	image(['team/웹:최신'], { size: 922_000_000, createdAt: now - 15 * minute }),
	image(['registry.example.com:5000/platform/backend/api-gateway:2026.01.14-rc1'], {
		size: 1_190_000_000,
		createdAt: now - 26 * hour,
	}),
	image(['postgres:16-alpine'], { size: 275_000_000, createdAt: now - 40 * day }),
	image(['python-custom:latest'], { size: 1_020_000_000, createdAt: now - 3 * day }),
	image(['busybox:latest'], { size: 4_270_000, createdAt: now - 400 * day }),
	image(['coredns:1.12'], { size: 74_900_000, createdAt: now - 100 * day }),
	image(['hello-world:latest'], { size: 10_100, createdAt: now - 900 * day }),
	image([], { id: `sha256:${idOf('old build')}`, size: 921_000_000, createdAt: now - hour }),
];

const startedAt: Readonly<Record<string, number>> = {
	web: now - 4 * minute,
	'웹서버-데모': now - 12 * second,
	api: now - 2 * hour,
	'postgres-main-with-a-rather-long-name-of-its-own': now - 40 * second,
	worker: now - 3 * day,
	dns: now - 5 * day,
};

const use: Readonly<Record<string, Partial<Sample>>> = {
	web: { cpu: 0.3, memory: 13_012_828 },
	'웹서버-데모': { cpu: 12.4, memory: 310_000_000 },
	api: { cpu: 199.6, memory: 1_900_000_000, memoryLimit: 2_147_483_648 },
	'postgres-main-with-a-rather-long-name-of-its-own': { cpu: 4.02, memory: 88_000_000 },
	worker: { cpu: 0, memory: 21_000_000 },
	dns: { cpu: 0.1, memory: 9_400_000 },
};

const samplesAt = (tick: number): Event => ({
	type: 'sampled',
	followed: new Set(Object.keys(use).map(idOf)),
	samples: new Map(
		Object.entries(use).map(([name, news]) => {
			const wave = Math.round(50 + 50 * Math.cos((59 - tick) / 5)) / 100;
			const counters = {
				received: 90_000 + tick * tick * 400,
				sent: 20_000 + tick * 1500,
				read: tick * 4096,
				written: Math.floor(tick / 10) * 65_536,
			};
			const value = sample({ ...news, ...counters, at: now - (59 - tick) * second, processes: 12 });
			return [
				idOf(name),
				tick === 59
					? value
					: { ...value, cpu: (value.cpu ?? 0) * wave, memory: value.memory * (0.8 + tick / 300) },
			];
		}),
	),
});

const hostile = [
	'\x1b]0;owned\x07\x1b]52;c;cm0gLXJmIC8=\x07a title and a clipboard write',
	'\x1b[2J\x1b[1;1H\x1b[31mcleared and red\x1b[0m\ttab',
	'right to left \u202eoverride\u2066 and \u200bjoiners \u{1f468}\u200d\u{1f469}\u200d\u{1f467} 1\ufe0f\u20e3 \u2764\ufe0f',
	'\x9d0;eight bit\x9c \x9b31mC1\x85 end \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\',
	'\x1b]0;never ended',
];

const log: readonly LogLine[] = [
	...Array.from(
		{ length: 40 },
		(_, index) =>
			`127.0.0.1 - - [15/Jan/2026:11:59:${String(index + 10).padStart(2, '0')} +0000] "GET /assets/${index}.css HTTP/1.1" 200 ${1000 + index * 37}`,
	),
	'AH00558: httpd: Could not reliably determine the server’s fully qualified domain name',
	'요청을 처리했습니다: 사용자 김철수, 걸린 시간 12ms — 컨테이너가 정상적으로 동작하고 있습니다. 다음 요청을 기다립니다.',
	...hostile,
	'127.0.0.1 - - [15/Jan/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 45',
].map((text) => ({
	source: text.startsWith('AH') ? 'stderr' : 'stdout',
	text,
	stamp: '2026-01-15T12:00:00.000000000Z',
}));

const raw = {
	Id: idOf('web'),
	Name: '/web',
	HostConfig: { RestartPolicy: { Name: 'unless-stopped' } },
	NetworkSettings: { Networks: { bridge: { IPAddress: '172.17.0.2' } } },
	Config: {
		Cmd: ['httpd-foreground'],
		WorkingDir: '/usr/local/apache2',
		ExposedPorts: { '80/tcp': {} },
		Env: [
			'PATH=/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
			'HTTPD_VERSION=2.4.66',
		],
		Labels: { 담당자: '플랫폼팀 — 문의는 사내 메신저로', 'org.example.title': 'evil\x1b]0;owned\x07title' },
	},
};

const mounts = [
	{
		type: 'volume',
		source: idOf('volume'),
		target: '/usr/local/apache2/logs',
		isReadOnly: false,
		isAnonymous: true,
	},
	{
		type: 'bind',
		source: '/home/dev/site',
		target: '/usr/local/apache2/htdocs',
		isReadOnly: true,
		isAnonymous: false,
	},
];

export type Size = { readonly columns: number; readonly rows: number };

export const connected = (size: Size, options: Partial<State> = {}): State => ({
	...after(blank(size), { type: 'connected', endpoint, info }),
	...options,
});

/** Connected, listed, followed. */
export const sampleState = (size: Size, ...events: readonly Event[]): State =>
	after(
		connected(size),
		{ type: 'listed', containers, images, at: now },
		...Object.entries(startedAt).map(
			([name, at]): Event => ({
				type: 'inspected',
				detail: detail(idOf(name), { startedAt: at, ...(name === 'web' ? { raw, mounts } : {}) }),
			}),
		),
		...Array.from({ length: 60 }, (_, tick) => samplesAt(tick)),
		{ type: 'log-opened', id: idOf('web') },
		{ type: 'logged', id: idOf('web'), lines: log },
		...events,
	);

/** 10,000 containers, the cursor somewhere in the middle. */
export const manyState = (size: Size, ...events: readonly Event[]): State =>
	after(
		connected(size),
		{
			type: 'listed',
			containers: Array.from({ length: 10_000 }, (_, index) =>
				container(`job-${String(index).padStart(5, '0')}`, { createdAt: now - index }),
			),
			images,
			at: now,
		},
		{ type: 'moved', by: 5000, unit: 'row' },
		...events,
	);
