// The screens that have an expected frame, by name: what happened until they look so.

import { isVerb } from '../../source/actions/action.ts';
import { actionById } from '../../source/actions/table.ts';
import type { BuildWish } from '../../source/model/build.ts';
import type { Build, Step } from '../../source/model/builds.ts';
import type { Event } from '../../source/model/event.ts';
import type { Question } from '../../source/model/question.ts';
import type { State } from '../../source/model/state.ts';
import {
	after,
	blank,
	buildOf,
	hour,
	idOf,
	info,
	minute,
	now,
	second,
	stepOf,
	opened as terminalsOpened,
	terminalTab,
	transferOf,
	wish,
} from '../model/things.ts';
import { imageScreens } from './image-screens.ts';
import { logScreens } from './log-screens.ts';
import { look } from './look.ts';
import { portScreens } from './port-screens.ts';
import { connected, manyState, type Size, sampleState } from './sample-state.ts';
import { transferScreens } from './transfer-screens.ts';

const small: Size = { columns: 60, rows: 15 };
const usual: Size = { columns: 80, rows: 24 };
const good: Size = { columns: 120, rows: 36 };
const large: Size = { columns: 200, rows: 60 };

const opened = (overlay: 'palette' | 'help' | 'journal' | 'filter' | 'search'): Event => ({
	type: 'opened',
	overlay,
});
const onTab = (tab: State['details']['tab']): Event => ({ type: 'tab-chosen', tab });
const inPane = (pane: State['pane']): Event => ({ type: 'pane-focused', pane });
const filter = (text: string): Event => ({ type: 'filtered', pane: 'containers', text });
const down = (by: number): Event => ({ type: 'moved', by, unit: 'row' });
const inDetails: Event = { type: 'detail-focused', isFocused: true };
const marks: Event = { type: 'marked', ids: ['api', 'hello', '웹서버-데모'].map(idOf), isMarked: true };

/** As the verb's own row asks it, where it asks without the engine; else as it would. */
const asked = (actionId: string, names: readonly string[], given?: Question): Event => {
	const verb = actionById(actionId);
	if (!verb || !isVerb(verb)) throw new Error(`There is no verb ${actionId}`);
	const items = sampleState(good).containers;
	const question =
		given ??
		(verb.ask?.(
			names.flatMap((name) => items.get(idOf(name)) ?? []),
			{ state: () => sampleState(good) } as never,
		) as Question);
	return { type: 'asked', actionId, itemIds: names.map(idOf), question };
};

const removal: Event = asked('container.force-remove', ['web', '웹서버-데모'], {
	title: 'Force remove 2 containers?',
	body: [
		'web, 웹서버-데모: killed without being asked to stop',
		'',
		'web  httpd:2.4  Up 4 minutes  2.31MB of its own',
		`  anonymous volume ${idOf('volume').slice(0, 12)} at /usr/local/apache2/logs  14.2MB`,
		'  volume site-data stays',
		'  sidecar uses its network and loses it',
		'웹서버-데모  team/웹:최신  Up 12 seconds (healthy)  0B of its own',
		'',
		'2.31MB come back. Its image stays.',
	],
	fields: [{ kind: 'toggle', id: 'volumes', label: '1 anonymous volume too', value: true }],
	yes: 'remove',
	isDestructive: true,
});

const journalled: readonly Event[] = (
	[
		['docker stop web', 'done', 'stopped web · 0.4 s'],
		['docker rm web', 'failed', 'web is running or paused: stop it first, or remove it with force.'],
		["docker rename '웹서버-데모' front", 'done', 'renamed 웹서버-데모 to front · 0.0 s'],
		['docker image prune -a -f', 'done', 'pruned 4 entries, 1.2GB came back · 3.1 s'],
	] as const
).flatMap(([line, outcome, message], index): Event[] => {
	const at = now - (10 - index) * minute;
	return [
		{ type: 'began', sequence: index + 1, line, doing: 'doing', ids: [], at },
		{ type: 'finished', sequence: index + 1, ids: [], outcome, message, at },
	];
});

