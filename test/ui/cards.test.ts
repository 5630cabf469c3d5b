// What lies over the panes has the focus, and looks as dangerous as it is.
import './surroundings.ts';
import { expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import { boxed } from '../../source/ui/border.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { paint } from '../../source/ui/paint.ts';
import { after, idOf, now, second } from '../model/things.ts';
import { sampleState } from './sample-state.ts';

const size = { columns: 120, rows: 36 };
const focused = (...events: readonly Event[]): string[] => {
	const { lists, details } = frameOf(sampleState(size, ...events));
	return [
		...lists.filter(({ isFocused }) => isFocused).map(({ name }) => name),
		...(details?.isFocused ? ['details'] : []),
	];
};
const asked = (isDestructive: boolean): Event => ({
	type: 'asked',
	actionId: 'container.restart',
	itemIds: [idOf('web')],
	question: { title: 'Sure?', body: ['It ends.'], fields: [], yes: 'do it', isDestructive },
});

it('one pane has the focus', () => {
	expect(focused()).toEqual(['containers']);
	expect(focused({ type: 'pane-focused', pane: 'ports' })).toEqual(['ports']);
	expect(focused({ type: 'detail-focused', isFocused: true })).toEqual(['details']);
	expect(focused({ type: 'opened', overlay: 'filter' })).toEqual(['containers']);
});

it.each<Event>([
	{ type: 'opened', overlay: 'help' },
	{ type: 'opened', overlay: 'palette' },
	{ type: 'opened', overlay: 'journal' },
	{ type: 'preparing', actionId: 'container.remove', title: 'Remove', token: 1, at: now - second },
	asked(true),
])('no pane has it while $type $overlay lies over them', (event) => {
	expect(focused(event)).toEqual([]);
	expect(focused({ type: 'detail-focused', isFocused: true }, event)).toEqual([]);
	// Cursors are dim then, and no row is lit.
	const { lists } = frameOf(sampleState(size, event));
	for (const { lines } of lists) {
		expect(lines.filter((line) => line.startsWith(paint.dim('>')))).toHaveLength(1);
		expect(lines.some((line) => line.includes(paint.cursor('>').split('>')[0] as string))).toBe(false);
	}
});

it.each<Event>([
	{ type: 'opened', overlay: 'help' },
	{ type: 'opened', overlay: 'palette' },
	{ type: 'opened', overlay: 'journal' },
	{ type: 'preparing', actionId: 'container.remove', title: 'Remove', token: 1, at: now - second },
	asked(true),
])('with $type $overlay open every size is drawn, and one that is too small says only that', (event) => {
	const state = sampleState(size, event);
	for (let columns = 1; columns <= 70; columns++) {
		for (let rows = 1; rows <= 20; rows++) {
			const frame = frameOf(after(state, { type: 'resized', columns, rows }));
			const isSmall = columns < 60 || rows < 15;
			expect(frame.card === undefined, `${columns}×${rows}`).toBe(isSmall);
			if (!isSmall) continue;
			const sentence = `Portside needs 60×15; this terminal has ${columns}×${rows}. Make it larger, or press q to quit.`;
			expect(frame.plain?.join('').replaceAll(' ', '')).toBe(sentence.replaceAll(' ', ''));
			expect(frame).toMatchObject({ header: '', action: '', hints: '', lists: [], details: undefined });
		}
	}
});

it('a card is red all around where something is lost, and only there', () => {
	const edges = (isDestructive: boolean) => {
		const lines = frameOf(sampleState(size, asked(isDestructive))).card?.lines ?? [];
		return [lines[0], lines[1], lines.at(-1)].map((line) => line?.slice(0, line.indexOf('m') + 2));
	};
	expect(edges(true)).toEqual(['╭', '│', '╰'].map((corner) => paint.bad(corner).slice(0, -5)));
	expect(edges(false)).toEqual(['╭', '│', '╰'].map((corner) => paint.accent(corner).slice(0, -5)));
	const [top] = boxed({ width: 6, height: 3, isFocused: true, isDangerous: true, top: [], lines: [] });
	expect(top).toContain(paint.bad('╭'));
});

it('what is offered is marked, until something is typed', () => {
	const question = (isOffered: boolean): Event => ({
		type: 'asked',
		actionId: 'image.tag',
		itemIds: [],
		question: {
			title: 'Tag',
			body: [],
			fields: [{ kind: 'text', id: 'name', label: 'name', value: 'a\x1b[31m/b', isOffered }],
			yes: 'tag',
			isDestructive: false,
		},
	});
	const card = (event: Event) => frameOf(sampleState(size, event)).card?.lines.join('') ?? '';
	expect(card(question(true))).toContain(paint.cursor('a/b'));
	expect(card(question(false))).not.toContain(paint.cursor('a/b'));
	expect(card(question(false))).toContain('a/b▏');
});
