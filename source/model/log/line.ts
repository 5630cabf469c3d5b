// What a log line says: its level, its message, and its text without what was meant for a terminal.
import type { LogLine } from '../items.ts';
import { foldedJson, foldedPairs } from './fields.ts';
import { type Level, levelOfText } from './level.ts';
import { rowOf } from './text.ts';

export type { Level } from './level.ts';

export type Read = {
	readonly level?: Level;
	/** Of a line of JSON what it says, with its other fields behind it; else the text. */
	readonly message: string;
	readonly isJson: boolean;
	/** What a terminal shows of it, without escape sequences and anything else that moves a cursor. */
	readonly plain: string;
};

/** A line that is longer is not looked into: it is no message. */
const longest = 64 << 10;

const read = (text: string): Read => {
	const plain = rowOf(text);
	if (plain.length > longest) return { message: plain, isJson: false, plain };
	const json = foldedJson(plain);
	// What was escaped in JSON is in its strings now.
	if (json) return { ...json, message: rowOf(json.message), isJson: true, plain };
	const pairs = foldedPairs(plain);
	if (pairs) return { ...pairs, isJson: false, plain };
	const level = levelOfText(plain);
	return { ...(level ? { level } : {}), message: plain, isJson: false, plain };
};

const known = new WeakMap<LogLine, Read>();

/** A line never changes: it is read once, when somebody looks at it. */
export const readLine = (line: LogLine): Read => {
	let found = known.get(line);
	if (!found) {
		found = read(line.text);
		known.set(line, found);
	}
	return found;
};
