// `docker top`: the processes of a container as ps shows them.

import { announce } from './announce.ts';
import { type Container, isAlive } from './container.ts';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

export const clockOf = (time: number): string => new Date(time).toISOString().slice(11, 16);

export const topOf = (world: World, container: Container, options: string) => {
	if (!isAlive(container)) refuse(409, `container ${container.id} is not running`);
	announce(world, container, 'top');
	const isBsd = /aux|-?u\b/.test(options);
	const Titles = isBsd
		? ['USER', 'PID', '%CPU', '%MEM', 'VSZ', 'RSS', 'TTY', 'STAT', 'START', 'TIME', 'COMMAND']
		: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'];
	const Processes = [...container.processes.values()].map((process) => {
		const [pid, started, terminal, command] = [
			String(process.pid),
			clockOf(process.startedAt),
			process.isTty ? 'pts/0' : '?',
			process.argv.join(' '),
		];
		return isBsd
			? [
					process.user,
					pid,
					'0.1',
					'0.2',
					'12044',
					'6120',
					terminal,
					process.isFirst ? 'Ss' : 'S',
					started,
					'0:00',
					command,
				]
			: [process.user, pid, String(process.parent), '0', started, terminal, '00:00:00', command];
	});
	return { Processes, Titles };
};