const stopping: Event = {
	type: 'began',
	sequence: 9,
	line: 'docker stop web api',
	doing: 'stopping',
	ids: ['web', 'api'].map(idOf),
	at: now,
};

const unavailable = (size: Size): State =>
	after(blank(size), {
		type: 'unavailable',
		retryAt: now + 4 * second,
		attempts: [
			{
				endpoint: { host: 'tcp://10.0.0.12:2376', source: 'DOCKER_HOST', name: 'tcp://10.0.0.12:2376' },
				reason: 'connection refused',
				remedy: 'Start the engine on that host, or unset DOCKER_HOST to use the one of this machine.',
			},
			{
				endpoint: { host: 'unix:///var/run/docker.sock', source: 'default socket', name: 'local' },
				reason: 'permission denied',
				remedy: 'Join the group docker and log in again: sudo usermod -aG docker "$USER"',
			},
			{
				endpoint: {
					host: 'unix:///run/user/1000/podman/podman.sock',
					source: 'Podman socket',
					name: 'podman',
				},
				reason: 'no such file',
				remedy: 'Start it: systemctl --user start podman.socket',
			},
		],
	});

const lost: Event = {
	type: 'lost',
	reason: 'The engine broke the connection off: it was killed or restarted.',
	at: now - second,
};

const demo = (size: Size): State => {
	const state = sampleState(size);
	if (state.connection.status !== 'connected') throw new Error('The sample is not connected.');
	return {
		...state,
		connection: { ...state.connection, info: { ...info, flavour: 'demo', title: 'Portside demo engine' } },
	};
};

const web = idOf('web');
const processes: Event = {
	type: 'processes-read',
	id: web,
	table: {
		titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
		rows: [
			['root', '4711', '4690', '0', '11:56', '?', '00:00:00', 'httpd -DFOREGROUND'],
			['www-data', '4738', '4711', '0', '11:56', '?', '00:00:01', 'httpd -DFOREGROUND \x1b]0;owned\x07'],
			[
				'33',
				'4740',
				'4711',
				'0',
				'11:56',
				'?',
				'00:00:00',
				'파이썬 /srv/app/아주/긴/경로/서버.py --포트 8080 --자세히 --기록 /var/log/app/오늘.log',
			],
		],
	},
};
const changes: Event = {
	type: 'changes-read',
	id: web,
	changes: [
		{ kind: 'changed', path: '/usr/local/apache2/logs' },
		{ kind: 'added', path: '/usr/local/apache2/logs/httpd.pid' },
		{
			kind: 'added',
			path: '/srv/아주/긴/경로/에/있는/파일/이름/이라서/가운데를/잘라야/하는/것/보고서-최종-진짜최종.txt',
		},
		{ kind: 'deleted', path: '/tmp/old' },
	],
};

const shell = terminalTab(1);
const inShell = terminalsOpened(shell);
const left: Event = { type: 'terminal-left' };
const read = (isMarked: boolean): Event => ({
	type: 'terminal-read',
	reading: {
		at: { row: 3, column: 4 },
		top: 2,
		...(isMarked ? { mark: { row: 2, column: 0, isLines: true } } : {}),
	},
});
const ended: Event = { type: 'terminal-ended', id: 1, outcome: 'exit 137' };
const several: readonly Event[] = [
	...terminalsOpened(
		shell,
		terminalTab(2, {
			containerId: idOf('postgres-main-with-a-rather-long-name-of-its-own'),
			name: 'postgres-main-with-a-rather-long-name-of-its-own',
			title: 'psql',
		}),
		terminalTab(3, {
			containerId: idOf('웹서버-데모'),
			name: '웹서버-데모',
			title: 'attach',
			kind: 'attach',
		}),
		terminalTab(4, { containerId: idOf('api'), name: 'api', title: 'top\x1b]0;owned\x07' }),
	),
	{ type: 'terminal-printed', id: 1 },
	{ type: 'terminal-ended', id: 2, outcome: 'exit 0' },
	{ type: 'terminal-printed', id: 3 },
];
const searching: readonly Event[] = [left, opened('search'), { type: 'terminal-searched', text: '웹서버' }];
const full: Event = { type: 'terminal-enlarged', isFull: true };
const warning: Event = {
	type: 'noticed',
	tone: 'bad',
	text: 'Ctrl+C goes to the main process of web and may stop the container. Again sends it; Ctrl+P Ctrl+Q leaves it running.',
	at: now,
};

