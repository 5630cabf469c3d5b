// The states of the screenshots: the same day as in sample-state, without what is only there to be hard to draw.
import type { Step } from '../../source/model/builds.ts';
import type { Event } from '../../source/model/event.ts';
import type { LogLine } from '../../source/model/items.ts';
import type { State } from '../../source/model/state.ts';
import {
	after,
	buildOf,
	container,
	day,
	detail,
	hour,
	idOf,
	image,
	minute,
	now,
	opened,
	sample,
	second,
	stepOf,
	terminalTab,
} from '../model/things.ts';
import { foundShown, layersShown, pulled, runShown } from './image-showcase.ts';
import { composed, logShown, portsShown } from './log-showcase.ts';
import { connected, type Size } from './sample-state.ts';

const of = (reference: string) => ({ image: reference, imageId: `sha256:${idOf(reference)}` });
const port = (hostPort: number | undefined, containerPort: number, address = '0.0.0.0') => ({
	address: hostPort === undefined ? '' : address,
	...(hostPort === undefined ? {} : { hostPort }),
	containerPort,
	protocol: 'tcp' as const,
});

const containers = [
	container('web', { ...of('httpd:2.4'), createdAt: now - 4 * minute, ports: [port(8080, 80)] }),
	container('api', {
		...of('shop/api:1.8'),
		createdAt: now - 2 * hour,
		health: 'healthy',
		ports: [port(undefined, 3000)],
	}),
	container('db', {
		...of('postgres:16'),
		createdAt: now - 3 * day,
		health: 'healthy',
		ports: [port(5432, 5432, '127.0.0.1')],
	}),
	container('cache', { ...of('redis:7'), createdAt: now - 3 * day, ports: [port(undefined, 6379)] }),
	container('결제-워커', { ...of('shop/worker:1.8'), createdAt: now - 3 * day, health: 'unhealthy' }),
	container('python-demo', { ...of('python-custom:latest'), createdAt: now - 4 * day, state: 'paused' }),
	container('hello', {
		...of('hello-world:latest'),
		createdAt: now - 6 * day,
		state: 'exited',
		status: 'Exited (0) 6 days ago',
	}),
	container('migrate', {
		...of('shop/api:1.8'),
		createdAt: now - 7 * day,
		state: 'exited',
		status: 'Exited (1) 7 days ago',
	}),
];

const images = [
	image(['python-custom:latest'], { size: 922_000_000, createdAt: now - 6 * second }),
	image(['shop/api:1.8'], { size: 214_000_000, createdAt: now - 26 * hour }),
	image(['shop/worker:1.8'], { size: 198_000_000, createdAt: now - 26 * hour }),
	image([], { id: `sha256:${idOf('an old build')}`, size: 921_000_000, createdAt: now - 27 * hour }),
	image(['httpd:2.4', 'httpd:latest'], { size: 117_000_000, createdAt: now - 20 * day }),
	image(['postgres:16'], { size: 432_000_000, createdAt: now - 40 * day }),
	image(['redis:7'], { size: 117_000_000, createdAt: now - 60 * day }),
	image(['hello-world:latest'], { size: 10_100, createdAt: now - 400 * day }),
];

const use = {
	web: [0.3, 13_012_828],
	api: [12.4, 310_000_000],
	db: [4.02, 88_000_000],
	cache: [0.9, 9_400_000],
	'결제-워커': [101.3, 640_000_000],
	'python-demo': [0, 21_000_000],
} as const;

const samplesAt = (tick: number): Event => {
	const back = 119 - tick;
	const wave = (1 + Math.cos(back / 9) * 0.7 + Math.cos(back / 2.3) * 0.3) / 2;
	const counters = {
		received: 90_000 + tick * 900 + Math.floor(9000 * wave),
		sent: 20_000 + tick * 4000 + Math.floor(20_000 * wave),
		read: Math.floor(tick / 7) * 8192,
		written: Math.floor(tick / 10) * 65_536,
	};
	return {
		type: 'sampled',
		followed: new Set(Object.keys(use).map(idOf)),
		samples: new Map(
			Object.entries(use).map(([name, [cpu, memory]]) => [
				idOf(name),
				sample({
					...counters,
					at: now - back * second,
					cpu: cpu * wave,
					memory: Math.round(memory * (0.7 + 0.3 * wave)),
					memoryLimit: 1_073_741_824,
					processes: 12,
				}),
			]),
		),
	};
};

