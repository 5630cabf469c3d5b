// The first process of a container: started with it, its output kept in the log and sent to everyone attached.

import { argvOf, type Container, logOf, newInside } from './container.ts';
import { type Chat, startDaemon } from './daemon.ts';
import { daemonFor } from './daemons.ts';
import { addOutput, flushLog } from './logs.ts';
import { envOf, type Launch, type Process, type Running } from './process.ts';
import { startToy } from './shell/toy.ts';
import { newPid, newStamp, type World } from './world.ts';

export type Main = { running: Running; chat: Chat | undefined };

export const launchMain = (world: World, container: Container): Main => {
	const stamp = () => newStamp(world);
	const argv = argvOf(container);
	container.lastInside = 1;
	const launch: Launch = {
		world,
		container,
		pid: container.pid,
		inside: 1,
		argv,
		env: envOf(container),
		directory: container.config.WorkingDir || '/',
		user: container.config.User || 'root',
		isTty: container.config.Tty,
		isFirst: true,
		hasInput: container.config.OpenStdin,
		size: container.size,
		write: (stream, bytes) => {
			addOutput(logOf(container), stream, bytes, stamp);
			for (const output of [...container.outputs]) output(stream, bytes);
		},
		isFull: () => [...container.outputs].some((output) => output.isFull?.()),
	};
	const daemon = daemonFor(argv);
	const process: Process = {
		pid: container.pid,
		inside: 1,
		parent: container.pid - 20,
		session: 1,
		user: daemon?.user ?? launch.user,
		argv: daemon ? [daemon.titles[0] ?? ''] : argv,
		startedAt: container.startedAt,
		isTty: launch.isTty,
		isFirst: true,
		signal: () => {},
	};
	container.processes.set(container.pid, process);
	const started = daemon
		? startDaemon(launch, daemon)
		: { running: startToy(launch, process), chat: undefined };
	process.signal = started.running.signal;
	void started.running.exited.then(() => flushLog(logOf(container), stamp));
	for (const title of daemon?.titles.slice(1) ?? []) {
		const pid = newPid(world);
		container.processes.set(pid, {
			pid,
			inside: newInside(container, 6),
			parent: container.pid,
			session: 1,
			user: daemon?.user ?? launch.user,
			argv: [title],
			startedAt: container.startedAt,
			isTty: false,
			isFirst: false,
			signal: () => {},
		});
	}
	return started;
};
