// Where something is typed, keys that mean nothing else are text.
import { describe, expect, it } from 'vitest';
import { isTyping, pasted } from '../../source/actions/typing.ts';
import { after } from '../model/things.ts';
import { containersOn, play, world } from './player.ts';

const filterOf = (player: ReturnType<typeof play>) => player.state().panes.containers.filter;

describe('in the filter', () => {
	it.each([
		[[...'web'], 'web'],
		[[...'q?:!1'], 'q?:!1'],
		[['a', 'space', 'b'], 'a b'],
		[['웹', '서', 'backspace'], '웹'],
		[['\u{1f433}', 'x', 'backspace', 'backspace'], ''],
		[['backspace'], ''],
		[[...'two words', 'ctrl+w'].map((key) => (key === ' ' ? 'space' : key)), 'two '],
		[[...'web', 'ctrl+u', 'x'], 'x'],
		[['a', 'up', 'pagedown', 'delete', 'ctrl+x', 'b'], 'ab'],
	])('%o is %o', async (keys, text) => {
		const player = play(world());
		await player.press('/', ...keys);
		expect(filterOf(player)).toBe(text);
		expect(isTyping(player.state())).toBe(true);
	});

	it('the list follows, and Enter keeps it', async () => {
		const player = play(world());
		await player.press('/', ...'older', 'enter', 's');
		expect(player.lines()).toEqual(['docker start older']);
		expect(filterOf(player)).toBe('older');
	});
});

it('in the palette', async () => {
	const player = play(world());
	await player.press(':', ...'rm', 'space', 'x', 'backspace');
	expect(player.state().overlay).toMatchObject({ text: 'rm ' });
});

it('what is pasted is text', () => {
	const player = play(after(world(), { type: 'opened', overlay: 'filter' }));
	pasted('two\r\n\tlines', { state: player.state, send: player.send });
	expect(filterOf(player)).toBe('two lines');
	const list = play(world());
	pasted('Dy', { state: list.state, send: list.send });
	expect([list.state().overlay, list.lines()]).toEqual([undefined, []]);
});

it('nowhere else', async () => {
	for (const state of [
		world(),
		after(world(), { type: 'opened', overlay: 'help' }),
		after(world(), { type: 'opened', overlay: 'journal' }),
	]) {
		expect(isTyping(state)).toBe(false);
		const player = play(state);
		await player.press('~', 'backspace', '웹');
		expect(player.state()).toBe(state);
	}
	const player = play(containersOn('old'));
	await player.press('d');
	expect(isTyping(player.state())).toBe(false);
});
