// The table itself: every key is unambiguous, every row explains itself, and read-only mode has no row that changes anything.
import { describe, expect, it } from 'vitest';
import { type AnyVerb, isVerb, type Scope } from '../../source/actions/action.ts';
import { offers } from '../../source/actions/palette.ts';
import {
	actionById,
	actionFor,
	actions,
	isAvailable,
	refusal,
	refusalOfAll,
	scopes,
	targets,
} from '../../source/actions/table.ts';
import type { ContainerState } from '../../source/model/items.ts';
import { after, blank, container, idOf, listed, now } from '../model/things.ts';
import { containersOn, on, play, world } from './player.ts';

const everyScope = [...new Set(actions.map(({ scope }) => scope))];

describe('every row', () => {
	it.each(actions.map((action) => [action.id, action] as const))('%s explains itself', (id, action) => {
		expect(id.startsWith(`${action.scope}.`)).toBe(true);
		// They are reached from the palette: from e where there is no shell, and from the disk use.
		const isKeyless = /^container\.without-shell$|^app\.prune-/.test(id);
		expect(action.keys.length === 0).toBe(isKeyless);
		expect(action.title).toMatch(/^[A-Z]/);
		expect(action.help).toMatch(/\.$/);
		if (action.hint !== undefined) expect(action.hint.split(' ').length).toBeLessThanOrEqual(2);
		expect(actionById(id)).toBe(action);
	});

	it('has an id of its own', () => {
		expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
	});
});

describe('every key', () => {
	const states: readonly ContainerState[] = [
		'created',
		'running',
		'paused',
		'restarting',
		'removing',
		'exited',
		'dead',
	];

	it.each(everyScope)('in scope %s means one thing, or rows that exclude each other', (scope) => {
		const rows = actions.filter((action) => action.scope === scope);
		for (const key of new Set(rows.flatMap(({ keys }) => keys))) {
			const sharing = rows.filter(({ keys }) => keys.includes(key));
			if (sharing.length === 1) continue;
			expect(scope).toBe('container');
			for (const state of states) {
				const item = container('web', { state });
				const fitting = (sharing as AnyVerb[]).filter(
					(verb) => refusal(verb, item, listed([item])) === undefined,
				);
				expect(fitting.length, `${key} on a ${state} container`).toBeLessThanOrEqual(1);
			}
		}
	});

	it.each(['container', 'image', 'port'] as const)('of a %s hides none of the list or the app', (kind) => {
		const keysOf = (scope: Scope) =>
			new Set(actions.filter((action) => action.scope === scope).flatMap(({ keys }) => keys));
		const [own, list, app] = [keysOf(kind), keysOf('list'), keysOf('app')];
		// Enter looks into what it is pressed on: a port is checked.
		const shared = kind === 'port' ? ['enter'] : [];
		expect([...own].filter((key) => list.has(key) || app.has(key))).toEqual(shared);
		expect([...list].filter((key) => app.has(key))).toEqual([]);
	});

	it('is looked for where the person is', () => {
		expect(scopes(world())).toEqual(['container', 'list', 'app']);
		expect(scopes(on(world(), 'images', []))).toEqual(['image', 'list', 'app']);
		expect(scopes(on(world(), 'ports', []))).toEqual(['port', 'list', 'app']);
		const inDetails = { type: 'detail-focused', isFocused: true } as const;
		expect(scopes(after(world(), inDetails))).toEqual(['log', 'app']);
		expect(scopes(after(world(), { type: 'tab-chosen', tab: 'Config' }, inDetails))).toEqual([
			'container',
			'list',
			'app',
		]);
		expect(scopes(after(world(), inDetails, { type: 'opened', overlay: 'log-search' }))).toEqual([
			'log-search',
		]);
		expect(scopes(after(world(), { type: 'opened', overlay: 'palette' }))).toEqual(['palette']);
		expect(scopes(after(blank(), { type: 'unavailable', attempts: [], retryAt: now }))).toEqual([
			'unavailable',
		]);
		expect(actionFor('no key', world())).toBeUndefined();
	});
});

