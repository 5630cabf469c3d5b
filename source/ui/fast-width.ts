// Ink measures every line of every frame with string-width, which looks at each grapheme with a handful of Unicode
// regular expressions: 22 % of a frame, and 9 ms of the start to compile them. The build puts this in its place: what a
// screen mostly has, frames and signs included, is counted, and only the rest is handed on.
// (Compared with string-width over the whole basic plane in test/ui/fast-width.test.ts.)

/** Each code unit is one grapheme of one column, or of two. No mark, joiner, selector or emoji that is wide by itself. */
const simple =
	/^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2500-\u25fc\u2713-\u2718\u2800-\u28ff\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]*$/;
const ascii = /^[\x20-\x7e]*$/;
const wide = /[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]/g;
const colour = /\x1b\[[0-9;]*m/g;

type Measure = (text: string, options?: object) => number;

/** `slow` is asked for only when it is needed, so that it can be loaded then. */
export const fastWidth =
	(slow: () => Measure): Measure =>
	(text, options) => {
		if (options !== undefined && Object.keys(options).length > 0) return slow()(text, options);
		const plain = text.includes('\x1b') ? text.replace(colour, '') : text;
		if (ascii.test(plain)) return plain.length;
		if (simple.test(plain)) return plain.length + (plain.match(wide)?.length ?? 0);
		return slow()(text);
	};
