// An engine before the engine, in a process of its own: containers print lines as fast as somebody takes them, each in
// a chunk of its own as docker sends them. All else is passed on.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, request, type ServerResponse } from 'node:http';

export const lastLine = 'the-last-line';

export async function startLogSource(socketPath: string, target: string) {
	const child = fork(process.argv[1] as string, ['log-source', socketPath, target]);
	await once(child, 'message');
	return {
		socketPath,
		/** Every log that is followed, or will be, prints so many lines, and then the last one. */
		flood: (lines: number) => void child.send(lines),
		async stop() {
			const exit = once(child, 'exit');
			child.disconnect();
			await exit;
		},
	};
}

/** The process itself, until its parent is gone. */
export function serveLogs(socketPath: string, target: string): void {
	let lines = 0;
	const waiting = new Set<ServerResponse>();
	rmSync(socketPath, { force: true });
	const server = createServer((incoming, answer) => {
		if (/\/logs\?.*follow=1/.test(incoming.url ?? '')) {
			answer.flushHeaders();
			if (lines > 0) void print(answer, lines);
			else waiting.add(answer);
			return;
		}
		const { method, url: path, headers } = incoming;
		const passed = request({ socketPath: target, method, path, headers }, (response) => {
			answer.writeHead(response.statusCode ?? 500, response.headers);
			answer.flushHeaders();
			response.pipe(answer);
			response.on('error', () => answer.destroy());
		});
		passed.on('error', () => answer.destroy());
		answer.on('close', () => passed.destroy());
		incoming.pipe(passed);
	});
	server.listen(socketPath, () => process.send?.('ready'));
	process.on('message', (wanted) => {
		lines = Number(wanted);
		for (const answer of waiting) void print(answer, lines);
		waiting.clear();
	});
	process.on('disconnect', () => process.exit());
}

const batch = 500;
const text = ' GET /api/v1/items?page=3 200 12ms, request 000000000 of the flood\n';
const stampLength = 30;
const frameLength = 8 + stampLength + text.length;
const chunkHead = `${frameLength.toString(16)}\r\n`;
const chunkLength = chunkHead.length + frameLength + 2;
const numberAt = chunkHead.length + 8 + stampLength + text.indexOf('000000000');
const nanosAt = chunkHead.length + 8 + 20;
const secondsAt = chunkHead.length + 8 + 14;

function chunk(line: string): Buffer {
	const body = Buffer.from(`2026-11-20T20:00:00.000000000Z${line}`);
	const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
	header.writeUInt32BE(body.length, 4);
	const frame = Buffer.concat([header, body]);
	return Buffer.concat([Buffer.from(`${frame.length.toString(16)}\r\n`), frame, Buffer.from('\r\n')]);
}

function digits(bytes: Buffer, at: number, count: number, value: number): void {
	let rest = value;
	for (let place = at + count - 1; place >= at; place--) {
		bytes[place] = 48 + (rest % 10);
		rest = Math.floor(rest / 10);
	}
}

/** A line each two microseconds, by its stamps. */
async function print(answer: ServerResponse, lines: number): Promise<void> {
	const { socket } = answer;
	if (!socket) return;
	socket.on('error', () => {});
	for (let first = 0; first < lines && !socket.destroyed; first += batch) {
		const count = Math.min(batch, lines - first);
		const bytes = Buffer.concat(Array.from({ length: count }, () => chunk(text)));
		for (let index = 0; index < count; index++) {
			const at = index * chunkLength;
			const number = first + index;
			digits(bytes, at + numberAt, 9, number);
			digits(bytes, at + nanosAt, 9, (number * 2000) % 1e9);
			const seconds = Math.floor(number / 500_000);
			digits(bytes, at + secondsAt, 2, Math.floor(seconds / 60) % 60);
			digits(bytes, at + secondsAt + 3, 2, seconds % 60);
		}
		if (!socket.write(bytes))
			await new Promise<void>((resolve) => {
				const done = () => {
					socket.off('drain', done).off('close', done);
					resolve();
				};
				socket.on('drain', done).on('close', done);
			});
	}
	if (!socket.destroyed) socket.write(chunk(` ${lastLine}\n`));
}