/** As the move's own row asks it. */
const askedByMove = (actionId: string, state: State): State => {
	const move = actionById(actionId);
	const question = move && !isVerb(move) ? move.ask?.(state) : undefined;
	if (!question) throw new Error(`${actionId} asks nothing`);
	return after(state, { type: 'asked', actionId, itemIds: [], question });
};

const execAsked = (size: Size): State => {
	const commands = ['psql -U postgres'];
	const verb = actionById('container.exec');
	const state = { ...sampleState(size), commands };
	if (!verb || !isVerb(verb)) throw new Error('There is no exec.');
	const web = state.containers.get(idOf('web'));
	const question = verb.ask?.(web ? [web] : [], { state: () => state } as never) as Question;
	return after(state, { type: 'asked', actionId: verb.id, itemIds: [idOf('web')], question });
};

/** What `container.without-shell` asks once it has inspected the container. */
const noShell: Question = {
	title: 'No shell in dns',
	body: [
		'The image of dns has no bash, ash or sh: it brings its own program and nothing else.',
		'What helps instead:',
	],
	fields: [
		{
			kind: 'choice',
			id: 'instead',
			label: 'instead',
			value: 'Top',
			options: [{ value: 'Top', label: 'Top: the processes in it' }],
		},
	],
	yes: 'go on',
	isDestructive: false,
};

const attachAsked: Question = {
	title: 'Attach to web',
	body: [
		'You see what web prints from now on; what it printed before is in its logs (l).',
		'It has no terminal (it was started without -t): what you type is sent line by line, and full-screen programs do not work.',
		'Ctrl+P Ctrl+Q leaves it running. Ctrl+C would interrupt it, and warns before it does.',
	],
	fields: [],
	yes: 'attach',
	isDestructive: false,
};

const at = (seconds: number): number => now - 40 * second + seconds * second;
const ran = (from: number, until?: number) => ({
	startedAt: at(from),
	...(until === undefined ? {} : { endedAt: at(until) }),
});
const wishOfShop: BuildWish = { ...wish, context: '/home/me/shop', dockerfile: '/home/me/shop/Dockerfile' };
const started = (...builds: readonly Build[]): Event[] =>
	builds.map((build) => ({ type: 'build-started', build }));
const shop = (news: Partial<Build>, steps: readonly Step[]): Build =>
	buildOf(
		{
			title: 'shop/결제-워커:1.9',
			wish: wishOfShop,
			line: 'docker build -t shop/결제-워커:1.9 shop',
			startedAt: at(0),
			context: { files: 1234, bytes: 45_600_000, sent: 45_600_000 },
			...news,
		},
		steps,
	);

