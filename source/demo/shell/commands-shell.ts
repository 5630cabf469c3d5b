// Commands that change or steer a shell: cd, exit, export, trap, exec, read.

import { follow, resolvePath } from '../files.ts';
import { signalNumber } from '../process.ts';
import { jobBuiltins } from './commands-jobs.ts';
import { findProgram } from './lookup.ts';
import { nested } from './nested.ts';
import type { Command } from './shell.ts';
import { replaceProgram } from './task.ts';
import { test } from './test.ts';

const cd: Command = ([typed = '~'], io, shell) => {
	const target = typed === '-' ? (shell.env.get('OLDPWD') ?? shell.directory) : typed;
	const place = target === '~' ? (shell.env.get('HOME') ?? '/root') : resolvePath(shell.directory, target);
	const { path, node } = follow(shell.files, place);
	if (node?.kind !== 'directory') {
		io.err(`sh: cd: can't cd to ${target}: ${node ? 'Not a directory' : 'No such file or directory'}\n`);
		return 1;
	}
	shell.env.set('OLDPWD', shell.directory);
	if (typed === '-') io.out(`${path}\n`);
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
		shell.task.shell ??= shell;
		if (action === '-') shell.task.traps.delete(signalNumber(name));
		else shell.task.traps.set(signalNumber(name), action);
	}
	return 0;
};

const leaveLoop =
	(how: 'break' | 'continue'): Command =>
	(_args, _io, shell) => {
		shell.loop = how;
		return 0;
	};

/** The program takes the place of the shell: it keeps the number, and the shell never comes back. */
const execute: Command = async (args, io, shell) => {
	const [name] = args;
	if (name === undefined) return 0;
	const found = findProgram(shell.files, name, shell.env, shell.directory);
	if ('why' in found) {
		io.err(
			shell.name === 'bash'
				? `bash: line 1: exec: ${name}: ${found.why}\n`
				: `${shell.name}: exec: line 0: ${name}: ${found.why}\n`,
		);
		const code = found.why === 'not found' ? 127 : 126;
		if (!shell.task.isInteractive) shell.exit = code;
		return code;
	}
	replaceProgram(shell.task, args);
	const status = await shell.runProgram(args, io, shell);
	shell.exit = status;
	return status;
};

/** The last name takes the rest of the line. */
const read: Command = async (args, io, shell) => {
	const isRaw = args.some((arg) => /^-\w*r/.test(arg));
	const prompt = args.indexOf('-p');
	if (prompt >= 0 && shell.terminal.isTty) io.err(args[prompt + 1] ?? '');
	const names = args.filter((arg, index) => !arg.startsWith('-') && (prompt < 0 || index !== prompt + 1));
	const typed = await io.read();
	const text = typed.kind === 'line' ? (isRaw ? typed.text : typed.text.replace(/\\(.)/g, '$1')) : '';
	let rest = text.trim();
	for (const [index, name] of (names.length > 0 ? names : ['REPLY']).entries()) {
		const space = index < names.length - 1 ? rest.search(/\s/) : -1;
		shell.env.set(name, space < 0 ? rest : rest.slice(0, space));
		rest = space < 0 ? '' : rest.slice(space).trim();
	}
	if (typed.kind === 'interrupt') return 130;
	return typed.kind === 'end' ? 1 : 0;
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

const set: Command = (args, io, shell) => {
	if (args.length === 0) for (const [name, value] of shell.env) io.out(`${name}='${value}'\n`);
	const from = args[0] === '--' ? 1 : args[0]?.startsWith('-') || args[0]?.startsWith('+') ? -1 : 0;
	if (args.length > 0 && from >= 0)
		shell.positional = [shell.positional[0] ?? shell.name, ...args.slice(from)];
	return 0;
};

const history: Command = (args, io, shell) => {
	if (args[0] === '-c') shell.history.length = 0;
	for (const [index, line] of shell.history.entries()) io.out(`${String(index + 1).padStart(5)}  ${line}\n`);
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
	set,
	history,
	':': () => 0,
	test,
	'[': test,
	trap,
	exec: execute,
	read,
	...jobBuiltins,
	command,
	type: which,
	eval: (args, io, shell) => shell.runScript(args.join(' '), shell, io),
	break: leaveLoop('break'),
	continue: leaveLoop('continue'),
	shift: ([count = '1'], _io, shell) => {
		shell.positional.splice(1, Number(count) || 1);
		return 0;
	},
	umask: () => 0,
	alias: () => 0,
	pwd: (_args, io, shell) => {
		io.out(`${shell.directory}\n`);
		return 0;
	},
};

export const shellCommands: Record<string, Command> = { which };
for (const name of ['sh', 'ash', 'bash', 'dash']) shellCommands[name] = nested(name);
