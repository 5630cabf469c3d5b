// The frame around a terminal: what it says, and what it leaves to be painted.
import './surroundings.ts';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import { terminalPlace } from '../../source/model/layout.ts';
import type { State } from '../../source/model/state.ts';
import { footer } from '../../source/ui/footer.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { after, now, opened, terminalTab } from '../model/things.ts';
import { sampleState } from './sample-state.ts';

const size = { columns: 120, rows: 36 };
const plain = (painted: string) => painted.replace(/\x1b\[[0-9;]*m/g, '');
const inside = (...events: readonly Event[]) => sampleState(size, ...opened(terminalTab(1)), ...events);
const left: Event = { type: 'terminal-left' };
const lists: Event = { type: 'detail-focused', isFocused: false };
const status = (state: State) => frameOf(state).details?.bottom ?? '';

it('leaves its inside to be painted, and Ink can tell it from blank lines', () => {
	const { details } = frameOf(inside());
	expect(new Set(details?.lines)).toEqual(new Set(['\u00a0'.repeat(74)]));
	expect(details?.lines).toHaveLength(31);
	expect(frameOf(inside()).ends.details).toBe(0);
});

describe('what is to be painted', () => {
	it('is the terminal in front, in its place', () => {
		const state = inside(...opened(terminalTab(2)));
		expect(frameOf(state).terminal).toEqual({
			id: 2,
			place: terminalPlace(state),
			isInside: true,
			search: '',
		});
	});

	it('is not what lies under a card, and nobody is inside it then', () => {
		const { terminal, card } = frameOf(inside({ type: 'opened', overlay: 'help' }));
		expect(terminal).toMatchObject({ isInside: false, cover: card?.rectangle });
		const search = frameOf(inside(left, { type: 'opened', overlay: 'search' }));
		expect(search.terminal?.cover).toBeUndefined();
	});

	it('is read and searched as the state says', () => {
		const reading = { at: { row: 3, column: 4 }, top: 2 };
		const state = inside(left, { type: 'terminal-read', reading }, { type: 'terminal-searched', text: 'x' });
		expect(frameOf(state).terminal).toMatchObject({ reading, search: 'x', isInside: false });
	});

	it.each<[string, readonly Event[]]>([
		['hidden', [{ type: 'terminals-hidden' }]],
		['of a screen that is too small', [{ type: 'resized', columns: 40, rows: 10 }]],
		['without room beside a list', [{ type: 'resized', columns: 60, rows: 15 }, lists]],
		['closed', [{ type: 'terminal-closed', id: 1 }]],
	])('is nothing %s', (_, events) => {
		expect(frameOf(inside(...events)).terminal).toBeUndefined();
	});
});

describe('the lower edge', () => {
	it.each<[string, readonly Event[], string]>([
		['inside', [], 'Ctrl+] Portside'],
		['in front of it', [left], 'Enter inside · / search · z full · d close · Esc lists'],
		['while it is ended', [left, { type: 'terminal-ending', id: 1 }], 'ending …'],
		[
			'after it ended',
			[{ type: 'terminal-ended', id: 1, outcome: 'lost' }],
			'lost · r runs it again · d close · Esc lists',
		],
		[
			'while searching',
			[left, { type: 'opened', overlay: 'search' }, { type: 'terminal-searched', text: 'a' }],
			'/a▏',
		],
	])('says %s what a key does', (_, events, text) => {
		expect(status(inside(...events))).toBe(` ${text} `);
	});

	it('says in an attached one that it can be left running', () => {
		const attached = sampleState(size, ...opened(terminalTab(1, { kind: 'attach', title: 'attach' })));
		expect(status(attached)).toBe(' Ctrl+] Portside · Ctrl+P Ctrl+Q detach ');
	});

	it('names the key that leads back, whichever it is', () => {
		expect(status({ ...inside(), leaveKey: 'ctrl+g' })).toBe(' Ctrl+G Portside ');
	});

	it('and so does the hint line', () => {
		const hints = plain(footer({ ...inside(), leaveKey: 'ctrl+g' }).hints);
		expect(hints).toContain('Ctrl+G Portside');
		expect(hints).not.toContain('Ctrl+]');
	});

	it('promises no keys that mean something else, while the lists have the focus', () => {
		expect(status(inside(left, lists))).not.toMatch(/d close|\/ search|z full|Enter inside/);
	});
});

it('whatever is typed or run, the edges of the pane are text', () => {
	const hostile = 'x\x1b]0;owned\x07\u202e\x9b31m';
	for (const events of [
		[{ type: 'terminal-searched', text: hostile }],
		[
			{ type: 'opened', overlay: 'search' },
			{ type: 'terminal-searched', text: hostile },
		],
		[{ type: 'terminal-ended', id: 2, outcome: 'exit 1' }],
		[{ type: 'terminal-enlarged', isFull: true }],
		[
			{ type: 'terminal-enlarged', isFull: true },
			{ type: 'noticed', text: hostile, tone: 'bad', at: now },
		],
	] as const) {
		const tab = terminalTab(2, { name: hostile, title: hostile, line: hostile });
		const { details, plain: screen, action, hints } = frameOf(inside(...opened(tab), left, ...events));
		const texts = [
			...(details?.top ?? []).map(({ text }) => text),
			details?.bottom,
			...(screen ?? []),
			action,
			hints,
		];
		for (const text of texts) expect(plain(text ?? '')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
	}
});

describe('the tabs', () => {
	const titles = (state: State) => (frameOf(state).details?.top ?? []).map(({ text }) => text.trim());

	it('say which have news, and how others ended', () => {
		const state = inside(
			...opened(terminalTab(2, { title: 'top' }), terminalTab(3, { title: 'sh' })),
			{ type: 'terminal-printed', id: 1 },
			{ type: 'terminal-ended', id: 2, outcome: 'exit 1' },
		);
		expect(titles(state)).toEqual(['web: bash •', 'web: top (exit 1)', 'web: sh']);
	});

	it.each([
		[120, 36],
		[80, 24],
		[60, 15],
	])('the one in front is always among them at %i×%i', (columns, rows) => {
		const many = Array.from({ length: 12 }, (_, index) =>
			terminalTab(index + 1, { title: `program-${index}` }),
		);
		for (const { id, title } of many) {
			const state = after(sampleState({ columns, rows }), ...opened(...many), {
				type: 'terminal-fronted',
				id,
			});
			const { details } = frameOf(state);
			const first = details?.top
				.filter(({ at, text }) => at + text.length <= columns)
				.map(({ text }) => text);
			expect(first?.join('')).toContain(title.slice(-2));
		}
	});
});

describe('what is found out', () => {
	const preparing: Event = {
		type: 'preparing',
		actionId: 'container.shell',
		title: 'Shell',
		token: 1,
		at: now,
	};

	it('is announced only when it takes its time', () => {
		const card = (passed: number) =>
			frameOf(sampleState(size, preparing, { type: 'ticked', now: now + passed })).card;
		expect([card(0), card(149)]).toEqual([undefined, undefined]);
		expect(card(150)?.lines.join('')).toContain('Finding out what that touches');
	});
});