const loaded = stepOf('load', {
	name: '[internal] load remote build context',
	state: 'done',
	...ran(0, 0.4),
});
const base = stepOf('base', {
	name: '[deps 1/3] FROM docker.io/library/node:22-alpine',
	stage: 'deps',
	number: 1,
	line: 1,
	state: 'cached',
	...ran(1, 1),
});
const installed = stepOf('ci', {
	name: '[deps 3/3] RUN npm ci --no-audit --no-fund && npm cache clean --force',
	stage: 'deps',
	number: 3,
	line: 3,
	state: 'running',
	...ran(3),
	tail: [
		'npm warn deprecated inflight@1.0.6: 이 모듈은 더 이상 지원되지 않습니다',
		'\x1b]0;owned\x07\x1b[31mnpm warn\x1b[0m EBADENGINE \u202egnp.exe\ttab',
		'added 412 packages in 11s',
	],
	lines: 1200,
});
const compiled = stepOf('build', {
	name: '[웹 2/2] RUN --mount=type=cache,target=/root/.cache npm run build -- --mode production',
	stage: '웹',
	number: 2,
	line: 9,
	state: 'running',
	...ran(9),
	tail: ['vite v7.1.0 building for production...', 'transforming (1042) src/결제/영수증.tsx'],
});
const parallel: readonly Step[] = [
	loaded,
	base,
	stepOf('copy', {
		name: '[deps 2/3] COPY package.json package-lock.json ./',
		stage: 'deps',
		number: 2,
		line: 2,
		state: 'done',
		...ran(1.2, 3),
	}),
	installed,
	stepOf('web', {
		name: '[웹 1/2] FROM registry.example.com:5000/platform/backend/builder:2026.01.14-rc1@sha256:0123456789abcdef',
		stage: '웹',
		number: 1,
		line: 7,
		state: 'done',
		...ran(1, 9),
	}),
	compiled,
	stepOf('pull', {
		name: '[stage-2 1/2] FROM docker.io/library/nginx:1.27',
		stage: '2',
		number: 1,
		line: 11,
		state: 'running',
		...ran(2),
		parts: [
			{ id: 'sha256:1', name: 'downloading', current: 12_000_000, total: 28_200_000, isDone: false },
			{ id: 'sha256:2', name: 'extract', current: 100, total: 0, isDone: false },
			{ id: 'sha256:3', name: 'downloading', current: 90_000, total: 90_000, isDone: true },
		],
	}),
	stepOf('last', { name: '[stage-2 2/2] COPY --from=웹 /app/dist /srv', stage: '2', number: 2, line: 12 }),
];
const over = (step: Step, state: Step['state'] = 'done'): Step => ({
	...step,
	state,
	...(state === 'cached'
		? ran(1, 1)
		: { startedAt: step.startedAt ?? at(30), endedAt: step.endedAt ?? at(36) }),
	parts: [],
});

const runningBuild = shop(
	{ warnings: ['The context has 45.6MB, which are sent with every build.'] },
	parallel,
);
const finishedBuild = shop(
	{
		status: 'done',
		endedAt: at(38),
		imageId: 'sha256:0123456789abcdef0123456789abcdef',
		imageSize: 214_000_000,
		tags: ['shop/결제-워커:1.9'],
		slower: ['[deps 3/3] RUN npm ci took 33.0s, usually 12.1s'],
		warnings: ['FromAsCasing: \x1b[2J‘as’ and ‘FROM’ keywords’ casing do not match'],
	},
	[
		...parallel.map((step) => over(step, /base|copy|web/.test(step.id) ? 'cached' : 'done')),
		stepOf('export', { name: 'exporting to image', state: 'done', ...ran(36, 37.5) }),
	],
);
const excerpt = [6, 7, 8, 9, 10].map((number) => ({
	number,
	text:
		number === 9
			? 'RUN --mount=type=cache,target=/root/.cache npm run build -- --mode production'
			: `# 줄 ${number}\t\x1b[2Jx`,
	isMarked: number === 9,
}));
const failedBuild = shop(
	{
		status: 'failed',
		endedAt: at(20),
		failure: { message: 'RUN --mount=type=cache … ended with exit code 2.', exitCode: 2, step: 'build' },
		excerpt,
	},
	parallel.map((step) => {
		if (step.state !== 'running') return step;
		if (step.id !== 'build') return over(step, 'cancelled');
		return {
			...over(step, 'failed'),
			error: 'exit code: 2',
			tail: [
				'src/결제/영수증.tsx:14:7 - error TS2322: \x1b]52;c;cm0gLXJmIC8=\x07Type',
				'error: script "build" exited with code 2',
			],
			lines: 57,
		};
	}),
);
const wrongBuild = shop(
	{
		status: 'failed',
		endedAt: at(0.1),
		failure: { message: 'Line 3: RUNN is no instruction: did you mean RUN?' },
		excerpt: ['FROM node:22 AS deps', 'COPY . .', 'RUNN npm ci', 'FROM nginx'].map((text, index) => ({
			number: index + 1,
			text,
			isMarked: index === 2,
		})),
	},
	[],
);
const { context: _, ...unread } = shop({ status: 'preparing' }, []);
const classicBuild = shop(
	{ builder: 'classic', line: 'DOCKER_BUILDKIT=0 docker build -t shop/결제-워커:1.9 shop' },
	['FROM busybox AS one', 'RUN echo 안녕 > /a', 'COPY . /srv', 'CMD ["httpd"]']
		.map((name, index) =>
			stepOf(String(index + 1), {
				name,
				stage: 'one',
				number: index + 1,
				line: index * 2 + 1,
				state: (['cached', 'done', 'running', 'waiting'] as const)[index] ?? 'waiting',
				...(index < 3 ? ran(index * 4, index < 2 ? index * 4 + 3 : undefined) : {}),
			}),
		)
		.slice(0, 3),
);
const long = (status: Build['status'], until: number): Build =>
	shop(
		{
			status,
			...(status === 'building'
				? {}
				: { endedAt: at(38), imageId: 'sha256:0123456789abcdef', tags: ['long'] }),
		},
		Array.from({ length: 40 }, (_, index) =>
			stepOf(String(index), {
				name: `[${index + 1}/40] RUN step ${index + 1}`,
				stage: '0',
				number: index + 1,
				line: index + 1,
				state: index < until ? 'done' : index === until ? 'running' : 'waiting',
				...(index <= until ? ran(index / 2, index < until ? index / 2 + 0.5 : undefined) : {}),
				...(index === until ? { tail: ['first', 'second', 'third'] } : {}),
			}),
		),
	);
