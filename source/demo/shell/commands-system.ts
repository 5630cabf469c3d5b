// Commands about the machine: ps, env, id, uname, date, sleep, stty and the programs of the demo images.

import { nodeAt } from '../files.ts';
import { processors } from '../machine.ts';
import { pause } from '../timers.ts';
import type { Command, Io, Shell } from './shell.ts';
import { cutTo } from './widths.ts';

const say =
	(text: (shell: Shell, args: string[]) => string): Command =>
	(args, io, shell) => {
		io.out(`${text(shell, args)}\n`);
		return 0;
	};

/** Process numbers as the container sees them: its first process is 1. */
export const insideRows = (shell: Shell) =>
	[...shell.launch.container.processes.values()].map((process) => ({
		pid: process.inside,
		parent: shell.launch.container.processes.get(process.parent)?.inside ?? 0,
		state: process.isStopped ? 'T' : 'S',
		user: process.user,
		command: process.argv.join(' '),
	}));

/** The user this runs as, by name or number, as /etc/passwd knows it. */
const userOf = (shell: Shell): { name: string; uid: string; gid: string } => {
	const [user = 'root', group] = shell.launch.user.split(':');
	const node = nodeAt(shell.files, '/etc/passwd');
	const lines = node?.kind === 'file' ? node.bytes.toString().split('\n') : [];
	const fields = lines.map((line) => line.split(':'));
	const known = fields.find(([name, , uid]) => name === user || uid === user);
	const uid = known?.[2] ?? (/^\d+$/.test(user) ? user : '1000');
	return { name: known?.[0] ?? user, uid, gid: group ?? known?.[3] ?? uid };
};

const ps: Command = (_args, io, shell) => {
	const rows = insideRows(shell).map(
		({ pid, user, command }) => `${String(pid).padStart(5)} ${user.padEnd(8)}  0:00 ${command}`,
	);
	const width = io.isTerminal ? shell.launch.size.columns || 80 : 1000;
	io.out(`PID   USER     TIME  COMMAND\n${rows.map((row) => cutTo(row, width)).join('\n')}\n`);
	return 0;
};

const sleep: Command = async ([duration = ''], io, shell) => {
	const match = /^(\d*\.?\d+)([smhd]?)$/.exec(duration);
	if (!match && duration !== 'infinity') {
		io.err(`sleep: invalid number '${duration}'\n`);
		return 1;
	}
	const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[match?.[2] || 's'] ?? 1;
	const ms = match ? Number(match[1]) * unit * 1000 : Number.POSITIVE_INFINITY;
	await pause(shell.launch.world.timers, Math.min(ms, 2 ** 31 - 1), io.signal);
	await io.ready();
	return io.signal.aborted ? 130 : 0;
};

const stty: Command = (args, io, shell) => {
	const { rows, columns } = shell.launch.size;
	if (!shell.terminal.isTty) {
		io.err('stty: standard input: Inappropriate ioctl for device\n');
		return 1;
	}
	if (args.includes('raw')) shell.terminal.isRaw = true;
	if (['-raw', 'cooked', 'sane'].some((word) => args.includes(word))) shell.terminal.isRaw = false;
	if (args.includes('-echo')) shell.terminal.isEchoing = false;
	if (args.includes('echo') || args.includes('sane')) shell.terminal.isEchoing = true;
	if (args[0] === 'size') io.out(`${rows} ${columns}\n`);
	else if (args.length === 0 || args[0] === '-a')
		io.out(`speed 38400 baud; rows ${rows}; columns ${columns}; line = 0;\n`);
	return 0;
};

const uname = (_shell: Shell, args: string[]): string =>
	args.includes('-a')
		? `Linux ${_shell.env.get('HOSTNAME')} 6.8.0-demo #1 SMP x86_64 GNU/Linux`
		: args.includes('-r')
			? '6.8.0-demo'
			: args.includes('-m')
				? 'x86_64'
				: 'Linux';

const date: Command = ([format = ''], io, shell) => {
	const at = new Date(shell.launch.world.now());
	const iso = at.toISOString();
	if (format === '+%s') io.out(`${Math.floor(at.getTime() / 1000)}\n`);
	else if (format === '-Iseconds') io.out(`${iso.slice(0, 19)}+00:00\n`);
	else if (format.startsWith('+'))
		io.out(
			`${format.slice(1).replaceAll('%T', iso.slice(11, 19)).replaceAll('%F', iso.slice(0, 10)).replaceAll('%H:%M:%S', iso.slice(11, 19))}\n`,
		);
	else
		io.out(`${at.toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5 UTC $4')}\n`);
	return 0;
};

