// Makes whole log lines of the pieces an engine sends: frames of at most 16 KiB, each with its own time stamp.
import type { LogLine } from '../model/items.ts';

/** Bytes of a line that are kept; what is longer is cut. */
const cap = 1 << 20;

/** How much docker's json-file driver puts into one piece. */
const pieceLength = 16_384;

type Source = LogLine['source'];

/** Joins the pieces of one stream. `\n` inside UTF-8 is always a line end, so cutting is done on bytes. */
export function lineJoiner(source: Source, onLine: (line: LogLine) => void) {
	let pieces: Buffer[] = [];
	let length = 0;
	let stamp = '';
	let isInLine = false;

	function keep(bytes: Buffer): void {
		if (length < cap && bytes.length > 0) pieces.push(Buffer.from(bytes.subarray(0, cap - length)));
		length += bytes.length;
		isInLine = true;
	}

	function finish(): void {
		if (!isInLine) return;
		const whole = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
		onLine({ source, text: whole.toString().replace(/\r+$/, ''), stamp });
		pieces = [];
		length = 0;
		isInLine = false;
	}

	return {
		/** A whole frame. It begins with a stamp, also where it goes on with a line. */
		frame(bytes: Buffer): void {
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
		},
		/** A whole line of a terminal, which is not framed: the stamps of its later pieces are inside the text. */
		line(bytes: Buffer): void {
			const end = stampEnd(bytes);
			const prefix = bytes.subarray(0, end);
			stamp = prefix.toString('latin1', 0, Math.max(0, end - 1));
			let rest = bytes.subarray(end);
			while (end > 0 && rest.subarray(pieceLength, pieceLength + end).equals(prefix)) {
				keep(rest.subarray(0, pieceLength));
				rest = rest.subarray(pieceLength + end);
			}
			keep(rest);
			finish();
		},
		/** The stream ended: what has no line end is a line, too. */
		finish,
	};
}

/** Length of the stamp and the space after it, 0 where there is none. Podman 4's has no fraction of a second. */
function stampEnd(bytes: Buffer): number {
	if (bytes[4] !== 45 || bytes[10] !== 84) return 0;
	const space = bytes.subarray(0, 41).indexOf(32);
	return space < 0 ? 0 : space + 1;
}
