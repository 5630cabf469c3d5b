// The command line, as far as it does not print and end.
import type { Key } from 'ink';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keyNames } from '../source/actions/keys.ts';
import { argumentsOf } from '../source/arguments.ts';

const around = { cwd: '/home/me/app', env: { TOKEN: 'secret' }, home: '/home/me' };
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
	expect(await argumentsOf(argv, around)).toMatchObject(command);
});

const build = {
	context: '/home/me/app',
	dockerfile: '/home/me/app/Dockerfile',
	tags: [],
	args: {},
	secrets: {},
	isUncached: false,
	pullsBases: false,
};

it.each([
	[['build', '.'], build],
	[['build', '-t', 'app:1', '.'], { ...build, tags: ['app:1'] }],
	[
		['build', '..', '-f', '웹 앱/Dockerfile'],
		{ ...build, context: '/home/me', dockerfile: '/home/me/app/웹 앱/Dockerfile' },
	],
	[['build', '~/x'], { ...build, context: '/home/me/x', dockerfile: '/home/me/x/Dockerfile' }],
	[
		['build', '--build-arg', "A=it's | $B", '--build-arg=TOKEN', '--target', 'web', '.'],
		{ ...build, args: { A: "it's | $B", TOKEN: 'secret' }, target: 'web' },
	],
	[
		['build', '--platform=linux/arm64', '--no-cache', '--pull', '--secret', 'id=npm,src=/run/npm rc', '.'],
		{
			...build,
			platform: 'linux/arm64',
			isUncached: true,
			pullsBases: true,
			secrets: { npm: '/run/npm rc' },
		},
	],
])('%o builds at once', async (argv, wish) => {
	expect(await argumentsOf(argv, around)).toMatchObject({ ...opened, build: wish });
	expect(await argumentsOf(['--demo', '--leave-key', 'ctrl+g', ...argv], around)).toMatchObject({
		demo: true,
		leaveKey: 'ctrl+g',
		build: wish,
	});
});

it('without build nothing is built', async () => {
	expect(await argumentsOf(['--demo'], around)).not.toHaveProperty('build');
	expect(await argumentsOf([], around)).not.toHaveProperty('build');
});

it.each([
	[['build'], 'The line ends with the folder that is sent: . for this one.'],
	[['build', 'a', 'b'], 'Only one folder can be sent, not both a and b.'],
	[['build', '-'], 'A context from the standard input cannot be built here: give a folder.'],
	[
		['build', 'https://example.com/x.git'],
		'https://example.com/x.git is an address: only a folder of this machine can be built here.',
	],
	[['build', '--no-cahce', '.'], '--no-cahce is not understood here: did you mean --no-cache?'],
	[['build', '.', '-t'], '-t needs a value after it.'],
	[['--read-only', 'build', '.'], '--read-only builds nothing.'],
	[['keys', 'all', 'build', '.'], 'There is no command keys all: portside --help lists what there is.'],
	[
		['--leave-key', 'q', 'build', '.'],
		expect.stringContaining('--leave-key q cannot be told from other keys'),
	],
])('%o is a mistake', async (argv, sentence) => {
	expect(await argumentsOf(argv, around)).toEqual({ type: 'mistake', sentence });
});

it.each([[['--help']], [['build', '--help']], [['--demo', 'build', '.', '--help']]])(
	'%o prints the help and ends',
	async (argv) => {
		const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
			throw new Error(`exit ${code}`);
		});
		const print = vi.spyOn(console, 'log').mockImplementation(() => {});
		onTestFinished(() => void vi.restoreAllMocks());
		await expect(argumentsOf(argv, around)).rejects.toThrow('exit 0');
		expect(print.mock.calls.join('\n')).toContain('$ portside build PATH');
		expect(exit).toHaveBeenCalledOnce();
	},
);

it.each([
	[['key'], 'key'],
	[['keys', 'all'], 'keys all'],
])('%o is no command', async (argv, words) => {
	expect(await argumentsOf(argv, around)).toMatchObject({
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
	expect(await argumentsOf([`--leave-key=${key}`], around)).toEqual({
		type: 'mistake',
		sentence: `--leave-key ${key} cannot be told from other keys: give ctrl+ and one of a-z ] \\ ^ _ (not c, h, i, j, m, p, q).`,
	});
});

it('every key that leads out of a terminal is one byte, and the byte of no other', async () => {
	const keys = [...'abcdefghijklmnopqrstuvwxyz[]\\^_'].map((key) => `ctrl+${key}`);
	const possible: string[] = [];
	for (const key of keys)
		if ((await argumentsOf([`--leave-key=${key}`], around)).type === 'open') possible.push(key);
	expect(possible).toHaveLength(keys.length - 8);
	for (const key of possible) {
		const byte = String.fromCharCode(key.charCodeAt('ctrl+'.length) & 0x1f);
		expect(keyNames(byte, {} as Key)).toEqual([key]);
	}
});
