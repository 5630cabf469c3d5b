// What a running toy shell holds, and where a command reads and writes.

import type { Files } from '../files.ts';
import type { Launch } from '../process.ts';
import type { Terminal, Typed } from './terminal.ts';

export type Shell = {
	launch: Launch;
	terminal: Terminal;
	files: Files;
	env: Map<string, string>;
	directory: string;
	/** `$?` */
	status: number;
	/** `$0`, `$1` … */
	positional: string[];
	traps: Map<number, string>;
	/** Set when the shell must end: everything unwinds. */
	exit: number | undefined;
	/** Set by break and continue inside a loop. */
	loop: 'break' | 'continue' | undefined;
	background: Promise<number>[];
	/** How commands run other commands; here, so that they need not import what imports them. */
	runArgv(argv: string[], io: Io, shell: Shell): Promise<number>;
	runScript(script: string, shell: Shell, io: Io): Promise<number>;
	/** Scripts inside scripts. */
	depth: number;
};

export type Io = {
	out(bytes: string | Buffer): void;
	err(bytes: string | Buffer): void;
	read(): Promise<Typed>;
	/** Output goes straight to the terminal: a full-screen program may draw. */
	isTerminal: boolean;
	/** Aborted by Ctrl+C and by the end of the process. */
	signal: AbortSignal;
};

export type Command = (args: string[], io: Io, shell: Shell) => number | Promise<number>;
