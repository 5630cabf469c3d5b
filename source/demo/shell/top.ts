// top: a full screen that is drawn again every two seconds, at every key and at a new size, until q.

import { every } from '../timers.ts';
import { insideRows } from './commands-system.ts';
import { fullScreen, painted, sizeOf } from './screen.ts';
import type { Command, Shell } from './shell.ts';
import { cutTo, padTo } from './widths.ts';

const refreshMs = 2000;

const rowsOf = (shell: Shell, round: number): string[] => [
	`Mem: ${812_000 + ((round * 37) % 400)}K used, 15186432K free, 1204K shrd, 84210K buff, 512044K cached`,
	`CPU:   ${1 + (round % 3)}% usr   0% sys   0% nic  ${98 - (round % 3)}% idle   0% io   0% irq   0% sirq`,
	'Load average: 0.31 0.28 0.24 1/212 77',
	'  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND',
	...insideRows(shell).map(
		({ pid, parent, user, state, command }) =>
			`${String(pid).padStart(5)} ${String(parent).padStart(5)} ${user.padEnd(8)} ${state}     4404   0%   ${pid % 4}   ${round % 2}% ${command}`,
	),
];

export const top: Command = async (args, io, shell) => {
	if (!io.isTerminal || args.some((arg) => /^-\w*b/.test(arg))) {
		io.out(`${rowsOf(shell, 0).join('\n')}\n`);
		return 0;
	}
	let round = 0;
	const draw = () => {
		const { rows, columns } = sizeOf(shell);
		const shown = rowsOf(shell, round++)
			.slice(0, rows)
			.map((row) => cutTo(row, columns));
		if (shown[3]) shown[3] = `\x1b[7m${padTo(shown[3], columns)}\x1b[0m`;
		io.out(painted(shown));
	};
	const stop = every(shell.launch.world.timers, refreshMs, () => {
		if (!shell.task.process.isStopped && !shell.launch.isFull()) draw();
	});
	const isEnd = (name: string) => name === 'q' || name === 'Q' || name === '\x03';
	return fullScreen(shell, io, { draw, press: isEnd }).finally(stop);
};
