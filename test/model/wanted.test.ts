// What is followed: the rows on screen and the selection, and nothing else.
import { describe, expect, it } from 'vitest';
import type { State } from '../../source/model/state.ts';
import { keyOf, wanted } from '../../source/model/wanted.ts';
import { after, blank, container, detail, idOf, image, listed, now, opened, terminalTab } from './things.ts';

const wants = (state: State) =>
	wanted(state).map(({ what, id }) => `${what} ${Buffer.from(id, 'hex').toString().replaceAll('\0', '')}`);
const many = Array.from({ length: 100 }, (_, index) =>
	container(`c${String(index).padStart(2, '0')}`, { createdAt: now - index }),
);

it('nothing while no engine is connected', () => {
	expect(wanted(blank())).toEqual([]);
	const lost = after(listed(many), { type: 'lost', reason: 'gone', at: now });
	expect(wanted(lost)).toEqual([]);
});

it('stats of the rows on screen, whatever their number', () => {
	const state = listed(many);
	const stats = wants(state).filter((text) => text.startsWith('stats'));
	expect(stats).toHaveLength(19);
	expect(stats[0]).toBe('stats c00');
	const below = after(state, { type: 'moved', by: 1, unit: 'end' });
	expect(wants(below)).toContain('stats c99');
	expect(wants(below)).not.toContain('stats c00');
	expect(wants(below).filter((text) => text.startsWith('stats'))).toHaveLength(19);
});

it('of a screen full of details only the selection', () => {
	const narrow = after(listed(many, [], { columns: 80, rows: 24 }), {
		type: 'detail-focused',
		isFocused: true,
	});
	expect(wants(narrow)).toEqual(['inspect c00', 'stats c00']);
});

it('no stats of what does not run, but its times', () => {
	expect(wants(listed([container('web', { state: 'exited' })]))).toEqual(['inspect web']);
	expect(wants(listed([container('web', { state: 'paused' })]))).toEqual(['inspect web', 'stats web']);
});

describe('for the details', () => {
	const { id } = container('web');
	const state = after(listed([container('web')], [image(['httpd:2.4'])]), {
		type: 'inspected',
		detail: detail(id),
	});
	const on = (tab: 'Logs' | 'Stats' | 'Config' | 'Top' | 'Diff') =>
		wants(after(state, { type: 'tab-chosen', tab }));

	it('only what the tab on screen shows', () => {
		expect(on('Logs')).toEqual(['inspect web', 'stats web', 'log web']);
		expect(on('Stats')).toEqual(['inspect web', 'stats web']);
		expect(on('Config')).toEqual(['inspect web', 'stats web']);
		expect(on('Top')).toEqual(['inspect web', 'stats web', 'processes web']);
		expect(on('Diff')).toEqual(['inspect web', 'stats web', 'changes web']);
	});

	it('nothing of them while a terminal is in their place', () => {
		const shown = after(state, ...opened(terminalTab(1)));
		expect(wants(shown)).toEqual(['inspect web', 'stats web']);
		expect(wants(after(shown, { type: 'terminals-hidden' }))).toEqual([
			'inspect web',
			'stats web',
			'log web',
		]);
		expect(wants(after(shown, { type: 'tab-chosen', tab: 'Top' }))).toContain('processes web');
		const onImage = after(shown, { type: 'pane-focused', pane: 'images' });
		expect(wants(onImage).filter((text) => text.startsWith('image'))).toEqual([]);
	});

	it('of a terminal with the whole screen only what the selection has in the list', () => {
		const full = after(listed(many), ...opened(terminalTab(1)), { type: 'terminal-enlarged', isFull: true });
		expect(wants(full)).toEqual(['inspect c00', 'stats c00']);
	});

	it('a new run has a new log', () => {
		const key = (of: State) =>
			wanted(of)
				.filter(({ what }) => what === 'log')
				.map(keyOf)
				.join();
		const again = after(state, {
			type: 'reread',
			containers: [container('web')],
			gone: [],
			started: [id],
			at: now,
		});
		expect(key(again)).not.toBe(key(state));
		expect(key(after(state, { type: 'reread', containers: [container('web')], gone: [], at: now }))).toBe(
			key(state),
		);
	});

	it('an image is read once for the names it has', () => {
		const focused = after(state, { type: 'pane-focused', pane: 'images' });
		expect(
			wanted(focused)
				.filter(({ what }) => what === 'image')
				.map(keyOf),
		).toEqual([`image:sha256:${idOf('httpd:2.4')}:httpd:2.4`]);
	});
});
