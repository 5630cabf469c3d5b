// A counting proxy between a program and the engine, in a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { requestCounter } from './request-counter.ts';

export type Counts = {
	readonly requests: number;
	readonly routes: Readonly<Record<string, number>>;
	readonly open: number;
};

export async function startProxy(socketPath: string, target: string) {
	const child = fork(process.argv[1] as string, ['proxy', socketPath, target]);
	await once(child, 'message');
	return {
		socketPath,
		async counts(): Promise<Counts> {
			child.send('counts');
			const [counts] = await once(child, 'message');
			return counts as Counts;
		},
		async stop() {
			const exit = once(child, 'exit');
			child.disconnect();
			await exit;
		},
	};
}

/** The process itself, until its parent is gone. */
export function serveProxy(socketPath: string, target: string): void {
	const routes: Record<string, number> = {};
	let requests = 0;
	let open = 0;
	rmSync(socketPath, { force: true });
	const server = createServer({ allowHalfOpen: true }, (client) => {
		const engine = connect({ path: target, allowHalfOpen: true });
		open++;
		client.on(
			'data',
			requestCounter((route) => {
				requests++;
				routes[route] = (routes[route] ?? 0) + 1;
			}),
		);
		join(client, engine);
		join(engine, client);
		client.on('close', () => open--);
	});
	server.listen(socketPath, () => process.send?.('ready'));
	process.on('message', () => process.send?.({ requests, routes: { ...routes }, open }));
	process.on('disconnect', () => process.exit());
}

function join(from: Socket, to: Socket): void {
	from.pipe(to);
	from.on('error', () => to.destroy());
	from.on('close', () => to.destroy());
}
