// One event in, the next state out: the cursor, the marks, the logs and what is known.
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import { pace } from '../../source/model/pace.ts';
import type { Question } from '../../source/model/question.ts';
import { markedRows, rowsOf, selectedRow } from '../../source/model/rows.ts';
import type { Ends, State } from '../../source/model/state.ts';
import { tabOf } from '../../source/model/tabs.ts';
import { mostEntries } from '../../source/model/update/actions.ts';
import { mostSamples } from '../../source/model/update/knowledge.ts';
import {
	after,
	blank,
	container,
	detail,
	endpoint,
	idOf,
	image,
	info,
	listed,
	logLines,
	now,
	sample,
	sampled,
	second,
} from './things.ts';

const many = Array.from({ length: 40 }, (_, index) =>
	container(`c${String(index).padStart(2, '0')}`, { createdAt: now - index }),
);
const cursor = (state: State) => {
	const row = selectedRow(state);
	return row?.kind === 'container' ? row.name : row?.id;
};
const gone = (...names: string[]) =>
	({ type: 'reread', containers: [], gone: names.map(idOf), at: now }) as const;
const born = (name: string) =>
	({
		type: 'reread',
		containers: [container(name, { createdAt: now + second })],
		gone: [],
		at: now,
	}) as const;
const down = (by = 1) => ({ type: 'moved', by, unit: 'row' }) as const;
/** As the screen tells it after a frame. */
const drawn = (ends: Partial<Ends>) => ({ type: 'drawn', ends: { details: 0, card: 0, ...ends } }) as const;

describe('the cursor', () => {
	const state = after(listed(many), down(5));

	it('is on the first row at the beginning', () => {
		expect(cursor(listed(many))).toBe('c00');
		expect(cursor(blank())).toBeUndefined();
	});

	it('keeps its row when others come and go', () => {
		expect(cursor(state)).toBe('c05');
		expect(cursor(after(state, born('new'), gone('c00', 'c01', 'c09')))).toBe('c05');
		expect(cursor(after(state, { type: 'listed', containers: many.toReversed(), images: [], at: now }))).toBe(
			'c05',
		);
		expect(cursor(after(state, { type: 'sorted', pane: 'containers', sort: 'name' }))).toBe('c05');
		expect(cursor(after(state, { type: 'filtered', pane: 'containers', text: '5' }))).toBe('c05');
	});

	it('goes to the neighbour that takes its place when its row is gone', () => {
		expect(cursor(after(state, gone('c05')))).toBe('c06');
		expect(cursor(after(state, gone('c04', 'c05', 'c06')))).toBe('c08');
		expect(cursor(after(listed(many), { type: 'moved', by: 1, unit: 'end' }, gone('c39')))).toBe('c38');
		expect(cursor(after(state, { type: 'filtered', pane: 'containers', text: 'c01' }))).toBe('c01');
	});

	it('is nowhere in an empty list, and on a row again when there is one', () => {
		const empty = after(state, { type: 'listed', containers: [], images: [], at: now });
		expect(cursor(empty)).toBeUndefined();
		expect(cursor(after(empty, down()))).toBeUndefined();
		expect(cursor(after(empty, born('new')))).toBe('new');
	});

	it('stays within the list', () => {
		expect(cursor(after(state, down(-100)))).toBe('c00');
		expect(cursor(after(state, down(1000)))).toBe('c39');
		expect(cursor(after(state, { type: 'moved', by: -1, unit: 'end' }))).toBe('c00');
	});

	it('has the window of rows on screen follow it, and only as far as it must', () => {
		const top = (of: State) => of.panes.containers.top;
		const height = 19;
		expect(top(after(state, down(height - 6)))).toBe(0);
		expect(top(after(state, down(height - 5)))).toBe(1);
		const end = after(state, { type: 'moved', by: 1, unit: 'end' });
		expect(top(end)).toBe(40 - height);
		expect(top(after(end, down(-3)))).toBe(40 - height);
		expect(top(after(end, gone('c00', 'c01')))).toBe(38 - height);
		expect(top(after(end, { type: 'resized', columns: 120, rows: 80 }))).toBe(0);
		expect(cursor(after(end, { type: 'resized', columns: 60, rows: 15 }))).toBe('c39');
	});

	it('moves by what is on screen', () => {
		expect(cursor(after(listed(many), { type: 'moved', by: 1, unit: 'page' }))).toBe('c18');
		expect(
			cursor(
				after(listed(many), { type: 'moved', by: 1, unit: 'page' }, { type: 'moved', by: -1, unit: 'page' }),
			),
		).toBe('c00');
	});
});

