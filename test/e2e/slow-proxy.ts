// Something in front of a registry that lets a test decide: what waits, how fast bytes come, and what is refused.
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';

type Gate = {
	/** What a request looks like: `PUT /v2/app/manifests/1`. */
	readonly of: RegExp;
	/** It waits for this. */
	readonly until?: Promise<unknown>;
	/** Instead of being passed on. */
	readonly refusal?: { readonly status: number; readonly code: string; readonly message: string };
};

export async function startSlowProxy(port: number) {
	let gates: readonly Gate[] = [];
	/** Bytes a second in either direction; absent: as fast as it goes. */
	let pace: number | undefined;
	const asked: string[] = [];

	const slowed = () =>
		new Transform({
			transform(chunk: Buffer, _, done) {
				if (pace === undefined) return done(null, chunk);
				const step = Math.max(1, Math.floor(pace / 20));
				const send = (at: number): void => {
					this.push(chunk.subarray(at, at + step));
					if (at + step >= chunk.length) done();
					else setTimeout(() => send(at + step), 50).unref();
				};
				send(0);
			},
		});

	const server = createServer(async (incoming, answer) => {
		const line = `${incoming.method} ${incoming.url}`;
		asked.push(line);
		const gate = gates.find(({ of }) => of.test(line));
		await gate?.until;
		if (gate?.refusal) {
			const { status, ...error } = gate.refusal;
			answer.writeHead(status, { 'content-type': 'application/json' });
			// with a detail, as real ones say it: without, the engine tries it again and again
			answer.end(JSON.stringify({ errors: [{ ...error, detail: [] }] }));
			return void incoming.resume();
		}
		const { method, url, headers } = incoming;
		const onward = request(
			{ host: '127.0.0.1', port, method, path: url, headers },
			(reply: IncomingMessage) => {
				answer.writeHead(reply.statusCode ?? 502, reply.headers);
				reply.pipe(slowed()).pipe(answer);
			},
		);
		onward.on('error', () => answer.destroy());
		// who went away does not want the rest
		answer.on('close', () => onward.destroy());
		incoming.pipe(slowed()).pipe(onward);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

	return {
		host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
		/** `PUT /v2/app/manifests/1` each, in their order. */
		asked: asked as readonly string[],
		set: (news: { readonly gates?: readonly Gate[]; readonly pace?: number }) => {
			gates = news.gates ?? [];
			pace = news.pace;
		},
		/** How many are being answered. */
		open: () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count))),
		stop: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
