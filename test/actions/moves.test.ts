// Every move of the table, pressed: what it does to the screen.
import { describe, expect, it } from 'vitest';
import { isVerb } from '../../source/actions/action.ts';
import { actions } from '../../source/actions/table.ts';
import type { Event } from '../../source/model/event.ts';
import type { ListingKind } from '../../source/model/listing.ts';
import type { Question } from '../../source/model/question.ts';
import type { State } from '../../source/model/state.ts';
import { shortId } from '../../source/model/words.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { after, blank, container, detail, idOf, logLines, now } from '../model/things.ts';
import { drawn, look } from '../ui/look.ts';
import { inBuild, inTerminal, inTransfer, type Player, play, until, world } from './player.ts';

type Case = {
	readonly from?: State;
	/** In front of a shell of web that printed sixty rows, or inside it; of a build, or one that is over; keys pressed there. */
	readonly at?: 'terminal' | 'inside' | 'build' | 'built' | 'transfer' | 'transferred';
	readonly before?: readonly string[];
	/** What happened before the key. */
	readonly events?: readonly Event[];
	readonly becomes?: object;
	/** What is waited for. */
	readonly when?: (state: State) => boolean;
	readonly did?: readonly string[];
	/** What the session was told. */
	readonly told?: readonly string[];
};

const opened = (overlay: 'palette' | 'help' | 'journal' | 'filter' | 'search') =>
	({ type: 'opened', overlay }) as const;
const detailsFocused = { type: 'detail-focused', isFocused: true } as const;
const moved = { type: 'moved', by: 2, unit: 'row' } as const;
const cursorOn = (name: string) => ({ panes: { containers: { selected: idOf(name) } } });
const scrolled = (overlay: 'palette' | 'help' | 'journal' | 'filter', by: number) =>
	[opened(overlay), { type: 'overlay-moved', by }] as const;
const entries = Array.from(
	{ length: 20 },
	(_, index): Event => ({ type: 'began', sequence: index, line: 'docker ps', doing: 'x', ids: [], at: now }),
);
const closes = (overlay: 'palette' | 'help' | 'journal' | 'filter'): Case => ({
	events: [opened(overlay)],
	becomes: { overlay: undefined },
});
const unavailable: Case = { from: after(blank(), { type: 'unavailable', attempts: [], retryAt: now }) };

const question: Question = {
	title: 'Sure?',
	body: Array.from({ length: 60 }, (_, index) => `line ${index}`),
	fields: [
		{
			kind: 'choice',
			id: 'a',
			label: 'a',
			value: '1',
			options: ['1', '2', '3'].map((value) => ({ value, label: value })),
		},
		{ kind: 'toggle', id: 'b', label: 'b', value: false },
	],
	yes: 'do it',
	isDestructive: false,
};
const asked: readonly Event[] = [
	{ type: 'asked', actionId: 'container.restart', itemIds: [idOf('web')], question },
];
const inQuestion = (news: object): object => ({ overlay: { type: 'question', ...news } });

const remembers: Event = {
	type: 'asked',
	actionId: 'container.exec',
	itemIds: [idOf('web')],
	question: {
		...question,
		fields: [{ kind: 'text', id: 'command', label: 'command', value: 'ls', history: ['top', 'ls', 'env'] }],
	},
};
const searched: Event = { type: 'terminal-searched', text: 'row 5' };
/** The cursor of the program is behind the last of the rows, of which 31 are on screen. */
const reading = (row: number, column: number, top = 29, news: object = {}): object => ({
	terminals: { reading: { at: { row, column }, top, ...news }, isInside: false },
	beside: 'terminals',
});
const inFront = (becomes: object, more: Partial<Case> = {}): Case => ({ at: 'terminal', becomes, ...more });

const ofBuild = (becomes: object, more: Partial<Case> = {}): Case => ({ at: 'build', becomes, ...more });
const ofBuilt = (becomes: object): Case => ({ at: 'built', becomes });
const ofTransfer = (becomes: object, more: Partial<Case> = {}): Case => ({
	at: 'transfer',
	becomes,
	...more,
});
const ofTransferred = (becomes: object): Case => ({ at: 'transferred', becomes });

/** Asks this, about the container with the cursor. */
const asks = (actionId: string, about: object): Case => ({
	when: ({ overlay }) => overlay?.type === 'question',
	becomes: { overlay: { type: 'question', actionId, question: about } },
});
const lineIs = (value: string) => expect.arrayContaining([expect.objectContaining({ id: 'line', value })]);
const hasListing =
	(kind: ListingKind) =>
	({ overlay }: State) =>
		overlay?.type === 'listing' && overlay.listings.at(-1)?.kind === kind;
const isRead =
	(kind: ListingKind) =>
	({ overlay }: State) =>
		overlay?.type === 'listing' &&
		overlay.listings.at(-1)?.kind === kind &&
		overlay.listings.at(-1)?.status === 'ready';
/** Opens a listing, and fills it. */
const listed = (kind: ListingKind, about: object): Case => ({
	when: isRead(kind),
	becomes: { overlay: { type: 'listing', listings: [{ kind, ...about }] } },
});
const listings = (...kinds: readonly ListingKind[]) => ({
	overlay: { type: 'listing', listings: kinds.map((kind) => ({ kind })) },
});
const atRow = (selected: number) => ({ overlay: { type: 'listing', listings: [{ selected }] } });

