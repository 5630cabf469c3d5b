// Frames as an engine sends them, for the tests of what takes them apart.

export function frame(stream: number, content: string | Buffer): Buffer {
	const body = Buffer.from(content);
	const header = Buffer.alloc(8);
	header[0] = stream;
	header.writeUInt32BE(body.length, 4);
	return Buffer.concat([header, body]);
}

export const stamp = '2026-11-20T20:05:57.035102310Z';
