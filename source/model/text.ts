// Text from outside on its way to the screen: made harmless, measured in terminal columns, cut and padded to fit.
import stringWidth from 'string-width';

const plain = /^[\x20-\x7e]*$/;
// CSI (also cut off at the end), OSC/DCS/APC/PM/SOS strings, and two-byte escapes, in 7 and 8 bit form. Of a string that
// never ends only the beginning goes, not what stands behind it; no string has the beginning of another in it, or they
// would take time with the square of their number.
const escapeSequence =
	/(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)|\x1b[\x20-\x2f]*[\x30-\x7e]?/g;
// Bidirectional overrides reorder what is around them; variation selectors, joiners, fillers, skin tones, keycaps and Arabic
// number signs have no width that all terminals agree on.
// (So have Hangul vowels and finals that no syllable took up.)
const treacherous =
	/[\u00ad\u0600-\u0605\u061c\u06dd\u08e2\u115f-\u11ff\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20e3\u3164\ud7b0-\ud7ff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|\ud83c[\udffb-\udfff]/g;

/** Neither have flags: they become the letters that they are made of. */
const flagLetter = /\ud83c([\udde6-\uddff])/g;
const letterOf = (_: string, low: string): string => String.fromCharCode(low.charCodeAt(0) - 0xdde6 + 65);

// A letter may bear a few marks; thousands of them would still take one column.
const manyMarks = /(\p{M}{4})\p{M}+/gu;

/** All but the tabs, which take as many columns as there are up to the next stop. */
export const cleanButTabs = (text: string): string => {
	if (plain.test(text)) return text;
	return text
		.replace(escapeSequence, '')
		.normalize('NFC')
		.replace(/[\r\n]+/g, ' ')
		.replace(treacherous, '')
		.replace(flagLetter, letterOf)
		.replace(manyMarks, '$1')
		.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
};

/** One line, without anything that could move the cursor, reorder the row or change its width. */
export const clean = (text: string): string =>
	plain.test(text) ? text : cleanButTabs(text).replaceAll('\t', '    ');

/** As it was printed, but for what a terminal would obey; a carriage return, too, is a part of what was printed. */
export const printed = (text: string): string =>
	plain.test(text)
		? text
		: text.replace(escapeSequence, '').replace(/[\x00-\x08\x0a-\x0c\x0e-\x1f\x7f-\x9f]/g, '');

/** Columns that a clean text takes in a terminal. */
export const width = (text: string): number => (plain.test(text) ? text.length : stringWidth(text));

/** The same of one that was painted. */
export const paintedWidth = (text: string): number => width(text.replace(/\x1b\[[0-9;]*m/g, ''));

/** The longest beginning of a clean text that fits into so many columns. */
const head = (text: string, columns: number): string => {
	if (plain.test(text)) return text.slice(0, columns);
	let taken = 0;
	let end = 0;
	for (const character of text) {
		taken += width(character);
		if (taken > columns) break;
		end += character.length;
	}
	return text.slice(0, end);
};

/** The longest end of a clean text that fits into so many columns. */
const tail = (text: string, columns: number): string => {
	if (columns <= 0) return '';
	if (plain.test(text)) return text.slice(-columns);
	const characters = [...text];
	let taken = 0;
	let start = characters.length;
	while (start > 0) {
		taken += width(characters[start - 1] ?? '');
		if (taken > columns) break;
		start--;
	}
	return characters.slice(start).join('');
};

export type Cut = 'start' | 'end' | 'middle';

/** Both ends of a text that is far too long: what lies between need not be looked at, which takes seconds for a megabyte. */
const ends = (text: string, columns: number): string => {
	const most = columns * 16 + 256;
	return text.length <= most * 2 ? text : `${text.slice(0, most)}…${text.slice(-most)}`;
};

/** Shortened to so many columns at most; what was cut off is marked with `…`. The one gate for text from outside. */
export const shorten = (text: string, columns: number, cut: Cut = 'end'): string => {
	const safe = clean(ends(text, columns));
	if (width(safe) <= columns) return safe;
	if (columns <= 1) return columns === 1 ? '…' : '';
	if (cut === 'end') return `${head(safe, columns - 1)}…`;
	if (cut === 'start') return `…${tail(safe, columns - 1)}`;
	const right = Math.floor((columns - 1) / 2);
	return `${head(safe, columns - 1 - right)}…${tail(safe, right)}`;
};

/** Exactly so many columns: shortened or padded. */
export const fit = (
	text: string,
	columns: number,
	align: 'left' | 'right' = 'left',
	cut: Cut = 'end',
): string => {
	const short = shorten(text, columns, cut);
	const padding = ' '.repeat(Math.max(0, columns - width(short)));
	return align === 'right' ? padding + short : short + padding;
};

/**
 * A line of any length broken into rows, by character as terminals do. Never empty. Rows after the first have `indent`
 * columns less, for whoever puts something before them.
 */
export const wrap = (text: string, columns: number, indent = 0): string[] => {
	const safe = clean(text);
	const rows: string[] = [];
	const isPlain = plain.test(safe);
	let start = 0;
	let end = 0;
	let taken = 0;
	const first = Math.max(1, columns);
	const further = Math.max(1, columns - indent);
	let room = first;
	while (isPlain && safe.length - start > room) {
		rows.push(safe.slice(start, start + room));
		start += room;
		room = further;
	}
	if (isPlain) return [...rows, safe.slice(start)];
	for (const character of safe) {
		const needed = width(character);
		if (taken + needed > room && end > start) {
			rows.push(safe.slice(start, end));
			start = end;
			taken = 0;
			room = further;
		}
		end += character.length;
		taken += needed;
	}
	return [...rows, safe.slice(start)];
};

/** A sentence broken into rows at spaces; words longer than a row are broken by character. */
export const wrapWords = (text: string, columns: number): string[] => {
	const rows: string[] = [];
	let row = '';
	for (const word of clean(text).split(' ')) {
		const longer = row === '' ? word : `${row} ${word}`;
		if (width(longer) <= columns) {
			row = longer;
			continue;
		}
		if (row !== '') rows.push(row);
		const broken = wrap(word, columns);
		rows.push(...broken.slice(0, -1));
		row = broken.at(-1) ?? '';
	}
	rows.push(row);
	return rows;
};
