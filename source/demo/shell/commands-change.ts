// Commands that change text on its way: sort, uniq, cut, tr, tee.

import { follow, put, resolvePath } from '../files.ts';
import { linesOf, type Options, readOptions } from './lines.ts';
import type { Command } from './shell.ts';

const whole =
	(name: string, withValue: string, change: (lines: string[], options: Options) => string[]): Command =>
	async (args, io, shell) => {
		const options = readOptions(args, withValue);
		const problem = { status: 0 };
		const lines: string[] = [];
		for await (const line of linesOf(options.operands, io, shell, name, problem))
			if (lines.length < 200_000) lines.push(line);
		const changed = change(lines, options);
		if (changed.length > 0 && !io.signal.aborted) io.out(`${changed.join('\n')}\n`);
		return problem.status;
	};

const sort = whole('sort', 'kt', (lines, { letters }) => {
	const sorted = letters.includes('n')
		? lines.toSorted((a, b) => (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0))
		: lines.toSorted();
	const unique = letters.includes('u') ? [...new Set(sorted)] : sorted;
	return letters.includes('r') ? unique.reverse() : unique;
});

const uniq = whole('uniq', '', (lines, { letters }) => {
	const groups: { line: string; count: number }[] = [];
	for (const line of lines) {
		const last = groups.at(-1);
		if (last?.line === line) last.count++;
		else groups.push({ line, count: 1 });
	}
	return groups.map(({ line, count }) =>
		letters.includes('c') ? `${String(count).padStart(7)} ${line}` : line,
	);
});

const cut = whole('cut', 'dfc', (lines, { values }) => {
	const wanted = (values.f ?? values.c ?? '1').split(',').flatMap((range) => {
		const [first = 1, last = range.endsWith('-') ? 100 : first] = range
			.split('-')
			.filter(Boolean)
			.map(Number);
		return Array.from(
			{ length: Math.min(100, Math.max(0, last - first + 1)) },
			(_, index) => first + index - 1,
		);
	});
	const separator = values.c ? '' : (values.d ?? '\t');
	return lines.map((line) => {
		const parts = separator ? line.split(separator) : [...line];
		return wanted.flatMap((index) => parts[index] ?? []).join(separator);
	});
});

const spread = (set: string): string[] => [
	...set
		.replace(/\\n/g, '\n')
		.replace(/(.)-(.)/g, (_all, from: string, to: string) =>
			Array.from(
				{ length: Math.max(0, Math.min(200, to.charCodeAt(0) - from.charCodeAt(0) + 1)) },
				(_, index) => String.fromCharCode(from.charCodeAt(0) + index),
			).join(''),
		),
];

const tr: Command = async (args, io) => {
	const isDelete = args[0] === '-d';
	const [from = [], to = []] = args.filter((arg) => arg !== '-d').map(spread);
	for (let bytes = await io.chunk(); bytes; bytes = await io.chunk())
		io.out(
			[...bytes.toString()]
				.map((character) => {
					const at = from.indexOf(character);
					if (at < 0) return character;
					return isDelete ? '' : (to[at] ?? to.at(-1) ?? character);
				})
				.join(''),
		);
	return 0;
};

const tee: Command = async (args, io, shell) => {
	const chunks: Buffer[] = [];
	for (let bytes = await io.chunk(); bytes; bytes = await io.chunk()) {
		chunks.push(bytes);
		io.out(bytes);
	}
	for (const name of args.filter((arg) => !arg.startsWith('-'))) {
		const { path, node } = follow(shell.files, resolvePath(shell.directory, name));
		const before = args.includes('-a') && node?.kind === 'file' ? [node.bytes] : [];
		const modifiedAt = shell.launch.world.now();
		put(shell.files, path, {
			kind: 'file',
			mode: 0o644,
			modifiedAt,
			bytes: Buffer.concat([...before, ...chunks]),
		});
	}
	return 0;
};

export const changingCommands: Record<string, Command> = { sort, uniq, cut, tr, tee };
