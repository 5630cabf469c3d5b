// One question to the engine and its whole answer. It always settles: by the answer, a failure, its time, or close().
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { EngineError, engineError, fromNode } from './error.ts';
import type { Wire } from './wire.ts';

export type Question = {
	/** GET where absent. */
	readonly method?: string;
	readonly path: string;
	readonly body?: string | undefined;
	readonly headers?: OutgoingHttpHeaders;
	/** Milliseconds for all of it. Absent: as long as the engine lives. */
	readonly timeout?: number | undefined;
	/** A limit set elsewhere (dockerode's `abortSignal`): when it comes, the time is over. */
	readonly signal?: AbortSignal | undefined;
	/** Over a new connection, even where a kept one is free. */
	readonly isFresh?: boolean;
};

export type Answer = {
	readonly status: number;
	readonly headers: IncomingMessage['headers'];
	readonly text: string;
};

export async function ask(wire: Wire, question: Question): Promise<Answer> {
	try {
		return await once(wire, question);
	} catch (error) {
		// A kept connection may be stale (the engine was restarted) and fails at its first use.
		if (error instanceof StaleConnection) return await once(wire, { ...question, isFresh: true });
		throw error;
	}
}

/** The parsed body. `null` is a value: the engine means an empty list by it. */
export async function askJson(wire: Wire, question: Question): Promise<unknown> {
	return parsed(await ask(wire, question));
}

export function parsed({ text, status }: Answer): unknown {
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		throw engineError({ code: 'EANSWER', statusCode: status, engineMessage: text.slice(0, 200) });
	}
}

class StaleConnection extends EngineError {}

function once(
	wire: Wire,
	{ method = 'GET', path, body, headers, timeout, signal, isFresh }: Question,
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		// What changes something cannot be sent twice, so it is never sent into a connection that may be stale. And a
		// stop waits ten seconds: such calls must not keep the lists waiting for a shared connection.
		const isRead = method === 'GET' || method === 'HEAD';
		const connection = !isRead || isFresh ? 'own' : 'shared';
		const data = body ?? '';
		const request = wire.begin({
			method,
			path,
			connection,
			headers: {
				...headers,
				...(body !== undefined && { 'Content-Type': 'application/json' }),
				...(!isRead && { 'Content-Length': Buffer.byteLength(data) }),
			},
		});
		const giveUp = (): void => fail(engineError({ code: 'ETIMEOUT' }));
		const timer = timeout === undefined ? undefined : setTimeout(giveUp, timeout);
		signal?.addEventListener('abort', giveUp);
		const clear = (): void => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', giveUp);
		};
		const fail = (cause: unknown): void => {
			clear();
			const error = fromNode(cause);
			const isStale = error instanceof EngineError && isReset(error) && request.reusedSocket && isRead;
			reject(isStale ? new StaleConnection(error.message, error) : error);
			request.destroy();
		};
		request.on('error', fail);
		request.on('response', (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			// A body cut short is an `error` here, and no `end`: dockerode waits for ever in this place.
			response.on('error', (error) => fail(request.errored ?? error));
			response.on(
				'close',
				() => response.complete || fail(request.errored ?? engineError({ code: 'ECONNRESET' })),
			);
			response.on('end', () => {
				clear();
				const text = Buffer.concat(chunks).toString();
				const { statusCode: status = 0, headers } = response;
				if ((status >= 200 && status < 300) || status === 304) resolve({ status, headers, text });
				else reject(engineError({ statusCode: status, engineMessage: wordsOf(text) }));
			});
		});
		if (signal?.aborted) giveUp();
		else request.end(data);
	});
}

const isReset = ({ code }: EngineError): boolean => code === 'ECONNRESET' || code === 'EPIPE';

/** The engine's own words in the body of a refusal: `{message}` of docker, `{cause, message}` of Podman, or plain text. */
export function wordsOf(text: string): string {
	try {
		const said: unknown = JSON.parse(text);
		if (typeof said === 'object' && said !== null && 'message' in said) return String(said.message);
	} catch {
		// Plain text (attach, proxies) is what it is.
	}
	return text.trim().slice(0, 2000);
}