const hostile = 'x\x1b]0;owned\x07\u202e\x9b31m‮이름\u200b';
const hostileBuild = shop(
	{
		title: hostile.repeat(9),
		line: `docker build -t ${hostile} .`,
		warnings: [hostile],
		tags: [hostile],
		slower: [hostile],
		status: 'failed',
		endedAt: at(9),
		failure: { message: hostile.repeat(30), step: 'one' },
		excerpt: [{ number: 123_456, text: hostile.repeat(40), isMarked: true }],
	},
	[
		stepOf('one', {
			name: `${hostile}${'가나다라'.repeat(50)}`,
			stage: hostile,
			number: 1,
			line: 123_456,
			state: 'failed',
			error: hostile.repeat(20),
			...ran(1, 8),
			tail: [hostile, '\x1b[10A\x1b[2K\r\n\n', '한글'.repeat(200)],
		}),
		stepOf('two', {
			name: '',
			state: 'running',
			startedAt: now + 60_000,
			parts: [{ id: hostile, name: hostile, current: 1e15, total: 1, isDone: false }],
		}),
	],
);
const others = [
	shop({ id: 2, title: 'registry.example.com:5000/platform/backend/api-gateway:2026.01.14-rc1' }, parallel),
	{ ...failedBuild, id: 3, title: '웹' },
	{ ...finishedBuild, id: 4, title: 'tools' },
	{ ...long('building', 3), id: 5, title: 'long' },
];
const manyBuilds: readonly Event[] = [
	...started(runningBuild, ...others, ...others.map((build, index) => ({ ...build, id: 6 + index }))),
	{ type: 'build-fronted', id: 2 },
];
const openedStep = (top?: number): Event => ({
	type: 'step-opened',
	opened: {
		step: 'ci',
		lines: Array.from({ length: 29 }, (_, index) =>
			index === 3 ? hostile.repeat(20) : `npm http fetch ${index} 가져오기`,
		),
		...(top === undefined ? {} : { top }),
	},
});
const builds = (size: Size, build: Build, ...events: readonly Event[]): State =>
	sampleState(size, ...started(build), ...events);
