// Cutting a script into words and operators; words keep their quotes.

type Token = { kind: 'word' | 'operator'; text: string };

const operators = [
	'&&',
	'||',
	';;',
	'2>&1',
	'1>&2',
	'>&2',
	'2>>',
	'2>',
	'1>',
	'>>',
	'>',
	'<',
	'|',
	';',
	'&',
	'(',
	')',
	'\n',
];
const longestScript = 64 << 10;

/** The end of a `$(…)` or `$((…))` that begins at `from`. */
const closing = (text: string, from: number): number => {
	let depth = 0;
	for (let at = from; at < text.length; at++) {
		if (text[at] === '(') depth++;
		else if (text[at] === ')' && --depth === 0) return at;
	}
	return text.length;
};

const readWord = (text: string, from: number): number => {
	let at = from;
	while (at < text.length) {
		const character = text[at];
		if (character === '\\') at += 2;
		else if (character === "'") at = text.indexOf("'", at + 1) + 1 || text.length + 1;
		else if (character === '"') {
			at++;
			while (at < text.length && text[at] !== '"') {
				if (text[at] === '\\') at++;
				else if (text[at] === '$' && text[at + 1] === '(') at = closing(text, at + 1);
				at++;
			}
			if (at >= text.length) throw new Error('unterminated quoted string');
			at++;
		} else if (character === '$' && text[at + 1] === '(') at = closing(text, at + 1) + 1;
		else if (/[\s;&|<>()]/.test(character ?? '')) break;
		else at++;
	}
	if (at > text.length) throw new Error('unterminated quoted string');
	return at;
};

export const tokenize = (text: string): Token[] => {
	if (text.length > longestScript) throw new Error('script is too long');
	const tokens: Token[] = [];
	let at = 0;
	while (at < text.length) {
		if (text[at] === '\\' && text[at + 1] === '\n') at += 2;
		else if (/[ \t\r]/.test(text[at] ?? '')) at++;
		else if (text[at] === '#') at = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
		else {
			const operator = operators.find((each) => text.startsWith(each, at));
			const end = operator ? at + operator.length : readWord(text, at);
			tokens.push({ kind: operator ? 'operator' : 'word', text: text.slice(at, end) });
			at = end;
		}
	}
	return tokens;
};
