// The person's own editor or pager, on the whole terminal until it is closed.
import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/** These begin at a line with `+12`; of others it is not known. */
const knowingLines = /^(?:less|more|vim?|nvim|view|nano|emacs|micro|joe|kak)$/;

/** `less -R` at line 12 is `less -R +12`. */
export const atLine = (command: string, line: number): string => {
	const [program = ''] = command.trim().split(/\s/);
	return line > 1 && knowingLines.test(basename(program)) ? `${command} +${line}` : command;
};

/** `command` may have arguments, as in `code --wait`. Resolves with a sentence if it did not end well. */
export const runEditor = (
	command: string,
	path: string,
	{ variable = 'EDITOR', line = 1 }: { variable?: 'EDITOR' | 'PAGER'; line?: number } = {},
): Promise<string | undefined> =>
	new Promise((resolve) => {
		const child = spawn('sh', ['-c', `${atLine(command, line)} "$1"`, 'sh', path], { stdio: 'inherit' });
		child.on('error', (error) => resolve(`${command} could not be started: ${error.message}`));
		child.on('exit', (code) =>
			resolve(
				code === 127
					? `There is no ${command}: set ${variable} to the one you have.`
					: code === 0
						? undefined
						: `${command} ended with exit code ${code}.`,
			),
		);
	});
