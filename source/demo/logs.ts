// The log of a container: a bounded ring of lines, cut at newlines and at 16 kB as the json-file driver cuts them.

import type { StreamNumber } from './frames.ts';

export type LogLine = { stamp: bigint; stream: StreamNumber; bytes: Buffer };
export type Log = {
	lines: LogLine[];
	size: number;
	/** Output that has not ended in a newline yet, by stream. */
	rest: { 1: Buffer; 2: Buffer };
	listeners: Set<(line: LogLine) => void>;
};

const maximumLines = 10_000;
const maximumSize = 4 << 20;
const longestLine = 16_384;

export const createLog = (): Log => ({
	lines: [],
	size: 0,
	rest: { 1: Buffer.alloc(0), 2: Buffer.alloc(0) },
	listeners: new Set(),
});

export const addLine = (log: Log, line: LogLine): void => {
	log.lines.push(line);
	log.size += line.bytes.length;
	// Dropped in blocks: shifting one by one would copy the ring for every line.
	if (log.lines.length > maximumLines * 1.25 || log.size > maximumSize * 1.25) {
		while (log.lines.length > maximumLines || log.size > maximumSize) {
			const dropped = log.lines.splice(0, Math.max(1, log.lines.length - maximumLines));
			for (const { bytes } of dropped) log.size -= bytes.length;
		}
	}
	for (const listener of [...log.listeners]) listener(line);
};

export const addOutput = (log: Log, stream: StreamNumber, bytes: Buffer, stamp: () => bigint): void => {
	let rest = log.rest[stream].length > 0 ? Buffer.concat([log.rest[stream], bytes]) : bytes;
	while (rest.length > 0) {
		const newline = rest.indexOf(10);
		const isLong = newline < 0 || newline >= longestLine;
		if (isLong && rest.length < longestLine) break;
		const length = isLong ? longestLine : newline + 1;
		addLine(log, { stamp: stamp(), stream, bytes: Buffer.from(rest.subarray(0, length)) });
		rest = rest.subarray(length);
	}
	log.rest[stream] = Buffer.from(rest);
};

/** At the end of a process: what has no newline becomes a line too. */
export const flushLog = (log: Log, stamp: () => bigint): void => {
	for (const stream of [1, 2] as const) {
		if (log.rest[stream].length > 0) addLine(log, { stamp: stamp(), stream, bytes: log.rest[stream] });
		log.rest[stream] = Buffer.alloc(0);
	}
};
