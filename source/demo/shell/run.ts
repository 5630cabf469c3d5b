// Running what parse.ts read: lists, loops, pipes, redirections, and finding the command a word names.

import { nodeAt, put, resolvePath } from '../files.ts';
import { pause } from '../timers.ts';
import { builtins, commands } from './commands.ts';
import { expandWord } from './expand.ts';
import { findProgram } from './lookup.ts';
import { type Node, parse, type Redirect } from './parse.ts';
import { collect, deepest, readFrom } from './pipes.ts';
import type { Io, Shell } from './shell.ts';

const isOver = (shell: Shell, io: Io): boolean => shell.exit !== undefined || io.signal.aborted;

/** A paused container does not go on. */
const whileFrozen = async (shell: Shell, io: Io): Promise<void> => {
	while (shell.launch.container.status === 'paused' && !io.signal.aborted)
		await pause(shell.launch.world.timers, 50, io.signal);
};

const capture =
	(shell: Shell, io: Io) =>
	async (script: string): Promise<string> => {
		const collected = collect(io);
		await runScript(script, shell, {
			...io,
			out: collected.add,
			isTerminal: false,
			signal: collected.signal,
		});
		return collected.bytes().toString();
	};

const runPipe = async (parts: Node[], shell: Shell, io: Io): Promise<number> => {
	let read = io.read;
	for (const part of parts.slice(0, -1)) {
		const collected = collect(io);
		await runNode(part, shell, {
			...io,
			read,
			out: collected.add,
			isTerminal: false,
			signal: collected.signal,
		});
		read = readFrom(collected.bytes());
	}
	const last = parts.at(-1);
	return last ? runNode(last, shell, { ...io, read }) : 0;
};

/** The io of a command after its redirections, and what writes its files when it is done. */
const redirected = async (
	redirects: Redirect[],
	shell: Shell,
	io: Io,
): Promise<{ io: Io; finish: () => void } | string> => {
	let next = io;
	const writes: (() => void)[] = [];
	for (const { from, how, target } of redirects) {
		if (how === 'same') {
			next = from === 2 ? { ...next, err: next.out } : { ...next, out: next.err };
			continue;
		}
		const [name = ''] = await expandWord(target, shell, capture(shell, io));
		const path = resolvePath(shell.directory, name);
		const node = nodeAt(shell.files, path);
		if (how === 'read') {
			if (node?.kind !== 'file') return `can't open ${name}: no such file`;
			next = { ...next, read: readFrom(node.bytes) };
			continue;
		}
		const collected = collect(io);
		if (path !== '/dev/null') {
			const before = how === 'append' && node?.kind === 'file' ? node.bytes : Buffer.alloc(0);
			const save = () =>
				put(shell.files, path, {
					kind: 'file',
					mode: 0o644,
					modifiedAt: shell.launch.world.now(),
					bytes: Buffer.concat([before, collected.bytes()]),
				});
			const why = node?.kind === 'directory' ? 'Is a directory' : save();
			if (why) return `can't create ${name}: ${why}`;
			writes.push(() => void save());
		}
		next = from === 2 ? { ...next, err: collected.add } : { ...next, out: collected.add, isTerminal: false };
	}
	return { io: next, finish: () => writes.forEach((write) => void write()) };
};

export const runArgv = async (argv: string[], io: Io, shell: Shell): Promise<number> => {
	const [name = '', ...args] = argv;
	await whileFrozen(shell, io);
	const builtin = builtins[name];
	if (builtin) return builtin(args, io, shell);
	const found = findProgram(shell.files, name, shell.env, shell.directory);
	if ('why' in found) {
		io.err(`${shell.positional[0]?.split('/').at(-1) ?? 'sh'}: ${name}: ${found.why}\n`);
		return found.why === 'not found' ? 127 : 126;
	}
	const command = commands[found.name];
	if (command) return command(args, io, shell);
	// A build that calls npm or make must be able to go on.
	io.err(`${name}: the demo engine only pretends to run this program\n`);
	return 0;
};

