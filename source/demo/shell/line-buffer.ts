// A line being edited: its characters, the cursor, and what was cut.

export type LineBuffer = { characters: string[]; cursor: number; cut: string };

export const lineOf = (text: string): LineBuffer => ({
	characters: [...text],
	cursor: [...text].length,
	cut: '',
});
export const textOf = (line: LineBuffer): string => line.characters.join('');

export const insert = (line: LineBuffer, text: string): void => {
	const added = [...text];
	line.characters.splice(line.cursor, 0, ...added);
	line.cursor += added.length;
};

const wordStart = ({ characters, cursor }: LineBuffer, isPart: (character: string) => boolean): number => {
	let at = cursor;
	while (at > 0 && !isPart(characters[at - 1] ?? '')) at--;
	while (at > 0 && isPart(characters[at - 1] ?? '')) at--;
	return at;
};
const wordEnd = ({ characters, cursor }: LineBuffer): number => {
	let at = cursor;
	while (at < characters.length && !isLetter(characters[at] ?? '')) at++;
	while (at < characters.length && isLetter(characters[at] ?? '')) at++;
	return at;
};
const isLetter = (character: string) => /[\p{L}\p{N}_]/u.test(character);
const isFilled = (character: string) => !/\s/.test(character);

const cut = (line: LineBuffer, from: number, to: number): void => {
	if (to <= from) return;
	line.cut = line.characters.splice(from, to - from).join('');
	line.cursor = from;
};
const erase = (line: LineBuffer, from: number): void => {
	if (from >= 0 && from < line.characters.length) line.characters.splice(from, 1);
	if (from >= 0 && from < line.cursor) line.cursor = from;
};
const move = (line: LineBuffer, to: number): void => {
	line.cursor = Math.max(0, Math.min(line.characters.length, to));
};

/** What each key does to the line; keys that are not here do something else. */
export const edits: Record<string, (line: LineBuffer) => void> = {
	left: (line) => move(line, line.cursor - 1),
	right: (line) => move(line, line.cursor + 1),
	home: (line) => move(line, 0),
	end: (line) => move(line, line.characters.length),
	'word-left': (line) => move(line, wordStart(line, isLetter)),
	'word-right': (line) => move(line, wordEnd(line)),
	delete: (line) => erase(line, line.cursor),
	'delete-word': (line) => cut(line, line.cursor, wordEnd(line)),
	'rub-word': (line) => cut(line, wordStart(line, isLetter), line.cursor),
	'\x7f': (line) => erase(line, line.cursor - 1),
	'\x0b': (line) => cut(line, line.cursor, line.characters.length),
	'\x15': (line) => cut(line, 0, line.cursor),
	'\x17': (line) => cut(line, wordStart(line, isFilled), line.cursor),
	'\x19': (line) => insert(line, line.cut),
	'\x14': (line) => {
		const at = Math.min(line.cursor, line.characters.length - 1);
		const [before, after] = [line.characters[at - 1], line.characters[at]];
		if (before === undefined || after === undefined) return;
		line.characters.splice(at - 1, 2, after, before);
		line.cursor = at + 1;
	},
};
const sameAs = { '\x01': 'home', '\x05': 'end', '\x02': 'left', '\x06': 'right', '\b': '\x7f' };
for (const [key, name] of Object.entries(sameAs)) {
	const edit = edits[name];
	if (edit) edits[key] = edit;
}
