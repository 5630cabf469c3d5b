// Sends a context and reads what is answered, both at once: an engine that refuses does so while we still send.
import type { OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { EngineError, engineError, fromNode } from '../error.ts';
import { refuse } from '../stream.ts';
import type { Wire } from '../wire.ts';
import { explained } from './explained.ts';

export type Sending = {
	readonly path: string;
	readonly headers: OutgoingHttpHeaders;
	/** It is not sent faster than the engine takes it; it is destroyed with the end. */
	readonly context: Readable;
	readonly signal: AbortSignal;
	readonly onChunk: (chunk: Buffer) => void;
};

/** Resolves when the answer ended or the signal came. */
export function send(wire: Wire, { path, headers, context, signal, onChunk }: Sending): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = wire.begin({ method: 'POST', path, headers, connection: 'own' });
		let isAnswered = false;
		let isSettled = false;
		const settle = (done: () => void): void => {
			isSettled = true;
			signal.removeEventListener('abort', stop);
			context.off('error', unreadable);
			// Destroying it may make it fail once more.
			context.on('error', () => {});
			context.destroy();
			done();
			request.destroy();
		};
		const stop = (): void => settle(resolve);
		const fail = (error: unknown): void => settle(() => reject(fromNode(error)));
		const unreadable = (error: Error): void => fail(contextError(error.message));
		signal.addEventListener('abort', stop);
		context.on('error', unreadable);
		context.on('close', () => {
			if (!context.readableEnded && !isSettled) unreadable(new Error('it ended too early'));
		});
		request.on('error', (error) => {
			// An engine that has answered need not read on: its answer counts.
			if (!isAnswered) fail(error);
		});
		request.on('response', (response) => {
			isAnswered = true;
			response.on('error', (error) => fail(request.errored ?? error));
			response.on(
				'close',
				() => response.complete || fail(request.errored ?? engineError({ code: 'ECONNRESET' })),
			);
			if (response.statusCode !== 200) return refuse(response, (error) => fail(refusal(error)));
			response.on('data', (chunk: Buffer) => {
				if (signal.aborted) return;
				onChunk(chunk);
				// However fast it prints, keys come between two pieces of it.
				response.pause();
				setImmediate(() => response.resume());
			});
			response.on('end', stop);
		});
		if (signal.aborted) stop();
		else if (context.errored) unreadable(context.errored);
		else context.pipe(request);
	});
}

const contextError = (words: string): EngineError =>
	new EngineError('The build context could not be sent.', { code: 'ECONTEXT', engineMessage: words });

const refusal = (error: EngineError): EngineError =>
	new EngineError(explained(error.engineMessage ?? '') ?? 'The engine did not accept this build.', error);
