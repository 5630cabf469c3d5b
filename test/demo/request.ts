// A bare HTTP client for the tests of the demo engine: whole answers, JSON lines, and taken-over connections.

import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';

// Answers are looked into freely: the tests say what they must hold.
// biome-ignore lint/suspicious/noExplicitAny: any shape may be asked for
export type Json = any;
export type Reply = {
	status: number;
	headers: IncomingMessage['headers'];
	text: string;
	bytes: Buffer;
	json: Json;
};

const open = (
	socketPath: string,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
) => {
	const data = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
	const length = data === undefined ? 0 : Buffer.byteLength(data as string);
	const sent = request({
		socketPath,
		method,
		path,
		agent: false,
		headers: { Host: 'docker', 'Content-Type': 'application/json', 'Content-Length': length, ...headers },
	});
	sent.end(data);
	return sent;
};

export const ask = (socketPath: string, method: string, path: string, body?: unknown): Promise<Reply> =>
	new Promise((resolve, reject) => {
		const sent = open(socketPath, method, path, body);
		sent.on('error', reject);
		sent.on('response', (message) => {
			const chunks: Buffer[] = [];
			message.on('data', (chunk: Buffer) => chunks.push(chunk));
			message.on('error', reject);
			message.on('end', () => {
				const bytes = Buffer.concat(chunks);
				const text = bytes.toString();
				let json: Json;
				try {
					json = JSON.parse(text);
				} catch {
					json = undefined;
				}
				resolve({ status: message.statusCode ?? 0, headers: message.headers, text, bytes, json });
			});
		});
	});

/** A stream of JSON lines that can be waited on. */
export const lines = async (socketPath: string, method: string, path: string, body?: unknown) => {
	const seen: Json[] = [];
	const waiting = new Set<() => void>();
	let rest = '';
	let isOver = false;
	const sent = open(socketPath, method, path, body);
	const message = await new Promise<IncomingMessage>((resolve, reject) =>
		sent.on('response', resolve).on('error', reject),
	);
	const wake = () => {
		for (const check of [...waiting]) check();
	};
	message.setEncoding('utf8');
	message.on('data', (chunk: string) => {
		const parts = (rest + chunk).split('\n');
		rest = parts.pop() ?? '';
		for (const part of parts) if (part.trim()) seen.push(JSON.parse(part));
		wake();
	});
	message.on('error', () => {});
	message.on('close', () => {
		isOver = true;
		wake();
	});
	const until = (isThere: (seen: Json[]) => boolean): Promise<Json[]> =>
		new Promise((resolve, reject) => {
			const check = () => {
				if (isThere(seen)) resolve(seen);
				else if (isOver) reject(new Error(`the stream ended: ${JSON.stringify(seen.slice(-3))}`));
				else return;
				waiting.delete(check);
			};
			waiting.add(check);
			check();
		});
	const ended = () =>
		new Promise<Json[]>((resolve) => {
			const check = () => void (isOver && resolve(seen));
			waiting.add(check);
			check();
		});
	return {
		status: message.statusCode,
		headers: message.headers,
		seen,
		until,
		ended,
		close: () => sent.destroy(),
	};
};

/** Takes a connection over and collects what comes out of it. */
export const takeOver = async (
	socketPath: string,
	path: string,
	body?: unknown,
	onBytes: (bytes: Buffer) => void = () => {},
) => {
	const sent = open(socketPath, 'POST', path, body, { Connection: 'Upgrade', Upgrade: 'tcp' });
	const [message, socket, head] = await new Promise<[IncomingMessage, Socket, Buffer]>((resolve, reject) => {
		sent.on('upgrade', (...all: [IncomingMessage, Socket, Buffer]) => resolve(all));
		sent.on('response', (answer) => reject(new Error(`refused with ${answer.statusCode}`)));
		sent.on('error', reject);
	});
	let bytes = head;
	onBytes(head);
	let isOver = false;
	const waiting = new Set<() => void>();
	const wake = () => {
		for (const check of [...waiting]) check();
	};
	socket.on('data', (chunk) => {
		onBytes(chunk);
		bytes = Buffer.concat([bytes, chunk]);
		wake();
	});
	socket.on('error', () => {});
	socket.on('close', () => {
		isOver = true;
		wake();
	});
	const until = (isThere: (text: string) => boolean): Promise<string> =>
		new Promise((resolve, reject) => {
			const check = () => {
				const text = bytes.toString();
				if (isThere(text)) resolve(text);
				else if (isOver) reject(new Error(`the connection ended: ${JSON.stringify(text.slice(-200))}`));
				else return;
				waiting.delete(check);
			};
			waiting.add(check);
			check();
		});
	const ended = () =>
		new Promise<Buffer>((resolve) => {
			const check = () => void (isOver && resolve(bytes));
			waiting.add(check);
			check();
		});
	return {
		status: message.statusCode,
		headers: message.headers,
		socket,
		until,
		ended,
		type: (text: string) => socket.write(text),
	};
};

/** Docker's frames → the text of each stream. */
export const unframe = (bytes: Buffer): { out: string; err: string } => {
	const text = { out: '', err: '' };
	for (let at = 0; at + 8 <= bytes.length; ) {
		const length = bytes.readUInt32BE(at + 4);
		text[bytes[at] === 2 ? 'err' : 'out'] += bytes.toString('utf8', at + 8, at + 8 + length);
		at += 8 + length;
	}
	return text;
};

export const filters = (wanted: object): string => encodeURIComponent(JSON.stringify(wanted));
