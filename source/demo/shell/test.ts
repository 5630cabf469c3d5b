// test and [: comparing words, numbers and files.

import { nodeAt, resolvePath } from '../files.ts';
import type { Command, Shell } from './shell.ts';

const isTrue = (args: string[], shell: Shell): boolean => {
	if (args[0] === '!') return !isTrue(args.slice(1), shell);
	const [a = '', operator = '', b = ''] = args;
	if (args.length === 1) return a !== '';
	if (args.length === 2) {
		const node = nodeAt(shell.files, resolvePath(shell.directory, operator));
		const tests: Record<string, boolean> = {
			'-n': operator !== '',
			'-z': operator === '',
			'-e': !!node,
			'-f': node?.kind === 'file',
			'-d': node?.kind === 'directory',
			'-L': node?.kind === 'link',
			'-x': !!node && (node.mode & 0o111) > 0,
			'-r': !!node,
			'-w': !!node,
			'-s': node?.kind === 'file' && node.bytes.length > 0,
			'-t': shell.terminal.isTty,
			'-p': false,
		};
		return tests[a] ?? false;
	}
	const [left, right] = [Number(a), Number(b)];
	const compared: Record<string, boolean> = {
		'=': a === b,
		'==': a === b,
		'!=': a !== b,
		'-eq': left === right,
		'-ne': left !== right,
		'-lt': left < right,
		'-le': left <= right,
		'-gt': left > right,
		'-ge': left >= right,
	};
	return compared[operator] ?? false;
};

export const test: Command = (args, _io, shell) =>
	isTrue(args.at(-1) === ']' ? args.slice(0, -1) : args, shell) ? 0 : 1;