describe('marks', () => {
	const state = after(listed(many, [image(['a:1'])]), {
		type: 'marked',
		ids: ['c01', 'c02'].map(idOf),
		isMarked: true,
	});

	it('come and go, and belong to one pane', () => {
		expect(state.marked.size).toBe(2);
		expect(after(state, { type: 'marked', ids: [idOf('c01')], isMarked: false }).marked).toEqual(
			new Set([idOf('c02')]),
		);
		expect(after(state, { type: 'pane-focused', pane: 'containers' }).marked.size).toBe(2);
		expect(after(state, { type: 'pane-focused', pane: 'images' }).marked.size).toBe(0);
	});

	it('go with their row', () => {
		expect(after(state, gone('c01', 'c02')).marked.size).toBe(0);
		expect(after(state, gone('c01', 'c05')).marked).toEqual(new Set([idOf('c02')]));
		const listedAnew = after(state, { type: 'listed', containers: many.slice(2), images: [], at: now });
		expect(listedAnew.marked).toEqual(new Set([idOf('c02')]));
	});

	it('stay on a row that a filter hides', () => {
		const hidden = after(state, { type: 'filtered', pane: 'containers', text: 'c05' });
		expect(hidden.marked.size).toBe(2);
		expect(markedRows(hidden)).toEqual([]);
		expect(markedRows(after(hidden, { type: 'filtered', pane: 'containers', text: '' }))).toHaveLength(2);
	});
});

describe('connection', () => {
	it('is lost and found with the lists still there', () => {
		const state = after(listed(many), { type: 'lost', reason: 'It was killed.', at: now });
		expect(state.connection).toMatchObject({
			status: 'lost',
			reason: 'It was killed.',
			endpoint,
			since: now,
		});
		expect(rowsOf(state, 'containers')).toHaveLength(40);
		expect(after(state, { type: 'connecting' }).connection.status).toBe('lost');
		expect(after(state, { type: 'unavailable', attempts: [], retryAt: now }).connection.status).toBe('lost');
		expect(after(state, { type: 'connected', endpoint, info }).connection.status).toBe('connected');
	});

	it('that never was cannot be lost', () => {
		expect(after(blank(), { type: 'lost', reason: '', at: now }).connection.status).toBe('connecting');
	});

	it('that is lost leaves nothing busy', () => {
		const busy = after(listed(many), {
			type: 'began',
			sequence: 1,
			line: '',
			doing: 'stopping',
			ids: [idOf('c00')],
			at: now,
		});
		expect(busy.busy.size).toBe(1);
		expect(after(busy, { type: 'lost', reason: '', at: now }).busy.size).toBe(0);
	});
});

describe('lists', () => {
	it('keep every object that was not read again', () => {
		const state = listed(many);
		const next = after(state, {
			type: 'reread',
			containers: [container('c07', { state: 'exited' })],
			gone: [],
			at: now,
		});
		for (const { id, name } of many)
			expect(next.containers.get(id) === state.containers.get(id)).toBe(name !== 'c07');
		expect(next.images).toBe(state.images);
	});

	it('count the runs of a container, also over a gap', () => {
		const started = {
			type: 'reread',
			containers: [container('c00')],
			gone: [],
			started: [idOf('c00')],
			at: now,
		} as const;
		const state = after(listed(many), started, started);
		expect(state.runs.get(idOf('c00'))).toBe(2);
		const gap = after(state, { type: 'listed', containers: many, images: [], at: now });
		expect(gap.runs.get(idOf('c00'))).toBe(3);
		expect(after(gap, gone('c00')).runs.has(idOf('c00'))).toBe(false);
	});

	it('forget what was known of what is gone', () => {
		const id = idOf('c00');
		const state = after(
			listed(many, [image(['a:1'])]),
			sampled(new Map([[id, sample()]])),
			{ type: 'inspected', detail: detail(id) },
			{ type: 'log-opened', id },
			{ type: 'processes-read', id, table: { titles: [], rows: [] } },
			{ type: 'changes-read', id, changes: [] },
			{ type: 'image-inspected', detail: { id: image(['a:1']).id, raw: {} } },
		);
		const { known } = after(state, gone('c00'), { type: 'images-listed', images: [], at: now });
		expect(
			[known.samples, known.containers, known.processes, known.changes, known.images].map(({ size }) => size),
		).toEqual([0, 0, 0, 0, 0]);
		expect(known.log).toBeUndefined();
	});
});

