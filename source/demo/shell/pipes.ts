// Collecting the output of one command and reading it in the next.

import type { Io } from './shell.ts';

const capturedBytes = 256 << 10;
export const deepest = 40;

export const collect = (io: Io) => {
	const chunks: Buffer[] = [];
	let size = 0;
	const enough = new AbortController();
	const add = (bytes: string | Buffer) => {
		const chunk = Buffer.from(bytes as string);
		size += chunk.length;
		if (size <= capturedBytes) chunks.push(chunk);
		else enough.abort();
	};
	return { add, bytes: () => Buffer.concat(chunks), signal: AbortSignal.any([io.signal, enough.signal]) };
};

export const readFrom = (bytes: Buffer): Io['read'] => {
	const lines = bytes.toString().split('\n');
	if (lines.at(-1) === '') lines.pop();
	return async () => {
		const next = lines.shift();
		return next === undefined ? { kind: 'end' } : { kind: 'line', text: next };
	};
};
