// Commands on text: echo, printf, seq, yes, head, tail, wc, grep, sort.

import { follow, resolvePath } from '../files.ts';
import { pause } from '../timers.ts';
import type { Command, Io, Shell } from './shell.ts';

const unescaped = (text: string): string =>
	text.replace(/\\(0?[0-7]{1,3}|x[0-9a-fA-F]{1,2}|[abefnrtv\\])/g, (_all, code: string) => {
		const named: Record<string, string> = {
			a: '\x07',
			b: '\b',
			e: '\x1b',
			f: '\f',
			n: '\n',
			r: '\r',
			t: '\t',
			v: '\v',
			'\\': '\\',
		};
		return (
			named[code] ??
			String.fromCharCode(
				code.startsWith('x') ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 8) & 255,
			)
		);
	});

const echo: Command = (args, io) => {
	const options = /^-[neE]+$/.test(args[0] ?? '') ? (args.shift() ?? '') : '';
	const text = args.join(' ');
	io.out((options.includes('e') ? unescaped(text) : text) + (options.includes('n') ? '' : '\n'));
	return 0;
};

const printf: Command = ([format = '', ...args], io) => {
	const pattern = unescaped(format);
	const holes = pattern.match(/%[-0]?\d*[sdbcxu]/g)?.length ?? 0;
	const values = [...args];
	let rounds = 0;
	do {
		io.out(
			pattern.replace(
				/%%|%(-?)(0?)(\d*)([sdbcxu])/g,
				(all, left: string, zero: string, width: string, kind: string) => {
					if (all === '%%') return '%';
					const value = values.shift() ?? (kind === 's' || kind === 'b' ? '' : '0');
					const text =
						kind === 'd' || kind === 'u'
							? String(Math.trunc(Number(value)) || 0)
							: kind === 'x'
								? (Number(value) || 0).toString(16)
								: kind === 'b'
									? unescaped(value)
									: kind === 'c'
										? value.slice(0, 1)
										: value;
					const size = Math.min(Number(width) || 0, 1000);
					return left ? text.padEnd(size) : text.padStart(size, zero || ' ');
				},
			),
		);
	} while (holes > 0 && values.length > 0 && ++rounds < 10_000);
	return 0;
};

const linesOf = async (
	operands: string[],
	io: Io,
	shell: Shell,
	name: string,
): Promise<string[] | undefined> => {
	const lines: string[] = [];
	for (const operand of operands) {
		const { node } = follow(shell.files, resolvePath(shell.directory, operand));
		if (node?.kind !== 'file') {
			io.err(`${name}: ${operand}: ${node ? 'Is a directory' : 'No such file or directory'}\n`);
			return undefined;
		}
		lines.push(...node.bytes.toString().replace(/\n$/, '').split('\n'));
	}
	while (operands.length === 0 && lines.length < 100_000) {
		const typed = await io.read();
		if (typed.kind !== 'line') break;
		lines.push(typed.text);
	}
	return lines;
};

const split = (args: string[]): { count: number; operands: string[] } => {
	let count = 10;
	const operands: string[] = [];
	for (let index = 0; index < args.length; index++) {
		const arg = args[index] ?? '';
		if (arg === '-n') count = Number(args[++index]) || 0;
		else if (/^-n?\d+$/.test(arg)) count = Number(arg.replace(/\D/g, ''));
		else if (!arg.startsWith('-')) operands.push(arg);
	}
	return { count, operands };
};

const filter =
	(
		name: string,
		pick: (lines: string[], args: string[]) => string[],
		operandsOf = (args: string[]) => split(args).operands,
	): Command =>
	async (args, io, shell) => {
		const lines = await linesOf(operandsOf(args), io, shell, name);
		if (!lines) return 1;
		const picked = pick(lines, args);
		if (picked.length > 0) io.out(`${picked.join('\n')}\n`);
		return name === 'grep' && picked.length === 0 ? 1 : 0;
	};

const words = (args: string[]): string[] => args.filter((arg) => !arg.startsWith('-'));

const grepLines = (lines: string[], args: string[]): string[] => {
	const pattern = words(args)[0] ?? '';
	const options = args.filter((arg) => arg.startsWith('-')).join('');
	let expression: RegExp;
	try {
		expression = new RegExp(pattern, options.includes('i') ? 'i' : '');
	} catch {
		return [];
	}
	// Long lines are cut: a pattern may come from anyone and must not take for ever.
	return lines.filter((line) => expression.test(line.slice(0, 500)) !== options.includes('v'));
};

const seq: Command = async (args, io, shell) => {
	const numbers = args.map(Number);
	const [first = 1, step = 1, last = 1] =
		numbers.length === 1 ? [1, 1, numbers[0]] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers;
	let text = '';
	for (
		let number = first, count = 1;
		(step > 0 ? number <= last : number >= last) && step !== 0 && !io.signal.aborted;
		number += step, count++
	) {
		text += `${number}\n`;
		if (count % 500 !== 0) continue;
		io.out(text);
		text = '';
		await pause(shell.launch.world.timers, 1, io.signal);
		while (shell.launch.isFull() && !io.signal.aborted) await pause(shell.launch.world.timers, 20, io.signal);
	}
	if (text) io.out(text);
	return io.signal.aborted ? 130 : 0;
};

const yes: Command = async (args, io, shell) => {
	const text = `${args.join(' ') || 'y'}\n`.repeat(50);
	while (!io.signal.aborted) {
		io.out(text);
		await pause(shell.launch.world.timers, shell.launch.isFull() ? 50 : 5, io.signal);
	}
	return 130;
};

const tail: Command = async (args, io, shell) => {
	const status = await filter('tail', (lines) => lines.slice(-split(args).count))(args, io, shell);
	if (args.some((arg) => /^-\w*f/i.test(arg))) await pause(shell.launch.world.timers, 2 ** 31 - 1, io.signal);
	return status;
};

export const textCommands: Record<string, Command> = {
	echo,
	printf,
	seq,
	yes,
	tail,
	head: filter('head', (lines, args) => lines.slice(0, split(args).count)),
	sort: filter('sort', (lines) => lines.toSorted()),
	grep: filter('grep', grepLines, (args) => words(args).slice(1)),
	wc: filter('wc', (lines, args) => {
		const counts = [
			lines.length,
			lines.join(' ').split(/\s+/).filter(Boolean).length,
			Buffer.byteLength(lines.join('\n')) + 1,
		];
		const shown = args.includes('-l')
			? [counts[0]]
			: args.includes('-w')
				? [counts[1]]
				: args.includes('-c')
					? [counts[2]]
					: counts;
		return [shown.join(' ')];
	}),
};
