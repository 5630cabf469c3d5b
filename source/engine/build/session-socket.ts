// Asks the engine to come back over our own connection, with questions only we can answer.
import type { Duplex } from 'node:stream';
import { engineError, fromNode } from '../error.ts';
import type { Wire } from '../wire.ts';

const patience = 10_000;

/** Undefined where the engine has no such thing (Podman), and where the signal comes before it answers. */
export function openSessionSocket(
	wire: Wire,
	path: string,
	{
		id,
		methods,
		signal,
	}: { readonly id: string; readonly methods: readonly string[]; readonly signal: AbortSignal },
): Promise<Duplex | undefined> {
	return new Promise((resolve, reject) => {
		const request = wire.begin({
			method: 'POST',
			path,
			connection: 'upgraded',
			headers: {
				'Content-Length': 0,
				'X-Docker-Expose-Session-Uuid': id,
				'X-Docker-Expose-Session-Name': 'portside',
				'X-Docker-Expose-Session-Grpc-Method': [...methods],
			},
		});
		// The wire asks for plain bytes, as attach and exec do.
		request.setHeader('Upgrade', 'h2c');
		const settle = (done: () => void): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', without);
			done();
		};
		const fail = (error: unknown): void => settle(() => reject(fromNode(error)));
		const without = (): void => {
			settle(() => resolve(undefined));
			request.destroy();
		};
		const timer = setTimeout(() => request.destroy(engineError({ code: 'ETIMEOUT' })), patience);
		signal.addEventListener('abort', without);
		request.on('error', fail);
		request.on('response', without);
		request.on('upgrade', (_, socket, head) => {
			if (head.length > 0) socket.unshift(head);
			settle(() => resolve(socket));
		});
		if (signal.aborted) without();
		else request.end();
	});
}
