// The tabs of terminals: they come and go, one is in front, and the person is inside it, in front of it or elsewhere.
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import type { State } from '../../source/model/state.ts';
import { tabOf } from '../../source/model/tabs.ts';
import { frontTab, isOpen, noTerminals } from '../../source/model/terminals.ts';
import { mostEntries } from '../../source/model/update/actions.ts';
import { after, container, idOf, listed, now, opened, terminalTab } from './things.ts';

const world = listed([container('web'), container('api', { createdAt: now - 1 })]);
const one = after(world, ...opened(terminalTab(1)));
const api = { containerId: idOf('api'), name: 'api' };
const three = after(world, ...opened(terminalTab(1), terminalTab(2, api), terminalTab(3, { title: 'top' })));

const hidden: Event = { type: 'terminals-hidden' };
const left: Event = { type: 'terminal-left' };
const entered: Event = { type: 'terminal-entered' };
const closed = (id: number): Event => ({ type: 'terminal-closed', id });
const fronted = (id: number): Event => ({ type: 'terminal-fronted', id });
const printed = (id: number): Event => ({ type: 'terminal-printed', id });
const ended = (id: number, outcome = 'exit 0'): Event => ({ type: 'terminal-ended', id, outcome });
const read: Event = { type: 'terminal-read', reading: { at: { row: 3, column: 4 }, top: 2 } };
const searched: Event = { type: 'terminal-searched', text: 'x' };
const lists: Event = { type: 'detail-focused', isFocused: false };

const ids = (state: State) => state.terminals.tabs.map(({ id }) => id);
const news = (state: State) => state.terminals.tabs.filter(({ hasNews }) => hasNews).map(({ id }) => id);

it('there are none at the beginning', () => {
	expect(world.terminals).toEqual(noTerminals);
	expect(frontTab(world.terminals)).toBeUndefined();
});

describe('opened', () => {
	it('the person is inside it at once', () => {
		const opening = after(world, ...opened(terminalTab(1, { status: 'opening' })));
		expect(opening).toMatchObject({
			isDetailFocused: true,
			beside: 'terminals',
			terminals: { front: 1, isInside: true, tabs: [{ id: 1, status: 'opening' }] },
		});
		const connected = after(opening, { type: 'terminal-connected', id: 1 });
		expect(connected.terminals.tabs).toEqual([terminalTab(1)]);
	});

	it('the newest is in front, and the others keep their places', () => {
		expect([ids(three), three.terminals.front]).toEqual([[1, 2, 3], 3]);
		expect(frontTab(three.terminals)?.title).toBe('top');
	});

	it('again, a tab keeps its place, and nothing of its past', () => {
		const past = after(three, fronted(1), ended(1, 'exit 3'));
		expect(frontTab(past.terminals)).toMatchObject({ status: 'ended', outcome: 'exit 3' });
		const again = after(past, ...opened(terminalTab(1, { status: 'opening' })));
		expect(ids(again)).toEqual([1, 2, 3]);
		expect(frontTab(again.terminals)).toEqual(terminalTab(1, { status: 'opening' }));
		expect(again.terminals.isInside).toBe(true);
	});

	it('what was read and searched for in another one is over', () => {
		const state = after(one, left, read, searched, ...opened(terminalTab(2)));
		expect(state.terminals).toMatchObject({ search: '', front: 2 });
		expect(state.terminals.reading).toBeUndefined();
	});

	it('the cursor of the lists stays where it is', () => {
		expect(three.panes).toEqual(world.panes);
		expect(three.details).toEqual(world.details);
	});
});

describe('news', () => {
	it('are of tabs that are not in front, or not on screen', () => {
		expect(news(after(three, printed(1), printed(3)))).toEqual([1]);
		expect(news(after(three, hidden, printed(3)))).toEqual([3]);
		expect(news(after(three, left, lists, printed(3)))).toEqual([]);
		expect(after(three, printed(3))).toBe(three);
	});

	it('are seen when the tab comes to the front', () => {
		expect(news(after(three, printed(1), printed(2), fronted(1)))).toEqual([2]);
		expect(news(after(three, hidden, printed(3), entered))).toEqual([]);
		expect(news(after(three, printed(1), closed(3), closed(2)))).toEqual([]);
	});

	it('of a tab that is gone are none', () => {
		expect(after(three, closed(1), printed(1)).terminals.tabs).toEqual(
			after(three, closed(1)).terminals.tabs,
		);
	});
});

describe('closed', () => {
	it('the one in front: the one in its place comes to the front, and nobody is inside', () => {
		const middle = after(three, fronted(2), entered, closed(2));
		expect(middle).toMatchObject({ beside: 'terminals', terminals: { front: 3, isInside: false } });
		const last = after(three, closed(3));
		expect(last).toMatchObject({ beside: 'terminals', terminals: { front: 2, isInside: false } });
		expect(last.isDetailFocused).toBe(true);
		const first = after(three, fronted(1), closed(1));
		expect(first.terminals.front).toBe(2);
	});

	it('another one: the person stays inside theirs', () => {
		const state = after(three, closed(1));
		expect(ids(state)).toEqual([2, 3]);
		expect(state).toMatchObject({ beside: 'terminals', terminals: { front: 3, isInside: true } });
	});

	it('another one while reading: nothing moves', () => {
		const state = after(three, left, read, searched, closed(1));
		expect(state.terminals).toMatchObject({ search: 'x', reading: { at: { row: 3 } } });
	});

	it('the one in front while reading: the reading is over', () => {
		const state = after(three, left, read, searched, closed(3));
		expect(state.terminals.reading).toBeUndefined();
		expect(state.terminals.search).toBe('');
	});

	it('the last one: the lists have the focus again', () => {
		const state = after(one, closed(1));
		expect(state.terminals).toEqual(noTerminals);
		expect('front' in state.terminals).toBe(false);
		expect(state.isDetailFocused).toBe(false);
	});

	it('the last one while it is hidden: the details keep the focus', () => {
		const state = after(one, hidden, { type: 'detail-focused', isFocused: true }, closed(1));
		expect(state.isDetailFocused).toBe(true);
		expect(state.terminals).toEqual(noTerminals);
	});

	it('the one in front while it is hidden: nothing is shown', () => {
		const state = after(three, hidden, lists, closed(3));
		expect(state).toMatchObject({ beside: 'details', terminals: { front: 2, isInside: false } });
		expect(state.isDetailFocused).toBe(false);
	});

	it('one that is not there: nothing changes', () => {
		expect(after(three, closed(9)).terminals).toEqual(three.terminals);
	});
});

