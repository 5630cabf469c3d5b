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
	if (code >= 0x20) return characters[character] ?? character;
	// Letters, and behind them what follows `Z` in the code: ctrl+[ (which is Esc), ctrl+\\, ctrl+], ctrl+^, ctrl+_
	return characters[character] ?? `ctrl+${String.fromCharCode(code + (code < 0x1b ? 0x60 : 0x40))}`;
};

/** Several when keys were typed faster than they were read: they arrive as one text. */
export const keyNames = (input: string, key: Key): readonly string[] => {
	if (key.tab) return [key.shift ? 'shift+tab' : 'tab'];
	const special = named.find(([flag]) => key[flag]);
	if (special) return [special[1]];
	if (key.ctrl && input !== '') return [`ctrl+${input}`];
	// Esc and a letter right after it arrive as one key; it must not be taken for the letter.
	if (key.meta) return [`alt+${input}`];
	return [...input].map(characterName);
};
