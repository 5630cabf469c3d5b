// A line as it stands in a tutorial, made one that can be taken apart without a shell, or a sentence why it cannot.
import { splitCommand } from '../model/command-line.ts';

export type ShellWords = { readonly words: readonly string[] } | { readonly problem: string };

// In the order they are tried: a line that goes on, text in single quotes, text in double quotes, what a backslash
// protects, a comment, white space, plain characters.
const piece =
	/(\\\r?\n(?:>\s)?|(?<=\s|^)\\(?=\s|$)\s*)|('[^']*'?)|("(?:[^"\\]|\\[\s\S])*"?)|(\\[\s\S]?)|((?<=\s|^)#[^\n]*)|(\s+)|([^\s\\'"]+)/gy;

/** The words of a line, or of a part of one. Lines that go on are joined, a comment is left out. */
export const shellWords = (text: string): ShellWords => {
	let plain = '';
	for (const [all, goesOn, , double, , comment, , bare] of text.matchAll(piece)) {
		if (goesOn !== undefined || comment !== undefined) {
			// A backslash that was followed by a line's end before the line was pasted into a field of one line.
			plain += /^\\\r?\n/.test(all) ? '' : ' ';
			continue;
		}
		const problem = expansion(bare ?? '') ?? expansion(unescaped(double ?? '')) ?? sign(bare ?? '');
		if (problem !== undefined) return { problem };
		plain += all;
	}
	const split = splitCommand(plain);
	return 'problem' in split ? split : { words: split.words };
};

const unescaped = (double: string): string => double.replace(/\\[\s\S]/g, '');

const expansion = (text: string): string | undefined => {
	const [found] = /\$\([^)]*\)?|\$\{[^}]*\}?|\$[\w@*#?!]+|`[^`]*`?/.exec(text) ?? [];
	if (found === undefined) return undefined;
	const meant = /^(\$PWD|\$\{PWD\}|\$\(pwd\)?|`pwd`)$/.test(found)
		? 'write . for this folder.'
		: /^(\$HOME|\$\{HOME\})$/.test(found)
			? 'write ~ for your home.'
			: 'write what it stands for, or put it into single quotes.';
	return `${found} means nothing here, because no shell looks at this line: ${meant}`;
};

const sign = (text: string): string | undefined => {
	const [found] = /[|&;<>]+/.exec(text) ?? [];
	if (found === undefined) return undefined;
	return `${found} is for a shell, and none looks at this line: leave it out, or put it into quotes.`;
};