const rowId: Readonly<Record<ListingKind, string>> = {
	found: 'redis',
	repositories: 'localhost:5000/app',
	tags: 'localhost:5000/app:1',
	layers: '1',
	files: '/srv',
	disk: 'containers',
	'port-check': 'port',
	'log-line': '1 0',
};
/** On the second of thirty rows. */
const onListing = (kind: ListingKind, rest: Case): Case => ({
	events: [
		{
			type: 'listing-opened',
			listing: {
				id: 100,
				kind,
				title: 'A listing',
				line: '',
				about: kind === 'tags' ? 'localhost:5000/app' : 'httpd:2.4',
				columns: [{ label: 'NAME', min: 4, max: 40, rank: 1 }],
				rows: Array.from({ length: 30 }, (_, index) => ({
					id: index === 1 ? rowId[kind] : `row ${index}`,
					cells: [`row ${index}`],
				})),
				...(kind === 'log-line'
					? {
							texts: [
								{ label: 'LINE', text: 'Error' },
								{ label: 'stack', text: 'Error\n\tat main' },
							],
						}
					: {}),
				status: 'ready',
				notes: [],
				selected: 1,
			},
		},
	],
	...rest,
});
const pulls: Case = { becomes: { beside: 'transfers', transfers: { list: [{ kind: 'pull' }] } } };
const runs = asks('app.run', { title: 'Run a new container' });
/** In front of the log of web: sixty lines, each tenth an error, which goes on. */
const logWorld: State = after(
	world(),
	{ type: 'log-opened', id: idOf('web') },
	{
		type: 'logged',
		id: idOf('web'),
		lines: logLines(
			Array.from({ length: 60 }, (_, index) =>
				index % 10 === 5 ? `ERROR number ${index}` : `{"level":"info","msg":"line ${index}"}`,
			),
		),
	},
	detailsFocused,
);
const ofLog = (becomes: object, more: Partial<Case> = {}): Case => ({ from: logWorld, becomes, ...more });
const logView = (news: object): object => ({ logView: news });
const cursorAt = (cursor: number): object => logView({ place: { cursor } });
const sought = (number: number): Event => ({ type: 'log-sought', number });
const looked = (news: Extract<Event, { type: 'log-viewed' }>['news']): Event => ({
	type: 'log-viewed',
	news,
});
const told = (text: string, news: object = {}): object => ({ notice: { text, tone: 'plain' }, ...news });

