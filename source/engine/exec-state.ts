// Whether what an exec started still runs, and the exit code it left.
import { type Call, pathPart } from './call.ts';
import { EngineError } from './error.ts';
import { record, text } from './json.ts';
import { sleep } from './sleep.ts';

export type ExecState = {
	readonly isRunning: boolean;
	readonly code?: number;
	/** Who it was asked to be; empty for the container's own user. */
	readonly user?: string;
};

const about = { verb: 'execState', name: 'This command' };

export async function execState(call: Call, execId: string, signal: AbortSignal): Promise<ExecState> {
	try {
		const answer = record(
			await call(
				about,
				(docker): Promise<unknown> => docker.getExec(pathPart(execId)).inspect({ abortSignal: signal }),
			),
		);
		const { Running, ExitCode, ProcessConfig } = answer;
		return {
			isRunning: Running === true,
			...(typeof ExitCode === 'number' && { code: ExitCode }),
			user: text(record(ProcessConfig).user),
		};
	} catch (error) {
		// Forgotten: it went with its container, or with the engine that started it.
		if (error instanceof EngineError && error.statusCode === 404) return { isRunning: false };
		throw error;
	}
}

/** As `execState`, but where it still runs it is given some milliseconds to end. */
export async function lastState(
	call: Call,
	execId: string,
	patience: number,
	signal: AbortSignal,
): Promise<ExecState> {
	const until = Date.now() + patience;
	for (;;) {
		const state = await execState(call, execId, signal);
		if (!state.isRunning || Date.now() >= until || signal.aborted) return state;
		await sleep(20, signal);
	}
}
