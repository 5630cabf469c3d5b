// What Ink tells of a keypress becomes the names of the table.
import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { keyLabel } from '../../source/actions/key-label.ts';
import { keyNames } from '../../source/actions/keys.ts';
import { actions } from '../../source/actions/table.ts';

const none: Key = {
	...{
		upArrow: false,
		downArrow: false,
		leftArrow: false,
		rightArrow: false,
		pageDown: false,
		pageUp: false,
		home: false,
		end: false,
	},
	...{
		return: false,
		escape: false,
		ctrl: false,
		shift: false,
		tab: false,
		backspace: false,
		delete: false,
		meta: false,
	},
	...{ super: false, hyper: false, capsLock: false, numLock: false },
};
const named = (input: string, key: Partial<Key> = {}) => keyNames(input, { ...none, ...key });

it.each([
	['j', {}, ['j']],
	['G', { shift: true }, ['G']],
	['jj', {}, ['j', 'j']],
	['jjk', {}, ['j', 'j', 'k']],
	['웹', {}, ['웹']],
	['\u{1f433}', {}, ['\u{1f433}']],
	[' ', {}, ['space']],
	['\r', { return: true }, ['enter']],
	['\n', {}, ['enter']],
	['web\n', {}, ['w', 'e', 'b', 'enter']],
	['', { tab: true }, ['tab']],
	['', { tab: true, shift: true }, ['shift+tab']],
	['c', { ctrl: true }, ['ctrl+c']],
	['', { upArrow: true }, ['up']],
	['', { pageDown: true }, ['pagedown']],
	['', { escape: true }, ['esc']],
	['', { backspace: true }, ['backspace']],
	['', { delete: true }, ['delete']],
	['', {}, []],
	// Several keys in one read: Ink takes only the first of them apart.
	['j\tk', {}, ['j', 'tab', 'k']],
	['j\x03', {}, ['j', 'ctrl+c']],
	['ab\x7f\x7f', {}, ['a', 'b', 'backspace', 'backspace']],
	['\x04\x15', {}, ['ctrl+d', 'ctrl+u']],
	['x\x1b', {}, ['x', 'esc']],
	['\x1d', {}, ['ctrl+]']],
	['a\x1c\x1d\x1e\x1f', {}, ['a', 'ctrl+\\', 'ctrl+]', 'ctrl+^', 'ctrl+_']],
])('%o with %o is %o', (input, key, names) => {
	expect(named(input, key)).toEqual(names);
});

it('Alt and a letter is not the letter', () => {
	expect(named('d', { meta: true })).toEqual(['alt+d']);
	expect(actions.flatMap(({ keys }) => keys).filter((key) => key.startsWith('alt+'))).toEqual([]);
});

describe('labels', () => {
	it('are what stands on a keyboard', () => {
		expect(['up', 'shift+tab', 'ctrl+d', 'pagedown', 'space', 'esc', 's', '?'].map(keyLabel)).toEqual([
			'↑',
			'⇧Tab',
			'Ctrl+D',
			'PgDn',
			'Space',
			'Esc',
			's',
			'?',
		]);
	});

	it('differ for every key of the table', () => {
		const keys = [...new Set(actions.flatMap((action) => action.keys))];
		expect(new Set(keys.map(keyLabel)).size).toBe(keys.length);
	});
});
