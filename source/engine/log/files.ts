// The files an engine keeps a log in, seen from outside: each is full at the same size, and what is left out for a
// follower that is behind are whole files. So a gap is where a file ends, and how far a file reaches can be counted.
import type { ContainerDetail, LogLine } from '../../model/items.ts';

export type LogRotation = {
	/** Bytes that make a file full; absent where they cannot be told from the lines. */
	readonly fileBytes?: number;
	readonly bytesOf: (line: LogLine) => number;
};

const quotes = 2;

/** Characters that docker writes as `\u0000`; as `\"` those that are kept readable. */
const escaped = (code: number): number => {
	if (code === 34 || code === 92 || code === 10 || code === 13) return 1;
	return code < 32 || code === 60 || code === 62 || code === 38 ? 5 : 0;
};

const nanosecondDigits = 9;

/** `{"log":"…\n","stream":"stdout","time":"…"}` and a line end; zeros at the end of a time are left out. */
const jsonBytes = ({ text, source, stamp }: LogLine): number => {
	let bytes = '{"log":,"stream":,"time":}\n'.length + 3 * quotes;
	bytes += text.length + '\\n'.length + (source === 'tty' ? '\\r'.length : 0);
	bytes += source === 'stderr' ? 'stderr'.length : 'stdout'.length;
	let digits = nanosecondDigits;
	while (digits > 0 && stamp.charCodeAt(19 + digits) === 48) digits--;
	bytes += stamp.length - (nanosecondDigits - digits) - (digits === 0 ? 1 : 0);
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code < 127) bytes += escaped(code);
		else if (code >= 0x80) bytes += code < 0x800 || (code & 0xf800) === 0xd800 ? 1 : 2;
	}
	return bytes;
};

/** A message of protocol buffers between its lengths. */
const localBytes = ({ text, source }: LogLine): number => {
	const line = Buffer.byteLength(text) + (source === 'tty' ? 1 : 0);
	const field = line === 0 ? 0 : line < 128 ? 2 : 3;
	return 8 + (2 + 'stdout'.length) + 10 + field + line;
};

const units: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

/** `10m`, as docker reads it: thousands, not 1024s. */
const sizeOf = (text: string): number | undefined => {
	const [, digits, unit = ''] = /^(\d+(?:\.\d+)?) ?([kmg]?)b?$/i.exec(text) ?? [];
	return digits === undefined ? undefined : Number(digits) * (units[unit.toLowerCase()] ?? 1);
};

/** What makes the engine write more into each line than what was printed. */
const additions = ['labels', 'labels-regex', 'env', 'env-regex', 'tag'];

/** Absent where the engine throws nothing away: `json-file` unless it was told how much is enough. */
export const rotationOf = ({ logDriver, raw }: ContainerDetail): LogRotation | undefined => {
	const { LogConfig } = (raw.HostConfig ?? {}) as { LogConfig?: { Config?: Record<string, string> | null } };
	const options = LogConfig?.Config ?? {};
	const limit = options['max-size'] ?? (logDriver === 'local' ? '20m' : undefined);
	if (limit === undefined) return undefined;
	const isCounted = ['json-file', 'local'].includes(logDriver) && !additions.some((name) => name in options);
	const fileBytes = isCounted ? sizeOf(limit) : undefined;
	return {
		...(fileBytes === undefined ? {} : { fileBytes }),
		bytesOf: logDriver === 'local' ? localBytes : jsonBytes,
	};
};

/** Parts of a file by which a count may be wrong: sometimes the engine sends the end of a file torn. */
const tolerance = 1 / 200;

/** Of the time that a file takes: what is missing are whole files, less is a rotation that held the container up. */
const least = 0.75;

/** Places that may be where a file begins are remembered, so many of them. */
const most = 4;

type Count = {
	/** Bytes of the file that the last line is in. */
	size: number;
	beganAt: number;
	/** Milliseconds that the last whole file took; absent before there was one. */
	duration?: number;
};

/** Counts on from everywhere that a file may begin. */
export function countFiles({ fileBytes, bytesOf }: { fileBytes: number; bytesOf: LogRotation['bytesOf'] }) {
	let counts: Count[] = [];
	let bytes = 0;
	let lastAt = 0;

	return {
		/** The next line, printed at this moment. */
		take(line: LogLine, at: number): void {
			bytes = bytesOf(line);
			for (const count of counts) {
				if (count.size >= fileBytes) {
					count.duration = lastAt - count.beganAt;
					count.beganAt = at;
					count.size = 0;
				}
				count.size += bytes;
			}
			lastAt = at;
		},
		/** Before the last line so many milliseconds are missing. True: it is whole files behind another such place. */
		suspect(at: number, gap: number): boolean {
			const slack = fileBytes * tolerance + bytes;
			let duration: number | undefined;
			for (const count of counts) {
				if (count.size > fileBytes - slack) duration = at - gap - count.beganAt;
				else if (count.size - bytes <= slack) duration ??= count.duration;
				// A pause is no time that a file takes.
				count.beganAt += gap;
			}
			const isEnd = duration !== undefined;
			counts = [...(isEnd ? [] : counts.slice(1 - most)), { size: bytes, beganAt: at }];
			return isEnd && gap > (duration ?? 0) * least;
		},
	};
}
