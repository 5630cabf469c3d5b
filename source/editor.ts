// The person's own editor or pager, on the whole terminal until it is closed.
import { spawn } from 'node:child_process';

/** `command` may have arguments, as in `code --wait`. Resolves with a sentence if it did not end well. */
export const runEditor = (
	command: string,
	path: string,
	variable: 'EDITOR' | 'PAGER' = 'EDITOR',
): Promise<string | undefined> =>
	new Promise((resolve) => {
		const child = spawn('sh', ['-c', `${command} "$1"`, 'sh', path], { stdio: 'inherit' });
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
