// Containers, images and states as tests need them: everything has a value, and a test says only what it is about.
import type { BuildWish } from '../../source/model/build.ts';
import type { Build, Step } from '../../source/model/builds.ts';
import type { Event } from '../../source/model/event.ts';
import type {
	Container,
	ContainerDetail,
	EngineInfo,
	Image,
	LogLine,
	Sample,
} from '../../source/model/items.ts';
import { initialState, type State } from '../../source/model/state.ts';
import type { TerminalTab } from '../../source/model/terminals.ts';
import type { Transfer } from '../../source/model/transfers.ts';
import { update } from '../../source/model/update.ts';

/** The moment of all tests, in milliseconds. */
export const now = Date.UTC(2026, 0, 15, 12);
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** 64 hexadecimal digits that begin with the name's own, so that they can be told apart. */
export const idOf = (name: string): string => Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);

export const container = (name: string, news: Partial<Container> = {}): Container => ({
	kind: 'container',
	id: idOf(name),
	name,
	image: 'httpd:2.4',
	imageId: `sha256:${idOf('httpd:2.4')}`,
	command: 'httpd-foreground',
	state: 'running',
	status: 'Up 4 minutes',
	createdAt: now - hour,
	ports: [],
	...news,
});

export const image = (references: readonly string[], news: Partial<Image> = {}): Image => ({
	kind: 'image',
	id: `sha256:${idOf(references[0] ?? 'dangling')}`,
	references,
	digests: [],
	size: 120_000_000,
	createdAt: now - day,
	...news,
});

export const detail = (id: string, news: Partial<ContainerDetail> = {}): ContainerDetail => ({
	id,
	startedAt: now - 4 * minute,
	exitCode: 0,
	error: '',
	tty: false,
	openStdin: false,
	logDriver: 'json-file',
	mounts: [],
	autoRemove: false,
	raw: {},
	...news,
});

/** A tab of a shell in web, open. */
export const terminalTab = (id: number, news: Partial<TerminalTab> = {}): TerminalTab => ({
	id,
	containerId: idOf('web'),
	name: 'web',
	title: 'bash',
	kind: 'exec',
	line: `docker exec -it ${news.name ?? 'web'} ${news.title ?? 'bash'}`,
	status: 'open',
	hasNews: false,
	...news,
});

/** These were opened one after the other; the person is inside the last one. */
export const opened = (...tabs: readonly TerminalTab[]): Event[] =>
	tabs.map((tab) => ({ type: 'terminal-opened', tab }));

/** What `docker build -t app:1 .` in /home/me/app is told. */
export const wish: BuildWish = {
	context: '/home/me/app',
	dockerfile: '/home/me/app/Dockerfile',
	tags: ['app:1'],
	args: {},
	isUncached: false,
	pullsBases: false,
	secrets: {},
};

export const stepOf = (id: string, news: Partial<Step> = {}): Step => ({
	id,
	name: `RUN ${id}`,
	inputs: [],
	state: 'waiting',
	parts: [],
	tail: [],
	lines: news.tail?.length ?? 0,
	...news,
});

/** One that runs since ten seconds, with these steps. */
export const buildOf = (news: Partial<Build> = {}, steps: readonly Step[] = []): Build => ({
	id: 1,
	title: 'app:1',
	wish,
	line: 'docker build -t app:1 app',
	builder: 'buildkit',
	status: 'building',
	startedAt: now - 10 * second,
	steps: new Map(steps.map((step) => [step.id, step])),
	warnings: [],
	tags: [],
	slower: [],
	isWatched: false,
	...news,
});

/** A pull that runs since ten seconds. */
export const transferOf = (news: Partial<Transfer> = {}): Transfer => ({
	id: 1,
	kind: 'pull',
	title: 'httpd',
	line: 'docker pull httpd',
	status: 'running',
	startedAt: now - 10 * second,
	layers: [],
	current: 0,
	...news,
});

export const sample = (news: Partial<Sample> = {}): Sample => ({
	at: now,
	cpu: 1.5,
	memory: 50_000_000,
	memoryLimit: 1_000_000_000,
	received: 0,
	sent: 0,
	read: 0,
	written: 0,
	processes: 3,
	...news,
});

export const logLines = (texts: readonly string[]): LogLine[] =>
	texts.map((text) => ({ source: 'stdout', text, stamp: '2026-01-15T12:00:00.000000000Z' }));

export const info: EngineInfo = {
	title: 'Docker 28.5.1',
	flavour: 'docker',
	version: '28.5.1',
	apiVersion: '1.51',
	newestApiVersion: '1.51',
	os: 'Debian GNU/Linux 12',
	cpus: 8,
	memory: 25_200_000_000,
	hostName: 'workbench',
};

export const endpoint = { host: 'unix:///var/run/docker.sock', source: 'default socket', name: 'local' };

/** The state after these events. */
export const after = (state: State, ...events: readonly Event[]): State => events.reduce(update, state);

export const blank = (news: Partial<Parameters<typeof initialState>[0]> = {}): State =>
	initialState({
		columns: 120,
		rows: 36,
		now,
		isReadOnly: false,
		showsStopped: true,
		leaveKey: 'ctrl+]',
		cwd: '/home/me',
		...news,
	});

/** Connected, with these containers and images listed. */
export const listed = (
	containers: readonly Container[],
	images: readonly Image[] = [],
	news: Partial<Parameters<typeof initialState>[0]> = {},
): State =>
	after(blank(news), { type: 'connected', endpoint, info }, { type: 'listed', containers, images, at: now });

/** Stats of these containers came, and of no others. */
export const sampled = (samples: ReadonlyMap<string, Sample>) =>
	({ type: 'sampled', samples, followed: new Set(samples.keys()) }) as const;
