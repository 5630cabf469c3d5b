// Expanding a word: quotes, `$name`, `${name:-x}`, `${name##x}`, `$(command)`, `$((1+2))`, `~` and `*`.

import { calculate } from './arithmetic.ts';
import { glob, isPattern, literal, trimmed } from './pattern.ts';
import type { Shell } from './shell.ts';
import { closingBrace, closingParenthesis } from './tokens.ts';

export type Capture = (script: string) => Promise<string>;

const parameter = (shell: Shell, name: string): string => {
	if (name === '?') return String(shell.status);
	if (name === '$') return String(shell.shellPid);
	if (name === '#') return String(shell.positional.length - 1);
	if (name === '@' || name === '*') return shell.positional.slice(1).join(' ');
	if (name === '!') return shell.lastJob ? String(shell.lastJob) : '';
	if (name === '-') return shell.task.isInteractive ? 'himBHs' : 'hB';
	if (/^\d+$/.test(name)) return shell.positional[Number(name)] ?? '';
	if (name === 'PWD') return shell.directory;
	const known = shell.env.get(name);
	if (known !== undefined || !shell.terminal.isTty) return known ?? '';
	if (name === 'COLUMNS') return String(shell.launch.size.columns);
	return name === 'LINES' ? String(shell.launch.size.rows) : '';
};

const braced = async (inside: string, shell: Shell, capture: Capture): Promise<string> => {
	const length = /^#([A-Za-z_]\w*|[?$#@*!\d]+)$/.exec(inside);
	if (length) return String([...parameter(shell, length[1] ?? '')].length);
	const match = /^([A-Za-z_]\w*|\d+|[?$#@*!-])(?:(:?[-=+?]|##?|%%?)([\s\S]*))?$/.exec(inside);
	if (!match) throw new Error(`\${${inside}}: bad substitution`);
	const [, name = '', how = '', rest = ''] = match;
	const value = parameter(shell, name);
	if (!how) return value;
	const isSet = how.startsWith(':') ? value !== '' : value !== '' || shell.env.has(name);
	const words = () =>
		expandFields(rest, shell, capture).then((fields) => fields.map(({ text }) => text).join(' '));
	if (/^[#%]/.test(how)) {
		const pattern = (await expandFields(rest, shell, capture, true)).map((field) => field.pattern).join(' ');
		return trimmed(value, how, pattern);
	}
	if (how.endsWith('+')) return isSet ? words() : '';
	if (isSet) return value;
	if (how.endsWith('?')) throw new Error(`${name}: ${rest || 'parameter not set'}`);
	const otherwise = await words();
	if (how.endsWith('=')) shell.env.set(name, otherwise);
	return otherwise;
};

/** The value of what follows a `$`, and how many characters it took. */
const dollar = async (
	text: string,
	shell: Shell,
	capture: Capture,
): Promise<[value: string, length: number]> => {
	if (text.startsWith('$((')) {
		const end = closingParenthesis(text, 1);
		const sum = calculate(text.slice(3, end - 1), (name) => parameter(shell, name));
		return [String(sum), Math.min(end + 1, text.length)];
	}
	if (text.startsWith('$(')) {
		const end = closingParenthesis(text, 1);
		return [(await capture(text.slice(2, end))).replace(/\n+$/, ''), end + 1];
	}
	if (text.startsWith('${')) {
		const end = closingBrace(text, 1);
		return [await braced(text.slice(2, end), shell, capture), end + 1];
	}
	const plain = /^\$([A-Za-z_]\w*|[?$#@*!\d-])/.exec(text);
	return plain ? [parameter(shell, plain[1] ?? ''), plain[0].length] : ['$', 1];
};

type Field = { text: string; pattern: string };

/** One word as written → its fields, each as text and as a pattern in which quoted characters mean themselves. */
const expandFields = async (
	word: string,
	shell: Shell,
	capture: Capture,
	isWhole = false,
): Promise<Field[]> => {
	const fields: Field[] = [];
	let field: Field | undefined;
	const push = () => {
		if (field) fields.push(field);
		field = undefined;
	};
	const add = (text: string, pattern = literal(text)) => {
		field = { text: (field?.text ?? '') + text, pattern: (field?.pattern ?? '') + pattern };
	};
	let isQuoted = false;
	for (let at = 0; at < word.length; ) {
		const character = word[at] ?? '';
		if (character === "'" && !isQuoted) {
			const end = word.indexOf("'", at + 1);
			add(word.slice(at + 1, end < 0 ? undefined : end));
			at = end < 0 ? word.length : end + 1;
		} else if (character === '"') {
			isQuoted = !isQuoted;
			if (!/^"\$@"/.test(word.slice(at)) || shell.positional.length > 1) add('');
			at++;
		} else if (character === '\\') {
			const next = word[at + 1] ?? '';
			add(isQuoted && !'"\\$`'.includes(next) ? `\\${next}` : next);
			at += 2;
		} else if (isQuoted && /^\$(@|\{@\})/.test(word.slice(at))) {
			for (const [index, value] of shell.positional.slice(1).entries()) {
				if (index > 0) push();
				add(value);
			}
			at += word[at + 1] === '@' ? 2 : 4;
			// A lone "$@" without positional parameters is no field at all.
			if (shell.positional.length === 1 && word === '"$@"') return [];
		} else if (character === '$' || character === '`') {
			const back = character === '`' ? word.indexOf('`', at + 1) : -1;
			const [value, length] =
				back > 0
					? [(await capture(word.slice(at + 1, back))).replace(/\n+$/, ''), back + 1 - at]
					: await dollar(word.slice(at), shell, capture);
			at += length;
			if (isQuoted || isWhole) add(value);
			else
				value.split(/[ \t\n]+/).forEach((part, index) => {
					if (index > 0) push();
					if (part) add(part, part);
				});
		} else {
			if (character === '~' && at === 0 && /^~(\/|$)/.test(word)) add(shell.env.get('HOME') ?? '/root');
			else add(character, isQuoted ? literal(character) : character);
			at++;
		}
	}
	push();
	return fields;
};

/** One word as written → the fields it becomes. */
export const expandWord = async (word: string, shell: Shell, capture: Capture): Promise<string[]> =>
	(await expandFields(word, shell, capture)).flatMap(({ text, pattern }) =>
		isPattern(pattern) ? glob(shell, pattern) : [text],
	);

/** A word that stays one: the value of an assignment, the text of a case. */
export const expandText = async (word: string, shell: Shell, capture: Capture): Promise<string> =>
	(await expandFields(word, shell, capture, true)).map(({ text }) => text).join(' ');

export const expandPattern = async (word: string, shell: Shell, capture: Capture): Promise<string> =>
	(await expandFields(word, shell, capture, true)).map(({ pattern }) => pattern).join(' ');