const cases: Readonly<Record<string, Case>> = {
	'log.search': ofLog({ overlay: { type: 'log-search' } }),
	'log.filter': ofLog({ overlay: { type: 'log-filter' } }),
	'log.older-error': ofLog(cursorAt(55)),
	'log.newer-error': ofLog(cursorAt(25), { events: [sought(20)] }),
	'log.older-hit': ofLog(cursorAt(29), { events: [looked({ search: 'line 2' })] }),
	'log.newer-hit': ofLog(cursorAt(2), { events: [looked({ search: 'line 2' })] }),
	'log.times': ofLog(told('Times of this machine.', logView({ times: 'local' }))),
	'log.wrap': ofLog(told('Long lines are cut off: ← → 0 $ show the rest.', logView({ wraps: false }))),
	// No line is longer than the pane is wide.
	'log.right': ofLog(logView({ left: 0 }), { events: [looked({ wraps: false })] }),
	'log.left': ofLog(logView({ left: 0 }), { events: [looked({ wraps: false, left: 12 })] }),
	'log.line-begin': ofLog(logView({ left: 0 }), { events: [looked({ wraps: false, left: 500 })] }),
	'log.line-end': ofLog(logView({ left: 0 }), { events: [looked({ wraps: false, left: 500 })] }),
	'log.copy': ofLog(
		{ notice: { text: 'copied 2 lines', tone: 'good' } },
		{
			events: [sought(25), { type: 'log-selected', from: 26 }],
			when: (state) => state.logView.rangeStart === undefined,
			did: ['copy ERROR number 25\n{"level":"info","msg":"line 26"}'],
		},
	),
	'log.save': ofLog(
		{
			notice: {
				text: 'Saved 60 lines as /home/me/.local/state/web-2026-01-15T120000.log; older ones are not read yet',
				tone: 'good',
			},
		},
		{ did: ['keep web-2026-01-15T120000.log true'] },
	),
	'log.pager': ofLog({}, { did: ['pager web.log 60 lines at 60'] }),
	'log.editor': ofLog(
		{},
		{ events: [looked({ filter: 'error' }), sought(25)], did: ['editor web.log 6 lines at 3'] },
	),
	'log.zoom': ofLog({ isZoomed: true, isDetailFocused: true }),
	'log.down': ofLog(cursorAt(21), { events: [sought(20)] }),
	'log.up': ofLog(cursorAt(58)),
	'log.page-down': ofLog(cursorAt(30), { events: [sought(0)] }),
	'log.page-up': ofLog(cursorAt(29)),
	'log.first': ofLog({
		...cursorAt(0),
		known: { log: { older: 'loading' } },
	}),
	'log.last': ofLog(
		{ isDetailFocused: true },
		{ events: [sought(20)], when: (state) => !state.logView.place },
	),
	'log.older': ofLog({ known: { log: { older: 'loading' } } }),
	'log.level': ofLog(told('Lines of level debug are hidden.', logView({ threshold: 'info' }))),
	'log.source': ofLog(told('Only stdout.', logView({ source: 'stdout' }))),
	'log.fold': ofLog(told('JSON is shown as it is.', logView({ foldsJson: false }))),
	'log.colours': ofLog(told('Without the colours of the program.', logView({ keepsColours: false }))),
	'log.open': ofLog({ overlay: { type: 'listing', listings: [{ kind: 'log-line', about: idOf('web') }] } }),
	'log-line.copy': onListing('log-line', {
		did: ['copy Error\n\tat main'],
		becomes: { notice: { text: 'copied stack', tone: 'good' } },
	}),
	'log.mark': ofLog(logView({ marks: new Set([59]), place: { cursor: 59 } })),
	'log.older-mark': ofLog(cursorAt(40), { events: [looked({ marks: new Set([3, 40]) })] }),
	'log.newer-mark': ofLog(cursorAt(40), { events: [looked({ marks: new Set([3, 40]) }), sought(20)] }),
	'log.select': ofLog(logView({ rangeStart: 59, place: { cursor: 59 } })),
	'log.range': ofLog({ overlay: { type: 'question', actionId: 'log.range' } }),
	'log.project': {
		...ofLog({ logScope: { kind: 'project', name: 'shop' } }),
		events: [
			{
				type: 'reread',
				containers: [container('web', { createdAt: now - 1, project: 'shop' })],
				gone: [],
				at: now,
			},
		],
	},
	'log.marked': ofLog(
		{ logScope: { kind: 'marked', ids: ['api', 'web'].map(idOf) } },
		{ events: [{ type: 'marked', ids: ['api', 'web'].map(idOf), isMarked: true }] },
	),
	'log.back': ofLog({ isDetailFocused: false }),
	'log-search.keep': ofLog(
		{ overlay: undefined, ...logView({ search: 'number 4', place: { cursor: 45 } }) },
		{ events: [{ type: 'opened', overlay: 'log-search' }, looked({ search: 'number 4' })] },
	),
	'log-search.clear': ofLog(
		{ overlay: undefined, ...logView({ search: '' }) },
		{
			events: [{ type: 'opened', overlay: 'log-search' }, looked({ search: 'number 4' })],
			when: (state) => state.logView.place === undefined,
		},
	),
	'log-filter.keep': ofLog(
		{ overlay: undefined, ...logView({ filter: '!line' }) },
		{ events: [{ type: 'opened', overlay: 'log-filter' }, looked({ filter: '!line' })] },
	),
	'log-filter.clear': ofLog(
		{ overlay: undefined, ...logView({ filter: '' }) },
		{ events: [{ type: 'opened', overlay: 'log-filter' }, looked({ filter: '!line' })] },
	),
	'list.down': { becomes: cursorOn('api') },
	'list.up': { events: [moved], becomes: cursorOn('api') },
	'list.page-down': { becomes: cursorOn('older') },
	'list.page-up': { events: [moved], becomes: cursorOn('web') },
	'list.first': { events: [moved], becomes: cursorOn('web') },
	'list.last': { becomes: cursorOn('older') },
	'list.mark': { becomes: { marked: new Set([idOf('web')]), ...cursorOn('api') } },
	'list.mark-all': { becomes: { marked: new Set(['web', 'api', 'cold', 'old', 'older'].map(idOf)) } },
	'list.filter': {
		events: [{ type: 'tab-chosen', tab: 'Config' }, detailsFocused],
		becomes: { overlay: { type: 'filter' }, isDetailFocused: false },
	},
	'list.sort': {
		becomes: {
			panes: { containers: { sort: 'name' } },
			notice: { text: 'Containers by name', tone: 'plain' },
		},
	},
	'list.stopped': { becomes: { showsStopped: false } },
	'app.next': { becomes: { pane: 'images' } },
	'app.previous': { becomes: { isDetailFocused: true } },
	'app.containers': { events: [{ type: 'pane-focused', pane: 'ports' }], becomes: { pane: 'containers' } },
	'app.images': { becomes: { pane: 'images' } },
	'app.ports': { events: [detailsFocused], becomes: { pane: 'ports', isDetailFocused: false } },
	'app.details': { becomes: { isDetailFocused: true } },
	'app.next-tab': { becomes: { details: { tab: 'Stats' } } },
	'app.previous-tab': { becomes: { details: { tab: 'Diff' } } },
	'app.zoom': { becomes: { isZoomed: true, isDetailFocused: true } },
	'app.logs': {
		events: [{ type: 'tab-chosen', tab: 'Top' }],
		becomes: { details: { tab: 'Logs' }, isDetailFocused: true },
	},
	'app.inspect': { becomes: { details: { tab: 'Config' }, isDetailFocused: true } },
	'app.back': {
		events: [{ type: 'tab-chosen', tab: 'Config' }, detailsFocused],
		becomes: { isDetailFocused: false },
	},
	'app.palette': { becomes: { overlay: { type: 'palette', text: '', selected: 0 } } },
	'app.help': { becomes: { overlay: { type: 'help', top: 0 } } },
	'app.journal': { becomes: { overlay: { type: 'journal', top: 0 } } },
	'app.quit': { did: ['quit'] },
	'app.terminals': {
		becomes: {
			notice: {
				text: 'No terminal is open: e on a container opens a shell, a attaches, x runs a command.',
				tone: 'plain',
			},
		},
	},
	'inside.leave': {
		at: 'inside',
		becomes: { terminals: { isInside: false }, beside: 'terminals', isDetailFocused: true },
	},
	'inside.detach': {
		at: 'inside',
		becomes: {
			terminals: { tabs: [] },
			beside: 'details',
			isDetailFocused: false,
			notice: { text: 'Detached: bash goes on running in web; nothing leads back into it.' },
		},
		told: ['detach'],
	},
	'terminal.enter': inFront({ terminals: { isInside: true } }),
	'terminal.reopen': inFront(
		{ terminals: { isInside: true, tabs: [{ id: 1, title: 'bash', status: 'open' }] } },
		{ before: ['the end'] },
	),
	'terminal.next': inFront({ terminals: { front: 2 } }, { before: ['another', '['] }),
	'terminal.previous': inFront({ terminals: { front: 1 } }, { before: ['another'] }),
	'terminal.enlarge': inFront({ terminals: { isFull: true, isInside: false } }),
	'terminal.close': inFront({
		overlay: { type: 'question', itemIds: [], question: { title: 'Close bash in web?', yes: 'close' } },
	}),
	'terminal.down': inFront(reading(59, 6), { before: ['k'] }),
	'terminal.up': inFront(reading(58, 6)),
	'terminal.page-down': inFront(reading(30, 0, 0), { before: ['g'] }),
	'terminal.page-up': inFront(reading(29, 6)),
	'terminal.right': inFront(reading(59, 7)),
	'terminal.left': inFront(reading(59, 5)),
	'terminal.line-start': inFront(reading(59, 0)),
	'terminal.line-end': inFront(reading(59, 5)),
	'terminal.first': inFront(reading(0, 0, 0)),
	'terminal.last': inFront(reading(59, 0), { before: ['g'] }),
	'terminal.mark': inFront(reading(59, 6, 29, { mark: { row: 59, column: 6, isLines: false } })),
	'terminal.mark-lines': inFront(reading(59, 6, 29, { mark: { row: 59, column: 6, isLines: true } })),
	'terminal.copy': inFront(
		{ notice: { text: 'copied 3 lines', tone: 'good' } },
		{ before: ['V', 'k', 'k'], did: ['copy row 57\nrow 58\nrow 59'] },
	),
	'terminal.search': inFront({ overlay: { type: 'search' } }),
	'terminal.older-hit': inFront(reading(59, 0), { events: [searched] }),
	'terminal.newer-hit': inFront(reading(5, 0, 5), { events: [searched] }),
	'terminal.back': inFront({ isDetailFocused: false, beside: 'terminals' }),
	'app.build': {
		when: ({ overlay }) => overlay?.type === 'question',
		becomes: { overlay: { type: 'question', actionId: 'app.build', question: { title: 'Build an image' } } },
	},
	'app.builds': {
		becomes: { notice: { text: 'Nothing was built yet: b builds a Dockerfile.', tone: 'plain' } },
	},
	'app.transfers': {
		becomes: { notice: { text: 'Nothing was pulled or pushed yet: u pulls an image.', tone: 'plain' } },
	},
	'app.run': asks('app.run', { title: 'Run a new container', fields: lineIs('docker run httpd:2.4') }),
	'app.pull': asks('app.pull', { fields: [{ value: 'httpd:2.4' }, { id: 'platform' }] }),
	'app.push': asks('app.push', {
		body: [
			'httpd:2.4 names no account: Docker Hub takes ACCOUNT/httpd:2.4 only. t gives it such a name first.',
		],
	}),
	'app.search': asks('app.search', { yes: 'search' }),
	'app.layers': listed('layers', {
		about: 'httpd:2.4',
		line: 'docker history httpd:2.4',
		rows: [{ cells: [shortId(idOf('top')), expect.anything(), 'RUN make', '9kB', ''] }, { isDim: true }],
	}),
	'app.save': asks('app.save', { fields: [{ value: 'httpd:2.4' }, { value: 'httpd-2.4.tar' }] }),
	'app.load': asks('app.load', { yes: 'load' }),
	'app.disk': listed('disk', { rows: [{ id: 'images' }, {}, {}, {}, { id: 'networks' }] }),
	'found.tags': onListing('found', { when: hasListing('tags'), becomes: listings('found', 'tags') }),
	'repositories.tags': onListing('repositories', {
		when: hasListing('tags'),
		becomes: listings('repositories', 'tags'),
	}),
	'found.pull': onListing('found', pulls),
	'repositories.pull': onListing('repositories', pulls),
	'tags.pull': onListing('tags', pulls),
	'found.run': onListing('found', runs),
	'repositories.run': onListing('repositories', runs),
	'tags.run': onListing('tags', runs),
	'layers.files': onListing('layers', {
		when: hasListing('files'),
		becomes: listings('layers', 'files'),
	}),
	'disk.prune': onListing('disk', {
		when: ({ overlay }) => overlay?.type === 'question',
		becomes: inQuestion({ actionId: 'container.prune' }),
	}),
	'listing.down': onListing('layers', { becomes: atRow(2) }),
	'listing.up': onListing('layers', { becomes: atRow(0) }),
	'listing.page-down': onListing('layers', { becomes: atRow(11) }),
	'listing.page-up': onListing('layers', { becomes: atRow(0) }),
	'listing.first': onListing('layers', { becomes: atRow(0) }),
	'listing.last': onListing('layers', { becomes: atRow(29) }),
	'listing.again': onListing('layers', { becomes: listings('layers') }),
	'listing.login': onListing('tags', {
		when: ({ overlay }) => overlay?.type === 'question',
		becomes: inQuestion({
			actionId: 'app.login',
			question: { fields: [{ value: 'localhost:5000' }, {}, {}, {}] },
		}),
	}),
	'listing.copy': onListing('tags', { did: ['copy localhost:5000/app:1'], becomes: listings('tags') }),
	'listing.close': onListing('layers', {}),
	'listing.close-all': onListing('layers', {}),
	'transfer.cancel': ofTransfer({ transfers: { list: [{ status: 'cancelled' }] } }),
	'transfer.again': ofTransferred({
		transfers: { list: [{ status: 'running', layers: [] }] },
		beside: 'transfers',
	}),
	'transfer.copy': ofTransferred(
		inQuestion({
			actionId: 'transfer.copy',
			question: {
				fields: [
					{
						options: [
							{ value: 'sha256:0123' },
							{ value: 'ubuntu:14.04' },
							{ value: 'docker pull ubuntu:14.04' },
						],
					},
				],
			},
		}),
	),
	// 29 of the 40 layers are on screen, the first that moves a third down.
	'transfer.down': ofTransfer({ transfers: { top: 2 } }),
	'transfer.up': ofTransfer({ transfers: { top: 0 } }),
	'transfer.page-down': ofTransfer({ transfers: { top: 11 } }),
	'transfer.page-up': ofTransfer({ transfers: { top: 0 } }),
	'transfer.first': ofTransfer({ transfers: { top: 0 } }),
	'transfer.last': ofTransfer(
		{ transfers: expect.not.objectContaining({ top: expect.anything() }) },
		{ before: ['j'] },
	),
	'transfer.next': ofTransfer({ transfers: { front: 2 } }, { before: ['another', '['] }),
	'transfer.previous': ofTransfer({ transfers: { front: 1 } }, { before: ['another'] }),
	'transfer.close': ofTransferred({ transfers: { list: [] }, beside: 'details', isDetailFocused: false }),
	'transfer.back': ofTransfer({ isDetailFocused: false, beside: 'transfers' }),
	'build.cancel': ofBuild({ builds: { list: [{ status: 'cancelled' }] } }),
	'build.again': ofBuilt({ builds: { list: [{ status: 'building', steps: new Map() }] }, beside: 'builds' }),
	'build.again-uncached': ofBuilt({ builds: { list: [{ wish: { isUncached: true }, status: 'building' }] } }),
	'build.edit': ofBuild({}, { did: ['edit /cwd/Dockerfile'] }),
	'build.watch': ofBuild({ builds: { list: [{ isWatched: true }] } }),
	'build.files': ofBuild(
		inQuestion({
			actionId: 'build.files',
			question: { title: '1 file is sent', body: ['     15B  Dockerfile'] },
		}),
	),
	'build.history': ofBuilt(
		inQuestion({
			actionId: 'build.history',
			question: { title: expect.stringMatching(/^Builds of /), body: [expect.stringMatching(/cached/)] },
		}),
	),
	'build.save': ofBuild({}, { did: ['keep build-2026-01-15T120000.log true'] }),
	'build.image': ofBuilt({
		pane: 'images',
		isDetailFocused: false,
		beside: 'details',
		panes: { images: { selected: 'app:1' } },
		details: { tab: 'Config' },
	}),
	'build.tag': ofBuilt({
		pane: 'images',
		beside: 'details',
		overlay: { type: 'question', actionId: 'image.tag', itemIds: ['app:1'] },
	}),
	'build.open': ofBuild({
		builds: {
			opened: { step: 'two', lines: Array.from({ length: 100 }, (_, index) => `line ${index}`) },
		},
	}),
	'build.down': ofBuild({ builds: { cursor: 'three' } }),
	'build.up': ofBuild({ builds: { cursor: 'one' } }),
	'build.page-down': ofBuild({ builds: { cursor: 'three' } }, { before: ['g'] }),
	'build.page-up': ofBuild({ builds: { cursor: 'one' } }),
	'build.first': ofBuild({ builds: { cursor: 'one' } }),
	'build.last': ofBuild(
		{ builds: expect.not.objectContaining({ cursor: expect.anything() }) },
		{ before: ['k'] },
	),
	'build.next': ofBuild({ builds: { front: 2 } }, { before: ['another', '['] }),
	'build.previous': ofBuild({ builds: { front: 1 } }, { before: ['another'] }),
	'build.close': ofBuilt({ builds: { list: [] }, beside: 'details', isDetailFocused: false }),
	'build.back': ofBuild({ isDetailFocused: false, beside: 'builds' }),
	'small.quit': { events: [{ type: 'resized', columns: 40, rows: 10 }], did: ['quit'] },
	'search.keep': inFront({ overlay: undefined, ...reading(59, 0) }, { events: [opened('search'), searched] }),
	'search.clear': inFront(
		{ overlay: undefined, terminals: { search: '' } },
		{ events: [opened('search'), searched] },
	),
	'question.older': {
		events: [remembers],
		becomes: inQuestion({ question: { fields: [{ value: 'env' }] } }),
	},
	'question.newer': {
		events: [remembers],
		becomes: inQuestion({ question: { fields: [{ value: 'top' }] } }),
	},
	'question.yes': {
		events: asked,
		becomes: { overlay: undefined, journal: [{ line: 'docker restart web', outcome: 'done' }] },
	},
	'question.y': {
		events: asked,
		becomes: { overlay: undefined, journal: [{ line: 'docker restart web', outcome: 'done' }] },
	},
	'question.next': { events: asked, becomes: inQuestion({ field: 1 }) },
	'question.previous': { events: asked, becomes: inQuestion({ field: 1 }) },
	'question.turn': {
		events: asked,
		becomes: inQuestion({ question: { fields: [{ value: '2' }, { value: false }] } }),
	},
	'question.turn-back': {
		events: asked,
		becomes: inQuestion({ question: { fields: [{ value: '3' }, { value: false }] } }),
	},
	'question.page-down': { events: asked, becomes: inQuestion({ top: 10 }) },
	'question.page-up': {
		events: [...asked, { type: 'overlay-moved', by: 15 }],
		becomes: inQuestion({ top: 5 }),
	},
	'question.no': { events: asked, becomes: { overlay: undefined, journal: [] } },
	'question.cancel': { events: asked, becomes: { overlay: undefined, journal: [] } },
	'preparing.cancel': {
		events: [{ type: 'preparing', actionId: 'x', title: 'x', token: 1, at: now }],
		becomes: { overlay: undefined },
	},
	'palette.run': {
		events: [opened('palette'), { type: 'palette-typed', text: 'journal' }],
		becomes: { overlay: { type: 'journal' } },
	},
	'palette.close': closes('palette'),
	'palette.down': { events: [opened('palette')], becomes: { overlay: { selected: 1 } } },
	'palette.up': { events: scrolled('palette', 5), becomes: { overlay: { selected: 4 } } },
	'palette.page-down': { events: [opened('palette')], becomes: { overlay: { selected: 10 } } },
	'palette.page-up': { events: scrolled('palette', 15), becomes: { overlay: { selected: 5 } } },
	'help.close': closes('help'),
	'help.down': { events: [opened('help')], becomes: { overlay: { top: 1 } } },
	'help.up': { events: scrolled('help', 5), becomes: { overlay: { top: 4 } } },
	'help.page-down': { events: [opened('help')], becomes: { overlay: { top: 10 } } },
	'help.page-up': { events: scrolled('help', 15), becomes: { overlay: { top: 5 } } },
	'journal.close': closes('journal'),
	// It opens at its end and counts back from there: up is to what is older, as its lines stand on the screen.
	'journal.up': { events: [...entries, opened('journal')], becomes: { overlay: { top: 1 } } },
	'journal.down': {
		events: [...entries, ...scrolled('journal', -5)],
		becomes: { overlay: { top: 4 } },
	},
	'journal.page-up': { events: [...entries, opened('journal')], becomes: { overlay: { top: 10 } } },
	'journal.page-down': {
		events: [...entries, ...scrolled('journal', -12)],
		becomes: { overlay: { top: 2 } },
	},
	'journal.save': { events: [opened('journal')], did: ['save portside-2026-01-15T120000.sh 755 true'] },
	'filter.keep': {
		events: [opened('filter'), { type: 'filtered', pane: 'containers', text: 'web' }],
		becomes: { overlay: undefined, panes: { containers: { filter: 'web' } } },
	},
	'filter.clear': {
		events: [opened('filter'), { type: 'filtered', pane: 'containers', text: 'web' }],
		becomes: { overlay: undefined, panes: { containers: { filter: '' } } },
	},
	'unavailable.demo': { ...unavailable, did: ['demo'] },
	'unavailable.retry': { ...unavailable, did: ['retry'] },
	'unavailable.quit': { ...unavailable, did: ['quit'] },
};

