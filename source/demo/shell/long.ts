// Programs that only pretend: the talkative ones run until a signal ends them, the others say so and are done.

import { startDaemon } from '../daemon.ts';
import { daemonFor } from '../daemons.ts';
import type { Command } from './shell.ts';

export const runLong = (argv: string[], io: Parameters<Command>[1], shell: Parameters<Command>[2]) => {
	const daemon = daemonFor(argv);
	if (!daemon) {
		// A build that calls npm or make must be able to go on.
		io.err(`${argv[0]}: the demo engine only pretends to run this program\n`);
		return Promise.resolve(0);
	}
	const { running } = startDaemon(
		{ ...shell.launch, argv, isFirst: false, write: (_stream, bytes) => io.out(bytes) },
		daemon,
	);
	for (const { text } of daemon.opening?.(new Date(shell.launch.world.now())) ?? []) io.out(`${text}\n`);
	io.signal.addEventListener('abort', () => running.signal(2), { once: true });
	return running.exited;
};
