// Ending what an exec started. The engine has no call for it, and goes on running it when we only let go; so a second
// exec, as root, signals every process in the terminal of the first.
import { type Call, pathPart } from './call.ts';
import type { StartedExec } from './contract.ts';
import { EngineError } from './error.ts';
import { execState, lastState } from './exec-state.ts';

/** Milliseconds for all of it, so that nobody waits for an engine that hangs. */
const limit = 4000;

/** Milliseconds that a signal gets to work. */
const patience = 600;

export async function signalExec(call: Call, started: StartedExec, signal: string): Promise<boolean> {
	const over = AbortSignal.timeout(limit);
	if (!(await execState(call, started.execId, over)).isRunning) return true;
	await sent(call, started, [signal], over);
	return isNobodyLeft(call, started, over);
}

export async function endExec(call: Call, started: StartedExec): Promise<boolean> {
	const over = AbortSignal.timeout(limit);
	const { isRunning, user } = await execState(call, started.execId, over);
	// Of one that ended by itself, jobs may go on in the background, as with docker; and its pid may be another's now.
	if (!isRunning) return true;
	const isGone = async (milliseconds: number) =>
		!(await lastState(call, started.execId, milliseconds, over)).isRunning;
	// A stopped process hears nothing until it goes on.
	if ((await sent(call, started, ['HUP', 'CONT'], over)) === undefined) return isGone(0);
	await isGone(patience);
	await sent(call, started, ['KILL'], over);
	if (await isGone(patience)) return true;
	// A root without capabilities may signal nobody but itself.
	await sent(call, started, ['KILL'], over, user);
	return isGone(patience);
}

async function isNobodyLeft(call: Call, started: StartedExec, over: AbortSignal): Promise<boolean> {
	const found = await sent(call, started, ['0'], over);
	return found === undefined ? !(await execState(call, started.execId, over)).isRunning : !found;
}

/** Whether there was anybody to get it; undefined where it could not be sent: no shell, or a paused container. */
async function sent(
	call: Call,
	{ containerId, pid = 0, shell }: StartedExec,
	signals: readonly string[],
	over: AbortSignal,
	user = '0',
): Promise<boolean | undefined> {
	if (shell === undefined || !Number.isSafeInteger(pid) || pid <= 1) return undefined;
	const about = { verb: 'exec', name: 'This container' };
	const command = [shell, '-c', script(pid, signals)];
	try {
		const signaller = await call(about, (docker) =>
			docker.getContainer(pathPart(containerId)).exec({
				Cmd: command,
				User: user,
				AttachStdout: true,
				abortSignal: over,
			}),
		);
		// Without an upgrade its output is the answer's body, which ends with it.
		await call(about, () => signaller.start({ Detach: false, Tty: false, abortSignal: over }));
		const { code } = await lastState(call, signaller.id, patience, over);
		return code === 0;
	} catch (error) {
		if (error instanceof EngineError && error.statusCode !== undefined) return undefined;
		throw error;
	}
}

/** What an exec starts leads a session; behind the name, the fourth field of `stat` tells the session of a process. */
function script(pid: number, signals: readonly string[]): string {
	const kills = signals.map((signal) => `kill -${name(signal)} "\${line%% *}"`).join('; ');
	return [
		'code=3',
		`for stat in /proc/[0-9]*/stat; do read -r line < "$stat" || continue; set -- \${line##*) }`,
		`if [ "$4" = ${pid} ] && [ "$1" != Z ]; then code=0; ${kills}; fi; done 2>/dev/null`,
		'exit $code',
	].join('; ');
}

function name(signal: string): string {
	const bare = signal.replace(/^SIG/, '');
	if (/^[A-Z0-9+-]+$/.test(bare)) return bare;
	throw new EngineError('There is no such signal.', { statusCode: 400 });
}
