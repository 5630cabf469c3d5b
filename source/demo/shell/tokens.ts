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

const closing =
	(open: string, close: string) =>
	(text: string, from: number): number => {
		let depth = 0;
		for (let at = from; at < text.length; at++) {
			if (text[at] === '\\') at++;
			else if (text[at] === "'" && open === '(')
				at = text.indexOf("'", at + 1) < 0 ? at : text.indexOf("'", at + 1);
			else if (text[at] === open) depth++;
			else if (text[at] === close && --depth === 0) return at;
		}
		return text.length;
	};

/** The end of a `$(…)` or `$((…))` whose parenthesis is at `from`. */
export const closingParenthesis = closing('(', ')');
/** The end of a `${…}` whose brace is at `from`. */
export const closingBrace = closing('{', '}');

const afterDollar = (text: string, at: number): number => {
	if (text[at + 1] === '(') return closingParenthesis(text, at + 1) + 1;
	return text[at + 1] === '{' ? closingBrace(text, at + 1) + 1 : at + 1;
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
				at = text[at] === '$' ? afterDollar(text, at) : at + 1;
			}
			if (at >= text.length) throw new Error('unterminated quoted string');
			at++;
		} else if (character === '`') at = text.indexOf('`', at + 1) + 1 || text.length + 1;
		else if (character === '$') at = afterDollar(text, at);
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
