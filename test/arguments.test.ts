// The command line, as far as it does not print and end.
import { expect, it } from 'vitest';
import { argumentsOf } from '../source/arguments.ts';

const opened = { type: 'open', demo: false, readOnly: false, all: true };

it.each([
	[[], opened],
	[['--demo'], { ...opened, demo: true }],
	[['--read-only'], { ...opened, readOnly: true }],
	[['--host', 'tcp://10.0.0.1:2375'], { ...opened, host: 'tcp://10.0.0.1:2375' }],
	[['-H', 'unix:///tmp/x.sock', '-a'], { ...opened, host: 'unix:///tmp/x.sock' }],
	[['--no-all'], { ...opened, all: false }],
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
