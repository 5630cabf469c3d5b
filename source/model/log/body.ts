// What of a line is on screen: its text, or the message of a line of fields with the other fields behind it.
import type { LogLine } from '../items.ts';
import { readLine } from './line.ts';
import { leftOutFrom } from './text.ts';

export type Body = {
	/** Clean, and in one piece. */
	readonly text: string;
	/** Where what is dim begins: fields beside the message, or what we say of the line. */
	readonly dimFrom: number;
	/** It is not the text of the line, and has none of its colours. */
	readonly isFolded: boolean;
};

const field = /(?:^| )[\w.@/-]+=/;

const folded = (text: string): Body => {
	const at = field.exec(text)?.index;
	// Fields alone, without a message, are no less than one.
	return { text, dimFrom: at === undefined || at === 0 ? text.length : at, isFolded: true };
};

export const bodyOf = (line: LogLine, folds: boolean): Body => {
	if (line.note !== undefined) return { text: line.note, dimFrom: line.note.length, isFolded: true };
	const { message, plain } = readLine(line);
	return folds && message !== plain
		? folded(message)
		: { text: plain, dimFrom: leftOutFrom(plain), isFolded: false };
};
