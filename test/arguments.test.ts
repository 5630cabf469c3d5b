// The command line, as far as it does not print and end.
import type { Key } from 'ink';
import { expect, it } from 'vitest';
import { keyNames } from '../source/actions/keys.ts';
import { argumentsOf } from '../source/arguments.ts';

const opened = { type: 'open', demo: false, readOnly: false, all: true, leaveKey: 'ctrl+]' };

it.each([
	[[], opened],
	[['--demo'], { ...opened, demo: true }],
	[['--read-only'], { ...opened, readOnly: true }],
	[['--host', 'tcp://10.0.0.1:2375'], { ...opened, host: 'tcp://10.0.0.1:2375' }],
	[['-H', 'unix:///tmp/x.sock', '-a'], { ...opened, host: 'unix:///tmp/x.sock' }],
	[['--no-all'], { ...opened, all: false }],
	[['--leave-key', 'ctrl+g'], { ...opened, leaveKey: 'ctrl+g' }],
	[['--leave-key', 'Ctrl+B'], { ...opened, leaveKey: 'ctrl+b' }],
	[['--leave-key=ctrl+\\'], { ...opened, leaveKey: 'ctrl+\\' }],
	[['--leave-key', 'ctrl+^'], { ...opened, leaveKey: 'ctrl+^' }],
	[['--leave-key', 'ctrl+_', '--demo'], { ...opened, demo: true, leaveKey: 'ctrl+_' }],
	[['keys'], { type: 'keys' }],
])('%o', async (argv, command) => {
	expect(await argumentsOf(argv)).toMatchObject(command);
});

it.each([
	[['key'], 'key'],
	[['keys', 'all'], 'keys all'],
])('%o is no command', async (argv, words) => {
	expect(await argumentsOf(argv)).toMatchObject({
		type: 'mistake',
		sentence: expect.stringContaining(`no command ${words}`),
	});
});

it.each([
	'',
	'q',
	'esc',
	'ctrl+',
	'ctrl+c',
	'ctrl+h',
	'ctrl+i',
	'ctrl+j',
	'ctrl+m',
	'ctrl+p',
	'ctrl+q',
	'ctrl+[',
	'ctrl+@',
	'ctrl+1',
	'ctrl+aa',
	'alt+a',
	'ctrl-a',
	'^]',
])('%o cannot be told from other keys', async (key) => {
	expect(await argumentsOf([`--leave-key=${key}`])).toEqual({
		type: 'mistake',
		sentence: `--leave-key ${key} cannot be told from other keys: give ctrl+ and one of a-z ] \\ ^ _ (not c, h, i, j, m, p, q).`,
	});
});

it('every key that leads out of a terminal is one byte, and the byte of no other', async () => {
	const keys = [...'abcdefghijklmnopqrstuvwxyz[]\\^_'].map((key) => `ctrl+${key}`);
	const possible: string[] = [];
	for (const key of keys) if ((await argumentsOf([`--leave-key=${key}`])).type === 'open') possible.push(key);
	expect(possible).toHaveLength(keys.length - 8);
	for (const key of possible) {
		const byte = String.fromCharCode(key.charCodeAt('ctrl+'.length) & 0x1f);
		expect(keyNames(byte, {} as Key)).toEqual([key]);
	}
});
