// A long answer read as it comes. dockerode's own way loses data and can crash, so streams go here.
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { wordsOf } from './ask.ts';
import { EngineError, engineError, fromNode } from './error.ts';
import type { Wire } from './wire.ts';

export type Stream = {
	/** GET where absent. */
	readonly method?: 'POST';
	readonly headers?: OutgoingHttpHeaders;
	readonly path: string;
	readonly signal: AbortSignal;
	readonly onOpen?: (response: IncomingMessage) => void;
	/** An EngineError it throws ends the stream; anything else is a bug, and surfaces as one. */
	readonly onChunk: (chunk: Buffer) => void;
	/** It may come faster than it can be read: then keys and drawing get their turn, and the engine waits. */
	readonly isFair?: boolean;
};

/** Resolves when the stream ended or the signal came, rejects with an EngineError when it broke. */
export function follow(
	wire: Wire,
	{ method, headers, path, signal, onOpen, onChunk, isFair = false }: Stream,
): Promise<void> {
	if (signal.aborted) return Promise.resolve();
	return new Promise((resolve, reject) => {
		const request = wire.begin({
			method: method ?? 'GET',
			path,
			connection: 'own',
			headers: { ...headers, ...(method && { 'Content-Length': 0 }) },
		});
		const settle = (done: () => void): void => {
			signal.removeEventListener('abort', stop);
			done();
			request.destroy();
		};
		const stop = (): void => settle(resolve);
		const fail = (error: unknown): void => settle(() => reject(fromNode(error)));
		signal.addEventListener('abort', stop);
		request.on('error', fail);
		onAnswer(request, fail, (response) => {
			onOpen?.(response);
			const takeTurn = turns(response);
			response.on('data', (chunk: Buffer) => {
				if (signal.aborted) return;
				try {
					onChunk(chunk);
					if (isFair) takeTurn();
				} catch (error) {
					if (!(error instanceof EngineError)) throw error;
					fail(error);
				}
			});
			response.on('end', stop);
		});
		request.end();
	});
}

/** Milliseconds of reading at a time. */
const turn = 8;

/** Called after each chunk, it lets the event loop go round when one has taken its time. */
function turns(response: IncomingMessage): () => void {
	let began = 0;
	let count = 0;
	let isNew = true;
	return () => {
		// The clock is asked now and then: an engine sends every line as a chunk.
		if (!isNew && ++count % 16 !== 0) return;
		if (isNew) {
			isNew = false;
			began = performance.now();
			// Whatever is read until then is one turn.
			setImmediate(() => {
				isNew = true;
			});
			return;
		}
		if (performance.now() - began < turn) return;
		response.pause();
		setImmediate(() => response.resume());
	};
}

/** An answer that goes well, as it begins; one that is a refusal, or is cut short, fails. */
export function onAnswer(
	request: ClientRequest,
	fail: (error: unknown) => void,
	use: (response: IncomingMessage) => void,
): void {
	request.on('response', (response) => {
		response.on('error', (error) => fail(request.errored ?? error));
		response.on(
			'close',
			() => response.complete || fail(request.errored ?? engineError({ code: 'ECONNRESET' })),
		);
		if (response.statusCode !== 200) refuse(response, fail);
		else use(response);
	});
}

/** The engine's own words, when they have all come. */
export function refuse(response: IncomingMessage, fail: (error: EngineError) => void): void {
	const chunks: Buffer[] = [];
	response.on('data', (chunk: Buffer) => chunks.push(chunk));
	response.on('end', () =>
		fail(
			engineError({
				statusCode: response.statusCode,
				engineMessage: wordsOf(Buffer.concat(chunks).toString()),
			}),
		),
	);
}
