// Commands that make text: echo, printf, seq, yes, dd.

import { follow, put, resolvePath } from '../files.ts';
import { breathe } from './lines.ts';
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

const linesAtOnce = 2000;

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
		if (count % linesAtOnce !== 0) continue;
		io.out(text);
		text = '';
		await breathe(io, shell);
	}
	if (text) io.out(text);
	return io.signal.aborted ? 130 : 0;
};

const yes: Command = async (args, io, shell) => {
	const line = `${args.join(' ') || 'y'}\n`;
	const text = line.repeat(Math.max(1, Math.floor(8192 / line.length)));
	while (!io.signal.aborted) {
		io.out(text);
		await breathe(io, shell);
	}
	return 130;
};

const units: Record<string, number> = { '': 1, k: 1 << 10, K: 1 << 10, M: 1 << 20, G: 1 << 30 };
const bytesOf = (text: string): number => {
	const match = /^(\d+)([kKMG]?)B?$/.exec(text);
	return match ? Number(match[1]) * (units[match[2] ?? ''] ?? 1) : 512;
};

/** What dd reads: zeroes without end, or a file. */
const source = (shell: Shell, name: string): Buffer | undefined => {
	const { path, node } = follow(shell.files, resolvePath(shell.directory, name));
	if (['/dev/zero', '/dev/urandom', '/dev/random'].includes(path)) return undefined;
	return node?.kind === 'file' ? node.bytes : Buffer.alloc(0);
};

const copied = async (
	total: number,
	from: Buffer | undefined,
	io: Io,
	shell: Shell,
	take: (bytes: Buffer) => void,
) => {
	const size = Math.min(total, from?.length ?? total);
	let done = 0;
	for (; done < size && !io.signal.aborted; ) {
		const length = Math.min(16_384, size - done);
		take(from?.subarray(done, done + length) ?? Buffer.alloc(length));
		done += length;
		await breathe(io, shell);
	}
	return done;
};

const dd: Command = async (args, io, shell) => {
	const wanted = new Map(
		args.map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]),
	);
	const block = bytesOf(wanted.get('bs') ?? '512');
	const total = block * (wanted.has('count') ? Number(wanted.get('count')) || 0 : Number.POSITIVE_INFINITY);
	const target = wanted.get('of');
	const chunks: Buffer[] = [];
	const keep = (bytes: Buffer) => void (target !== '/dev/null' && chunks.push(bytes));
	const limit = target && target !== '/dev/null' ? Math.min(total, 32 << 20) : total;
	const from = source(shell, wanted.get('if') ?? '/dev/null');
	const done = await copied(limit, from, io, shell, target ? keep : io.out);
	if (target && target !== '/dev/null')
		put(shell.files, resolvePath(shell.directory, target), {
			kind: 'file',
			mode: 0o644,
			modifiedAt: shell.launch.world.now(),
			bytes: Buffer.concat(chunks),
		});
	const blocks = Math.floor(done / block);
	io.err(`${blocks}+0 records in\n${blocks}+0 records out\n${done} bytes copied\n`);
	return io.signal.aborted ? 130 : 0;
};

export const makingCommands: Record<string, Command> = { echo, printf, seq, yes, dd };
