// The dialogue of an interactive shell: prompt, line, run, again.

import type { Io, Shell } from './shell.ts';

const shells = new Set(['sh', 'ash', 'bash', 'dash']);

export const isShellName = (name: string): boolean => shells.has(name);

const prompt = (shell: Shell, name: string): string => {
	const home = shell.env.get('HOME') ?? '/root';
	const directory = shell.directory === home ? '~' : shell.directory;
	if (name !== 'bash') return `${directory} # `;
	return `root@${shell.env.get('HOSTNAME') ?? 'demo'}:${directory}# `;
};

/** Reads lines and runs them until `exit`, Ctrl+D or the end of the input. */
export const interact = async (shell: Shell, io: Io, name: string): Promise<number> => {
	while (shell.exit === undefined && !io.signal.aborted) {
		if (shell.terminal.isTty) io.out(prompt(shell, name));
		const typed = await io.read();
		if (typed.kind === 'end') {
			if (shell.terminal.isTty) io.out(name === 'bash' ? 'exit\n' : '\n');
			return shell.status;
		}
		if (typed.kind === 'interrupt') {
			shell.status = 130;
			continue;
		}
		const interrupt = new AbortController();
		shell.terminal.onInterrupt = () => interrupt.abort();
		const signal = AbortSignal.any([io.signal, interrupt.signal]);
		await shell.runScript(typed.text, shell, { ...io, signal, read: () => shell.terminal.read(signal) });
		shell.terminal.onInterrupt = undefined;
		if (interrupt.signal.aborted) shell.status = 130;
	}
	return shell.exit ?? shell.status;
};
