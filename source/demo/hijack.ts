// Taking over a connection: 101 when the client asked to upgrade, 200 and a closing connection when it did not.

import type { Call, Hijacked } from './call.ts';
import { serverHeaders } from './version.ts';

/** Little enough that Ctrl+C is felt at once, although what is under way must still arrive. */
const highWater = 64 << 10;

export const hijack = (call: Call, contentType: string): Hijacked => {
	const { socket, request, response } = call;
	if (!socket) {
		response.shouldKeepAlive = false;
		response.useChunkedEncodingByDefault = false;
		response.writeHead(200, { 'Content-Type': contentType });
		response.flushHeaders();
		return {
			write: (bytes) => void (response.destroyed || response.writableEnded || response.write(bytes)),
			isFull: () => response.writableLength > highWater,
			end: () => void response.end(),
			onData: () => {},
			onEnd: () => {},
			onClose: (listener) => void response.on('close', listener),
		};
	}
	const headers = {
		'Content-Type': contentType,
		Connection: 'Upgrade',
		Upgrade: request.headers.upgrade ?? 'tcp',
		...serverHeaders,
	};
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	response.detachSocket(socket as never);
	socket.write(`HTTP/1.1 101 UPGRADED\r\n${lines.join('\r\n')}\r\n\r\n`);
	return {
		write: (bytes) => void (socket.destroyed || socket.writableEnded || socket.write(bytes)),
		isFull: () => socket.writableLength > highWater,
		// The engine closes both ways: a client must not be able to keep the connection half open for ever.
		end: () => void socket.end(() => socket.destroy()),
		onData: (listener) => void socket.on('data', listener).resume(),
		onEnd: (listener) => void socket.on('end', listener),
		onClose: (listener) => void socket.on('close', listener),
	};
};
