// Where something is typed, keys that mean nothing else are text.
import { describe, expect, it } from 'vitest';
import { isTyping, pasted } from '../../source/actions/typing.ts';
import { after } from '../model/things.ts';
import { containersOn, on, play, world } from './player.ts';

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

describe('in a field of a dialog', () => {
	it.each([
		[['left', 'left', 'x'], 'wxeb'],
		[['home', 'x', 'end', 'y'], 'xweby'],
		[['ctrl+a', 'delete', 'ctrl+e', 'backspace'], 'e'],
		[['left', 'ctrl+k', 'x'], 'wex'],
		[['left', 'ctrl+u', 'x'], 'xb'],
		[['home', 'left', 'backspace', 'right', 'right', 'right', 'right', 'x'], 'webx'],
		[['웹', 'left', 'x', 'right', 'y'], 'webx웹y'],
		[['left', '\u{1f433}', 'left', 'delete'], 'web'],
	])('%o is %o', async (keys, text) => {
		const player = play(world());
		await player.press('R', ...keys);
		const { overlay } = player.state();
		expect(overlay?.type === 'question' && overlay.question.fields[0]?.value).toBe(text);
	});

	it.each([
		[[...'mine'], 'mine'],
		[['space'], ' '],
		[['end', '2'], 'tool:32'],
		[['backspace', 'x'], 'tool:x'],
		[['down', 'up', 'x'], 'x'],
		[['ctrl+u', 'x'], 'x'],
		[['x', 'home', 'y'], 'yx'],
	])('with an offer, %o is %o', async (keys, text) => {
		const player = play(on(world(), 'images', ['tool:3']));
		await player.press('t', ...keys);
		const { overlay } = player.state();
		expect(overlay?.type === 'question' && overlay.question.fields[0]?.value).toBe(text);
	});

	it('what is pasted takes the place of an offer', async () => {
		const player = play(on(world(), 'images', ['tool:3']));
		await player.press('t');
		pasted('team/app\n', { state: player.state, send: player.send });
		const { overlay } = player.state();
		expect(overlay?.type === 'question' && overlay.question.fields[0]?.value).toBe('team/app ');
	});

	it('a password that is pasted has no end of a line, and all its spaces', async () => {
		const player = play(world());
		await player.press('L', 'tab', 'tab');
		pasted(' two  spaces \r\n', { state: player.state, send: player.send });
		const { overlay } = player.state();
		expect(overlay?.type === 'question' && overlay.question.fields[2]?.value).toBe(' two  spaces ');
	});

	it('what is pasted stands where the caret is', async () => {
		const player = play(world());
		await player.press('R', 'home');
		pasted('a b', { state: player.state, send: player.send });
		await player.press('-');
		const { overlay } = player.state();
		expect(overlay?.type === 'question' && overlay.question.fields[0]?.value).toBe('a b-web');
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
	pasted(' \\\n  more', { state: player.state, send: player.send });
	expect(filterOf(player)).toBe('two lines more');
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