describe('ended', () => {
	it('the tab stays, with what became of it', () => {
		const state = after(three, ended(2, 'exit 137'));
		expect(state.terminals.tabs[1]).toMatchObject({ status: 'ended', outcome: 'exit 137' });
		expect(state.terminals).toMatchObject({ front: 3, isInside: true });
	});

	it('it is no longer open; while it is being ended it is', () => {
		const ending = after(one, { type: 'terminal-ending', id: 1 });
		expect(ending.terminals.tabs).toMatchObject([{ status: 'ending' }]);
		expect(ending.terminals.tabs.map(isOpen)).toEqual([true]);
		expect(after(ending, ended(1)).terminals.tabs.map(isOpen)).toEqual([false]);
	});

	it('it cannot be entered', () => {
		const state = after(one, left, ended(1));
		expect(after(state, entered)).toBe(state);
		const away = after(one, left, ended(1), hidden);
		expect(after(away, entered)).toBe(away);
	});
});

describe('entered and left', () => {
	it('entering shows it again from wherever the person is', () => {
		const state = after(one, left, hidden, lists, entered);
		expect(state).toMatchObject({
			isDetailFocused: true,
			beside: 'terminals',
			terminals: { isInside: true },
		});
	});

	it('without any there is nothing to enter', () => {
		expect(after(world, entered)).toBe(world);
	});

	it('entering leads back to the newest line', () => {
		expect(after(one, left, read, searched, entered).terminals).toMatchObject({ search: '', isInside: true });
		expect(after(one, left, read, entered).terminals.reading).toBeUndefined();
	});

	it('left, it stays in front and has the focus', () => {
		expect(after(one, left)).toMatchObject({
			isDetailFocused: true,
			beside: 'terminals',
			terminals: { isInside: false, front: 1 },
		});
	});

	it('a tab that is looked at is not entered by that', () => {
		expect(after(three, left, fronted(1)).terminals).toMatchObject({ front: 1, isInside: false });
	});
});

describe('hidden', () => {
	it.each(['Logs', 'Stats', 'Config', 'Top', 'Diff'] as const)('by the details with %s', (tab) => {
		const state = after(one, { type: 'tab-chosen', tab });
		expect(state).toMatchObject({ beside: 'details', terminals: { isInside: false, front: 1 } });
		expect(tabOf(state)).toBe(tab);
		expect(ids(state)).toEqual([1]);
	});

	it('nobody is inside, reads or searches', () => {
		const state = after(one, left, read, searched, hidden);
		expect(state).toMatchObject({ beside: 'details', terminals: { isInside: false, search: '', front: 1 } });
		expect(state.terminals.reading).toBeUndefined();
	});
});

describe('with the whole screen', () => {
	const full = after(one, { type: 'terminal-enlarged', isFull: true });

	it('is until it is no more', () => {
		expect(full.terminals).toMatchObject({ isFull: true, isInside: true });
		expect(after(full, { type: 'terminal-enlarged', isFull: false }).terminals.isFull).toBe(false);
	});

	it('the cursor of the lists is on its row when they come back', () => {
		const many = Array.from({ length: 40 }, (_, index) =>
			container(`c${String(index).padStart(2, '0')}`, { createdAt: now - index }),
		);
		const down = after(listed(many), { type: 'moved', by: 30, unit: 'row' });
		const back = after(
			down,
			...opened(terminalTab(1)),
			{ type: 'terminal-enlarged', isFull: true },
			left,
			lists,
		);
		expect(back.panes.containers.selected).toBe(down.panes.containers.selected);
		const { top } = back.panes.containers;
		expect(top).toBeLessThanOrEqual(30);
		expect(top).toBeGreaterThan(30 - 15);
	});
});

describe('what is read', () => {
	it('is kept until it is over', () => {
		const state = after(one, left, read);
		expect(state.terminals.reading).toEqual({ at: { row: 3, column: 4 }, top: 2 });
		expect(after(state, { type: 'terminal-read' }).terminals).toEqual(after(one, left).terminals);
	});

	it('what is searched for is what was typed', () => {
		const state = after(one, left, { type: 'opened', overlay: 'search' }, searched);
		expect(state.overlay).toEqual({ type: 'search' });
		expect(state.terminals.search).toBe('x');
	});
});

describe('command lines', () => {
	const given = (command: string): Event => ({ type: 'command-given', command });

	it('are remembered once each, the newest first', () => {
		expect(after(world, given('a'), given('b'), given('a')).commands).toEqual(['a', 'b']);
	});

	it('are a hundred at most', () => {
		const state = after(world, ...Array.from({ length: mostEntries }, (_, index) => given(`c${index}`)));
		expect(state.commands).toHaveLength(100);
		expect(state.commands[0]).toBe(`c${mostEntries - 1}`);
	});
});
