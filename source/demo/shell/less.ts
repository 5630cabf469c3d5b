// less: looking through a text page by page, and searching it.

import { linesOf } from './lines.ts';
import { operandsOf } from './operands.ts';
import { fullScreen, painted, sizeOf } from './screen.ts';
import type { Command } from './shell.ts';
import { cutTo } from './widths.ts';

const mostLines = 200_000;
const moves: Record<string, (page: number) => number> = {
	' ': (page) => page,
	f: (page) => page,
	'\x06': (page) => page,
	'page-down': (page) => page,
	b: (page) => -page,
	'\x02': (page) => -page,
	'page-up': (page) => -page,
	d: (page) => Math.floor(page / 2),
	u: (page) => -Math.floor(page / 2),
	j: () => 1,
	'\r': () => 1,
	e: () => 1,
	down: () => 1,
	k: () => -1,
	y: () => -1,
	up: () => -1,
	g: () => -mostLines,
	'<': () => -mostLines,
	home: () => -mostLines,
	G: () => mostLines,
	'>': () => mostLines,
	end: () => mostLines,
};

export const less: Command = async (args, io, shell) => {
	const problem = { status: 0 };
	const operands = operandsOf(args);
	const lines: string[] = [];
	for await (const line of linesOf(operands, io, shell, 'less', problem)) {
		lines.push(line.replaceAll('\t', '        '));
		if (lines.length >= mostLines) break;
	}
	if (problem.status > 0) return problem.status;
	if (!io.isTerminal) {
		for (const line of lines) io.out(`${line}\n`);
		return 0;
	}
	let first = 0;
	let typed: string | undefined;
	let wanted = '';
	let message = operands[0] ?? '';
	const page = () => sizeOf(shell).rows - 1;
	const go = (to: number) => {
		first = Math.max(0, Math.min(to, lines.length - page()));
	};
	const search = (step: 1 | -1) => {
		for (let at = first + step; wanted && at >= 0 && at < lines.length; at += step)
			if (lines[at]?.includes(wanted)) return go(at);
		message = 'Pattern not found';
	};
	const shown = (line: string, columns: number) => {
		const cut = cutTo(line, columns);
		return wanted ? cut.replaceAll(wanted, (found) => `\x1b[7m${found}\x1b[0m`) : cut;
	};
	const draw = () => {
		const { columns } = sizeOf(shell);
		const rows = Array.from({ length: page() }, (_, row) =>
			first + row < lines.length ? shown(lines[first + row] ?? '', columns) : '~',
		);
		const isEnd = first + page() >= lines.length;
		const status =
			typed ??
			(message ? `\x1b[7m${cutTo(message, columns - 1)}\x1b[0m` : isEnd ? '\x1b[7m(END)\x1b[0m' : ':');
		io.out(painted([...rows, status]));
		message = '';
	};
	const press = (name: string): boolean => {
		if (typed !== undefined) {
			if (name === '\r') {
				wanted = typed.slice(1) || wanted;
				typed = undefined;
				search(1);
			} else if (name === '\x1b' || name === '\x03' || (name === '\x7f' && typed === '/')) typed = undefined;
			else if (name === '\x7f') typed = [...typed].slice(0, -1).join('');
			else if ([...name].length === 1 && name >= ' ') typed += name;
			return false;
		}
		const move = moves[name];
		if (move) go(first + move(page()));
		else if (name === '/') typed = '/';
		else if (name === 'n') search(1);
		else if (name === 'N') search(-1);
		return name === 'q' || name === 'Q';
	};
	go(0);
	return fullScreen(shell, io, { draw, press });
};
