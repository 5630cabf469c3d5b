// The text of a line as a terminal would leave it on one row: its last state, with tabs up to their stops.

import { cleanButTabs } from '../text.ts';
import { size } from '../words.ts';
import { columnsOf } from './breaks.ts';

const tabStop = 8;
const ascii = /^[\x20-\x7e]*$/;

/** Of a text that is longer nobody can tell by eye. */
const longest = 64 << 10;

export const columnsIn = (text: string): number => {
	if (ascii.test(text)) return text.length;
	let columns = 0;
	for (const character of text) columns += columnsOf(character);
	return columns;
};

/** For pieces that follow each other on one row. */
export const tabExpander = (): ((text: string) => string) => {
	let column = 0;
	return (text) => {
		const [first = '', ...others] = text.split('\t');
		let result = first;
		column += columnsIn(first);
		for (const other of others) {
			const blank = tabStop - (column % tabStop);
			result += ' '.repeat(blank) + other;
			column += blank + columnsIn(other);
		}
		return result;
	};
};

const isBlank = (text: string): boolean => /^\s*$/.test(cleanButTabs(text));

/**
 * Where what can be seen of a text begins and ends: a bar that shows how far something is goes back to the beginning of
 * its row again and again, and is one line for the engine.
 */
export const lastState = (text: string): readonly [number, number] => {
	let end = text.length;
	for (let at = text.lastIndexOf('\r'); at >= 0; at = text.lastIndexOf('\r', end - 1)) {
		if (!isBlank(text.slice(at + 1, end))) return [at + 1, end];
		end = at;
		if (end === 0) break;
	}
	return [0, end];
};

/** One row of any length: clean, and of what was overwritten nothing. */
export const rowOf = (text: string): string => {
	const clean = cleanButTabs(text.includes('\r') ? text.slice(...lastState(text)) : text);
	if (!clean.includes('\t')) return clean;
	return clean.length > longest ? clean.replaceAll('\t', ' '.repeat(tabStop)) : tabExpander()(clean);
};

/** What ends a line that is too long to be kept, in place of so many bytes. */
export const leftOut = (bytes: number): string =>
	` … ${size(bytes).replace(/[kMGTP]?B$/, ' $&')} of this line are left out`;

/** Where that begins, or the end of the text. */
export const leftOutFrom = (text: string): number => {
	if (text.length < longest) return text.length;
	const end = text.slice(-64);
	const at = / \u2026 [\d.]+ [kMGTP]?B of this line are left out$/.exec(end)?.index ?? end.length;
	return text.length - end.length + at;
};
