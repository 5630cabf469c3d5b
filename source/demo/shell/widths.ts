// Columns that text takes on the screen.

/** Columns a character takes: none, one or two. */
export const widthOf = (character: string): number => {
	const code = character.codePointAt(0) ?? 0;
	if (code < 0x300) return code < 32 || code === 127 ? 0 : 1;
	if (/^[\p{Mn}\p{Me}\u200b-\u200f\ufe00-\ufe0f]$/u.test(character)) return 0;
	if (code < 0x1100) return 1;
	return code <= 0x115f ||
		(code >= 0x2e80 && code <= 0xd7a3) ||
		(code >= 0xf900 && code <= 0xfaff) ||
		(code >= 0xfe30 && code <= 0xff60) ||
		(code >= 0xffe0 && code <= 0xffe6) ||
		code >= 0x1f300
		? 2
		: 1;
};

export const textWidth = (text: string): number => {
	let width = 0;
	for (const character of text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')) width += widthOf(character);
	return width;
};

/** The beginning of a text that fits. */
export const cutTo = (text: string, columns: number): string => {
	let width = 0;
	let kept = '';
	for (const character of text) {
		width += widthOf(character);
		if (width > columns) break;
		kept += character;
	}
	return kept;
};

export const padTo = (text: string, columns: number): string =>
	text + ' '.repeat(Math.max(0, columns - textWidth(text)));