describe('logs', () => {
	const id = idOf('c00');
	const open = after(listed(many), { type: 'log-opened', id });
	const lines = (from: number, count: number) =>
		logLines(Array.from({ length: count }, (_, index) => `${from + index}`));

	it('of another container are dropped', () => {
		expect(after(open, { type: 'logged', id: idOf('c01'), lines: lines(0, 1) })).toBe(open);
		expect(after(open, { type: 'log-ended', id: idOf('c01') })).toBe(open);
	});

	it('that are read stay put while new lines come in below', () => {
		const read = after(
			open,
			{ type: 'logged', id, lines: lines(0, 100) },
			{ type: 'detail-focused', isFocused: true },
			down(-10),
		);
		const cursor = (...events: readonly Event[]) => after(read, ...events).logView.place?.cursor;
		expect(cursor()).toBe(89);
		expect(cursor({ type: 'logged', id, lines: lines(100, 7) })).toBe(89);
		expect(cursor({ type: 'moved', by: 1, unit: 'end' })).toBeUndefined();
		expect(cursor({ type: 'moved', by: -1, unit: 'end' })).toBe(0);
	});

	it('end with a sentence where something failed', () => {
		expect(after(open, { type: 'log-ended', id }).known.log?.ended).toEqual(new Set([id]));
		const failed = after(open, { type: 'log-ended', id, failure: 'No log.' });
		expect(failed.known.log?.failures).toEqual(new Map([[id, 'No log.']]));
	});

	it('samples are bounded, too', () => {
		const samples = Array.from({ length: 200 }, () =>
			sampled(
				new Map([
					[id, sample()],
					['unknown', sample()],
				]),
			),
		);
		const { known } = after(open, ...samples);
		expect(known.samples.get(id)).toHaveLength(mostSamples);
		expect(known.samples.has('unknown')).toBe(false);
	});
});

describe('the journal', () => {
	const began = (sequence: number, line = `docker stop ${sequence}`) =>
		({ type: 'began', sequence, line, doing: 'stopping', ids: [idOf('c00')], at: now }) as const;
	const finished = (sequence: number, outcome: 'done' | 'failed' = 'done') =>
		({ type: 'finished', sequence, ids: [idOf('c00')], outcome, message: 'over', at: now + second }) as const;

	it('has every docker line, and how it went', () => {
		const state = after(listed(many), began(1), began(2), finished(1), finished(2, 'failed'));
		expect(state.journal.map(({ line, outcome, message }) => [line, outcome, message])).toEqual([
			['docker stop 1', 'done', 'over'],
			['docker stop 2', 'failed', 'over'],
		]);
		expect(state.notice).toMatchObject({ line: 'docker stop 2', tone: 'bad' });
		expect(state.busy.size).toBe(0);
	});

	it('has none for what docker has no line for', () => {
		const state = after(listed(many), began(1, ''), finished(1));
		expect(state.journal).toEqual([]);
		expect(state.notice).toMatchObject({ text: 'over', tone: 'good' });
	});

	it('is bounded', () => {
		const state = after(
			listed(many),
			...Array.from({ length: mostEntries + 5 }, (_, index) => began(index + 1)),
		);
		expect(state.journal).toHaveLength(mostEntries);
		expect(state.journal[0]?.sequence).toBe(6);
	});

	it('an outcome goes away by itself, a bad one later', () => {
		const good = after(listed(many), began(1), finished(1));
		expect(after(good, { type: 'ticked', now: now + 8 * second }).notice).toBeDefined();
		expect(after(good, { type: 'ticked', now: now + 10 * second }).notice).toBeUndefined();
		const bad = after(listed(many), began(1), finished(1, 'failed'));
		expect(after(bad, { type: 'ticked', now: now + 30 * second }).notice).toBeDefined();
		expect(after(bad, { type: 'ticked', now: now + 32 * second }).notice).toBeUndefined();
		expect(after(bad, began(2)).notice?.tone).toBe('pending');
	});

	it('a refusal goes away like a good outcome, what is under way not at all', () => {
		const refused = after(listed(many), { type: 'noticed', text: 'No.', tone: 'bad', at: now });
		expect(after(refused, { type: 'ticked', now: now + 8 * second }).notice).toBeDefined();
		expect(after(refused, { type: 'ticked', now: now + 9 * second }).notice).toBeUndefined();
		const pending = after(listed(many), began(1));
		expect(after(pending, { type: 'ticked', now: now + 3600 * second }).notice?.tone).toBe('pending');
	});

	it('something spins while an action runs', () => {
		const isSpinning = (state: State) => pace(state) < second;
		expect(isSpinning(listed(many))).toBe(false);
		expect(isSpinning(after(listed(many), began(1)))).toBe(true);
		expect(isSpinning(after(listed(many), began(1), finished(1)))).toBe(false);
		expect(isSpinning(blank())).toBe(true);
		expect(isSpinning(after(blank(), { type: 'unavailable', attempts: [], retryAt: now }))).toBe(false);
	});
});

