// A shell started by name: interactive, with -c, or reading a script.

import { baseName, nodeAt, resolvePath } from '../files.ts';
import { interact } from './interact.ts';
import type { Command, Shell } from './shell.ts';

/** A shell inside a shell: it has its own directory, variables and exit. */
export const nested =
	(name: string): Command =>
	async (args, io, shell) => {
		const own: Shell = {
			...shell,
			env: new Map(shell.env),
			exit: undefined,
			background: [],
			positional: [name, ...args.slice(1)],
		};
		const isFirst =
			shell.launch.argv[0] !== undefined && baseName(shell.launch.argv[0]) === name && shell.depth === 0;
		// The outermost shell keeps its own state, so that its traps are the ones that signals find.
		const inner = isFirst ? shell : own;
		const options = args.filter((arg) => /^-[a-z]+$/.test(arg));
		const rest = args.filter((arg) => !/^-[a-z]+$/.test(arg));
		if (options.some((option) => option.includes('c'))) {
			inner.positional = [rest[1] ?? name, ...rest.slice(2)];
			const status = await shell.runScript(rest[0] ?? '', inner, io);
			return inner.exit ?? status;
		}
		const node = rest[0] ? nodeAt(shell.files, resolvePath(shell.directory, rest[0])) : undefined;
		if (rest[0] && node?.kind !== 'file') {
			io.err(`${name}: can't open '${rest[0]}': No such file or directory\n`);
			return 127;
		}
		if (node?.kind === 'file') {
			inner.positional = rest;
			const status = await shell.runScript(node.bytes.toString(), inner, io);
			return inner.exit ?? status;
		}
		return interact(inner, io, name);
	};
