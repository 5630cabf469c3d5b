// The transfers on screen: they come, change and go; one is in front, and the person looks through its layers.
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import { pace } from '../../source/model/pace.ts';
import type { State } from '../../source/model/state.ts';
import { transferView } from '../../source/model/transfer-view.ts';
import {
	frontTransfer,
	noTransfers,
	type Transfer,
	type TransferLayer,
	timeLeft,
} from '../../source/model/transfers.ts';
import { wanted } from '../../source/model/wanted.ts';
import {
	after,
	buildOf,
	container,
	detail,
	hour,
	idOf,
	image,
	listed,
	opened,
	terminalTab,
	transferOf,
} from './things.ts';

const world = after(listed([container('web')], [image(['httpd:2.4'])]), {
	type: 'inspected',
	detail: detail(idOf('web'), { startedAt: Date.now() - hour }),
});
const started = (transfer: Transfer): Event => ({ type: 'transfer-started', transfer });
const changed = (transfer: Transfer): Event => ({ type: 'transfer-changed', transfer });
const closed = (id: number): Event => ({ type: 'transfer-closed', id });
const fronted = (id: number): Event => ({ type: 'transfer-fronted', id });
const scrolled = (by: number, unit: 'row' | 'page' | 'end' = 'row'): Event => ({
	type: 'transfer-scrolled',
	by,
	unit,
});
const hidden: Event = { type: 'transfers-hidden' };
const lists: Event = { type: 'detail-focused', isFocused: false };

const layers = (done: number, all = 100): TransferLayer[] =>
	Array.from({ length: all }, (_, index) => ({
		id: `layer ${index}`,
		state: index < done ? 'Pull complete' : 'Waiting',
		isDone: index < done,
	}));

const first = transferOf();
const one = after(world, started(first));
const three = after(world, ...[1, 2, 3].map((id) => started(transferOf({ id }))));
const ids = ({ transfers }: State) => transfers.list.map(({ id }) => id);

it('there are none at the beginning', () => {
	expect(world.transfers).toEqual(noTransfers);
	expect(frontTransfer(world.transfers)).toBeUndefined();
});

describe('started', () => {
	it('it is in front and has the focus, wherever the person was', () => {
		for (const events of [
			[],
			opened(terminalTab(1)),
			[{ type: 'build-started', build: buildOf() } as const],
		]) {
			const state = after(world, ...events, started(first));
			expect(state).toMatchObject({
				isDetailFocused: true,
				beside: 'transfers',
				transfers: { front: 1 },
				terminals: { isInside: false },
			});
			expect(frontTransfer(state.transfers)).toBe(first);
		}
	});

	it('the newest is in front, and the others keep their places', () => {
		expect([ids(three), three.transfers.front]).toEqual([[1, 2, 3], 3]);
	});

	it('again it begins anew in its tab, in front', () => {
		const again = transferOf({ id: 2, startedAt: 1 });
		const state = after(three, lists, scrolled(1), started(again));
		expect(state.transfers).toEqual({
			list: [three.transfers.list[0], again, three.transfers.list[2]],
			front: 2,
		});
		expect(state.isDetailFocused).toBe(true);
	});
});

it('changed, the person stays where they are', () => {
	const busy = transferOf({ layers: layers(0) });
	const state = after(
		one,
		changed(busy),
		scrolled(5),
		lists,
		changed({ ...busy, current: 7 }),
		changed(transferOf({ id: 9 })),
	);
	expect(state).toMatchObject({
		isDetailFocused: false,
		transfers: { top: 5, list: [{ id: 1, current: 7 }] },
	});
	expect(ids(state)).toEqual([1]);
});

describe('closed', () => {
	it('the one in front: the newest comes to the front', () => {
		const state = after(three, fronted(2), closed(2));
		expect([ids(state), state.transfers.front, state.beside, state.isDetailFocused]).toEqual([
			[1, 3],
			3,
			'transfers',
			true,
		]);
	});

	it('another one: nothing moves', () => {
		const state = after(three, closed(1), closed(9));
		expect([ids(state), state.transfers.front]).toEqual([[2, 3], 3]);
	});

	it('the last one: the lists have the focus again', () => {
		expect(after(one, closed(1))).toMatchObject({
			transfers: noTransfers,
			beside: 'details',
			isDetailFocused: false,
		});
	});

	it('the last one while something else is shown: the focus stays', () => {
		const state = after(one, ...opened(terminalTab(1)), closed(1));
		expect(state).toMatchObject({ transfers: noTransfers, beside: 'terminals', isDetailFocused: true });
	});
});

it('hidden, and back again', () => {
	expect(after(one, hidden)).toMatchObject({ beside: 'details', transfers: { front: 1 } });
	expect(after(one, hidden, lists, fronted(1))).toMatchObject({ beside: 'transfers', isDetailFocused: true });
	expect(after(one, { type: 'build-started', build: buildOf() }, hidden).beside).toBe('builds');
	expect(after(one, { type: 'tab-chosen', tab: 'Top' }).beside).toBe('details');
});