const moves = actions.filter((action) => !isVerb(action));

it('every move of the table is tried, and nothing else', () => {
	expect(Object.keys(cases).sort()).toEqual(moves.map(({ id }) => id).sort());
});

/** Inside a shell of web, or in front of it. */
const openTerminal = async ({ at, before = [] }: Case): Promise<Player> => {
	const player = await inTerminal();
	if (at === 'terminal') await player.press('ctrl+]');
	for (const key of before) {
		if (key === 'the end') {
			player.sessions[0]?.end({ how: 'exited', code: 0 });
			await until(() => player.state().terminals.tabs[0]?.status === 'ended');
		} else if (key === 'another') {
			await player.press('esc', 'E', 'enter');
			await player.idle();
			await player.press('ctrl+]');
		} else await player.press(key);
	}
	return player;
};

/** In front of a build; also of another one. */
const openBuild = async ({ at, before = [] }: Case): Promise<Player> => {
	const player = await inBuild(at === 'built');
	for (const key of before) {
		if (key !== 'another') await player.press(key);
		else {
			await player.press('b');
			await until(() => player.state().overlay?.type === 'question');
			await player.press('enter');
			await player.idle();
		}
	}
	return player;
};

/** In front of a transfer; also of another one. */
const openTransfer = async ({ at, before = [] }: Case): Promise<Player> => {
	const player = await inTransfer(at === 'transferred');
	for (const key of before) {
		if (key === 'another') player.transfers.push('demo/web:1');
		else await player.press(key);
	}
	return player;
};

