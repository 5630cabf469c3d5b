// What Ink tells of a keypress, as the names the table uses: `j`, `G`, `ctrl+d`, `shift+tab`, `pagedown`.
import type { Key } from 'ink';

const named = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'esc'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const;

/** What Ink does not take apart when several keys arrive at once. */
const characters: Readonly<Record<string, string>> = {
	' ': 'space',
	'\t': 'tab',
	'\r': 'enter',
	// Before raw mode is on, Enter arrives as a line feed.
	'\n': 'enter',
	'\x1b': 'esc',
	'\x7f': 'backspace',
};

const characterName = (character: string): string => {
	const code = character.charCodeAt(0);
	return characters[character] ?? (code < 0x20 ? `ctrl+${String.fromCharCode(code + 0x60)}` : character);
};

/** Several when keys were typed faster than they were read: they arrive as one text. */
export const keyNames = (input: string, key: Key): readonly string[] => {
	if (key.tab) return [key.shift ? 'shift+tab' : 'tab'];
	const special = named.find(([flag]) => key[flag]);
	if (special) return [special[1]];
	if (key.ctrl) return [`ctrl+${input}`];
	// Esc and a letter right after it arrive as one key; it must not be taken for the letter.
	if (key.meta) return [`alt+${input}`];
	return [...input].map(characterName);
};
