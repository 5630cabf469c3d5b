// A command in a container with nothing between the engine and us but the stream it runs on: what a terminal in
// Portside is compared with.
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Api } from './api.ts';

export type BareExec = {
	write(text: string): void;
	/** When the chunk came that the text ended in, from now on; undefined if it does not come in time. */
	until(text: string, timeout: number): Promise<number | undefined>;
	close(): void;
};

/** With a terminal of this size, and drained at once. */
export async function openBareExec(
	api: Api,
	socketPath: string,
	container: string,
	command: readonly string[],
	{ columns, rows }: { columns: number; rows: number },
): Promise<BareExec> {
	const id = await api.prepareExec(container, command);
	const socket = await start(socketPath, id);
	await api.resizeExec(id, columns, rows);
	const readers = new Set<(chunk: Buffer, at: number) => void>();
	socket.on('data', (chunk: Buffer) => {
		const at = performance.now();
		for (const reader of readers) reader(chunk, at);
	});
	socket.on('error', () => {}); // ended by us, or the engine with everything else
	return {
		write: (text) => void socket.write(text),
		until: (text, timeout) =>
			new Promise((resolve) => {
				let tail = '';
				const finish = (at: number | undefined) => {
					clearTimeout(timer);
					readers.delete(reader);
					resolve(at);
				};
				const timer = setTimeout(() => finish(undefined), timeout);
				// of a large chunk only its end is read
				const reader = (chunk: Buffer, at: number) => {
					tail = (tail + chunk.subarray(-256).toString('latin1')).slice(-256);
					if (tail.includes(text)) finish(at);
				};
				readers.add(reader);
			}),
		close: () => socket.destroy(),
	};
}

async function start(socketPath: string, id: string): Promise<Socket> {
	const body = JSON.stringify({ Detach: false, Tty: true });
	const sent = request({
		...{ socketPath, agent: false, method: 'POST', path: `/exec/${id}/start` },
		headers: {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
			connection: 'Upgrade',
			upgrade: 'tcp',
		},
	});
	sent.end(body);
	const [, socket, head] = (await once(sent, 'upgrade')) as [IncomingMessage, Socket, Buffer];
	if (head.length > 0) socket.unshift(head);
	return socket;
}
