// A connection that the engine leaves to us: after its 101, both ways carry what a program reads and prints.
import type { Duplex } from 'node:stream';
import { engineError, fromNode } from './error.ts';
import { refuse } from './stream.ts';
import type { Wire } from './wire.ts';

export type Hijack = {
	readonly path: string;
	readonly body?: string | undefined;
	/** How long the engine may take until its 101; it does not end the connection later. */
	readonly signal?: AbortSignal | undefined;
};

export function hijack(wire: Wire, { path, body = '', signal }: Hijack): Promise<Duplex> {
	return new Promise((resolve, reject) => {
		const request = wire.begin({
			method: 'POST',
			path,
			connection: 'upgraded',
			headers: {
				...(body !== '' && { 'Content-Type': 'application/json' }),
				// Without it, Node sends a body in chunks, and the engine waits for the last.
				'Content-Length': Buffer.byteLength(body),
			},
		});
		const giveUp = (): void => fail(engineError({ code: 'ETIMEOUT' }));
		const clear = (): void => signal?.removeEventListener('abort', giveUp);
		const fail = (cause: unknown): void => {
			clear();
			reject(fromNode(cause));
			request.destroy();
		};
		signal?.addEventListener('abort', giveUp);
		request.on('error', fail);
		request.on('upgrade', (_, socket, head) => {
			clear();
			if (head.length > 0) socket.unshift(head);
			resolve(socket);
		});
		request.on('response', (response) => {
			const broken = (): void => fail(request.errored ?? engineError({ code: 'ECONNRESET' }));
			response.on('error', broken);
			response.on('close', () => response.complete || broken());
			const { statusCode = 0 } = response;
			if (statusCode < 300) fail(engineError({ code: 'EANSWER', engineMessage: `${statusCode}, not 101` }));
			else refuse(response, fail);
		});
		if (signal?.aborted) giveUp();
		else request.end(body);
	});
}
