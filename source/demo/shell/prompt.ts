// What an interactive shell shows before a line.

import type { Shell } from './shell.ts';

const shells = new Set(['sh', 'ash', 'bash', 'dash']);
export const isShellName = (name: string): boolean => shells.has(name);

export const prompt = (shell: Shell): string => {
	const home = shell.env.get('HOME') ?? '/root';
	const directory =
		shell.directory === home || shell.directory.startsWith(`${home}/`)
			? `~${shell.directory.slice(home.length)}`
			: shell.directory;
	if (shell.name !== 'bash') return `${directory} # `;
	const host = (shell.env.get('HOSTNAME') ?? 'demo').split('.')[0];
	return `\x1b[1;32mroot@${host}\x1b[0m:\x1b[1;34m${directory}\x1b[0m# `;
};
