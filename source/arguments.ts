// The command line.
const help = `
  Usage
    $ portside            your containers, images and ports
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
};

export type Command =
	| OpenCommand
	| { readonly type: 'keys' }
	| { readonly type: 'mistake'; readonly sentence: string };

/** Prints and ends the program itself for `--help`, `--version` and what it does not understand. */
export const argumentsOf = async (argv: readonly string[]): Promise<Command> => {
	// Parsing nothing needs no parser: 9 to 13 ms of the start.
	if (argv.length === 0)
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
	return { type: 'open', ...cli.flags, leaveKey };
};