/** As `b` asks in a folder with three stages and more arguments than fit. */
const formAsked = (args: number): Event => ({
	type: 'asked',
	actionId: 'app.build',
	itemIds: [],
	question: {
		title: 'Build an image',
		body: ['Line 3: RUNN is no instruction: did you mean RUN?'],
		about: 'shop\nDockerfile',
		yes: 'build',
		isDestructive: false,
		fields: [
			{ kind: 'text', id: 'folder', label: 'folder', value: 'shop' },
			{
				kind: 'choice',
				id: 'dockerfile',
				label: 'Dockerfile',
				value: 'Dockerfile',
				options: ['Dockerfile', '웹/Dockerfile'].map((value) => ({ value, label: value })),
			},
			{ kind: 'text', id: 'tag', label: 'tag', value: 'shop/결제-워커:1.9' },
			...Array.from({ length: args }, (_, index) => ({
				kind: 'text' as const,
				id: `arg VERSION_${index}`,
				label: `--build-arg VERSION_${index} (1.${index} if empty)`,
				value: index === 1 ? '2 3' : '',
			})),
			{
				kind: 'choice',
				id: 'target',
				label: 'target',
				value: '',
				options: [
					{ value: '', label: 'the last stage' },
					{ value: 'deps', label: 'deps' },
				],
			},
			{ kind: 'text', id: 'platform', label: 'platform (empty: the engine’s own)', value: '' },
			{
				kind: 'choice',
				id: 'builder',
				label: 'builder',
				value: '',
				options: [{ value: '', label: 'BuildKit' }],
			},
			{ kind: 'toggle', id: 'uncached', label: 'without the cache (--no-cache)', value: false },
			{ kind: 'toggle', id: 'pull', label: 'pull newer base images (--pull)', value: true },
		],
	},
});

