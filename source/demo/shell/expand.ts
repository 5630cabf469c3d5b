// Expanding a word: quotes, `$name`, `${name:-x}`, `$(command)`, `$((1+2))`, `~` and `*`.

import { childrenOf, parentOf, resolvePath } from '../files.ts';
import type { Shell } from './shell.ts';

export type Capture = (script: string) => Promise<string>;

const parameter = (shell: Shell, name: string): string => {
	if (name === '?') return String(shell.status);
	if (name === '$') return String(shell.launch.isFirst ? 1 : shell.launch.pid);
	if (name === '#') return String(shell.positional.length - 1);
	if (name === '@' || name === '*') return shell.positional.slice(1).join(' ');
	if (name === '!') return '';
	if (/^\d$/.test(name)) return shell.positional[Number(name)] ?? '';
	return name === 'PWD' ? shell.directory : (shell.env.get(name) ?? '');
};

/** Whole numbers, + - * / %, comparisons and parentheses. */
const calculate = (text: string, shell: Shell): number => {
	const tokens =
		text
			.replace(/\$?([A-Za-z_]\w*)/g, (_all, name: string) => parameter(shell, name) || '0')
			.match(/\d+|[<>=!]=|[-+*/%()<>]/g) ?? [];
	const levels = [
		['==', '!='],
		['<', '>', '<=', '>='],
		['+', '-'],
		['*', '/', '%'],
	];
	let at = 0;
	const apply = (operator: string, a: number, b: number): number => {
		if (operator === '+') return a + b;
		if (operator === '-') return a - b;
		if (operator === '*') return a * b;
		if (operator === '/') return b === 0 ? 0 : Math.trunc(a / b);
		if (operator === '%') return b === 0 ? 0 : a % b;
		const truth = { '==': a === b, '!=': a !== b, '<': a < b, '>': a > b, '<=': a <= b, '>=': a >= b }[
			operator
		];
		return truth ? 1 : 0;
	};
	const level = (depth: number): number => {
		const mine = levels[depth];
		if (!mine) {
			const token = tokens[at++];
			if (token === '-') return -level(depth);
			if (token !== '(') return Number(token ?? 0) || 0;
			const inner = level(0);
			at++;
			return inner;
		}
		let left = level(depth + 1);
		while (mine.includes(tokens[at] ?? '')) left = apply(tokens[at++] ?? '', left, level(depth + 1));
		return left;
	};
	return level(0);
};

/** The value of what follows a `$`, and how many characters it took. */
const dollar = async (
	text: string,
	shell: Shell,
	capture: Capture,
): Promise<[value: string, length: number]> => {
	if (text.startsWith('$((')) {
		const end = text.indexOf('))');
		return [
			String(calculate(text.slice(3, end < 0 ? undefined : end), shell)),
			end < 0 ? text.length : end + 2,
		];
	}
	if (text.startsWith('$(')) {
		let depth = 0;
		let end = 1;
		for (; end < text.length; end++) {
			if (text[end] === '(') depth++;
			else if (text[end] === ')' && --depth === 0) break;
		}
		return [(await capture(text.slice(2, end))).replace(/\n+$/, ''), end + 1];
	}
	const braced = /^\$\{([A-Za-z_]\w*|[?$#@*!\d])(?::?([-=])([^}]*))?\}/.exec(text);
	if (braced) return [parameter(shell, braced[1] ?? '') || (braced[3] ?? ''), braced[0].length];
	const plain = /^\$([A-Za-z_]\w*|[?$#@*!\d])/.exec(text);
	return plain ? [parameter(shell, plain[1] ?? ''), plain[0].length] : ['$', 1];
};

const glob = (shell: Shell, pattern: string): string[] => {
	const folder = pattern.includes('/') ? parentOf(pattern) : '.';
	const name = pattern.slice(pattern.lastIndexOf('/') + 1);
	if (!/[*?]/.test(name)) return [pattern];
	const expression = new RegExp(
		`^${name
			.replace(/[.+^${}()|[\]\\]/g, '\\$&')
			.replaceAll('*', '.*')
			.replaceAll('?', '.')}$`,
	);
	const found = childrenOf(shell.files, resolvePath(shell.directory, folder))
		.map((path) => path.slice(path.lastIndexOf('/') + 1))
		.filter((each) => expression.test(each) && !each.startsWith('.'));
	const prefix = pattern.slice(0, pattern.length - name.length);
	return found.length > 0 ? found.map((each) => prefix + each) : [pattern];
};

/** One word as written → the fields it becomes. */
export const expandWord = async (word: string, shell: Shell, capture: Capture): Promise<string[]> => {
	const fields: string[] = [];
	let field = '';
	let isField = false;
	let isPattern = false;
	const push = () => {
		if (isField) fields.push(...(isPattern ? glob(shell, field) : [field]));
		field = '';
		isField = false;
		isPattern = false;
	};
	const add = (text: string) => {
		field += text;
		isField = true;
	};
	let isQuoted = false;
	for (let at = 0; at < word.length; ) {
		const character = word[at] ?? '';
		if (character === "'" && !isQuoted) {
			const end = word.indexOf("'", at + 1);
			add(word.slice(at + 1, end));
			at = end + 1;
		} else if (character === '"') {
			isQuoted = !isQuoted;
			add('');
			at++;
		} else if (character === '\\') {
			const next = word[at + 1] ?? '';
			add(isQuoted && !'"\\$`'.includes(next) ? `\\${next}` : next);
			at += 2;
		} else if (character === '$') {
			const [value, length] = await dollar(word.slice(at), shell, capture);
			at += length;
			if (isQuoted) add(value);
			else {
				const parts = value.split(/[ \t\n]+/);
				parts.forEach((part, index) => {
					if (index > 0) push();
					if (part) add(part);
				});
			}
		} else {
			if (character === '~' && at === 0 && /^~(\/|$)/.test(word)) add(shell.env.get('HOME') ?? '/root');
			else add(character);
			if (!isQuoted && /[*?]/.test(character)) isPattern = true;
			at++;
		}
	}
	push();
	return fields;
};