it('while it is shown nothing is asked for the details, and the spinner turns only where it is seen', () => {
	const what = (state: State) => wanted(state).map(({ what }) => what);
	expect(what(after(world, { type: 'detail-focused', isFocused: true }))).toContain('log');
	expect(what(one)).not.toContain('log');
	expect(pace(one)).toBeLessThan(100);
	expect(pace(after(one, hidden))).toBeGreaterThan(100);
	expect(pace(after(one, changed(transferOf({ status: 'done' }))))).toBeGreaterThan(100);
});

describe('its rows', () => {
	const view = (transfer: Transfer, ...events: readonly Event[]) => {
		const { rows, top, last, height } = transferView(after(world, started(transfer), ...events));
		return { texts: rows.map((row) => (row.type === 'layer' ? row.layer.id : row.text)), top, last, height };
	};

	it('what moves is in view, with some of what was done', () => {
		const { top, height } = view(transferOf({ layers: layers(50) }));
		expect(top).toBeLessThan(50);
		expect(top + height).toBeGreaterThan(60);
		expect(view(transferOf({ layers: layers(0) })).top).toBe(0);
		expect(view(transferOf({ layers: layers(99) }))).toMatchObject({ top: 100 - height });
		expect(view(transferOf({ layers: layers(3, 5) }))).toMatchObject({ top: 0, last: 0 });
	});

	it('can be walked through, and no further than their ends', () => {
		const busy = transferOf({ layers: layers(50) });
		const { top, last, height } = view(busy);
		expect(view(busy, scrolled(-2)).top).toBe(top - 2);
		expect(view(busy, scrolled(-1, 'page')).top).toBe(top - height + 1);
		expect(view(busy, ...Array.from({ length: 9 }, () => scrolled(1, 'page')), scrolled(-1)).top).toBe(
			last - 1,
		);
		expect(view(busy, scrolled(-1, 'end'), scrolled(-1)).top).toBe(0);
		expect(view(busy, scrolled(-1, 'end'), changed(transferOf({ layers: layers(90) }))).top).toBe(0);
		expect(view(busy, scrolled(-1, 'end'), scrolled(1, 'end')).top).toBe(top);
	});

	it('at the end tell what came of it', () => {
		const digest = `sha256:${'0'.repeat(64)}`;
		const next = 'n runs it · H shows its layers';
		const done = { status: 'done', current: 5_000_000, digest, layers: layers(2, 2) } as const;
		expect(view(transferOf({ ...done, outcome: 'downloaded newer' })).texts).toEqual([
			'layer 0',
			'layer 1',
			'',
			'downloaded newer · 5MB · 2 layers',
			digest,
			next,
		]);
		expect(view(transferOf({ status: 'done', outcome: 'up to date' })).texts).toEqual(['up to date', next]);
		expect(
			view(transferOf({ ...done, layers: [], manifestSize: 1367 }))
				.texts.slice(1)
				.join(' '),
		).toBe(`${digest} · manifest 1.37kB ${next}`);
		expect(view(transferOf({ ...done, layers: layers(100) })).texts.slice(-2)).toEqual([digest, next]);
		expect(view(transferOf({ kind: 'push', status: 'done', outcome: 'pushed' })).texts).toEqual(['pushed']);
	});

	it('at a failure tell why, and which key helps', () => {
		const failed = { status: 'failed', failure: 'It is not there.' } as const;
		expect(view(transferOf(failed)).texts).toEqual(['It is not there.']);
		expect(view(transferOf({ ...failed, wantsLogin: 'r.example.com' })).texts).toEqual([
			'It is not there.',
			'L logs in to r.example.com',
		]);
		expect(view(transferOf({ status: 'cancelled' })).texts).toEqual([]);
	});

	it('before there are any, tell what is said', () => {
		expect(view(transferOf()).texts).toEqual(['Waiting for the registry …']);
		expect(view(transferOf({ said: 'Pulling from library/httpd' })).texts).toEqual([
			'Pulling from library/httpd',
		]);
		expect(view(transferOf({ kind: 'save' })).texts).toEqual([]);
	});
});

it('the time left is told only where it is known', () => {
	const moving = transferOf({ current: 25, total: 100, speed: 25 });
	expect(timeLeft(moving)).toBe(3000);
	for (const news of [
		{ isTotalLeast: true },
		{ speed: 0 },
		{ current: 100 },
		{ status: 'cancelling' },
	] as const)
		expect(timeLeft({ ...moving, ...news })).toBeUndefined();
	expect(timeLeft(transferOf({ current: 25, speed: 25 }))).toBeUndefined();
});
