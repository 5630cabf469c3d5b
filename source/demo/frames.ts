// Docker's stdcopy framing: stream number, three zeros, length, bytes.

export type StreamNumber = 1 | 2;

export const frame = (stream: StreamNumber, bytes: Buffer): Buffer => {
	const head = Buffer.alloc(8);
	head[0] = stream;
	head.writeUInt32BE(bytes.length, 4);
	return Buffer.concat([head, bytes]);
};