const openAt = (one: Case): Promise<Player> => {
	if (one.at === 'build' || one.at === 'built') return openBuild(one);
	return one.at === 'transfer' || one.at === 'transferred' ? openTransfer(one) : openTerminal(one);
};

describe.each(moves.flatMap(({ id, keys }) => keys.map((key) => [id, key] as const)))('%s', (id, key) => {
	it(`by ${key}`, async () => {
		const one = cases[id] ?? {};
		const { from = world(), events = [], becomes = {}, did = [], told = [] } = one;
		const player = one.at ? await openAt(one) : play(look(from));
		for (const event of events) {
			player.send(event);
			player.send(drawn(player.state()));
		}
		await player.pressAction(id, key);
		await player.idle();
		await until(() => one.when?.(player.state()) ?? true);
		expect(player.sessions[0]?.told ?? []).toEqual(told);
		expect({ overlay: undefined, ...player.state() }).toMatchObject(becomes);
		expect(player.did.map((deed) => deed.replace(player.state().cwd, '/cwd'))).toEqual(did);
	});
});

it('a place in the list of panes comes round', async () => {
	const player = play(world());
	const places: string[] = [];
	for (let step = 0; step < 4; step++) {
		await player.press('tab');
		places.push(player.state().isDetailFocused ? 'details' : player.state().pane);
	}
	expect(places).toEqual(['images', 'ports', 'details', 'containers']);
});

