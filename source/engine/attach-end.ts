// What it means that the stream of an attach ended, and the exit code of the container.
import { type Call, pathPart } from './call.ts';
import type { SessionEnd, Target } from './contract.ts';
import { EngineError, engineError } from './error.ts';
import { record } from './json.ts';
import { sleep } from './sleep.ts';

type State = { readonly isRunning: boolean; readonly code?: unknown };

export type AttachEnd = {
	state(): Promise<State>;
	/** Rejects where only the connection ended. */
	meaning(isInputEnded: boolean): Promise<SessionEnd>;
	/** Nobody will ask. */
	forget(): void;
};

/** Milliseconds from the end of the output until the engine has noted the exit. */
const patience = 1500;

/** Milliseconds that an engine may take to remove what has ended. */
const removal = 10_000;

/** `awaited`: the exit code, where it is waited for already, by who wants to know of the end of all that. */
export function attachEnd(
	call: Call,
	{ id, name }: Target,
	awaited?: Promise<number | undefined>,
): AttachEnd {
	const about = { verb: 'attach', name };
	const over = new AbortController();

	async function state(): Promise<State> {
		const answer = await call(about, (docker) =>
			docker.getContainer(pathPart(id)).inspect({ abortSignal: AbortSignal.timeout(3000) }),
		);
		const { Running, ExitCode } = record(record(answer).State);
		return { isRunning: Running === true, code: ExitCode };
	}

	async function waited(): Promise<State | undefined> {
		try {
			const answer = await call(
				about,
				(docker): Promise<unknown> => docker.getContainer(pathPart(id)).wait({ abortSignal: over.signal }),
			);
			return { isRunning: false, code: record(answer).StatusCode };
		} catch {
			// The state is asked for instead.
			return undefined;
		}
	}

	// From the start: of a container that goes away with its end, or starts again, it cannot be asked later.
	const exit =
		awaited?.then((code) => (code === undefined ? undefined : { isRunning: false, code })) ?? waited();

	/** The state in the end. What has ended, but is still waited for, is about to be removed. */
	async function last(): Promise<State> {
		const told = await Promise.race([exit, sleep(patience, over.signal)]);
		if (told) return told;
		const asked = await state().catch((error) => {
			if (awaited && error.statusCode === 404) return { isRunning: false };
			throw error;
		});
		if (asked.isRunning || !awaited) return asked;
		return (await Promise.race([exit, sleep(removal, over.signal)])) ?? asked;
	}

	return {
		state,
		async meaning(isInputEnded) {
			try {
				const { isRunning, code } = await last();
				if (!isRunning) return { how: 'exited', ...(typeof code === 'number' && { code }) };
			} catch (error) {
				if (error instanceof EngineError && error.statusCode === 404) return { how: 'exited' };
				throw error;
			}
			// Without `StdinOnce`, the end of the input ends the attach and nothing else.
			if (isInputEnded) return { how: 'detached' };
			throw engineError({ code: 'EEND' });
		},
		forget: () => over.abort(),
	};
}
