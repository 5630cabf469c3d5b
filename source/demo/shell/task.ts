// A process of the toy shell: what a signal does to it.

import { isHarmless, type Process } from '../process.ts';
import type { Shell } from './shell.ts';

export type Task = {
	process: Process;
	/** Signal → script. */
	traps: Map<number, string>;
	/** A shell that talks to a person shrugs off what ends a program. */
	isInteractive: boolean;
	/** The shell whose traps and jobs these are. */
	shell: Shell | undefined;
	/** Called when a stopped process goes on. */
	wake: Set<() => void>;
};

/** The processes that a process began, and those that they began, without the jobs in its background. */
export const inFront = (shell: Shell): Process[] => {
	const jobs = new Set(shell.jobs.map((job) => job.process));
	const found: Process[] = [shell.task.process];
	for (const process of shell.launch.container.processes.values())
		if (!jobs.has(process) && found.some(({ pid }) => pid === process.parent)) found.push(process);
	return found.slice(1);
};

export const createTask = (process: Process): Task => ({
	process,
	traps: new Map(),
	isInteractive: false,
	shell: undefined,
	wake: new Set(),
});

/** Becomes another program: traps and interactivity do not survive an exec. */
export const replaceProgram = (task: Task, argv: string[]): void => {
	task.process.argv = argv;
	for (const [signal, script] of task.traps) if (script !== '') task.traps.delete(signal);
	task.isInteractive = false;
	task.shell = undefined;
};

const ignoredByPeople = [2, 3, 15];
const stops = [19, 20, 21, 22];

const runTrap = (task: Task, script: string, die: (code: number) => void): void => {
	const { shell } = task;
	if (!shell) return;
	const { terminal } = shell;
	const io = {
		out: (bytes: string | Buffer) => terminal.write(bytes, 1),
		err: (bytes: string | Buffer) => terminal.write(bytes, 2),
		ready: () => Promise.resolve(),
		read: () => terminal.read(),
		chunk: () => terminal.chunk(),
		isTerminal: terminal.isTty,
		signal: new AbortController().signal,
	};
	void shell.runScript(script, shell, io).then(() => shell.exit !== undefined && die(shell.exit));
};

/** What a signal does to a process, `die` being its default action. */
export const takeSignal = (task: Task, signal: number, die: (code: number) => void): void => {
	const { process } = task;
	const trap = task.traps.get(signal);
	if (signal === 9) return die(137);
	if (signal === 18 && process.isStopped) {
		process.isStopped = false;
		for (const wake of [...task.wake]) wake();
	} else if (stops.includes(signal) && !process.isFirst && !(task.isInteractive && signal !== 19))
		process.isStopped = true;
	else if (trap !== undefined) {
		if (trap) runTrap(task, trap, die);
	} else if (process.isFirst || isHarmless(signal)) return;
	else if (!task.isInteractive || !ignoredByPeople.includes(signal)) {
		// A shell that loses its terminal takes its jobs along.
		if (signal === 1 && task.isInteractive) for (const job of task.shell?.jobs ?? []) job.process.signal(1);
		die(128 + signal);
	}
};
