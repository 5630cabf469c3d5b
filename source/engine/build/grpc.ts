// As much of gRPC as it takes to answer short questions: one framed message in, one out, and a status behind it.
import type { ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';

/** What is answered, or one of gRPC's numbers for why not. */
export type Reply = Buffer | number;

export type Methods = Readonly<Record<string, (message: Buffer) => Reply | Promise<Reply>>>;

export const notFound = 5;
const unimplemented = 12;
const internal = 13;
const invalid = 3;

/** A question is a host name or an id. */
const longest = 1 << 20;

/** Answers whoever is at the other end of the connection, until that ends or `close` is called. */
export async function serveGrpc(socket: Duplex, methods: Methods): Promise<{ close(): void }> {
	const http2 = await import('node:http2');
	const session: ServerHttp2Session = http2.performServerHandshake(socket);
	// Either end may be gone at any time; the build tells why.
	session.on('error', () => {});
	socket.on('error', () => {});
	session.on('stream', (stream, headers) => {
		stream.on('error', () => {});
		const method = methods[String(headers[':path'])];
		if (method) void answer(stream, method);
		else end(stream, unimplemented);
	});
	return {
		close() {
			session.destroy();
			socket.destroy();
		},
	};
}

async function answer(stream: ServerHttp2Stream, method: Methods[string]): Promise<void> {
	try {
		const message = await read(stream);
		const reply = message === undefined ? invalid : await method(message);
		end(stream, reply);
	} catch {
		// What a reader of secrets or a helper of docker throws is not for the engine.
		end(stream, internal);
	}
}

async function read(stream: ServerHttp2Stream): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
		length += (chunk as Buffer).length;
		if (length > longest) return undefined;
		chunks.push(chunk as Buffer);
	}
	const frame = Buffer.concat(chunks);
	// The first byte says whether it is packed, which nobody asked for.
	if (frame.length < 5 || frame[0] !== 0 || frame.readUInt32BE(1) !== frame.length - 5) return undefined;
	return frame.subarray(5);
}

function end(stream: ServerHttp2Stream, reply: Reply): void {
	if (stream.destroyed || stream.closed || stream.headersSent) return;
	const head = { ':status': 200, 'content-type': 'application/grpc' };
	if (typeof reply === 'number') {
		stream.respond({ ...head, 'grpc-status': String(reply) }, { endStream: true });
		stream.resume();
		return;
	}
	stream.respond(head, { waitForTrailers: true });
	stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
	const frame = Buffer.alloc(5);
	frame.writeUInt32BE(reply.length, 1);
	stream.end(Buffer.concat([frame, reply]));
}
