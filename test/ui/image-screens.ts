// The screens of running, committing, looking up and logging in that have an expected frame, by name. What they ask and
// list comes from the program's own desks, with an engine that has everything that is hard to draw.
import { Readable } from 'node:stream';
import { type Action, type Context, isVerb } from '../../source/actions/action.ts';
import { actionById } from '../../source/actions/table.ts';
import type { Engine } from '../../source/engine/contract.ts';
import { EngineError } from '../../source/engine/error.ts';
import type { Looks } from '../../source/image/looks.ts';
import type { Event } from '../../source/model/event.ts';
import type { Change, HistoryLayer } from '../../source/model/items.ts';
import type { Question } from '../../source/model/question.ts';
import type { State } from '../../source/model/state.ts';
import type { Registry } from '../../source/registry/registry.ts';
import { createRuns } from '../../source/run/runs.ts';
import { dockerArchive, file, folder, link } from '../image/archives.ts';
import { after, day, detail, hour, idOf, info, now } from '../model/things.ts';
import { look } from './look.ts';
import { lookedUp } from './looked-up.ts';
import { images, type Size, sampleState } from './sample-state.ts';

const small: Size = { columns: 60, rows: 15 };
const usual: Size = { columns: 80, rows: 24 };
const good: Size = { columns: 120, rows: 36 };
const large: Size = { columns: 200, rows: 60 };

const hostile = '\x1b]0;owned\x07\x1b[2J\u202egnp.exe\ttab';

const changes: readonly Change[] = [
	{ kind: 'changed', path: '/usr' },
	{ kind: 'changed', path: '/usr/local' },
	{ kind: 'changed', path: '/usr/local/apache2' },
	{ kind: 'changed', path: '/usr/local/apache2/htdocs' },
	{ kind: 'changed', path: '/usr/local/apache2/htdocs/index.html' },
	{ kind: 'added', path: '/usr/local/apache2/htdocs/상품' },
	{ kind: 'added', path: '/usr/local/apache2/htdocs/상품/의자-최종-진짜최종.html' },
	{ kind: 'added', path: `/usr/local/apache2/htdocs/${hostile}` },
	{ kind: 'changed', path: '/usr/local/apache2/logs' },
	{ kind: 'added', path: '/usr/local/apache2/logs/httpd.pid' },
	{ kind: 'changed', path: '/tmp' },
	{ kind: 'deleted', path: '/tmp/setup.sh' },
];

const layer = (createdBy: string, size: number, news: Partial<HistoryLayer> = {}): HistoryLayer => ({
	createdBy,
	comment: '',
	createdAt: now - 20 * day,
	size,
	references: [],
	...news,
});
const history: readonly HistoryLayer[] = [
	layer('CMD ["httpd-foreground"]', 0, {
		id: `sha256:${idOf('httpd:2.4')}`,
		comment: 'buildkit.dockerfile.v0',
	}),
	layer('EXPOSE map[80/tcp:{}]', 0, { comment: 'buildkit.dockerfile.v0' }),
	layer('COPY httpd-foreground /usr/local/bin/ # buildkit', 138, { comment: 'buildkit.dockerfile.v0' }),
	layer(
		'RUN /bin/sh -c set -eux; savedAptMark="$(apt-mark showmanual)"; apt-get update; apt-get install -y bzip2 dpkg-dev gcc; make -j "$(nproc)"; make install # buildkit',
		61_400_000,
		{ comment: '한국어 주석이 여기에 길게 있습니다' },
	),
	layer(`ENV 이름=값 ${hostile}`, 0),
	layer('WORKDIR /usr/local/apache2', 0, { createdAt: now - hour }),
	layer('/bin/sh -c #(nop) ADD file:0123456789abcdef in / ', 74_800_000, { createdAt: now - 400 * day }),
];

const found = [
	['httpd', 'The Apache HTTP Server Project', 4_812, true],
	['paketobuildpacks/httpd', '', 0, false],
	[
		'registry.example.com/a-rather-long-account/with-a-rather-long-repository-name',
		'설명이 한국어로 아주 길게 적혀 있어서 잘라야 하는 저장소',
		12,
		false,
	],
	['manageiq/httpd', `Container with httpd, built on CentOS ${hostile}`, 1, false],
	...Array.from(
		{ length: 21 },
		(_, index) => [`team-${index}/httpd`, 'Another one', 20 - index, false] as const,
	),
] as const;

