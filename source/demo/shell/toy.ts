// Starting the toy shell or one of its commands as a process: input, signals, exit code.

import { setMaxListeners } from 'node:events';
import { filesOf } from '../container.ts';
import { baseName } from '../files.ts';
import { isHarmless, type Launch, type Running } from '../process.ts';
import { isShellName } from './interact.ts';
import { runArgv, runScript } from './run.ts';
import type { Io, Shell } from './shell.ts';
import { createTerminal } from './terminal.ts';

export const startToy = (launch: Launch): Running => {
	const terminal = createTerminal(launch);
	const life = new AbortController();
	// Many commands of one shell may wait for its end: no warning may reach the screen of the program around us.
	setMaxListeners(0, life.signal);
	const shell: Shell = {
		launch,
		terminal,
		files: filesOf(launch.world, launch.container),
		env: launch.env,
		directory: launch.directory,
		status: 0,
		positional: [launch.argv[0] ?? 'sh'],
		traps: new Map(),
		exit: undefined,
		loop: undefined,
		background: [],
		runArgv,
		runScript,
		depth: 0,
	};
	const io: Io = {
		out: (bytes) => terminal.write(bytes, 1),
		err: (bytes) => terminal.write(bytes, 2),
		read: () => terminal.read(life.signal),
		isTerminal: launch.isTty,
		signal: life.signal,
	};
	let finish = (_code: number) => {};
	const exited = new Promise<number>((resolve) => {
		finish = resolve;
	});
	const die = (code: number) => {
		shell.exit ??= code;
		finish(code);
		life.abort();
	};
	const name = baseName(launch.argv[0] ?? '');
	const isInteractive = isShellName(name) && launch.argv.length === 1 && launch.isTty;
	// A command that is no shell is interrupted by Ctrl+C like any foreground program.
	if (!isInteractive)
		terminal.onInterrupt = () => launch.isTty && !(launch.isFirst && name === 'sleep') && die(130);
	queueMicrotask(
		() =>
			void runArgv(launch.argv, io, shell).then(
				(code) => die(shell.exit ?? code),
				() => die(1),
			),
	);
	return {
		exited,
		input: (bytes) => void (life.signal.aborted || terminal.feed(bytes)),
		endInput: () => terminal.end(),
		signal: (number) => {
			const trap = shell.traps.get(number);
			if (number === 9) die(137);
			else if (trap !== undefined)
				void runScript(trap, shell, { ...io, signal: new AbortController().signal }).then(
					() => shell.exit !== undefined && die(shell.exit),
				);
			else if (!launch.isFirst && !isHarmless(number) && !(isInteractive && (number === 15 || number === 2)))
				die(128 + number);
		},
	};
};