it('Esc goes back step by step', async () => {
	const player = play(
		after(
			world(),
			{ type: 'marked', ids: [idOf('web')], isMarked: true },
			{ type: 'filtered', pane: 'containers', text: 'web' },
			detailsFocused,
		),
	);
	const view = () => [
		player.state().isDetailFocused,
		player.state().panes.containers.filter,
		player.state().marked.size,
	];
	await player.press('esc');
	expect(view()).toEqual([false, 'web', 1]);
	await player.press('esc');
	expect(view()).toEqual([false, '', 1]);
	await player.press('esc');
	expect(view()).toEqual([false, '', 0]);
});

it('mark all unmarks where all are marked', async () => {
	const player = play(world());
	await player.press('*', '*');
	expect(player.state().marked.size).toBe(0);
	await player.press('space', '*');
	expect(player.state().marked.size).toBeGreaterThan(1);
});

it('in the details, moves scroll and marks are off', async () => {
	const lines = Array.from({ length: 60 }, (_, index) => `LINE=${index}`);
	const inspected = {
		type: 'inspected',
		detail: detail(idOf('web'), { raw: { Config: { Env: lines } } }),
	} as const;
	const player = play(look(world(), inspected, { type: 'tab-chosen', tab: 'Config' }, detailsFocused));
	await player.press('j', 'j', 'space');
	expect(player.state()).toMatchObject({ details: { top: 2 }, marked: new Set(), ...cursorOn('web') });
});