const helloWorld = `
Hello from Docker!
This message shows that your installation appears to be working correctly.

To generate this message, Docker took the following steps:
 1. The Docker client contacted the Docker daemon.
 2. The Docker daemon pulled the "hello-world" image from the Docker Hub.
    (amd64)
 3. The Docker daemon created a new container from that image which runs the
    executable that produces the output you are currently reading.
 4. The Docker daemon streamed that output to the Docker client, which sent it
    to your terminal.

To try something more ambitious, you can run an Ubuntu container with:
 $ docker run -it ubuntu bash

Share images, automate workflows, and more with a free Docker ID:
 https://hub.docker.com/

For more examples and ideas, visit:
 https://docs.docker.com/get-started/
`;

const hello = say(() => helloWorld);

const install =
	(name: string): Command =>
	async (args, io: Io, shell) => {
		const packages = args.filter((arg) => !arg.startsWith('-')).slice(1);
		for (const each of packages.slice(0, 20)) {
			io.out(`${name === 'pip' ? 'Collecting' : 'Setting up'} ${each}\n`);
			await pause(shell.launch.world.timers, 250 * shell.launch.world.pace, io.signal);
		}
		io.out(
			name === 'pip' && packages.length > 0 ? `Successfully installed ${packages.join(' ')}\n` : 'Done.\n',
		);
		return 0;
	};

const python: Command = async (args, io, shell) => {
	if (/^(-V|--version)$/.test(args[0] ?? '')) io.out('Python 3.13.0\n');
	const printed = args[0] === '-c' ? /^\s*print\((['"])(.*)\1\)\s*;?\s*$/.exec(args[1] ?? '') : null;
	if (printed) io.out(`${printed[2]}\n`);
	if (args.length > 0) return 0;
	if (shell.terminal.isTty) io.out('Python 3.13.0 (demo: it understands print("…") and exit())\n>>> ');
	while (!io.signal.aborted) {
		const typed = await io.read();
		if (typed.kind === 'end' || /^(exit|quit)\(\)/.test(typed.kind === 'line' ? typed.text : '')) return 0;
		const line =
			typed.kind === 'line'
				? (/^print\((['"])(.*)\1\)$/.exec(typed.text.trim())?.[2] ??
					(typed.text.trim() ? "NameError: the demo's Python does not know that" : ''))
				: 'KeyboardInterrupt';
		if (line) io.out(`${line}\n`);
		if (shell.terminal.isTty) io.out('>>> ');
	}
	return 130;
};

export const systemCommands: Record<string, Command> = {
	ps,
	sleep,
	stty,
	date,
	hello,
	python,
	python3: python,
	pip: install('pip'),
	'apt-get': install('apt-get'),
	apt: install('apt'),
	apk: install('apk'),
	npm: install('npm'),
	true: () => 0,
	false: () => 1,
	sync: () => 0,
	reset: (_args, io) => {
		io.out('\x1bc');
		return 0;
	},
	clear: (_args, io) => {
		io.out('\x1b[H\x1b[2J');
		return 0;
	},
	env: say((shell) => [...shell.env].map(([name, value]) => `${name}=${value}`).join('\n')),
	hostname: say((shell) => shell.env.get('HOSTNAME') ?? ''),
	whoami: say((shell) => userOf(shell).name),
	id: say((shell, args) => {
		const { name, uid, gid } = userOf(shell);
		if (args.includes('-un')) return name;
		if (args.includes('-u') || args.includes('-g')) return args.includes('-u') ? uid : gid;
		return `uid=${uid}(${name}) gid=${gid}(${name})${uid === '0' ? ' groups=0(root)' : ''}`;
	}),
	uname: say(uname),
	nproc: say(() => String(processors)),
	uptime: say(
		(shell) =>
			` ${new Date(shell.launch.world.now()).toISOString().slice(11, 19)} up 1 day,  2:03,  load average: 0.31, 0.28, 0.24`,
	),
	tty: say((shell) => (shell.terminal.isTty ? '/dev/pts/0' : 'not a tty')),
};
