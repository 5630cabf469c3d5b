// The command line.
import { readBuildLine } from './build/build-command.ts';
import type { Surroundings } from './build/build-options.ts';
import type { BuildWish } from './model/build.ts';
import { shellWord } from './model/words.ts';

const help = `
  Usage
    $ portside            your containers, images and ports
    $ portside build PATH  opens with a build under way; takes what docker build takes:
                          -t NAME -f FILE --build-arg K=V --target STAGE --platform P --secret … --no-cache --pull
    $ portside keys       prints the key table

  Options
    --host, -H HOST       the engine to use: unix:///path, tcp://host:port, ssh://user@host
    --demo                an embedded engine with containers of its own; nothing real is touched
    --read-only           looks, but changes nothing
    --all, -a             stopped containers too (as it starts); --no-all hides them
    --leave-key KEY       leads out of a terminal, back to Portside: ctrl+] if not given
    --version, --help

  Without --host the engine is found as docker does: DOCKER_HOST, the docker context, the usual sockets.
`;

const usualLeaveKey = 'ctrl+]';
/** Not those that are another key, or mean something in nearly every program. */
const possibleLeaveKey = /^ctrl\+[abd-gklnor-z\]\\^_]$/;

export type OpenCommand = {
	readonly type: 'open';
	readonly host: string | undefined;
	readonly demo: boolean;
	readonly readOnly: boolean;
	readonly all: boolean;
	/** As `actions/keys` spells it. */
	readonly leaveKey: string;
	/** To be started at once. */
	readonly build?: BuildWish;
};

export type Command =
	| OpenCommand
	| { readonly type: 'keys' }
	| { readonly type: 'mistake'; readonly sentence: string };

/** Prints and ends the program itself for `--help`, `--version` and what it does not understand. */
export const argumentsOf = async (words: readonly string[], around: Surroundings): Promise<Command> => {
	const at = words.indexOf('build');
	const building = at < 0 ? undefined : words.slice(at + 1);
	const own = at < 0 ? words : words.slice(0, at);
	// It prints only where it stands alone.
	const argv = building?.includes('--help') ? ['--help'] : own;
	// Parsing nothing needs no parser: 9 to 13 ms of the start.
	if (words.length === 0)
		return {
			type: 'open',
			host: undefined,
			demo: false,
			readOnly: false,
			all: true,
			leaveKey: usualLeaveKey,
		};
	const { default: meow } = await import('meow');
	const cli = meow(help, {
		importMeta: import.meta,
		argv,
		allowUnknownFlags: false,
		flags: {
			host: { type: 'string', shortFlag: 'H' },
			demo: { type: 'boolean', default: false },
			readOnly: { type: 'boolean', default: false },
			all: { type: 'boolean', shortFlag: 'a', default: true },
			leaveKey: { type: 'string', default: usualLeaveKey },
		},
	});
	const [name, ...rest] = cli.input;
	if (name === 'keys' && rest.length === 0) return { type: 'keys' };
	if (name !== undefined) {
		return {
			type: 'mistake',
			sentence: `There is no command ${[name, ...rest].join(' ')}: portside --help lists what there is.`,
		};
	}
	const leaveKey = cli.flags.leaveKey.toLowerCase();
	if (!possibleLeaveKey.test(leaveKey)) {
		return {
			type: 'mistake',
			sentence: `--leave-key ${cli.flags.leaveKey} cannot be told from other keys: give ctrl+ and one of a-z ] \\ ^ _ (not c, h, i, j, m, p, q).`,
		};
	}
	const command: OpenCommand = { type: 'open', ...cli.flags, leaveKey };
	if (building === undefined) return command;
	const line = `docker build ${building.map(shellWord).join(' ')}`;
	const read = readBuildLine(line, around);
	if ('problem' in read) return { type: 'mistake', sentence: read.problem };
	if (command.readOnly) return { type: 'mistake', sentence: '--read-only builds nothing.' };
	// As the docker line that the footer shows for it.
	const isClassic = around.env.DOCKER_BUILDKIT === '0';
	return { ...command, build: isClassic ? { ...read.wish, builder: 'classic' } : read.wish };
};
