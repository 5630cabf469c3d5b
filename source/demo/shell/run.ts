// Running what parse.ts read: lists, loops, pipes and jobs.

import { pause } from '../timers.ts';
import { startChild } from './child.ts';
import { builtins } from './commands.ts';
import { expandPattern, expandText, expandWord } from './expand.ts';
import { addJob } from './jobs.ts';
import { type Node, parse } from './parse.ts';
import { matches } from './pattern.ts';
import { collect, createPipe, deepest, pipeOf, readingFrom } from './pipes.ts';
import { runArgv, runProgram } from './program.ts';
import { redirected } from './redirect.ts';
import type { Io, Shell } from './shell.ts';

const isOver = (shell: Shell, io: Io): boolean => shell.exit !== undefined || io.signal.aborted;

const capture =
	(shell: Shell, io: Io) =>
	async (script: string): Promise<string> => {
		const collected = collect(io);
		const own = {
			...io,
			out: collected.add,
			ready: async () => {},
			isTerminal: false,
			signal: collected.signal,
		};
		const inner = subshell(shell);
		shell.status = await runScript(script, inner, own);
		return collected.bytes().toString();
	};

/** What a subshell changes stays in it. */
const subshell = (shell: Shell): Shell => ({ ...shell, env: new Map(shell.env), exit: undefined, jobs: [] });

const brokenPipe = 141;

/** A command of a pipe runs in a shell of its own, which it may leave. */
const runPart = async (part: Node, shell: Shell, io: Io): Promise<number> => {
	const own = subshell(shell);
	const status = await runNode(part, own, io);
	return own.exit ?? status;
};

const runPipe = async (parts: Node[], shell: Shell, io: Io): Promise<number> => {
	const pipes = parts.slice(1).map(createPipe);
	const running = parts.map(async (part, index) => {
		const [before, after] = [pipes[index - 1], pipes[index]];
		const signal = after ? AbortSignal.any([io.signal, after.broken]) : io.signal;
		const own = after
			? { ...io, out: after.write, ready: () => after.ready(signal), isTerminal: false, signal }
			: io;
		const status = await runPart(part, shell, before ? readingFrom(own, before) : own);
		const isBroken = after?.broken.aborted;
		before?.close();
		after?.end();
		return isBroken ? brokenPipe : status;
	});
	return (await Promise.all(running)).at(-1) ?? 0;
};

const runSimple = async (node: Extract<Node, { type: 'command' }>, shell: Shell, io: Io): Promise<number> => {
	const words = [...node.words];
	const assignments: [string, string][] = [];
	while (/^[A-Za-z_]\w*=/.test(words[0] ?? '')) {
		const [name = '', ...rest] = (words.shift() ?? '').split('=');
		assignments.push([name, await expandText(rest.join('='), shell, capture(shell, io))]);
	}
	const argv: string[] = [];
	for (const word of words) argv.push(...(await expandWord(word, shell, capture(shell, io))));
	const target = await redirected(node.redirects, shell, io, capture(shell, io));
	if (typeof target === 'string') {
		io.err(`${shell.name}: ${target}\n`);
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
		await io.ready();
	}
	return status;
};

const startJob = (node: Extract<Node, { type: 'background' }>, shell: Shell, io: Io): number => {
	// A job outlives Ctrl+C, and even the shell that began it; the end of the container ends it.
	const signal = new AbortController().signal;
	const own = { ...readingFrom({ ...io, signal }, pipeOf(Buffer.alloc(0))), signal };
	const words = node.text.split(' ');
	const { body } = node;
	const isPlain = body.type === 'command' && body.redirects.length === 0;
	const child = startChild(shell, own, words, async (inner, job) => {
		if (!isPlain) return runNode(body, job, inner);
		const argv: string[] = [];
		for (const word of body.words) argv.push(...(await expandWord(word, job, capture(job, inner))));
		job.task.process.argv = argv;
		if (Object.hasOwn(builtins, argv[0] ?? '')) return runNode(body, job, inner);
		return runProgram(argv, inner, job);
	});
	const { number } = addJob(shell, child.process, child.ended, node.text);
	shell.lastJob = child.process.inside;
	if (shell.task.isInteractive) io.err(`[${number}] ${child.process.inside}\n`);
	return 0;
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
		case 'subshell':
			return runPart(node.body, shell, io);
		case 'not':
			return (await runNode(node.body, shell, io)) === 0 ? 1 : 0;
		case 'and':
		case 'or': {
			const left = await runNode(node.left, shell, io);
			return (left === 0) === (node.type === 'and') ? runNode(node.right, shell, io) : left;
		}
		case 'background':
			return startJob(node, shell, io);
		case 'redirected': {
			const target = await redirected(node.redirects, shell, io, capture(shell, io));
			if (typeof target === 'string') {
				io.err(`${shell.name}: ${target}\n`);
				return 1;
			}
			const status = await runNode(node.body, shell, target.io);
			target.finish();
			return status;
		}
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
		case 'case': {
			const text = await expandText(node.word, shell, capture(shell, io));
			for (const { patterns, body } of node.branches)
				for (const pattern of patterns)
					if (matches(text, await expandPattern(pattern, shell, capture(shell, io))))
						return runNode(body, shell, io);
			return 0;
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
		io.err(`${shell.name}: ${error instanceof Error ? error.message : error}\n`);
		shell.status = 2;
		return 2;
	} finally {
		shell.depth--;
	}
};