describe('refusals', () => {
	it.each([
		['web', 'container.start', 'web is already running'],
		['old', 'container.stop', 'old is not running'],
		['old', 'container.pause', 'old is not running: start it first (s)'],
		['cold', 'container.pause', 'cold is paused: unpause it first (p)'],
		['web', 'container.unpause', 'web is not paused'],
		['cold', 'container.kill', 'cold is paused: unpause it first (p)'],
		['web', 'container.remove', 'web is running: stop it first (s), or force remove it (D)'],
		['cold', 'container.remove', 'cold is paused: stop it first (s), or force remove it (D)'],
	])('of %s to %s: %s', (name, id, reason) => {
		expect(refusalOfAll(actionById(id) as AnyVerb, containersOn(name))).toBe(reason);
	});

	it('give the reason and do nothing', async () => {
		for (const [name, key] of [
			['web', 'd'],
			['old', 'p'],
			['old', 'K'],
		] as const) {
			const player = play(containersOn(name));
			await player.press(key);
			const { notice, overlay, journal } = player.state();
			expect(notice).toMatchObject({ tone: 'bad' });
			expect(notice?.text).toContain(name);
			expect([overlay, journal.length, player.lines().length]).toEqual([undefined, 0, 0]);
		}
	});

	it('of an image that is in use', async () => {
		const player = play(on(world(), 'images', ['httpd:2.4']));
		await player.press('d');
		expect(player.state().notice?.text).toBe(
			'httpd:2.4 is used by web, api, cold, old, older: remove that first; D takes at least the name away',
		);
	});

	it('hold only where they hold for all', async () => {
		const player = play(containersOn('web', 'old'));
		await player.pressAction('container.stop');
		expect(player.lines()).toEqual(['docker stop web']);
	});

	it('while nothing is there, no engine answers, or something is under way', async () => {
		const nothing = play(listed([]));
		await nothing.press('r');
		expect(nothing.state().notice?.text).toBe('There is nothing here to do that to.');

		const lost = play(after(containersOn('web'), { type: 'lost', reason: '', at: now }));
		await lost.press('s');
		expect(lost.state().notice?.text).toBe('The engine does not answer; nothing was done.');

		const busy = play(
			after(containersOn('web'), {
				type: 'began',
				sequence: 1,
				line: '',
				doing: 'stopping',
				ids: [idOf('web')],
				at: now,
			}),
		);
		await busy.press('s');
		expect(busy.state().notice?.text).toBe('web is stopping… Wait until that is done.');
		expect([nothing, lost, busy].flatMap((player) => player.lines())).toEqual([]);
	});
});

describe('read-only', () => {
	const state = world({ isReadOnly: true });
	const changing = actions.filter(isVerb).filter(({ isChanging }) => isChanging);

	it('leaves no row that changes anything', async () => {
		expect(changing.length).toBeGreaterThan(10);
		for (const { id, scope, keys } of changing) {
			const pane = scope === 'image' ? 'images' : 'containers';
			const player = play(on(state, pane, []));
			await player.press(...keys);
			expect([id, player.lines(), player.state().overlay]).toEqual([id, [], undefined]);
			expect(isAvailable(actionById(id) as AnyVerb, state)).toBe(false);
			expect(offers(on(state, pane, []), '').some(({ action }) => action.id === id)).toBe(false);
		}
	});

	it('leaves the others', async () => {
		const player = play(on(state, 'containers', [idOf('web')]));
		await player.press('y', 'enter');
		expect(player.did).toEqual(['copy web']);
	});
});

describe('targets', () => {
	it('are the marked rows, else the selected one', () => {
		expect(targets(containersOn('api'))).toMatchObject([{ name: 'api' }]);
		expect(targets(containersOn('api', 'old'))).toMatchObject([{ name: 'api' }, { name: 'old' }]);
		expect(targets(listed([]))).toEqual([]);
	});

	it('are the selected row when every marked one is gone', () => {
		const state = after(containersOn('old', 'older'), {
			type: 'reread',
			containers: [],
			gone: ['old', 'older'].map(idOf),
			at: now,
		});
		expect(targets(state)).toHaveLength(1);
	});

	it('are never rows that the filter hides', () => {
		const state = after(containersOn('old', 'older'), { type: 'filtered', pane: 'containers', text: 'web' });
		expect(targets(state)).toMatchObject([{ name: 'web' }]);
	});
});
