// Running something as a process of its own: it has a number, ps shows it, and signals reach it.

import { setMaxListeners } from 'node:events';
import { newInside } from '../container.ts';
import type { Process } from '../process.ts';
import { newPid } from '../world.ts';
import type { Io, Shell } from './shell.ts';
import { createTask, takeSignal } from './task.ts';

type Child = { process: Process; ended: Promise<number> };

/** `work` gets the io and the shell of the new process; its death ends the promise even if the work goes on. */
export const startChild = (
	shell: Shell,
	io: Io,
	argv: string[],
	work: (io: Io, shell: Shell) => Promise<number>,
): Child => {
	const { world, container } = shell.launch;
	const parent = shell.task.process;
	const life = new AbortController();
	const signal = AbortSignal.any([io.signal, life.signal]);
	setMaxListeners(0, life.signal, signal);
	const task = createTask({
		pid: newPid(world),
		inside: newInside(container),
		parent: parent.pid,
		session: parent.session,
		user: parent.user,
		argv,
		startedAt: world.now(),
		isTty: parent.isTty,
		isFirst: false,
		signal: (number) => takeSignal(task, number, die),
	});
	const { process } = task;
	// What a shell ignores, its children ignore.
	for (const [number, script] of shell.task.traps) if (script === '') task.traps.set(number, '');
	let finish = (_code: number) => {};
	const death = new Promise<number>((resolve) => {
		finish = resolve;
	});
	const die = (code: number) => {
		process.isDead = true;
		finish(code);
		life.abort();
	};
	const interrupted = () => die(130);
	io.signal.addEventListener('abort', interrupted, { once: true });
	if (io.signal.aborted) interrupted();
	/** Stopped processes go on when they are told to. */
	const whileStopped = async () => {
		while (process.isStopped && !signal.aborted)
			await new Promise<void>((resolve) => {
				const wake = () => {
					task.wake.delete(wake);
					resolve();
				};
				task.wake.add(wake);
				signal.addEventListener('abort', wake, { once: true });
			});
	};
	const own: Io = {
		...io,
		signal,
		out: (bytes) => void (process.isDead || io.out(bytes)),
		err: (bytes) => void (process.isDead || io.err(bytes)),
		read: async () => {
			for (;;) {
				await whileStopped();
				const typed = await io.read(signal);
				if (typed.kind !== 'interrupt' || !process.isStopped || signal.aborted) return typed;
			}
		},
		chunk: async () => {
			for (;;) {
				await whileStopped();
				const bytes = await io.chunk(signal);
				if (bytes || !process.isStopped || signal.aborted) return bytes;
			}
		},
		ready: () => whileStopped().then(io.ready),
	};
	container.processes.set(process.pid, process);
	const inner = { ...shell, task, env: new Map(shell.env), exit: undefined, loop: undefined, jobs: [] };
	const ended = Promise.race([process.isDead ? death : work(own, inner).catch(() => 1), death]).finally(
		() => {
			io.signal.removeEventListener('abort', interrupted);
			container.processes.delete(process.pid);
			process.isDead = true;
			life.abort();
		},
	);
	process.ended = ended;
	return { process, ended };
};
