// The full-screen program of the toy shell: redraws until q or Ctrl+C, and follows the size of the terminal.

import { pause } from '../timers.ts';
import { insideRows } from './commands-system.ts';
import type { Command, Shell } from './shell.ts';

const screen = (shell: Shell, round: number): string => {
	const { rows, columns } = shell.launch.size;
	const head = [
		`Mem: ${812_000 + ((round * 37) % 400)}K used, 15186432K free, 1204K shrd, 84210K buff, 512044K cached`,
		`CPU:   ${1 + (round % 3)}% usr   0% sys   0% nic  ${98 - (round % 3)}% idle   0% io   0% irq   0% sirq`,
		'Load average: 0.31 0.28 0.24 1/212 77',
		'\x1b[7m  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\x1b[0m',
	];
	const lines = insideRows(shell).map(
		(row) =>
			`${String(row.pid).padStart(5)}     0 ${row.user.padEnd(8)} S     4404   0%   ${row.pid % 4}   ${round % 2}% ${row.command}`,
	);
	const all = [...head, ...lines]
		.slice(0, Math.max(1, (rows || 24) - 1))
		.map((line) => (line.startsWith('\x1b') ? line : line.slice(0, columns || 80)));
	return `\x1b[H\x1b[J${all.join('\n')}\n`;
};

export const top: Command = async (args, io, shell) => {
	if (!io.isTerminal || args.includes('-b')) {
		io.out(screen(shell, 0).replace(/\x1b\[[0-9;]*[A-Za-z]/g, ''));
		return 0;
	}
	const stop = new AbortController();
	let wake = new AbortController();
	const release = shell.terminal.readKeys((key) => {
		if (key.includes('q') || key.includes('\x03')) stop.abort();
		wake.abort();
	});
	const signal = AbortSignal.any([io.signal, stop.signal]);
	for (let round = 0; !signal.aborted; round++) {
		io.out(screen(shell, round));
		wake = new AbortController();
		// A key, a resize or two seconds: whichever comes first draws again.
		const size = `${shell.launch.size.rows}x${shell.launch.size.columns}`;
		for (
			let step = 0;
			step < 20 &&
			!signal.aborted &&
			!wake.signal.aborted &&
			size === `${shell.launch.size.rows}x${shell.launch.size.columns}`;
			step++
		)
			await pause(shell.launch.world.timers, 100, AbortSignal.any([signal, wake.signal]));
	}
	release();
	io.out('\n');
	return 0;
};
