// How a key is written for people.

const labels: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	enter: 'Enter',
	esc: 'Esc',
	tab: 'Tab',
	'shift+tab': '⇧Tab',
	space: 'Space',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
	backspace: 'Backspace',
};

export const keyLabel = (key: string): string =>
	labels[key] ?? key.replace(/\bctrl\+(\S)/g, (_, letter: string) => `Ctrl+${letter.toUpperCase()}`);
