// A credential helper as a child process, which has limited time to answer.
import { spawn } from 'node:child_process';
import { type HelperResult, patienceOf, type RunHelper } from './ask-helper.ts';

/** More than any login has; what is beyond is not kept. */
const mostLetters = 1 << 20;

/** `env` is what the helper runs with: it finds the keychain by it. */
export const helperRunner =
	(env: Readonly<Record<string, string | undefined>>, timeout?: number): RunHelper =>
	(program, word, input) =>
		new Promise<HelperResult>((resolve) => {
			const child = spawn(program, [word], { env: { ...env }, stdio: 'pipe', windowsHide: true });
			const timer = setTimeout(() => {
				child.kill('SIGKILL');
				// A child of the helper's own may hold the pipes open.
				for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy();
				resolve({ code: 'ETIMEDOUT' });
			}, timeout ?? patienceOf(word));
			const end = (result: HelperResult): void => {
				clearTimeout(timer);
				resolve(result);
			};
			let stdout = '';
			let stderr = '';
			child.stdout.setEncoding('utf8').on('data', (text) => {
				if (stdout.length < mostLetters) stdout += text;
			});
			child.stderr.setEncoding('utf8').on('data', (text) => {
				if (stderr.length < mostLetters) stderr += text;
			});
			child.on('error', (error: NodeJS.ErrnoException) => end({ code: error.code ?? 'EUNKNOWN' }));
			child.on('close', (exitCode) => end({ exitCode: exitCode ?? 1, stdout, stderr }));
			// One that reads nothing and ends has the pipe closed.
			child.stdin.on('error', () => {});
			child.stdin.end(`${input}\n`);
		});
