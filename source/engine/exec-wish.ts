// What an exec is asked to be: the command as it was given, behind a shell that announces its pid.
import type { ExecCreateOptions } from 'dockerode';
import type { ExecOptions } from './contract.ts';
import { detachKeys } from './hold.ts';
import { announced } from './mark.ts';

/** What this terminal is, as ssh would tell it. */
const ownEnv: readonly string[] = ['TERM=xterm-256color', 'COLORTERM=truecolor'];

export function execWish(
	{ command, tty, user, directory, env = [], isPrivileged = false, size }: ExecOptions,
	shell: string | undefined,
): ExecCreateOptions {
	const named = new Set(env.map((entry) => entry.split('=', 1)[0]));
	const added = tty ? ownEnv.filter((entry) => !named.has(entry.split('=', 1)[0])) : [];
	return {
		Cmd: shell === undefined ? [...command] : announced(shell, command),
		AttachStdin: tty,
		AttachStdout: true,
		AttachStderr: true,
		Tty: tty,
		Env: [...added, ...env],
		Privileged: isPrivileged,
		...(user !== undefined && { User: user }),
		...(directory !== undefined && { WorkingDir: directory }),
		...(tty && { DetachKeys: detachKeys, ConsoleSize: [size.rows, size.columns] }),
	};
}