const runSimple = async (node: Extract<Node, { type: 'command' }>, shell: Shell, io: Io): Promise<number> => {
	const words = [...node.words];
	const assignments: [string, string][] = [];
	while (/^[A-Za-z_]\w*=/.test(words[0] ?? '')) {
		const [name = '', ...rest] = (words.shift() ?? '').split('=');
		assignments.push([name, (await expandWord(rest.join('='), shell, capture(shell, io))).join(' ')]);
	}
	const argv: string[] = [];
	for (const word of words) argv.push(...(await expandWord(word, shell, capture(shell, io))));
	const target = await redirected(node.redirects, shell, io);
	if (typeof target === 'string') {
		io.err(`sh: ${target}\n`);
		return 1;
	}
	const before = new Map(shell.env);
	for (const [name, value] of assignments) shell.env.set(name, value);
	if (argv.length === 0) {
		target.finish();
		return 0;
	}
	const status = await runArgv(argv, target.io, shell);
	if (assignments.length > 0) shell.env = before;
	target.finish();
	return status;
};

const runLoop = async (shell: Shell, io: Io, next: () => Promise<boolean>, body: Node): Promise<number> => {
	let status = 0;
	for (let round = 1; !isOver(shell, io) && (await next()) && !isOver(shell, io); round++) {
		status = await runNode(body, shell, io);
		const ask = shell.loop;
		shell.loop = undefined;
		if (ask === 'break') break;
		// A busy loop must leave time for everything else in this process.
		if (round % 20 === 0) await pause(shell.launch.world.timers, 1, io.signal);
		while (shell.launch.isFull() && !io.signal.aborted) await pause(shell.launch.world.timers, 20, io.signal);
	}
	return status;
};

export const runNode = async (node: Node, shell: Shell, io: Io): Promise<number> => {
	if (isOver(shell, io)) return shell.status;
	const status = await runAny(node, shell, io);
	shell.status = status;
	return status;
};

const runAny = async (node: Node, shell: Shell, io: Io): Promise<number> => {
	switch (node.type) {
		case 'command':
			return runSimple(node, shell, io);
		case 'pipe':
			return runPipe(node.parts, shell, io);
		case 'not':
			return (await runNode(node.body, shell, io)) === 0 ? 1 : 0;
		case 'and':
		case 'or': {
			const left = await runNode(node.left, shell, io);
			return (left === 0) === (node.type === 'and') ? runNode(node.right, shell, io) : left;
		}
		case 'background':
			shell.background.push(runNode(node.body, shell, io));
			return 0;
		case 'list': {
			let status = 0;
			for (const item of node.items) {
				if (isOver(shell, io) || shell.loop) break;
				status = await runNode(item, shell, io);
			}
			return status;
		}
		case 'if': {
			if ((await runNode(node.test, shell, io)) === 0) return runNode(node.body, shell, io);
			return node.otherwise ? runNode(node.otherwise, shell, io) : 0;
		}
		case 'while':
			return runLoop(
				shell,
				io,
				async () => ((await runNode(node.test, shell, io)) === 0) !== node.isUntil,
				node.body,
			);
		case 'for': {
			const values: string[] = [];
			for (const word of node.words) values.push(...(await expandWord(word, shell, capture(shell, io))));
			const step = async () => {
				const value = values.shift();
				if (value !== undefined) shell.env.set(node.name, value);
				return value !== undefined;
			};
			return runLoop(shell, io, step, node.body);
		}
	}
};

export const runScript = async (script: string, shell: Shell, io: Io): Promise<number> => {
	if (shell.depth >= deepest) {
		io.err('sh: too many nested scripts\n');
		return 2;
	}
	shell.depth++;
	try {
		return await runNode(parse(script), shell, io);
	} catch (error) {
		io.err(`sh: ${error instanceof Error ? error.message : error}\n`);
		shell.status = 2;
		return 2;
	} finally {
		shell.depth--;
	}
};
