// The log of a container as lines, framed or from a terminal.
import type { LogLine } from '../../model/items.ts';
import { EngineError, engineError } from '../error.ts';
import { type LineJoiner, lineJoiner } from './lines.ts';

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
			try {
				reader.push(chunk);
			} finally {
				flush();
			}
		},
		end() {
			reader.end();
			flush();
		},
	};
}

/** Engines send 16 KiB at most, with a stamp and attributes. What claims to be longer is no frame. */
const longestFrame = 16 << 20;

const headerLength = 8;

const isHeader = (bytes: Buffer, at: number): boolean =>
	(bytes[at] ?? 9) <= 3 &&
	bytes[at + 1] === 0 &&
	bytes[at + 2] === 0 &&
	bytes[at + 3] === 0 &&
	bytes.readUInt32BE(at + 4) <= longestFrame;

/** After something that is no frame: the next that is one beyond doubt, with a stamp in it. */
function nextFrame(bytes: Buffer, from: number): number {
	for (let at = bytes.indexOf('T', from); at >= 0; at = bytes.indexOf('T', at + 1)) {
		const header = at - headerLength - 10;
		if (header < from || bytes[at - 6] !== 45 || bytes[at - 3] !== 45) continue;
		if (isHeader(bytes, header)) return header;
	}
	return -1;
}

const unreadable: LogLine = {
	source: 'stdout',
	text: '',
	stamp: '',
	note: 'What the engine sent here cannot be read: lines may be missing.',
};

function framed(onLine: (line: LogLine) => void): LogReader {
	const out = lineJoiner('stdout', onLine);
	const err = lineJoiner('stderr', onLine);
	/** A frame that is not complete. */
	let pieces: Buffer[] = [];
	let length = 0;
	let needed = 0;
	let isFramed = false;
	let isLost = false;

	function frame(stream: number, bytes: Buffer, start: number, end: number): void {
		// How the engine reports an error of its own, in a stream that goes well for HTTP.
		if (stream === 3) throw brokenLog(bytes.toString('utf8', start, end));
		const joiner = stream === 2 ? err : out;
		joiner.frame(bytes, start, end);
	}

	/** How many of the bytes were used up. */
	function read(bytes: Buffer): number {
		let at = 0;
		while (bytes.length - at >= headerLength) {
			if (isLost || !isHeader(bytes, at)) {
				if (!isFramed) throw engineError({ code: 'EANSWER', engineMessage: 'not a multiplexed stream' });
				if (!isLost) onLine(unreadable);
				isLost = true;
				const next = nextFrame(bytes, at);
				// The beginning of a frame may be among the last bytes.
				if (next < 0) return Math.max(at, bytes.length - headerLength - 30);
				isLost = false;
				at = next;
			}
			isFramed = true;
			const end = at + headerLength + bytes.readUInt32BE(at + 4);
			needed = end - at;
			if (end > bytes.length) return at;
			frame(bytes[at] ?? 0, bytes, at + headerLength, end);
			at = end;
			needed = 0;
		}
		return at;
	}

	return {
		push(chunk) {
			let bytes = chunk;
			if (pieces.length > 0) {
				pieces.push(chunk);
				length += chunk.length;
				if (length < needed) return;
				bytes = Buffer.concat(pieces);
				pieces = [];
			}
			needed = 0;
			const used = read(bytes);
			length = bytes.length - used;
			if (length > 0) pieces = [bytes.subarray(used)];
		},
		end() {
			out.finish();
			err.finish();
		},
	};
}

/** The engine cannot go on: a file was rotated away under its hands, or has a torn line. */
export const brokenCode = 'ELOG';

const brokenLog = (words: string): EngineError =>
	new EngineError('The engine could not read this log any further.', {
		code: brokenCode,
		engineMessage: words.replace(/^\S{30} |\s+$/g, ''),
	});

/** Of a line of a terminal that is longer, the rest is only counted. */
const longestLine = (1 << 20) + 4096;

function terminal(onLine: (line: LogLine) => void): LogReader {
	const joiner: LineJoiner = lineJoiner('tty', onLine);
	let pieces: Buffer[] = [];
	let length = 0;
	function keep(bytes: Buffer): void {
		if (length < longestLine && bytes.length > 0) pieces.push(Buffer.from(bytes));
		length += bytes.length;
	}
	return {
		push(chunk) {
			let at = 0;
			for (let newline = chunk.indexOf(10); newline >= 0; newline = chunk.indexOf(10, at)) {
				if (length === 0) joiner.line(chunk, at, newline);
				else {
					keep(chunk.subarray(at, newline));
					const line = Buffer.concat(pieces, Math.min(length, longestLine));
					joiner.line(line, 0, line.length, length - line.length);
					pieces = [];
					length = 0;
				}
				at = newline + 1;
			}
			keep(chunk.subarray(at));
		},
		end() {
			if (length === 0) return;
			const line = Buffer.concat(pieces, Math.min(length, longestLine));
			joiner.line(line, 0, line.length, length - line.length);
		},
	};
}
