// Starting the toy shell or one of its commands as a process: input, signals, pausing, exit code.

import { setMaxListeners } from 'node:events';
import { filesOf } from '../container.ts';
import { baseName } from '../files.ts';
import type { Launch, Process, Running } from '../process.ts';
import { freezer } from './freezer.ts';
import { createPlain } from './plain-input.ts';
import { runArgv, runProgram } from './program.ts';
import { runScript } from './run.ts';
import type { Io, Shell } from './shell.ts';
import { createTask, inFront, takeSignal } from './task.ts';
import { createTty } from './terminal.ts';

export const startToy = (started: Launch, process: Process): Running => {
	const life = new AbortController();
	// Many commands of one shell may wait for its end: no warning may reach the screen of the program around us.
	setMaxListeners(0, life.signal);
	const freeze = freezer(started, life.signal);
	const launch = { ...started, write: freeze.write, isFull: freeze.isFull };
	const terminal = (launch.isTty ? createTty : createPlain)(launch);
	const task = createTask(process);
	const name = baseName(launch.argv[0] ?? '');
	const shell: Shell = {
		launch,
		terminal,
		task,
		shellPid: process.inside,
		name,
		files: filesOf(launch.world, launch.container),
		env: launch.env,
		directory: launch.directory,
		status: 0,
		positional: [launch.argv[0] ?? 'sh'],
		exit: undefined,
		loop: undefined,
		jobs: [],
		lastJob: 0,
		history: [],
		runArgv,
		runProgram,
		runScript,
		depth: 0,
	};
	const io: Io = {
		out: (bytes) => terminal.write(bytes, 1),
		err: (bytes) => terminal.write(bytes, 2),
		ready: () => freeze.ready(life.signal),
		read: (signal = life.signal) => terminal.read(signal),
		chunk: (signal = life.signal) => terminal.chunk(signal),
		isTerminal: launch.isTty,
		signal: life.signal,
	};
	let finish = (_code: number) => {};
	const exited = new Promise<number>((resolve) => {
		finish = resolve;
	});
	const die = (code: number) => {
		shell.exit ??= code;
		freeze.flush();
		finish(code);
		life.abort();
	};
	// A command that is no shell is interrupted by Ctrl+C like any foreground program.
	terminal.onInterrupt = () => {
		if (task.traps.has(2) && !process.isFirst) for (const each of inFront(shell)) each.signal(2);
		const isDeaf = process.isFirst && process.argv[0] === 'sleep';
		if (!task.isInteractive && !task.traps.has(2) && !isDeaf) die(130);
		else if (task.traps.has(2)) process.signal(2);
	};
	queueMicrotask(
		() =>
			void runProgram(launch.argv, io, shell).then(
				(code) => die(shell.exit ?? code),
				() => die(1),
			),
	);
	return {
		exited,
		input: (bytes) => freeze.hold(() => void (life.signal.aborted || terminal.feed(bytes))),
		endInput: () => freeze.hold(() => terminal.end()),
		signal: (number) => {
			if (number === 28) for (const redraw of [...terminal.resized]) freeze.hold(redraw);
			takeSignal(task, number, die);
		},
	};
};
