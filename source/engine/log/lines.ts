// Makes whole log lines of the pieces an engine sends: frames of at most 16 KiB, each with its own time stamp.
import { StringDecoder } from 'node:string_decoder';
import type { LogLine } from '../../model/items.ts';
import { leftOut } from '../../model/log/text.ts';
import { noStyle, styleAfter } from '../../model/text-style.ts';

/** Bytes of a line that are kept; what is longer is cut, and says so. */
const cap = 1 << 20;

/** How much docker's json-file driver puts into one piece. */
const pieceLength = 16_384;

/** `2026-11-20T20:05:57.035102310Z`, as docker writes every one of them. */
const stampLength = 30;

/** Who opened a colour and says nothing of colours in so many lines has forgotten it. */
const mostStyled = 200;

type Source = LogLine['source'];

export type LineJoiner = {
	/** A whole frame. It begins with a stamp, also where it goes on with a line. */
	frame(bytes: Buffer, start: number, end: number): void;
	/**
	 * A whole line of a terminal, which is not framed: the stamps of its later pieces are inside the text. So many bytes
	 * behind it were not kept.
	 */
	line(bytes: Buffer, start: number, end: number, more?: number): void;
	/** The stream ended: what has no line end is a line, too. */
	finish(): void;
};

/** Joins the pieces of one stream. `\n` inside UTF-8 is always a line end, so cutting is done on bytes. */
export function lineJoiner(source: Source, onLine: (line: LogLine) => void): LineJoiner {
	let pieces: Buffer[] = [];
	let length = 0;
	let stamp = '';
	let isInLine = false;
	let style = noStyle;
	let sinceStyle = 0;

	/** A colour stays until it is taken back, on however many lines. */
	function emit(text: string): void {
		onLine(style === noStyle ? { source, text, stamp } : { source, text, stamp, style });
		if (text.includes('\x1b[')) {
			style = styleAfter(style, text);
			sinceStyle = 0;
		} else if (style !== noStyle && ++sinceStyle >= mostStyled) style = noStyle;
	}

	function keep(bytes: Buffer): void {
		if (length < cap && bytes.length > 0) pieces.push(Buffer.from(bytes.subarray(0, cap - length)));
		length += bytes.length;
		isInLine = true;
	}

	function finish(): void {
		if (!isInLine) return;
		const whole = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
		// The last character may be half of one.
		emit(
			length > cap
				? `${new StringDecoder().write(whole)}${leftOut(length - cap)}`
				: withoutReturns(whole.toString()),
		);
		pieces = [];
		length = 0;
		isInLine = false;
	}

	function slowFrame(bytes: Buffer): void {
		let rest = bytes;
		while (rest.length > 0) {
			const end = stampEnd(rest);
			if (!isInLine || stamp === '') stamp = rest.toString('latin1', 0, Math.max(0, end - 1));
			rest = rest.subarray(end);
			const newline = rest.indexOf(10);
			keep(newline < 0 ? rest : rest.subarray(0, newline));
			if (newline < 0) return;
			finish();
			rest = rest.subarray(newline + 1);
		}
	}

	function slowLine(bytes: Buffer, more: number): void {
		const end = stampEnd(bytes);
		const prefix = bytes.subarray(0, end);
		stamp = prefix.toString('latin1', 0, Math.max(0, end - 1));
		let rest = bytes.subarray(end);
		// A piece may have become longer: what was no UTF-8 takes three bytes each.
		let next = end > 0 ? rest.indexOf(prefix, pieceLength) : -1;
		for (; next >= 0; next = rest.indexOf(prefix, pieceLength)) {
			keep(rest.subarray(0, next));
			rest = rest.subarray(next + end);
		}
		keep(rest);
		length += more;
		finish();
	}

	/** Nearly every line is one piece, decoded at once: what is cut out of a string costs next to nothing. */
	function whole(bytes: Buffer, start: number, end: number): void {
		const all = bytes.toString('utf8', start, end);
		stamp = all.slice(0, stampLength);
		emit(withoutReturns(all.slice(stampLength + 1)));
	}

	return {
		frame(bytes, start, end) {
			const isWhole =
				!isInLine &&
				bytes[end - 1] === 10 &&
				isStamped(bytes, start) &&
				bytes.indexOf(10, start + stampLength) === end - 1;
			if (isWhole) whole(bytes, start, end - 1);
			else slowFrame(bytes.subarray(start, end));
		},
		line(bytes, start, end, more = 0) {
			if (end - start < pieceLength && isStamped(bytes, start)) whole(bytes, start, end);
			else slowLine(bytes.subarray(start, end), more);
		},
		finish,
	};
}

const isStamped = (bytes: Buffer, at: number): boolean =>
	bytes[at + stampLength] === 32 && bytes[at + stampLength - 1] === 90 && bytes[at + 10] === 84;

const withoutReturns = (text: string): string => {
	let end = text.length;
	while (end > 0 && text.charCodeAt(end - 1) === 13) end--;
	return end === text.length ? text : text.slice(0, end);
};

/** Length of the stamp and the space after it, 0 where there is none. Podman 4's has no fraction of a second. */
function stampEnd(bytes: Buffer): number {
	if (bytes[4] !== 45 || bytes[10] !== 84) return 0;
	const space = bytes.subarray(0, 41).indexOf(32);
	return space < 0 ? 0 : space + 1;
}
