// A tiny server on a private socket that misbehaves as it is told, for faults no real engine can be made to show.
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endpoint } from '../../source/model/connection.ts';

export type FakeEngine = {
	readonly endpoint: Endpoint;
	/** First line of every request so far that `behave` got. */
	readonly requests: string[];
	close(): void;
};

/** `text` is all that came with the request's first line, or what was typed on a connection that was left to the client. */
export type Behaviour = (requestLine: string, socket: net.Socket, text: string) => void;

/** The first ping, `/version` and `/info` are answered as a real engine does, everything else by `behave`. */
export async function fakeEngine(behave: Behaviour): Promise<FakeEngine> {
	const folder = mkdtempSync(join(tmpdir(), 'portside-fake-'));
	const path = join(folder, 'engine.sock');
	const requests: string[] = [];
	let isGreeted = false;
	const sockets = new Set<net.Socket>();
	const server = net.createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('error', () => socket.destroy());
		socket.on('data', (data) => {
			const text = data.toString();
			const line = text.split('\r\n', 1)[0] ?? '';
			const greeting =
				isGreeted && line.startsWith('GET /_ping ') ? undefined : greetings[line.split(' ')[1] ?? ''];
			if (line.startsWith('GET /_ping ')) isGreeted = true;
			if (greeting) return void socket.write(greeting);
			requests.push(line);
			behave(line, socket, text);
		});
	});
	await new Promise<void>((resolve) => server.listen(path, resolve));
	return {
		endpoint: { host: `unix://${path}`, source: 'test', name: 'local' },
		requests,
		close() {
			for (const socket of sockets) socket.destroy();
			server.close();
			rmSync(folder, { recursive: true });
		},
	};
}

const greetings: Readonly<Record<string, string>> = {
	'/_ping': answer('OK').replace('\r\n', '\r\nApi-Version: 1.41\r\n'),
	'/version': answer({ ApiVersion: '1.41', Version: '20.10.0' }),
	'/info': answer({ NCPU: 2 }),
};

export function answer(body: unknown, status = '200 OK'): string {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
