// A command line as a person types it, taken apart into words the way a shell does it, without running one.

/** `signs`: what would mean something to a shell, and stands unquoted. */
export type Words =
	| { readonly words: readonly string[]; readonly signs: string }
	| { readonly problem: string };

// A backslash with what it protects, a text in either quotes, or plain characters; what is left over is an open quote.
const piece = /\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|([^\s\\'"]+)/y;

/** Quotes and backslashes are read; `$`, `*`, `|` and `>` mean nothing, because no shell sees them. */
export const splitCommand = (text: string): Words => {
	const words: string[] = [];
	let signs = '';
	const space = /\s*/y;
	let at = 0;
	while (at < text.length) {
		space.lastIndex = at;
		space.exec(text);
		at = space.lastIndex;
		let word: string | undefined;
		for (piece.lastIndex = at; at < text.length; at = piece.lastIndex) {
			const match = piece.exec(text);
			if (!match) break;
			const [, escaped, single, double, plain] = match;
			signs += plain?.replace(/[^|&;<>$`]/g, '') ?? '';
			word = `${word ?? ''}${escaped ?? single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? plain}`;
		}
		if (word !== undefined) words.push(word);
		if (at < text.length && !/\s/.test(text[at] ?? '')) {
			return { problem: `A ${text[at] === '\\' ? 'backslash stands' : `${text[at]} is open`} at the end.` };
		}
	}
	return { words, signs };
};
