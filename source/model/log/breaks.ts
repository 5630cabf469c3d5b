// Where a line of a log is broken into rows, and which part of it is on screen when it is not broken. In code units, so that
// colours and hits, which lie across rows, can be painted on each.
import { width } from '../text.ts';

const plain = /^[\x20-\x7e]*$/;

/** Columns of one character of a clean text. */
export const columnsOf = (character: string): number => {
	const code = character.codePointAt(0) ?? 0;
	if (code < 0x300) return 1;
	if ((code >= 0xac00 && code <= 0xd7a3) || (code >= 0x4e00 && code <= 0x9fff)) return 2;
	return width(character);
};

/** The beginning of each row. Rows after the first have `indent` columns less. Never empty. */
export const rowStarts = (text: string, columns: number, indent: number): readonly number[] => {
	const starts = [0];
	let room = Math.max(1, columns);
	const further = Math.max(1, columns - indent);
	if (plain.test(text)) {
		for (let at = room; at < text.length; at += further) starts.push(at);
		return starts;
	}
	let taken = 0;
	let at = 0;
	for (const character of text) {
		const needed = columnsOf(character);
		if (taken + needed > room && at > (starts.at(-1) ?? 0)) {
			starts.push(at);
			taken = 0;
			room = further;
		}
		taken += needed;
		at += character.length;
	}
	return starts;
};

export type Part = {
	readonly from: number;
	readonly to: number;
	/** Blank columns before it, where half of a wide character is cut off. */
	readonly lead: number;
	/** What it takes, with those. */
	readonly columns: number;
};

/** What of a text stands in so many columns, `left` columns from its beginning. */
export const partAt = (text: string, left: number, columns: number): Part => {
	if (plain.test(text)) {
		const from = Math.min(left, text.length);
		const to = Math.min(from + columns, text.length);
		return { from, to, lead: 0, columns: to - from };
	}
	let from = -1;
	let at = 0;
	let taken = 0;
	let lead = 0;
	let used = 0;
	for (const character of text) {
		const needed = columnsOf(character);
		if (from < 0 && taken >= left && !(needed === 0 && taken > 0 && left > 0)) {
			from = at;
			lead = taken - left;
			used = lead;
		}
		if (from >= 0) {
			if (used + needed > columns) return { from, to: at, lead, columns: used };
			used += needed;
		}
		taken += needed;
		at += character.length;
	}
	return from < 0 ? { from: at, to: at, lead: 0, columns: 0 } : { from, to: at, lead, columns: used };
};
