// The text that vi edits: lines of characters, a cursor, and what its commands do to them.

export type ViText = {
	lines: string[][];
	row: number;
	column: number;
	register: string[][];
	isChanged: boolean;
};

export const textFrom = (text: string): ViText => ({
	lines: (text === '' ? [''] : text.replace(/\n$/, '').split('\n')).map((line) => [...line]),
	row: 0,
	column: 0,
	register: [],
	isChanged: false,
});

export const fileText = (text: ViText): string => text.lines.map((line) => `${line.join('')}\n`).join('');
export const current = (text: ViText): string[] => text.lines[text.row] ?? [];

/** Keeps the cursor on a character; while inserting it may stand behind the last one. */
export const settle = (text: ViText, isInserting: boolean): void => {
	text.row = Math.max(0, Math.min(text.row, text.lines.length - 1));
	const last = current(text).length - (isInserting ? 0 : 1);
	text.column = Math.max(0, Math.min(text.column, last));
};

const isWord = (character: string | undefined) => character !== undefined && !/\s/.test(character);

const nextWord = (text: ViText): void => {
	const line = current(text);
	while (isWord(line[text.column])) text.column++;
	while (text.column < line.length && !isWord(line[text.column])) text.column++;
	if (text.column < line.length || text.row + 1 >= text.lines.length) return;
	text.row++;
	text.column = 0;
};

const previousWord = (text: ViText): void => {
	if (text.column === 0 && text.row > 0) {
		text.row--;
		text.column = current(text).length;
	}
	const line = current(text);
	while (text.column > 0 && !isWord(line[text.column - 1])) text.column--;
	while (text.column > 0 && isWord(line[text.column - 1])) text.column--;
};

export const moves: Record<string, (text: ViText) => void> = {
	h: (text) => text.column--,
	j: (text) => text.row++,
	k: (text) => text.row--,
	l: (text) => text.column++,
	'0': (text) => {
		text.column = 0;
	},
	$: (text) => {
		text.column = current(text).length;
	},
	G: (text) => {
		text.row = text.lines.length - 1;
	},
	w: nextWord,
	b: previousWord,
};
const sameAs = {
	left: 'h',
	down: 'j',
	up: 'k',
	right: 'l',
	'\x7f': 'h',
	' ': 'l',
	'\r': 'j',
	home: '0',
	end: '$',
};
for (const [key, name] of Object.entries(sameAs)) {
	const move = moves[name];
	if (move) moves[key] = move;
}

export const type = (text: ViText, character: string): void => {
	text.isChanged = true;
	const line = current(text);
	if (character !== '\n') {
		line.splice(text.column++, 0, character);
		return;
	}
	text.lines.splice(text.row + 1, 0, line.splice(text.column));
	text.row++;
	text.column = 0;
};

export const rubOut = (text: ViText): void => {
	if (text.column > 0) current(text).splice(--text.column, 1);
	else if (text.row > 0) {
		const [line = []] = text.lines.splice(text.row--, 1);
		text.column = current(text).length;
		current(text).push(...line);
	}
	text.isChanged = true;
};

export const deleteCharacter = (text: ViText): void => {
	current(text).splice(text.column, 1);
	text.isChanged = true;
};

export const openLine = (text: ViText, below: number): void => {
	text.row += below;
	text.lines.splice(text.row, 0, []);
	text.column = 0;
	text.isChanged = true;
};

export const yankLine = (text: ViText): void => {
	text.register = [[...current(text)]];
};

export const deleteLine = (text: ViText): void => {
	yankLine(text);
	text.lines.splice(text.row, 1);
	if (text.lines.length === 0) text.lines.push([]);
	text.isChanged = true;
};

export const paste = (text: ViText): void => {
	if (text.register.length === 0) return;
	text.lines.splice(text.row + 1, 0, ...text.register.map((line) => [...line]));
	text.row++;
	text.column = 0;
	text.isChanged = true;
};