it('a row that cannot be reached leaves its tab alone', async () => {
	const player = play(after(world(), { type: 'pane-focused', pane: 'images' }));
	await player.press('l');
	expect(player.state()).toMatchObject({ isDetailFocused: false, details: { tab: 'Logs' } });
});

describe('the journal', () => {
	const open = look(world(), ...entries, opened('journal'));

	it('opens at its end: there is nothing newer', async () => {
		const player = play(open);
		await player.press('j', 'pagedown');
		expect(player.state().overlay).toMatchObject({ top: 0 });
	});

	it('ends at its oldest line', async () => {
		const player = play(open);
		await player.press('pageup', 'pageup', 'pageup', 'k');
		expect(player.state().overlay).toMatchObject({ top: frameOf(open).ends.card });
	});
});

describe('in front of a terminal', () => {
	it('Esc unmarks, then goes to the newest line, then to the lists', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]', 'k', 'v', 'k');
		const steps: unknown[] = [];
		for (let step = 0; step < 3; step++) {
			await player.press('esc');
			const { terminals, beside, isDetailFocused } = player.state();
			steps.push([terminals.reading?.mark, terminals.reading?.at.row, beside, isDetailFocused]);
		}
		expect(steps).toEqual([
			[undefined, 57, 'terminals', true],
			[undefined, undefined, 'terminals', true],
			[undefined, undefined, 'terminals', false],
		]);
	});

	it('Esc forgets what was searched for, too', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]', '/', ...'row 5', 'enter', 'esc');
		expect(player.state()).toMatchObject({ beside: 'terminals', terminals: { search: '' } });
		expect(player.state()).toMatchObject({ isDetailFocused: true });
		expect(player.state().terminals.reading).toBeUndefined();
	});

	it('n goes on from hit to hit upwards, N downwards, and round the ends', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]', '/', ...'ROW 1', 'enter');
		const rows: (number | undefined)[] = [player.state().terminals.reading?.at.row];
		for (const key of [...'nN', ...'n'.repeat(11), 'N']) {
			await player.press(key);
			rows.push(player.state().terminals.reading?.at.row);
		}
		expect(rows).toEqual([19, 18, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 1, 19, 1]);
	});

	it('N without a search is nothing, and n runs a container', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]');
		await player.press('N');
		expect(player.state().notice?.text).toBe('N is a key of the lists: Esc leads to them.');
		await player.press('n');
		await until(() => player.state().overlay?.type === 'question');
		expect(player.state().overlay).toMatchObject({ actionId: 'app.run' });
	});

	it('a search that finds nothing leaves the cursor where it is', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]', '/', ...'nowhere', 'enter');
		expect(player.state().terminals.reading).toMatchObject({ at: { row: 59, column: 6 } });
	});

	it('y copies what is marked by characters', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]', 'k', 'k', '0', 'l', 'v', 'j', '$', 'y');
		expect(player.did).toEqual(['copy ow 57\nrow 58']);
		expect(player.state().terminals.reading).toBeUndefined();
	});

	it('y copies what is on screen where nothing is marked', async () => {
		const player = await inTerminal('one\r\ntwo');
		await player.press('ctrl+]', 'y');
		expect(player.did).toEqual(['copy one\ntwo']);
		expect(player.state().notice).toMatchObject({ text: 'copied 2 lines', tone: 'good' });
	});

	it('v and V mark from where they were pressed, in the other way, and again not', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]', 'v', 'k', 'V');
		expect(player.state().terminals.reading?.mark).toEqual({ row: 59, column: 6, isLines: true });
		await player.press('V');
		expect(player.state().terminals.reading).toEqual({ at: { row: 58, column: 6 }, top: 29 });
	});

	it('an ended terminal is reopened in its own tab', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]');
		player.sessions[0]?.end({ how: 'exited', code: 0 });
		await until(() => player.state().terminals.tabs[0]?.status === 'ended');
		await player.press('r');
		await player.idle();
		expect(player.state().terminals).toMatchObject({ isInside: true, tabs: [{ id: 1, status: 'open' }] });
		expect(player.sessions).toHaveLength(2);
	});

	it('that cannot be reopened says why', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]');
		player.sessions[0]?.end({ how: 'exited', code: 0 });
		await until(() => player.state().terminals.tabs[0]?.status === 'ended');
		player.refuse('web', 'web is not running: start it first (s).');
		await player.press('r');
		await until(() => player.state().notice?.tone === 'bad');
		expect(player.state().notice?.text).toBe('web is not running: start it first (s).');
	});

	it('4 shows the details, 5 leads back into it', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]', '4');
		expect(player.state()).toMatchObject({ beside: 'details', isDetailFocused: true });
		await player.press('1', '5');
		expect(player.state()).toMatchObject({
			beside: 'terminals',
			terminals: { isInside: true },
			isDetailFocused: true,
		});
	});

	it('what it is closed with is asked: ended, or left running', async () => {
		const ended = await inTerminal();
		await ended.press('ctrl+]', 'd', 'enter');
		await until(() => ended.state().terminals.tabs.length === 0);
		expect(ended.sessions[0]?.told).toEqual(['end']);
		const left = await inTerminal();
		await left.press('ctrl+]', 'd', 'right', 'enter');
		expect(left.state().terminals.tabs).toEqual([]);
		expect(left.sessions[0]?.told).toEqual(['detach']);
		const not = await inTerminal();
		await not.press('ctrl+]', 'd', 'esc');
		expect(not.state().terminals.tabs).toMatchObject([{ status: 'open' }]);
		expect(not.sessions[0]?.told).toEqual([]);
	});

	it('an ended one, and an attached one, is closed without a question', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]');
		player.sessions[0]?.end({ how: 'exited', code: 0 });
		await until(() => player.state().terminals.tabs[0]?.status === 'ended');
		await player.press('d');
		await until(() => player.state().terminals.tabs.length === 0);
		expect(player.state()).toMatchObject({ isDetailFocused: false });
		await player.press('a', 'enter');
		await player.idle();
		await player.press('ctrl+]', 'd');
		expect(player.state().terminals.tabs).toEqual([]);
		expect(player.sessions[1]?.told).toEqual(['detach']);
	});
});

