// Running the program that a word names: one of the toy's own commands, a script, or one that only pretends.

import { nodeAt } from '../files.ts';
import { startChild } from './child.ts';
import { builtins, commands } from './commands.ts';
import { runLong } from './long.ts';
import { findProgram } from './lookup.ts';
import type { Io, Shell } from './shell.ts';

const whyNot = (shell: Shell, why: string): string =>
	shell.name === 'bash' && why === 'not found' ? 'command not found' : why;

/** Runs a program in the process of this shell. */
export const runProgram = async (argv: string[], io: Io, shell: Shell): Promise<number> => {
	const [name = '', ...args] = argv;
	const found = findProgram(shell.files, name, shell.env, shell.directory);
	if ('why' in found) {
		io.err(`${shell.name}: ${name}: ${whyNot(shell, found.why)}\n`);
		return found.why === 'not found' ? 127 : 126;
	}
	const node = nodeAt(shell.files, found.path);
	const isScript = node?.kind === 'file' && node.bytes.length > 0 && node.bytes[0] !== 0x7f;
	const command = commands[isScript ? 'sh' : found.name];
	if (isScript && command) return command([found.path, ...args], io, shell);
	return command ? command(args, io, shell) : runLong([found.name, ...args], io, shell);
};

export const runArgv = async (argv: string[], io: Io, shell: Shell): Promise<number> => {
	const [name = '', ...args] = argv;
	await io.ready();
	if (io.signal.aborted) return 130;
	const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
	if (builtin) return builtin(args, io, shell);
	const found = findProgram(shell.files, name, shell.env, shell.directory);
	if ('why' in found) return runProgram(argv, io, shell);
	return startChild(shell, io, argv, (own, inner) => runProgram(argv, own, inner)).ended;
};