export const screens: Readonly<Record<string, () => State>> = {
	'dashboard-60x15': () => sampleState(small),
	'dashboard-80x24': () => sampleState(usual),
	'dashboard-120x36': () => sampleState(good),
	'dashboard-200x60': () => sampleState(large),
	'dashboard-79x40': () => sampleState({ columns: 79, rows: 40 }),
	'dashboard-160x18': () => sampleState({ columns: 160, rows: 18 }),
	'details-60x15': () => sampleState(small, inDetails),
	'details-80x24': () => sampleState(usual, inDetails),
	'zoomed-120x36': () => sampleState(good, { type: 'zoomed', isZoomed: true }),
	'log-read-120x36': () => look(sampleState(good), inDetails, down(-8)),
	'images-60x15': () => sampleState(small, inPane('images')),
	'images-120x36': () => sampleState(good, inPane('images'), down(3)),
	'ports-60x15': () => sampleState(small, inPane('ports')),
	'ports-120x36': () => sampleState(good, inPane('ports'), down(2)),
	'stats-80x24': () => sampleState(usual, onTab('Stats'), inDetails),
	'stats-120x36': () => sampleState(good, onTab('Stats')),
	'config-120x36': () => sampleState(good, onTab('Config')),
	'top-120x36': () => sampleState(good, onTab('Top'), processes),
	'diff-120x36': () => sampleState(good, onTab('Diff'), changes),
	'question-60x15': () => sampleState(small, removal),
	'question-80x24': () => sampleState(usual, removal),
	'question-120x36': () => sampleState(good, removal),
	'signal-80x24': () => sampleState(usual, asked('container.kill', ['web'])),
	'rename-80x24': () =>
		sampleState(
			usual,
			asked('container.rename', ['web']),
			{ type: 'field-changed', value: '웹' },
			{
				type: 'refused',
				problem: 'A name has two or more of a-z A-Z 0-9 _ . - and begins with a letter or digit.',
			},
		),
	'copy-80x24': () =>
		sampleState(usual, asked('container.copy', ['web']), { type: 'field-changed', value: 'shell' }),
	'preparing-80x24': () =>
		sampleState(usual, {
			type: 'preparing',
			actionId: 'container.remove',
			title: 'Remove',
			token: 1,
			at: now - second,
		}),
	'palette-60x15': () => sampleState(small, opened('palette')),
	'palette-80x24': () => look(sampleState(usual), opened('palette'), { type: 'overlay-moved', by: 4 }),
	'palette-typed-120x36': () =>
		sampleState(good, marks, opened('palette'), { type: 'palette-typed', text: 'rem' }),
	'help-60x15': () => sampleState(small, opened('help')),
	'help-80x24': () => sampleState(usual, opened('help')),
	'help-keys-120x36': () =>
		look(
			sampleState(good),
			opened('help'),
			{ type: 'overlay-moved', by: 1000 },
			{ type: 'overlay-moved', by: -16 },
		),
	'help-end-120x36': () => look(sampleState(good), opened('help'), { type: 'overlay-moved', by: 1000 }),
	'journal-80x24': () => sampleState(usual, ...journalled, opened('journal')),
	'journal-120x36': () => sampleState(good, ...journalled, opened('journal')),
	'journal-empty-60x15': () => sampleState(small, opened('journal')),
	'filter-80x24': () => sampleState(usual, opened('filter'), filter('웹')),
	'filter-60x15': () => sampleState(small, opened('filter'), filter('웹')),
	'filter-nothing-120x36': () => sampleState(good, filter('nowhere')),
	'filter-long-120x36': () =>
		sampleState(
			good,
			opened('filter'),
			filter('a filter that is much longer than its pane is wide, so that it must be cut'),
		),
	'marks-80x24': () => sampleState(usual, marks, down(2)),
	'busy-120x36': () => sampleState(good, stopping, marks),
	'failed-80x24': () => sampleState(usual, ...journalled.slice(0, 4)),
	'refused-60x15': () =>
		sampleState(small, {
			type: 'noticed',
			tone: 'bad',
			text: 'postgres-main-with-a-rather-long-name-of-its-own is running: stop it first (s), or force remove it (D)',
			at: now,
		}),
	'many-80x24': () => manyState(usual),
	'many-200x60': () => manyState(large, inDetails),
	'unavailable-60x15': () => unavailable(small),
	'unavailable-80x24': () => unavailable(usual),
	'unavailable-120x36': () => unavailable(good),
	'lost-60x15': () => sampleState(small, lost),
	'lost-120x36': () => sampleState(good, lost),
	'connecting-80x24': () => blank(usual),
	'listing-80x24': () => connected(usual),
	'empty-120x36': () => after(connected(good), { type: 'listed', containers: [], images: [], at: now }),
	'demo-120x36': () => demo(good),
	'read-only-80x24': () => ({ ...sampleState(usual), isReadOnly: true }),
	'running-only-120x36': () => sampleState(good, { type: 'stopped-shown', isShown: false }),
	'an-hour-later-120x36': () => sampleState(good, { type: 'ticked', now: now + hour }),
	'terminal-inside-120x36': () => sampleState(good, ...inShell),
	'terminal-inside-60x15': () => sampleState(small, ...inShell),
	'terminal-inside-200x60': () => sampleState(large, ...inShell),
	'terminal-left-120x36': () => sampleState(good, ...inShell, left),
	'terminal-lists-120x36': () =>
		sampleState(good, ...inShell, left, { type: 'detail-focused', isFocused: false }),
	'terminal-opening-80x24': () =>
		sampleState(usual, ...terminalsOpened(terminalTab(1, { status: 'opening' }))),
	'terminal-ending-80x24': () => sampleState(usual, ...inShell, left, { type: 'terminal-ending', id: 1 }),
	'terminal-ended-120x36': () => sampleState(good, ...inShell, ended),
	'terminal-paused-120x36': () =>
		sampleState(good, ...terminalsOpened(terminalTab(1, { containerId: idOf('worker'), name: 'worker' }))),
	'terminal-reading-120x36': () => sampleState(good, ...inShell, left, read(false)),
	'terminal-marking-80x24': () => sampleState(usual, ...inShell, left, read(true)),
	'terminal-several-120x36': () => sampleState(good, ...several),
	'terminal-several-80x24': () => sampleState(usual, ...several),
	'terminal-several-60x15': () => sampleState(small, ...several, { type: 'terminal-fronted', id: 2 }),
	'terminal-search-120x36': () => sampleState(good, ...inShell, ...searching),
	'terminal-searched-80x24': () =>
		sampleState(usual, ...inShell, ...searching, { type: 'closed' }, read(false)),
	'terminal-full-80x24': () => sampleState(usual, ...several, full),
	'terminal-full-search-80x24': () => sampleState(usual, ...inShell, full, ...searching),
	'terminal-full-warning-120x36': () => sampleState(good, ...inShell, full, warning),
	'terminal-warning-80x24': () =>
		sampleState(usual, ...terminalsOpened(terminalTab(1, { kind: 'attach', title: 'attach' })), warning),
	'terminal-close-80x24': () => askedByMove('terminal.close', sampleState(usual, ...inShell, left)),
	'terminal-quit-120x36': () => askedByMove('app.quit', sampleState(good, ...several, left)),
	'terminal-quit-full-80x24': () => askedByMove('app.quit', sampleState(usual, ...several, full, left)),
	'exec-80x24': () => execAsked(usual),
	'no-shell-80x24': () => sampleState(usual, asked('container.without-shell', ['dns'], noShell)),
	'attach-60x15': () => sampleState(small, asked('container.attach', ['web'], attachAsked)),
	'build-running-120x36': () => builds(good, runningBuild),
	'build-running-80x24': () => builds(usual, runningBuild),
	'build-running-60x15': () => builds(small, runningBuild),
	'build-running-200x60': () => builds(large, runningBuild),
	'build-lists-120x36': () => builds(good, runningBuild, { type: 'detail-focused', isFocused: false }),
	'build-finished-120x36': () => builds(good, finishedBuild),
	'build-finished-60x15': () => builds(small, finishedBuild),
	'build-failed-120x36': () => builds(good, failedBuild),
	'build-failed-80x24': () => builds(usual, failedBuild),
	'build-failed-60x15': () => builds(small, failedBuild),
	'build-wrong-120x36': () => builds(good, wrongBuild),
	'build-cancelled-120x36': () =>
		builds(
			good,
			shop(
				{ status: 'cancelled', endedAt: at(20) },
				parallel.map((step) => (step.state === 'running' ? over(step, 'cancelled') : step)),
			),
		),
	'build-cancelling-80x24': () => builds(usual, { ...runningBuild, status: 'cancelling' }),
	'build-preparing-80x24': () => builds(usual, unread),
	'build-preparing-120x36': () =>
		builds(good, { ...unread, context: { files: 98_765, bytes: 4_560_000_000, sent: 0 } }),
	'build-sending-120x36': () =>
		builds(good, shop({ context: { files: 98_765, bytes: 4_560_000_000, sent: 1_200_000_000 } }, [])),
	'build-classic-120x36': () => builds(good, classicBuild),
	'build-opened-120x36': () => builds(good, runningBuild, openedStep()),
	'build-opened-read-80x24': () => builds(usual, runningBuild, openedStep(40)),
	'build-opened-60x15': () => builds(small, runningBuild, openedStep()),
	'build-cursor-120x36': () => builds(good, runningBuild, { type: 'step-chosen', step: 'pull' }),
	'build-long-80x24': () => builds(usual, long('building', 22)),
	'build-long-done-80x24': () => builds(usual, long('done', 40)),
	'build-hostile-120x36': () => builds(good, hostileBuild),
	'build-hostile-60x15': () => builds(small, hostileBuild),
	'build-several-120x36': () => sampleState(good, ...manyBuilds),
	'build-several-60x15': () => sampleState(small, ...manyBuilds),
	'build-form-120x36': () => sampleState(good, formAsked(2)),
	'build-form-80x24': () => sampleState(usual, formAsked(2)),
	'build-form-long-80x24': () => sampleState(usual, formAsked(12), { type: 'field-focused', field: 9 }),
	'build-form-60x15': () => sampleState(small, formAsked(2), { type: 'field-focused', field: 8 }),
	'build-quit-80x24': () => askedByMove('app.quit', builds(usual, runningBuild)),
	...transferScreens,
	...imageScreens,
	...portScreens,
	...logScreens,
	'transfer-quit-80x24': () =>
		askedByMove(
			'app.quit',
			sampleState(
				usual,
				...several,
				...started(runningBuild),
				...[1, 2].map((id): Event => ({ type: 'transfer-started', transfer: transferOf({ id }) })),
			),
		),
	'too-small-40x10': () => sampleState({ columns: 40, rows: 10 }),
};