describe('details', () => {
	const state = after(listed(many, [image(['a:1'])]), { type: 'tab-chosen', tab: 'Stats' });

	it('keep the chosen tab where the selection has it', () => {
		expect(tabOf(after(state, { type: 'pane-focused', pane: 'images' }))).toBe('Config');
		expect(
			tabOf(
				after(state, { type: 'pane-focused', pane: 'images' }, { type: 'pane-focused', pane: 'containers' }),
			),
		).toBe('Stats');
	});

	it('begin at their top with every other selection', () => {
		const read = after(state, { type: 'detail-focused', isFocused: true }, drawn({ details: 8 }), down(5));
		expect(read.details.top).toBe(5);
		expect(after(read, { type: 'detail-focused', isFocused: false }, down()).details.top).toBe(0);
		expect(after(read, { type: 'tab-chosen', tab: 'Config' }).details.top).toBe(0);
	});

	it('scroll no further than what was drawn, so that the way back begins at once', () => {
		const end = after(state, { type: 'detail-focused', isFocused: true }, drawn({ details: 8 }), {
			type: 'moved',
			by: 1,
			unit: 'end',
		});
		expect(end.details.top).toBe(8);
		expect(after(end, down(100)).details.top).toBe(8);
		expect(after(end, down(-1)).details.top).toBe(7);
	});
});

describe('overlays', () => {
	const question: Question = {
		title: 'Remove?',
		body: [],
		fields: [
			{ kind: 'toggle', id: 'volumes', label: 'volumes', value: false },
			{ kind: 'text', id: 'name', label: 'name', value: '' },
		],
		yes: 'remove',
		isDestructive: true,
	};
	const asked = after(listed(many), { type: 'asked', actionId: 'x', itemIds: [], question });

	it('a question takes its answers, and a refusal goes with the next change', () => {
		const answered = after(
			asked,
			{ type: 'field-changed', value: true },
			{ type: 'field-focused', field: 1 },
			{ type: 'refused', problem: 'No.' },
		);
		expect(answered.overlay).toMatchObject({
			field: 1,
			question: { problem: 'No.', fields: [{ value: true }, { value: '' }] },
		});
		const next = after(answered, { type: 'field-changed', value: 'a' });
		expect(next.overlay).toMatchObject({ question: { fields: [{ value: true }, { value: 'a' }] } });
		expect(next.overlay).not.toHaveProperty('question.problem');
		expect(after(next, { type: 'closed' })).not.toHaveProperty('overlay');
	});

	it('news for an overlay that was closed changes nothing', () => {
		const state = listed(many);
		for (const event of [
			{ type: 'field-focused', field: 1 },
			{ type: 'field-changed', value: 'x' },
			{ type: 'refused', problem: '' },
			{ type: 'palette-typed', text: 'x' },
			{ type: 'overlay-moved', by: 1 },
			{ type: 'closed' },
		] as const) {
			expect(after(state, event)).toBe(state);
		}
	});

	it('lists move within their ends, and what is typed begins at the first again', () => {
		const palette = after(listed(many), { type: 'opened', overlay: 'palette' }, drawn({ card: 4 }), {
			type: 'overlay-moved',
			by: 9,
		});
		expect(palette.overlay).toMatchObject({ selected: 4 });
		expect(after(palette, { type: 'palette-typed', text: 's' }).overlay).toMatchObject({
			selected: 0,
			text: 's',
		});
		const help = after(palette, { type: 'opened', overlay: 'help' });
		expect(after(help, { type: 'overlay-moved', by: -1 }).overlay).toMatchObject({ top: 0 });
		expect(after(help, { type: 'overlay-moved', by: 9 }).overlay).toMatchObject({ top: 4 });
	});

	it('the journal opens at its end, and counts back from there', () => {
		const journal = after(listed(many), { type: 'opened', overlay: 'journal' }, drawn({ card: 4 }));
		expect(after(journal, { type: 'overlay-moved', by: 1 }).overlay).toMatchObject({ top: 0 });
		const older = after(journal, { type: 'overlay-moved', by: -3 });
		expect(older.overlay).toMatchObject({ top: 3 });
		expect(after(older, { type: 'overlay-moved', by: -9 }).overlay).toMatchObject({ top: 4 });
		expect(after(older, { type: 'overlay-moved', by: 1 }).overlay).toMatchObject({ top: 2 });
	});
});
