// What a running toy shell holds, and where a command reads and writes.

import type { Files } from '../files.ts';
import type { Launch } from '../process.ts';
import type { Job } from './jobs.ts';
import type { Task } from './task.ts';
import type { Terminal, Typed } from './terminal.ts';

export type Shell = {
	launch: Launch;
	terminal: Terminal;
	/** The process that runs this. */
	task: Task;
	/** `$$`: a subshell has the number of the shell it comes from. */
	shellPid: number;
	/** `sh`, `bash`: how it calls itself in messages. */
	name: string;
	files: Files;
	env: Map<string, string>;
	directory: string;
	/** `$?` */
	status: number;
	/** `$0`, `$1` … */
	positional: string[];
	/** Set when the shell must end: everything unwinds. */
	exit: number | undefined;
	/** Set by break and continue inside a loop. */
	loop: 'break' | 'continue' | undefined;
	jobs: Job[];
	/** `$!` */
	lastJob: number;
	history: string[];
	/** How commands run other commands; here, so that they need not import what imports them. */
	runArgv(argv: string[], io: Io, shell: Shell): Promise<number>;
	runProgram(argv: string[], io: Io, shell: Shell): Promise<number>;
	runScript(script: string, shell: Shell, io: Io): Promise<number>;
	/** Scripts inside scripts. */
	depth: number;
};

export type Io = {
	out(bytes: string | Buffer): void;
	err(bytes: string | Buffer): void;
	/** Resolves when whoever reads the output keeps up, or the command must end. */
	ready(): Promise<void>;
	/** A line of the input. */
	read(signal?: AbortSignal): Promise<Typed>;
	/** Whatever there is of the input, as it came; undefined at its end. */
	chunk(signal?: AbortSignal): Promise<Buffer | undefined>;
	/** Output goes straight to the terminal: a full-screen program may draw. */
	isTerminal: boolean;
	/** Aborted by Ctrl+C and by the end of the process. */
	signal: AbortSignal;
};

export type Command = (args: string[], io: Io, shell: Shell) => number | Promise<number>;
