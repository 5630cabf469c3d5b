// Which lines belong to a line above them: the frames of a stack, what an exception was caused by, what is set in. They are
// as loud as that line is, and no failure of their own.
import type { LogLine } from '../items.ts';
import { isException, levelOfWord } from './level.ts';
import { readLine } from './line.ts';

type Chunk = readonly LogLine[];

/** What came last of one stream of one container. */
type Inside =
	| 'line'
	/** Rust tells what happened on the line behind it. */
	| 'message'
	| 'trace'
	/** Python's frames are above the exception, which may have any name. */
	| 'python'
	| 'python-end'
	| 'python-cause'
	| 'go';

type Place = { head: LogLine; inside: Inside; blanks: number[] };

const traceback = /^Traceback \(most recent call last\):/;
const pythonException = /^([A-Za-z_][\w.]*)(?::|$)/;
const pythonCause = /^(?:During handling of the above exception|The above exception was the direct cause)/;
const rustPanic = /^thread '.*panicked at .*:$/;
const goroutine = /^goroutine \d+ \[/;
const goFrame = /^(?:[\w./*()[\]{}\u00b7-]+\(.*\)|created by .*|exit status \d+)$/;
const frame = /^\s+(?:at |\.\.\. \d+ |File "|from \S+:\d)/;
const unindented =
	/^(?:\.\.\. \d+ (?:more|common)|at \S.*(?:\)|:\d+)$|stack backtrace:|Stack trace:|#\d+ (?:\/|\{main|\[internal)|\[signal |note: (?:run with `RUST_|some details are omitted)|[}\])]+[,;]?$)/i;
const cause = /^(?:Caused by|Suppressed): /;

/** All that matters is at the beginning. */
const mostTried = 500;

const textOf = (line: LogLine): string => {
	const text = line.text.charCodeAt(0) === 27 ? readLine(line).plain : line.text;
	return text.length > mostTried ? text.slice(0, mostTried) : text;
};

const levelOf = (line: LogLine) => readLine(line).level;
const isError = (line: LogLine): boolean => levelOf(line) === 'error';

const isIndented = (text: string): boolean => text.charCodeAt(0) === 32 || text.charCodeAt(0) === 9;
const isBlank = (text: string): boolean => text === '' || (isIndented(text) && text.trim() === '');

/** Where one is after a line that belongs to none above it. */
const after = (text: string): Inside => {
	if (traceback.test(text)) return 'python';
	if (rustPanic.test(text)) return 'message';
	return isException(text) ? 'trace' : 'line';
};

/** The same after one that does; undefined: it does not. */
const afterMore = ({ head, inside }: Place, line: LogLine, text: string): Inside | undefined => {
	if (inside === 'message') return 'trace';
	if (isIndented(text)) {
		if (inside === 'python' || inside === 'go') return inside;
		if (frame.test(text)) return 'trace';
		// Some programs set their levels in.
		return levelOf(line) === undefined ? inside : undefined;
	}
	if (inside === 'python') {
		const [, name] = pythonException.exec(text) ?? [];
		return name !== undefined && levelOfWord(name) === undefined ? 'python-end' : undefined;
	}
	if (traceback.test(text))
		return inside === 'python-cause' || (inside === 'line' && isError(head)) ? 'python' : undefined;
	if (inside === 'python-end' && pythonCause.test(text)) return 'python-cause';
	if (inside === 'go' && goFrame.test(text)) return 'go';
	if (goroutine.test(text)) return inside !== 'line' || isError(head) ? 'go' : undefined;
	if (cause.test(text)) return isError(head) ? 'trace' : undefined;
	if (unindented.test(text)) return isError(head) || levelOf(head) === 'warning' ? 'trace' : undefined;
	// An exception behind an error is what it tells of; behind another one it is another failure.
	return inside === 'line' && isException(text) && isError(head) ? 'trace' : undefined;
};

/** Of each line the one it belongs to, often itself; `from` is the first one that is asked for. */
const read = (lines: Chunk, from: number): readonly LogLine[] => {
	const heads = [...lines];
	const places = new Map<string, Place>();
	for (const [index, line] of lines.entries()) {
		if (line.note !== undefined) {
			places.clear();
			continue;
		}
		const key = line.container === undefined ? line.source : `${line.source}${line.container}`;
		const text = textOf(line);
		const place = places.get(key);
		// Whether a blank line is inside of something shows behind it.
		if (place && place.inside !== 'line' && isBlank(text)) {
			place.blanks.push(index);
			continue;
		}
		const inside = place && afterMore(place, line, text);
		if (!inside) {
			places.set(key, { head: line, inside: after(text), blanks: [] });
			continue;
		}
		place.inside = inside;
		for (const blank of place.blanks) heads[blank] = place.head;
		place.blanks = [];
		heads[index] = place.head;
	}
	return heads.slice(from);
};

/** Lines before a chunk in which the one is looked for that its first lines belong to. */
const mostBefore = 256;

const countBefore = (chunks: readonly Chunk[], index: number): number => {
	let count = 0;
	for (let at = index - 1; at >= 0 && count < mostBefore; at--) count += chunks[at]?.length ?? 0;
	return Math.min(count, mostBefore);
};

const linesBefore = (chunks: readonly Chunk[], index: number, count: number): Chunk => {
	const found: Chunk[] = [];
	for (let at = index - 1, left = count; left > 0; at--) {
		const some = (chunks[at] ?? []).slice(-left);
		found.unshift(some);
		left -= some.length;
	}
	return found.flat();
};

const known = new WeakMap<Chunk, { readonly heads: readonly LogLine[]; readonly before: number }>();

/** Of each line of a chunk. The same list each time, unless older lines came before the first chunks. */
export const headsOf = (chunks: readonly Chunk[], index: number): readonly LogLine[] => {
	const chunk = chunks[index] ?? [];
	const before = countBefore(chunks, index);
	const found = known.get(chunk);
	if (found && found.before >= before) return found.heads;
	const heads = read([...linesBefore(chunks, index, before), ...chunk], before);
	known.set(chunk, { heads, before });
	return heads;
};