const log: readonly LogLine[] = Array.from({ length: 40 }, (_, index) => {
	const path = ['/', '/health', '/assets/app.css', '/상품/의자', '/cart'][index % 5];
	const isWarning = index === 33;
	const text = isWarning
		? '[warn] child 7 took 2.1 s to answer'
		: `10.0.0.${(index * 7) % 40} "GET ${path} HTTP/1.1" ${index % 9 === 4 ? 404 : 200} ${1000 + index * 37}`;
	return { source: isWarning ? 'stderr' : 'stdout', text, stamp: '2026-01-15T12:00:00.000000000Z' };
});

const startedAt = {
	web: now - 4 * minute,
	api: now - 2 * hour,
	db: now - 3 * day,
	cache: now - 3 * day,
	'결제-워커': now - 40 * second,
	'python-demo': now - 4 * day,
};

const showcase = (size: Size, ...events: readonly Event[]): State =>
	after(
		connected(size),
		{ type: 'listed', containers, images, at: now },
		...Object.entries(startedAt).map(
			([name, at]): Event => ({ type: 'inspected', detail: detail(idOf(name), { startedAt: at }) }),
		),
		...['hello', 'migrate'].map(
			(name, index): Event => ({
				type: 'inspected',
				detail: detail(idOf(name), { exitCode: index, finishedAt: now - (6 + index) * day }),
			}),
		),
		...Array.from({ length: 120 }, (_, tick) => samplesAt(tick)),
		{ type: 'log-opened', id: idOf('web') },
		{ type: 'logged', id: idOf('web'), lines: log },
		...events,
	);

const good: Size = { columns: 120, rows: 36 };

const done = (
	sequence: number,
	line: string,
	message: string,
	outcome: 'done' | 'failed' = 'done',
): Event[] => {
	const at = now - (10 - sequence) * minute;
	return [
		{ type: 'began', sequence, line, doing: 'doing', ids: [], at },
		{ type: 'finished', sequence, ids: [], outcome, message, at },
	];
};

const removal: Event = {
	type: 'asked',
	actionId: 'container.remove',
	itemIds: ['hello', 'migrate'].map(idOf),
	question: {
		title: 'Remove 2 containers?',
		body: [
			'hello  hello-world:latest  Exited (0) 6 days ago  0B of its own',
			'migrate  shop/api:1.8  Exited (1) 7 days ago  2.31MB of its own',
			`  anonymous volume ${idOf('volume').slice(0, 12)} at /var/cache  14.2MB`,
			'  volume shop-data stays',
			'',
			'2.31MB come back. Its image stays.',
		],
		fields: [{ kind: 'toggle', id: 'volumes', label: '1 anonymous volume too', value: true }],
		yes: 'remove',
		isDestructive: true,
	},
};

/** By the name of the picture. */
export const showcases: Readonly<Record<string, () => State>> = {
	dashboard: () => showcase(good),
	'dashboard-80x24': () => showcase({ columns: 80, rows: 24 }),
	'dashboard-60x15': () => showcase({ columns: 60, rows: 15 }),
	question: () =>
		showcase(good, { type: 'marked', ids: ['hello', 'migrate'].map(idOf), isMarked: true }, removal),
	palette: () =>
		showcase(good, { type: 'opened', overlay: 'palette' }, { type: 'palette-typed', text: 're' }),
	stats: () => showcase(good, { type: 'tab-chosen', tab: 'Stats' }),
	journal: () =>
		showcase(
			good,
			...done(1, 'docker stop web', 'stopped web · 0.4 s'),
			...done(
				2,
				'docker rm web',
				'web is running or paused: stop it first, or remove it with force.',
				'failed',
			),
			...done(3, 'docker start web', 'started web · 0.2 s'),
			...done(4, 'docker image prune -f', 'pruned 1 entry, 921MB came back · 3.1 s'),
			{ type: 'opened', overlay: 'journal' },
		),
	terminal: () =>
		showcase(
			good,
			...opened(
				terminalTab(1, {
					containerId: idOf('db'),
					name: 'db',
					title: 'psql',
					line: 'docker exec -it db psql',
				}),
			),
			...opened(terminalTab(2, { line: 'docker exec -it web bash' })),
			{ type: 'terminal-printed', id: 1 },
		),
	build: () =>
		showcase(
			good,
			{ type: 'build-started', build: buildOf({ id: 2, title: 'shop/worker:1.9', status: 'done' }) },
			{ type: 'build-started', build: shopBuild },
		),
	run: () => showcase(good, ...runShown),
	layers: () => showcase(good, ...layersShown),
	search: () => showcase(good, ...foundShown),
	log: () => showcase(good, composed(containers), ...logShown),
	ports: () => showcase(good, ...portsShown),
	pull: () => showcase(good, { type: 'transfer-started', transfer: pulled }),
};

