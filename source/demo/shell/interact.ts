// The dialogue of an interactive shell: prompt, line, run, again.

import { addJob, jobLine, tellEnded } from './jobs.ts';
import { editLine } from './line-editor.ts';
import { parse } from './parse.ts';
import { prompt } from './prompt.ts';
import type { Io, Shell } from './shell.ts';
import { inFront } from './task.ts';
import type { Typed } from './terminal.ts';

const rememberedLines = 500;

/** A quote, a loop or a condition that has not come to its end. */
const isUnfinished = (text: string): boolean => {
	try {
		parse(text);
		return false;
	} catch (error) {
		return /unterminated|end of file$/.test(String(error)) || text.endsWith('\\');
	}
};

const readCommand = async (shell: Shell, io: Io): Promise<Typed> => {
	const ask = (shown: string) => (shell.terminal.isTty ? editLine(shell, io, shown) : io.read());
	let typed = await ask(prompt(shell));
	if (typed.kind !== 'line') return typed;
	let { text } = typed;
	while (text.trim() && isUnfinished(text)) {
		typed = await ask('> ');
		if (typed.kind === 'interrupt') return typed;
		if (typed.kind === 'end') break;
		text += `\n${typed.text}`;
	}
	return { kind: 'line', text };
};

const remember = (shell: Shell, text: string): void => {
	if (!text.trim() || shell.history.at(-1) === text) return;
	shell.history.push(text);
	if (shell.history.length > rememberedLines) shell.history.shift();
};

/** Ctrl+Z: what runs in front becomes a job that is stopped; false when nothing does. */
const suspend = (shell: Shell, io: Io, text: string): boolean => {
	const front = inFront(shell);
	const process = front.find(({ parent }) => parent === shell.task.process.pid);
	if (!process?.ended) return false;
	for (const each of front) each.isStopped = true;
	const job = addJob(shell, process, process.ended, text);
	shell.status = 148;
	io.out(`\n${jobLine(shell, job)}`);
	return true;
};

/** Runs one line; Ctrl+C ends what it started and not the shell. */
const runLine = async (shell: Shell, io: Io, text: string): Promise<void> => {
	const { terminal } = shell;
	const interrupt = new AbortController();
	terminal.onInterrupt = () => {
		const front = inFront(shell);
		for (const process of front) process.signal(2);
		// What will not listen keeps its line.
		if (front.every((process) => process.isDead)) interrupt.abort();
	};
	const signal = AbortSignal.any([io.signal, interrupt.signal]);
	const suspended = new Promise<void>((resolve) => {
		terminal.onSuspend = () => suspend(shell, io, text) && resolve();
	});
	terminal.beginLines();
	const script = shell.runScript(text, shell, {
		...io,
		signal,
		read: (own = signal) => io.read(own),
		chunk: (own = signal) => io.chunk(own),
	});
	await Promise.race([script, suspended]);
	terminal.onInterrupt = undefined;
	terminal.onSuspend = undefined;
	terminal.isEchoing = terminal.isTty;
	terminal.isRaw = !terminal.isTty;
	if (interrupt.signal.aborted) shell.status = 130;
};

/** Reads lines and runs them until `exit`, Ctrl+D or the end of the input. */
export const interact = async (shell: Shell, io: Io): Promise<number> => {
	const { terminal, task } = shell;
	const outer = terminal.onInterrupt;
	terminal.onInterrupt = undefined;
	task.isInteractive = terminal.isTty;
	while (shell.exit === undefined && !io.signal.aborted) {
		tellEnded(shell, task.isInteractive ? io.err : () => {});
		await io.ready();
		const typed = await readCommand(shell, io);
		if (typed.kind === 'end') {
			if (terminal.isTty) io.out(shell.name === 'bash' ? 'exit\n' : '\n');
			break;
		}
		if (typed.kind === 'interrupt') {
			shell.status = 130;
			continue;
		}
		remember(shell, typed.text);
		if (typed.text.trim()) await runLine(shell, io, typed.text);
	}
	terminal.onInterrupt = outer;
	return shell.exit ?? shell.status;
};
