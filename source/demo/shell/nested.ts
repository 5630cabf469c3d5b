// A shell started by name: interactive, with -c, or reading a script.

import { nodeAt, resolvePath } from '../files.ts';
import { interact } from './interact.ts';
import type { Command, Shell } from './shell.ts';

/** It has its own directory, variables and exit, and takes the signals of its process. */
export const nested =
	(name: string): Command =>
	async (args, io, shell) => {
		const inner: Shell = {
			...shell,
			name,
			shellPid: shell.task.process.inside,
			env: new Map(shell.env),
			status: 0,
			exit: undefined,
			loop: undefined,
			jobs: [],
			history: [],
			positional: [name],
		};
		inner.task.shell = inner;
		const isOption = (arg: string | undefined) => /^-[a-zA-Z]+$/.test(arg ?? '');
		const rest = [...args];
		let options = '';
		while (isOption(rest[0])) options += rest.shift()?.slice(1);
		if (options.includes('c')) {
			inner.positional = [rest[1] ?? name, ...rest.slice(2)];
			const status = await inner.runScript(rest[0] ?? '', inner, io);
			return inner.exit ?? status;
		}
		const node = rest[0] ? nodeAt(shell.files, resolvePath(shell.directory, rest[0])) : undefined;
		if (rest[0] && node?.kind !== 'file') {
			io.err(`${name}: can't open '${rest[0]}': No such file or directory\n`);
			return 127;
		}
		if (node?.kind === 'file') {
			inner.positional = rest;
			const status = await inner.runScript(node.bytes.toString(), inner, io);
			return inner.exit ?? status;
		}
		return interact(inner, io);
	};
