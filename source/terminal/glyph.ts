// What of a cell's text is shown: one character that every terminal draws alike, or nothing.
import { clean } from '../model/text.ts';

/** Letters, Hangul and ideographs, lines and blocks: no terminal is in doubt about the width of these. */
export const isUndisputed = (codePoint: number): boolean =>
	(codePoint >= 0x20 && codePoint < 0x7f) ||
	(codePoint >= 0xac00 && codePoint <= 0xd7a3) ||
	(codePoint >= 0x2500 && codePoint <= 0x259f) ||
	(codePoint >= 0x4e00 && codePoint <= 0x9fff) ||
	(codePoint >= 0xa1 && codePoint < 0x250 && codePoint !== 0xad) ||
	(codePoint >= 0x3041 && codePoint <= 0x3096) ||
	(codePoint >= 0x30a1 && codePoint <= 0x30fa) ||
	(codePoint >= 0x391 && codePoint <= 0x3c9 && codePoint !== 0x3a2) ||
	(codePoint >= 0x410 && codePoint <= 0x451);

const character = /^[^\p{M}\p{C}\p{Zl}\p{Zp}]\p{M}*|^\p{Co}/u;
const most = 2048;
const known = new Map<string, string>();

/** The first character of a disputed text with its marks; empty if there is nothing harmless in it. */
export const glyph = (text: string): string => {
	let shown = known.get(text);
	if (shown === undefined) {
		shown = character.exec(clean(text))?.[0] ?? '';
		if (known.size >= most) known.clear();
		known.set(text, shown);
	}
	return shown;
};
