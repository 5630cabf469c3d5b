// Texts of any length as the rows of a listing: each broken to the width there is, anew where that changes.
import { cardColumns, type Listing, type ListingRow, type ListingText } from './listing.ts';
import { rowStarts } from './log/breaks.ts';
import { clean, shorten, width } from './text.ts';

/** Columns before a row, which the cursor is in, and between a name and its text. */
const sign = 2;
const gap = 1;

/** A beginning that is longer than a row, unless it is all marks, and ends with no half of a character. */
const beginning = (text: string, at: number, columns: number): string =>
	text.slice(at, at + columns * 2 + 2).replace(/[\ud800-\udbff]$/, '');

/** At a space, where there is one in the second half of a row; what is no sentence is broken anywhere. */
const brokenLine = (line: string, columns: number): string[] => {
	const text = clean(line);
	const rows: string[] = [];
	let at = 0;
	do {
		const piece = beginning(text, at, columns);
		const end = rowStarts(piece, columns, 0)[1] ?? piece.length;
		const space = at + end < text.length ? piece.lastIndexOf(' ', end) : -1;
		const isGood = space > end / 2;
		rows.push(piece.slice(0, isGood ? space : end));
		at += isGood ? space + 1 : Math.max(1, end);
	} while (at < text.length);
	return rows;
};

const rowsOf = ({ label, text, isBrief }: ListingText, index: number, columns: number): ListingRow[] => {
	const rows = isBrief
		? [shorten(text, columns)]
		: text.split(/\r?\n|\r/).flatMap((line) => brokenLine(line, columns));
	return rows.map((row, at) => ({ id: `${index} ${at}`, cells: [at === 0 ? label : '', row] }));
};

const indexOf = ({ id }: ListingRow): number => Number.parseInt(id, 10);

/** What the row with the cursor is a part of. */
export const selectedText = ({ texts, rows, selected }: Listing): ListingText | undefined => {
	const row = rows[selected];
	return row && texts?.[indexOf(row)];
};

/** For a screen with so many columns. The cursor stays on its text. */
export const laidOut = (listing: Listing, screen: number): Listing => {
	const { texts } = listing;
	if (!texts) return listing;
	const room = cardColumns(screen) - sign;
	const longest = texts.reduce((most, { label }) => Math.max(most, width(clean(label))), 0);
	const names = Math.min(longest, Math.max(9, Math.floor(room / 4)));
	const columns = Math.max(1, room - names - gap);
	const rows = texts.flatMap((text, index) => rowsOf(text, index, columns));
	const past = listing.rows[listing.selected];
	const same = past ? rows.findIndex((row) => row.id === past.id) : 0;
	const near = past ? rows.findIndex((row) => indexOf(row) === indexOf(past)) : 0;
	return {
		...listing,
		columns: [
			{ label: '', min: names, max: names, rank: 1, cut: 'middle' },
			{ label: '', min: columns, max: columns, rank: 1 },
		],
		rows,
		selected: Math.max(0, same < 0 ? near : same),
	};
};