const archive = await dockerArchive(
	[
		[
			folder('bin/'),
			file('bin/sh', 'shell'),
			folder('etc/'),
			file('etc/passwd', 'root'),
			file('etc/motd', 'hi'),
		],
		[
			folder('usr/'),
			folder('usr/local/'),
			folder('usr/local/apache2/'),
			...['ab', 'apachectl', 'httpd', 'rotatelogs'].map((name) =>
				file(`usr/local/apache2/${name}`, Buffer.alloc(9000)),
			),
			link('usr/local/apache2/latest', 'httpd'),
			file('usr/local/apache2/상품-안내문.html', Buffer.alloc(1200)),
			file('usr/local/apache2/evil\u202egnp.exe', 'x'),
			file('etc/passwd', 'root, www-data'),
			file('etc/.wh.motd'),
		],
		[file('usr/local/bin/httpd-foreground', Buffer.alloc(138))],
	],
	true,
);

const raw = {
	Id: idOf('web'),
	Name: '/web',
	Image: 'sha256:httpd',
	HostConfig: {
		RestartPolicy: { Name: 'unless-stopped' },
		PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] },
		Annotations: { a: 'b' },
	},
	Config: { Image: 'httpd:2.4', Env: ['TITLE=상품 안내'], Cmd: ['httpd-foreground'] },
};

const engine = {
	info,
	inspectImage: async (name: string) => ({
		id: name,
		raw: /httpd/.test(name)
			? { Config: { Cmd: ['httpd-foreground'], ExposedPorts: { '80/tcp': {} } } }
			: { Config: { Cmd: ['bash'] } },
	}),
	inspect: async () => detail(idOf('web'), { raw }),
	networks: async () =>
		['bridge', 'shop_default', '뒷단'].map((name) => ({
			id: idOf(name),
			name,
			driver: 'bridge',
			isBuiltIn: name === 'bridge',
			users: [],
		})),
	containers: async () => [...sampleState(good).containers.values()],
	changes: async () => [...changes],
	statPath: async (_: unknown, path: string) => ({ size: path.length * 1000, isFolder: /상품$/.test(path) }),
	history: async () => [...history],
	search: async () =>
		found.map(([name, description, stars, isOfficial]) => ({ name, description, stars, isOfficial })),
	save: async () => Readable.from([archive]),
	diskUse: async () => ({
		containers: new Map([
			[idOf('web'), 2_310_000],
			[idOf('hello'), 0],
			[idOf('migrate'), 45_600_000],
		]),
		images: new Map(images.map(({ id, size }) => [id, Math.round(size / 3)])),
		volumes: new Map([
			[idOf('volume'), { size: 14_200_000, users: 0, isAnonymous: true }],
			['shop-data', { size: 2_300_000_000, users: 1, isAnonymous: false }],
			['옛날-데이터', { size: 120_000_000, users: 0, isAnonymous: false }],
		]),
		layers: 3_450_000_000,
		buildCache: [
			{
				id: 'a',
				description: '[deps 3/3] RUN npm ci --no-audit --no-fund',
				size: 412_000_000,
				isInUse: false,
				isShared: false,
			},
			{
				id: 'b',
				description: `local source for context ${hostile}`,
				size: 45_600_000,
				isInUse: false,
				isShared: false,
			},
			{
				id: 'c',
				description: 'pulled from docker.io/library/node:22-alpine',
				size: 161_000_000,
				isInUse: false,
				isShared: true,
			},
		],
	}),
} as unknown as Engine;

const runs = createRuns({
	state: () => sampleState(good),
	send: () => {},
	engine: () => engine,
	now: () => now,
	record: () => () => {},
	pull: () => Promise.reject(new Error('nothing is pulled for a screen')),
	open: () => Promise.reject(new Error('nothing is opened for a screen')),
	resolve: async (wish) => ({ wish }),
	presets: { read: async () => [], keep: async () => undefined },
	readListeners: async () => [],
	around: () => ({ pathExists: () => true, isLocal: true }),
});

/** As the verb's own row asks it, about this container. */
const askedBy = async (actionId: string, name?: string): Promise<Event> => {
	const verb = actionById(actionId);
	if (!verb || !isVerb(verb)) throw new Error(`There is no verb ${actionId}`);
	const state = () => sampleState(good);
	const container = name === undefined ? undefined : state().containers.get(idOf(name));
	const context = { engine, runs, state, host: { version: '1.0.0' } } as unknown as Context;
	const question = await verb.ask?.(container ? [container] : [], context);
	if (!question || !('title' in question)) throw new Error(`${actionId} asks nothing`);
	return { type: 'asked', actionId, itemIds: container ? [container.id] : [], question };
};

