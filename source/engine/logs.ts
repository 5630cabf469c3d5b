// The log of a container as lines, framed or from a terminal.
import type { LogLine } from '../model/items.ts';
import { demux } from './demux.ts';
import { lineJoiner } from './log-lines.ts';

type LogReader = { push(chunk: Buffer): void; end(): void };

/** `onLines` gets all the lines that one chunk of the connection completed. */
export function logReader(isTty: boolean, onLines: (lines: LogLine[]) => void): LogReader {
	let batch: LogLine[] = [];
	const flush = (): void => {
		if (batch.length === 0) return;
		const lines = batch;
		batch = [];
		onLines(lines);
	};
	const reader = (isTty ? terminal : framed)((line) => batch.push(line));
	return {
		push(chunk) {
			reader.push(chunk);
			flush();
		},
		end() {
			reader.end();
			flush();
		},
	};
}

/** A frame of more than this is not kept whole: a line would be cut there anyway. */
const cap = (1 << 20) + 64;

function framed(onLine: (line: LogLine) => void): LogReader {
	const out = lineJoiner('stdout', onLine);
	const err = lineJoiner('stderr', onLine);
	let pieces: Buffer[] = [];
	let length = 0;
	const push = demux((stream, bytes, isEnd) => {
		const joiner = stream === 2 || stream === 3 ? err : out;
		if (isEnd && pieces.length === 0) return joiner.frame(bytes);
		if (length < cap) pieces.push(Buffer.from(bytes));
		length += bytes.length;
		if (!isEnd) return;
		const frame = Buffer.concat(pieces);
		pieces = [];
		length = 0;
		joiner.frame(frame);
	});
	return {
		push,
		end() {
			out.finish();
			err.finish();
		},
	};
}

function terminal(onLine: (line: LogLine) => void): LogReader {
	const joiner = lineJoiner('tty', onLine);
	let pieces: Buffer[] = [];
	let length = 0;
	function keep(bytes: Buffer): void {
		if (length < cap && bytes.length > 0) pieces.push(Buffer.from(bytes));
		length += bytes.length;
	}
	function finish(): void {
		joiner.line(Buffer.concat(pieces));
		pieces = [];
		length = 0;
	}
	return {
		push(chunk) {
			let rest = chunk;
			for (let newline = rest.indexOf(10); newline >= 0; newline = rest.indexOf(10)) {
				keep(rest.subarray(0, newline));
				finish();
				rest = rest.subarray(newline + 1);
			}
			keep(rest);
		},
		end() {
			if (length > 0) finish();
		},
	};
}
