// Sends a tar and reads what is answered, both at once: an engine that refuses does so while we still send.
import type { OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { EngineError, fromNode } from './error.ts';
import { onAnswer } from './stream.ts';
import type { Wire } from './wire.ts';

export type Sending = {
	readonly path: string;
	readonly headers: OutgoingHttpHeaders;
	/** It is not sent faster than the engine takes it; it is destroyed with the end. */
	readonly tar: Readable;
	readonly signal: AbortSignal;
	/** An EngineError it throws ends it all. */
	readonly onChunk: (chunk: Buffer) => void;
	/** What to say where the tar cannot be read. */
	readonly unreadable: (words: string) => EngineError;
};

/** Resolves when the answer ended or the signal came. */
export function send(
	wire: Wire,
	{ path, headers, tar, signal, onChunk, unreadable: worded }: Sending,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = wire.begin({ method: 'POST', path, headers, connection: 'own' });
		let isAnswered = false;
		let isSettled = false;
		const settle = (done: () => void): void => {
			isSettled = true;
			signal.removeEventListener('abort', stop);
			tar.off('error', unreadable);
			// Destroying it may make it fail once more.
			tar.on('error', () => {});
			tar.destroy();
			done();
			request.destroy();
		};
		const stop = (): void => settle(resolve);
		const fail = (error: unknown): void => settle(() => reject(fromNode(error)));
		const unreadable = (error: Error): void => fail(worded(error.message));
		signal.addEventListener('abort', stop);
		tar.on('error', unreadable);
		tar.on('close', () => {
			if (!tar.readableEnded && !isSettled) unreadable(new Error('it ended too early'));
		});
		request.on('error', (error) => {
			// An engine that has answered need not read on: its answer counts.
			if (!isAnswered) fail(error);
		});
		request.on('response', () => {
			isAnswered = true;
		});
		onAnswer(request, fail, (response) => {
			response.on('data', (chunk: Buffer) => {
				if (signal.aborted) return;
				try {
					onChunk(chunk);
				} catch (error) {
					if (!(error instanceof EngineError)) throw error;
					return fail(error);
				}
				// However fast it prints, keys come between two pieces of it.
				response.pause();
				setImmediate(() => response.resume());
			});
			response.on('end', stop);
		});
		if (signal.aborted) stop();
		else if (tar.destroyed) unreadable(tar.errored ?? new Error('it was closed'));
		else tar.pipe(request);
	});
}