const at = (seconds: number): number => now - 31 * second + seconds * second;
const stage =
	(name: string, of: number) => (number: number, line: number, text: string, news: Partial<Step>) =>
		stepOf(`${name} ${number}`, {
			name: `[${name} ${number}/${of}] ${text}`,
			stage: name,
			number,
			line,
			...news,
		});
const [deps, web, last] = [stage('deps', 3), stage('web', 3), stage('stage-2', 3)];
const took = (from: number, until: number): Partial<Step> => ({
	state: 'done',
	startedAt: at(from),
	endedAt: at(until),
});
const cached: Partial<Step> = { state: 'cached', startedAt: at(1), endedAt: at(1) };

const shopBuild = buildOf(
	{
		title: 'shop/api:1.9',
		line: 'docker build -t shop/api:1.9 shop',
		startedAt: at(0),
		context: { files: 1234, bytes: 45_600_000, sent: 45_600_000 },
	},
	[
		stepOf('load', { name: '[internal] load remote build context', ...took(0, 0.9) }),
		deps(1, 1, 'FROM node:22-alpine', cached),
		deps(2, 3, 'COPY package*.json ./', cached),
		deps(3, 4, 'RUN npm ci --omit=dev', {
			state: 'running',
			startedAt: at(2),
			tail: ['npm http fetch GET 200 https://registry.npmjs.org/undici 84ms', 'added 214 packages in 26s'],
			lines: 318,
		}),
		web(1, 6, 'FROM node:22-alpine', cached),
		web(2, 8, 'RUN npm ci', took(2, 19)),
		web(3, 10, 'RUN npm run build', {
			state: 'running',
			startedAt: at(19.2),
			tail: ['vite v7.1.0 building for production...', 'transforming (1042) src/결제/영수증.tsx'],
			lines: 2,
		}),
		last(1, 12, 'FROM nginx:1.27', {
			state: 'running',
			startedAt: at(1.2),
			parts: [{ id: 'sha256:1', name: 'downloading', current: 41_000_000, total: 72_000_000, isDone: false }],
		}),
		last(2, 13, 'COPY --from=deps /app /app', {}),
		last(3, 14, 'COPY --from=web /app/dist /usr/share/nginx/html', {}),
	],
);

const prompt = '\x1b[1;32mroot@web\x1b[0m:\x1b[1;34m/usr/local/apache2\x1b[0m# ';

/** What the programs in the terminals printed, by the name of the showcase. */
export const printed: Readonly<Record<string, string>> = {
	terminal: [
		`${prompt}ls`,
		'\x1b[1;34mbin\x1b[0m    \x1b[1;34mcgi-bin\x1b[0m  \x1b[1;34merror\x1b[0m   \x1b[1;34micons\x1b[0m    \x1b[1;34mlogs\x1b[0m',
		'\x1b[1;34mbuild\x1b[0m  \x1b[1;34mconf\x1b[0m     \x1b[1;34mhtdocs\x1b[0m  \x1b[1;34minclude\x1b[0m  \x1b[1;34mmodules\x1b[0m',
		`${prompt}tail -n 3 conf/httpd.conf`,
		'\x1b[36m<IfModule\x1b[0m ssl_module\x1b[36m>\x1b[0m',
		'\x1b[33mSSLRandomSeed\x1b[0m startup builtin',
		'\x1b[36m</IfModule>\x1b[0m',
		`${prompt}echo '안녕하세요, 컨테이너' > htdocs/index.html`,
		`${prompt}cat htdocs/index.html`,
		'안녕하세요, 컨테이너',
		prompt,
	].join('\r\n'),
};