/** As the move's own row asks it there. */
const askedThere = (actionId: string, state: State): State => {
	const move = actionById(actionId) as Action;
	const question = isVerb(move) ? undefined : move.ask?.(state);
	if (!question) throw new Error(`${actionId} asks nothing`);
	return after(state, { type: 'asked', actionId, itemIds: [], question });
};

/** Types into a field, and has the form follow. */
const filled = (question: Question, values: Readonly<Record<string, string>>): Question => {
	const fields = question.fields.map((field) =>
		values[field.id] === undefined ? field : ({ ...field, value: values[field.id] } as typeof field),
	);
	return runs.revised({ ...question, fields });
};

const runAsked = (question: Question, field = 0): Event[] => [
	{ type: 'asked', actionId: 'app.run', itemIds: [], question },
	{ type: 'field-focused', field },
];
const server = await runs.form('httpd:2.4');
const shell = await runs.form('python:3');
const wrong = filled(server, { ports: '8080:80', name: 'web', volumes: '"/home/me/내 문서":/srv' });
const missing = filled(server, {
	line: "docker run -d --name 사이트 team/없는-것:1 sh -c 'echo a; sleep 9'",
});
const recreated = await askedBy('container.recreate', 'web');
const differing: Event = {
	...recreated,
	question: runs.compared(
		filled((recreated as { question: Question }).question, {
			ports: '8081:80',
			env: "'TITLE=새 상품' DEBUG=1",
		}),
		idOf('web'),
	),
} as Event;
const committed = await askedBy('container.commit', 'web');
const login = await askedBy('app.login');
const version = await askedBy('app.version');
const prunedNetworks = await askedBy('app.prune-networks');
const prunedVolumes = await askedBy('app.prune-volumes');
const prunedCache = await askedBy('app.prune-build-cache');
const loginFilled: readonly Event[] = [
	login,
	{ type: 'field-changed', value: 'registry.example.com:5000' },
	{ type: 'field-focused', field: 1 },
	{ type: 'field-changed', value: '나' },
	{ type: 'field-focused', field: 2 },
	{ type: 'field-changed', value: 'a secret nobody may see' },
];

const refusing = (message: string, code: string) => Promise.reject(new EngineError(message, { code }));
const registry: Registry = {
	catalog: async () => ({ names: ['team/app', '이상한/이름', 'tools'], isCut: true }),
	tags: async () => ({
		names: [
			'latest',
			'2.4',
			'2.4.66-alpine',
			...Array.from({ length: 40 }, (_, index) => `2.4.${65 - index}`),
		],
		isCut: true,
	}),
};
const closed: Registry = {
	catalog: () => refusing('registry.example.com:5000 wants a login.', 'ELOGIN'),
	tags: () => refusing('registry.example.com:5000 wants a login.', 'ELOGIN'),
};

const listing = (
	open: (looks: Looks) => void,
	through: Registry = registry,
	to: Engine = engine,
): Promise<Event[]> => {
	const containers = [...sampleState(good).containers.values()];
	return lookedUp({ engine: to, registry: through, containers }, open);
};
const down = (by: number): Event => ({ type: 'overlay-moved', by });

const searched = await listing((looks) => looks.search('httpd'));
const [searching] = searched as [Event];
const unreachable = 'Docker Hub cannot be reached from the engine: the search needs the network.';
const failed = await listing((looks) => looks.search('httpd'), registry, {
	...engine,
	search: () => Promise.reject(new EngineError(unreachable)),
});
const tags = await listing((looks) => looks.tags('httpd', { host: '', path: 'httpd' }));
const locked = await listing(
	(looks) =>
		looks.tags('registry.example.com:5000/team/app', { host: 'registry.example.com:5000', path: 'team/app' }),
	closed,
);
const strange: Registry = {
	...registry,
	tags: async () => ({ names: [hostile, '\u{1f433}-\u{1f468}\u200d\u{1f469}-최신', ''], isCut: false }),
};
const hostileTags = await listing(
	(looks) => looks.tags(`team/${hostile}`, { host: '', path: hostile }),
	strange,
);
const hostileFailure = await listing((looks) => looks.search(hostile), registry, {
	...engine,
	search: () => Promise.reject(new EngineError(`It failed: ${hostile.repeat(9)}`)),
});
const repositories = await listing((looks) => looks.repositories('registry.example.com:5000', ''));
const layers = await listing((looks) => looks.layers('httpd:2.4'));
const files = await listing((looks) => looks.files('httpd:2.4', 3));
const noFiles = await listing((looks) => looks.files('httpd:2.4', 0));
const disk = await listing((looks) => looks.disk());

