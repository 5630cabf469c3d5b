// What a terminal sends for a key: 'enter', 'shift+tab', 'ctrl+c', 'alt+x', 'f5', or the character itself.

const named: Record<string, string> = {
	enter: '\r',
	esc: '\x1b',
	space: ' ',
	tab: '\t',
	'shift+tab': '\x1b[Z',
	backspace: '\x7f',
	delete: '\x1b[3~',
	insert: '\x1b[2~',
	pageup: '\x1b[5~',
	pagedown: '\x1b[6~',
	plus: '+',
	f1: '\x1bOP',
	f2: '\x1bOQ',
	f3: '\x1bOR',
	f4: '\x1bOS',
	f5: '\x1b[15~',
	f6: '\x1b[17~',
	f7: '\x1b[18~',
	f8: '\x1b[19~',
	f9: '\x1b[20~',
	f10: '\x1b[21~',
	f11: '\x1b[23~',
	f12: '\x1b[24~',
};

const cursor: Record<string, string> = { up: 'A', down: 'B', right: 'C', left: 'D', end: 'F', home: 'H' };

// xterm's number for the modifiers of a cursor key is 1 plus these
const modifiers: Record<string, number> = { shift: 1, alt: 2, ctrl: 4 };

/** `application`: the program asked for application cursor keys, as vi does. */
export function bytesOf(key: string, application = false): string {
	const name = [...key].length > 1 ? key.toLowerCase() : key;
	if (name in named) return named[name] as string;
	const parts = name.split('+');
	const last = parts.pop() as string;
	if (last in cursor) {
		const modifier = parts.reduce((sum, part) => sum + (modifiers[part] ?? 0), 0);
		if (modifier > 0) return `\x1b[1;${modifier + 1}${cursor[last]}`;
		return `\x1b${application ? 'O' : '['}${cursor[last]}`;
	}
	if (parts.length === 0) {
		if ([...key].length === 1) return key;
		throw new Error(`No key is called ${key}`);
	}
	const rest = bytesOf(parts.slice(1).concat(last).join('+'), application);
	if (parts[0] === 'alt') return `\x1b${rest}`;
	if (parts[0] === 'shift') return rest.toUpperCase();
	if (parts[0] === 'ctrl' && rest.length === 1)
		return String.fromCharCode(rest.toUpperCase().charCodeAt(0) & 0x1f);
	throw new Error(`No key is called ${key}`);
}
