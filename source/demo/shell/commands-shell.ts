// Commands that change or steer a shell: cd, exit, export, trap, exec, read, kill, wait.

import { nodeAt, resolvePath } from '../files.ts';
import { signalNumber } from '../process.ts';
import { isShellName } from './interact.ts';
import { findProgram } from './lookup.ts';
import { nested } from './nested.ts';
import type { Command } from './shell.ts';
import { test } from './test.ts';

const cd: Command = ([target = '~'], io, shell) => {
	const path = target === '~' ? (shell.env.get('HOME') ?? '/root') : resolvePath(shell.directory, target);
	const node = nodeAt(shell.files, path);
	if (node?.kind !== 'directory') {
		io.err(`sh: cd: can't cd to ${target}: ${node ? 'Not a directory' : 'No such file or directory'}\n`);
		return 1;
	}
	shell.directory = path;
	return 0;
};

const leave: Command = ([code], _io, shell) => {
	shell.exit = code === undefined ? shell.status : (Number.parseInt(code, 10) || 0) & 255;
	return shell.exit;
};

const exportNames: Command = (args, io, shell) => {
	if (args.length === 0) for (const [name, value] of shell.env) io.out(`export ${name}='${value}'\n`);
	for (const arg of args) {
		const equals = arg.indexOf('=');
		if (equals > 0 && shell.env.size < 1000) shell.env.set(arg.slice(0, equals), arg.slice(equals + 1));
	}
	return 0;
};

const trap: Command = ([action = '', ...signals], _io, shell) => {
	for (const name of signals) {
		if (!/^[A-Z0-9]+$/i.test(name) || name === 'EXIT' || name === '0') continue;
		if (action === '-') shell.traps.delete(signalNumber(name));
		else shell.traps.set(signalNumber(name), action);
	}
	return 0;
};

const leaveLoop =
	(how: 'break' | 'continue'): Command =>
	(_args, _io, shell) => {
		shell.loop = how;
		return 0;
	};

const execute: Command = async (args, io, shell) => {
	if (args.length === 0) return 0;
	const status = await shell.runArgv(args, io, shell);
	shell.exit ??= status;
	return status;
};

const read: Command = async (args, io, shell) => {
	const typed = await io.read();
	if (typed.kind !== 'line') return typed.kind === 'end' ? 1 : 130;
	shell.env.set(args.findLast((arg) => !arg.startsWith('-')) ?? 'REPLY', typed.text.trim());
	return 0;
};

const kill: Command = (args, io, shell) => {
	const option = args[0]?.startsWith('-') ? args.shift() : undefined;
	const signal =
		option === '-s' ? signalNumber(args.shift() ?? 'TERM') : signalNumber(option?.slice(1) || 'TERM');
	for (const pid of args) {
		const all = [...shell.launch.container.processes.values()];
		const process = all.find((each) => (pid === '1' ? each.isFirst : String(each.pid) === pid));
		if (!process) {
			io.err(`sh: can't kill pid ${pid}: No such process\n`);
			return 1;
		}
		process.signal(signal);
	}
	return 0;
};

const which: Command = (args, io, shell) => {
	let missing = 0;
	for (const name of args.filter((arg) => !arg.startsWith('-'))) {
		const found = findProgram(shell.files, name, shell.env, shell.directory);
		if ('path' in found) io.out(`${found.path}\n`);
		else missing++;
	}
	return missing > 0 ? 1 : 0;
};

const command: Command = (args, io, shell) =>
	args[0] === '-v' ? which(args.slice(1), io, shell) : shell.runArgv(args, io, shell);

const wait: Command = async (_args, io, shell) => {
	const stopped = new Promise<unknown>((resolve) =>
		io.signal.addEventListener('abort', resolve, { once: true }),
	);
	await Promise.race([Promise.all(shell.background.splice(0)), stopped]);
	return 0;
};

export const shellBuiltins: Record<string, Command> = {
	cd,
	exit: leave,
	logout: leave,
	export: exportNames,
	unset: (args, _io, shell) => {
		for (const name of args) shell.env.delete(name);
		return 0;
	},
	set: () => 0,
	':': () => 0,
	test,
	'[': test,
	trap,
	exec: execute,
	read,
	kill,
	wait,
	command,
	type: which,
	eval: (args, io, shell) => shell.runScript(args.join(' '), shell, io),
	break: leaveLoop('break'),
	continue: leaveLoop('continue'),
	shift: (_args, _io, shell) => {
		shell.positional.splice(1, 1);
		return 0;
	},
	pwd: (_args, io, shell) => {
		io.out(`${shell.directory}\n`);
		return 0;
	},
};

export const shellCommands: Record<string, Command> = { which };
for (const name of ['sh', 'ash', 'bash', 'dash']) if (isShellName(name)) shellCommands[name] = nested(name);