export const imageScreens: Readonly<Record<string, () => State>> = {
	'run-form-60x15': () => sampleState(small, ...runAsked(server)),
	'run-form-80x24': () => sampleState(usual, ...runAsked(server)),
	'run-form-120x36': () => sampleState(good, ...runAsked(server)),
	'run-form-shell-120x36': () => sampleState(good, ...runAsked(shell, 4)),
	'run-form-taken-60x15': () => sampleState(small, ...runAsked(wrong, 6)),
	'run-form-taken-80x24': () => sampleState(usual, ...runAsked(wrong, 6)),
	'run-form-taken-120x36': () => sampleState(good, ...runAsked(wrong, 10)),
	'run-form-missing-80x24': () => sampleState(usual, ...runAsked(missing)),
	'run-form-caret-80x24': () => sampleState(usual, ...runAsked(wrong), { type: 'caret-moved', caret: 17 }),
	'recreate-80x24': () => sampleState(usual, differing, { type: 'field-focused', field: 6 }),
	'recreate-120x36': () => sampleState(good, differing, { type: 'field-focused', field: 6 }),
	'commit-60x15': () => sampleState(small, committed),
	'commit-80x24': () => sampleState(usual, committed),
	'commit-120x36': () => sampleState(good, committed, { type: 'field-changed', value: 'python-custom' }),
	'found-loading-80x24': () => sampleState(usual, searching),
	'found-60x15': () => sampleState(small, ...searched, down(2)),
	'found-80x24': () => sampleState(usual, ...searched),
	'found-120x36': () => sampleState(good, ...searched, down(2)),
	'found-failed-80x24': () => sampleState(usual, ...failed),
	'tags-80x24': () => sampleState(usual, ...searched, ...tags, down(9)),
	'tags-locked-80x24': () => sampleState(usual, ...locked),
	'tags-hostile-60x15': () => sampleState(small, ...hostileTags),
	'found-hostile-60x15': () => sampleState(small, ...hostileFailure),
	'repositories-60x15': () => sampleState(small, ...repositories),
	'layers-60x15': () => sampleState(small, ...layers, down(3)),
	'layers-80x24': () => sampleState(usual, ...layers, down(3)),
	'layers-120x36': () => sampleState(good, ...layers, down(3)),
	'layers-200x60': () => sampleState(large, ...layers, down(3)),
	'files-60x15': () => sampleState(small, ...layers, ...files, down(5)),
	'files-80x24': () => sampleState(usual, ...layers, ...files, down(7)),
	'files-120x36': () => sampleState(good, ...layers, ...files),
	'files-none-80x24': () => sampleState(usual, ...layers, ...noFiles),
	'disk-60x15': () => sampleState(small, ...disk),
	'disk-80x24': () => sampleState(usual, ...disk),
	'disk-120x36': () => sampleState(good, ...disk, down(2)),
	'login-80x24': () => sampleState(usual, ...loginFilled),
	'login-60x15': () => sampleState(small, ...loginFilled),
	'version-80x24': () => sampleState(usual, version),
	'prune-networks-80x24': () => sampleState(usual, prunedNetworks),
	'prune-volumes-80x24': () => sampleState(usual, prunedVolumes),
	'prune-volumes-60x15': () => sampleState(small, prunedVolumes),
	'prune-cache-80x24': () => sampleState(usual, prunedCache),
	'pull-form-80x24': () =>
		askedThere('app.pull', sampleState(usual, { type: 'pane-focused', pane: 'images' })),
	'pull-form-60x15': () => askedThere('app.pull', sampleState(small)),
	'push-form-80x24': () => askedThere('app.push', sampleState(usual)),
	'search-form-80x24': () => askedThere('app.search', sampleState(usual)),
	'save-form-80x24': () => askedThere('app.save', sampleState(usual)),
	'load-form-80x24': () => askedThere('app.load', sampleState(usual)),
	'images-filtered-80x24': () =>
		look(
			sampleState(usual),
			{ type: 'pane-focused', pane: 'images' },
			{ type: 'filtered', pane: 'images', text: 'httpd' },
		),
	'ports-line-80x24': () => sampleState(usual, { type: 'pane-focused', pane: 'ports' }),
};