describe('quitting', () => {
	const questionOf = (player: Player) => {
		const { overlay } = player.state();
		if (overlay?.type !== 'question') throw new Error(`There is no question, but ${overlay?.type}`);
		return overlay.question;
	};

	it('with terminals open asks once, names them, and passes the choice on', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]', 'esc', 'j', 'a', 'enter');
		await player.idle();
		await player.press('ctrl+]', 'q');
		expect(questionOf(player)).toMatchObject({
			title: 'Quit with 2 terminals open?',
			body: ['bash in web', 'attached to api: it goes on running'],
			fields: [{ id: 'fate', value: 'end' }],
			yes: 'quit',
			isDestructive: true,
		});
		expect(player.did).toEqual([]);
		await player.press('enter');
		expect(player.did).toEqual(['quit']);
		await player.press('q', 'right', 'enter');
		expect(player.did).toEqual(['quit', 'quit and leave it running']);
	});

	it('can be thought better of', async () => {
		const player = await inTerminal();
		await player.press('ctrl+]', 'ctrl+c', 'esc');
		expect([player.did, player.state().overlay]).toEqual([[], undefined]);
	});

	it('with attached ones only asks without a choice', async () => {
		const player = play(world());
		await player.press('a', 'enter');
		await player.idle();
		await player.press('ctrl+]', 'q');
		expect(questionOf(player)).toMatchObject({
			title: 'Quit with 1 terminal open?',
			body: ['attached to web: it goes on running'],
			fields: [],
			isDestructive: false,
		});
		await player.press('enter');
		expect(player.did).toEqual(['quit']);
	});

	it('with ended ones only does not ask', async () => {
		const player = await inTerminal();
		player.sessions[0]?.end({ how: 'exited', code: 0 });
		await until(() => player.state().terminals.tabs[0]?.status === 'ended');
		// Who was typing when it ended did not mean to quit.
		await player.press('q');
		expect(player.did).toEqual([]);
		await player.press('esc', 'q');
		expect(player.did).toEqual(['quit']);
	});
});

it('the field of a command goes through what was typed before, and back to an empty one', async () => {
	const player = play(world());
	for (const command of ['env', 'ls -l', 'env']) {
		await player.press('x', ...command, 'enter');
		await player.idle();
		await player.press('ctrl+]', 'esc');
	}
	expect(player.state().commands).toEqual(['env', 'ls -l']);
	await player.press('x');
	const values: unknown[] = [];
	for (const key of ['ctrl+p', 'ctrl+p', 'ctrl+p', 'ctrl+n', 'ctrl+n', 'ctrl+n']) {
		await player.press(key);
		const { overlay } = player.state();
		values.push(overlay?.type === 'question' && overlay.question.fields[0]?.value);
	}
	expect(values).toEqual(['env', 'ls -l', 'ls -l', 'env', '', '']);
});
