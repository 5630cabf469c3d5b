// Commands that look through text: head, tail, grep, wc.

import { baseName, follow, resolvePath } from '../files.ts';
import { pause } from '../timers.ts';
import { linesOf, readOptions } from './lines.ts';
import type { Command, Io, Shell } from './shell.ts';

const endless = ['/dev/zero', '/dev/urandom', '/dev/random'];

/** `head -c`: so many bytes of a file, a device or the input. */
const headBytes = async (count: number, operands: string[], io: Io, shell: Shell): Promise<number> => {
	let left = Math.min(count, 16 << 20);
	const take = (bytes: Buffer) => {
		io.out(bytes.subarray(0, left));
		left -= Math.min(left, bytes.length);
	};
	for (const operand of operands) {
		const { path, node } = follow(shell.files, resolvePath(shell.directory, operand));
		if (endless.includes(path)) take(Buffer.alloc(left));
		else if (node?.kind === 'file') take(node.bytes);
		else {
			io.err(`head: ${operand}: No such file or directory\n`);
			return 1;
		}
	}
	while (operands.length === 0 && left > 0) {
		const bytes = await io.chunk();
		if (!bytes) break;
		take(bytes);
	}
	return 0;
};

const head: Command = async (args, io, shell) => {
	const { count, operands, values } = readOptions(args, 'nc');
	if (values.c !== undefined) return headBytes(Number.parseInt(values.c, 10) || 0, operands, io, shell);
	const problem = { status: 0 };
	let left = count;
	if (left > 0)
		for await (const line of linesOf(operands, io, shell, 'head', problem)) {
			io.out(`${line}\n`);
			if (--left === 0) break;
		}
	return problem.status;
};

const tail: Command = async (args, io, shell) => {
	const { count, letters, operands } = readOptions(args, 'nc');
	const problem = { status: 0 };
	const last: string[] = [];
	for await (const line of linesOf(operands, io, shell, 'tail', problem)) {
		last.push(line);
		if (last.length > count) last.shift();
	}
	for (const line of last) io.out(`${line}\n`);
	if (!/f/i.test(letters) || problem.status > 0) return problem.status;
	const sizeOf = () => {
		const { node } = follow(shell.files, resolvePath(shell.directory, operands[0] ?? ''));
		return node?.kind === 'file' ? node.bytes : Buffer.alloc(0);
	};
	for (let size = sizeOf().length; !io.signal.aborted; size = sizeOf().length) {
		await pause(shell.launch.world.timers, 500, io.signal);
		if (sizeOf().length > size) io.out(sizeOf().subarray(size));
	}
	return 130;
};

const grep: Command = async (args, io, shell) => {
	const { letters, operands, values } = readOptions(args, 'e');
	const pattern = values.e ?? operands.shift() ?? '';
	let expression: RegExp;
	try {
		const source = letters.includes('F') ? pattern.replace(/[^\w\s]/g, '\\$&') : pattern;
		expression = new RegExp(source, letters.includes('i') ? 'gi' : 'g');
	} catch {
		io.err(`grep: bad regex '${pattern}'\n`);
		return 2;
	}
	const problem = { status: 0 };
	let found = 0;
	let number = 0;
	for await (const line of linesOf(operands, io, shell, 'grep', problem)) {
		number++;
		// Long lines are cut: a pattern may come from anyone and must not take for ever.
		const isMatch = line.slice(0, 500).search(expression) >= 0;
		if (isMatch === letters.includes('v')) continue;
		found++;
		const shown =
			io.isTerminal && isMatch
				? line.replace(expression, (all) => (all ? `\x1b[1;31m${all}\x1b[0m` : ''))
				: line;
		if (!/[qc]/.test(letters)) io.out(`${letters.includes('n') ? `${number}:` : ''}${shown}\n`);
	}
	if (letters.includes('c')) io.out(`${found}\n`);
	return problem.status || (found > 0 ? 0 : 1);
};

const wc: Command = async (args, io, shell) => {
	const { letters, operands } = readOptions(args, '');
	const problem = { status: 0 };
	const counts = { l: 0, w: 0, c: 0 };
	for await (const line of linesOf(operands, io, shell, 'wc', problem)) {
		counts.l++;
		counts.w += line.split(/\s+/).filter(Boolean).length;
		counts.c += Buffer.byteLength(line) + 1;
	}
	const shown = (['l', 'w', 'c'] as const).filter(
		(letter) => !/[lwc]/.test(letters) || letters.includes(letter),
	);
	io.out(`${[...shown.map((letter) => counts[letter]), ...operands].join(' ')}\n`);
	return problem.status;
};

export const textCommands: Record<string, Command> = {
	head,
	tail,
	grep,
	wc,
	basename: ([path = ''], io) => {
		io.out(`${baseName(path)}\n`);
		return 0;
	},
};
