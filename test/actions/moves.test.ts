// Every move of the table, pressed: what it does to the screen.
import { describe, expect, it } from 'vitest';
import { isVerb } from '../../source/actions/action.ts';
import { actions } from '../../source/actions/table.ts';
import type { Event } from '../../source/model/event.ts';
import type { Question } from '../../source/model/question.ts';
import type { State } from '../../source/model/state.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { after, blank, detail, idOf, now } from '../model/things.ts';
import { look } from '../ui/look.ts';
import { play, world } from './player.ts';

type Case = {
	readonly from?: State;
	/** What happened before the key. */
	readonly events?: readonly Event[];
	readonly becomes?: object;
	readonly did?: readonly string[];
};

const opened = (overlay: 'palette' | 'help' | 'journal' | 'filter') => ({ type: 'opened', overlay }) as const;
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

const cases: Readonly<Record<string, Case>> = {
	'list.down': { becomes: cursorOn('api') },
	'list.up': { events: [moved], becomes: cursorOn('api') },
	'list.page-down': { becomes: cursorOn('older') },
	'list.page-up': { events: [moved], becomes: cursorOn('web') },
	'list.first': { events: [moved], becomes: cursorOn('web') },
	'list.last': { becomes: cursorOn('older') },
	'list.mark': { becomes: { marked: new Set([idOf('web')]), ...cursorOn('api') } },
	'list.mark-all': { becomes: { marked: new Set(['web', 'api', 'cold', 'old', 'older'].map(idOf)) } },
	'list.filter': {
		events: [detailsFocused],
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
	'app.back': { events: [detailsFocused], becomes: { isDetailFocused: false } },
	'app.palette': { becomes: { overlay: { type: 'palette', text: '', selected: 0 } } },
	'app.help': { becomes: { overlay: { type: 'help', top: 0 } } },
	'app.journal': { becomes: { overlay: { type: 'journal', top: 0 } } },
	'app.quit': { did: ['quit'] },
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
		events: [{ type: 'preparing', actionId: 'x', title: 'x' }],
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

describe.each(moves.flatMap(({ id, keys }) => keys.map((key) => [id, key] as const)))('%s', (id, key) => {
	it(`by ${key}`, async () => {
		const { from = world(), events = [], becomes = {}, did = [] } = cases[id] ?? {};
		const player = play(look(from, ...events));
		await player.pressAction(id, key);
		expect({ overlay: undefined, ...player.state() }).toMatchObject(becomes);
		expect(player.did).toEqual(did);
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
