// Tab: names of commands for the first word of a command, names of files for the others.

import { baseName, childrenOf, follow, parentOf, resolvePath } from '../files.ts';
import type { Shell } from './shell.ts';
import { shellWords } from './shell-words.ts';

const commandNames = (shell: Shell): string[] => {
	const folders = (shell.env.get('PATH') ?? '').split(':').slice(0, 32);
	const programs = folders.flatMap((folder) =>
		childrenOf(shell.files, resolvePath('/', folder)).map(baseName),
	);
	return [...new Set([...shellWords, ...programs])].sort();
};

const fileNames = (shell: Shell, word: string): string[] => {
	const folder = word.includes('/') ? parentOf(word) : '.';
	const typed = word.slice(word.lastIndexOf('/') + 1);
	const home = word.startsWith('~/') ? folder.replace('~', shell.env.get('HOME') ?? '/root') : folder;
	const { path } = follow(shell.files, resolvePath(shell.directory, home));
	return childrenOf(shell.files, path)
		.filter((each) => typed.startsWith('.') || !baseName(each).startsWith('.'))
		.map((each) => baseName(each) + (follow(shell.files, each).node?.kind === 'directory' ? '/' : ''));
};

const shared = (names: string[]): string =>
	names.reduce((common, name) => {
		let length = 0;
		while (length < common.length && common[length] === name[length]) length++;
		return common.slice(0, length);
	});

/** What Tab adds to the text before the cursor, or the choices there are. */
export const complete = (shell: Shell, before: string): { added: string; choices: string[] } => {
	const word = /\S*$/.exec(before)?.[0] ?? '';
	const isCommand = /(^|[|&;(]\s*|\b(then|do|else|sudo|exec)\s+)$/.test(
		before.slice(0, before.length - word.length).trimStart(),
	);
	const typed = word.slice(word.lastIndexOf('/') + 1);
	const names = isCommand && !word.includes('/') ? commandNames(shell) : fileNames(shell, word);
	const choices = names.filter((name) => name.startsWith(typed));
	const [only, second] = choices;
	if (only === undefined) return { added: '', choices };
	if (second === undefined)
		return { added: only.slice(typed.length) + (only.endsWith('/') ? '' : ' '), choices };
	return { added: shared(choices).slice(typed.length), choices };
};
