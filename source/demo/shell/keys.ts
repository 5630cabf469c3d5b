// Cutting what a terminal sends into keys, and giving them names.

const sequence = /\x1b\[[0-9;?]*[A-Za-z~]|\x1bO[A-DFHM]|\x1b[bdf\x7f.](?![a-z])|[\s\S]/gu;
/** Without Alt+letter: a program with modes takes Escape and the letter apart. */
const plainSequence = /\x1b\[[0-9;?]*[A-Za-z~]|\x1bO[A-DFHM]|[\s\S]/gu;

const names: Record<string, string> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	H: 'home',
	F: 'end',
	'1~': 'home',
	'7~': 'home',
	'4~': 'end',
	'8~': 'end',
	'3~': 'delete',
	'5~': 'page-up',
	'6~': 'page-down',
	'1;5C': 'word-right',
	'1;5D': 'word-left',
	'1;3C': 'word-right',
	'1;3D': 'word-left',
	'200~': 'paste',
	'201~': 'paste-end',
};

const altNames: Record<string, string> = {
	b: 'word-left',
	f: 'word-right',
	d: 'delete-word',
	'\x7f': 'rub-word',
};

/** A key is its character, or a name for what is more than one. */
const nameOf = (key: string): string => {
	if (key.length === 1 || !key.startsWith('\x1b')) return key;
	if (key[1] === '[' || key[1] === 'O') return names[key.slice(2)] ?? 'unknown';
	return altNames[key.slice(1)] ?? 'unknown';
};

export const keysOf = (text: string, withAlt = false): { name: string; text: string }[] =>
	(text.match(withAlt ? sequence : plainSequence) ?? []).map((each) => ({ name: nameOf(each), text: each }));
