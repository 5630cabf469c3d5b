// The screens that have an expected frame, by name: what happened until they look so.

import { isVerb } from '../../source/actions/action.ts';
import { actionById } from '../../source/actions/table.ts';
import type { Event } from '../../source/model/event.ts';
import type { Question } from '../../source/model/question.ts';
import type { State } from '../../source/model/state.ts';
import {
	after,
	blank,
	hour,
	idOf,
	info,
	minute,
	now,
	second,
	opened as terminalsOpened,
	terminalTab,
} from '../model/things.ts';
import { look } from './look.ts';
import { connected, manyState, type Size, sampleState } from './sample-state.ts';

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
			undefined as never,
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
	'too-small-40x10': () => sampleState({ columns: 40, rows: 10 }),
};
