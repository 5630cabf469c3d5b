// The grammar of the toy shell: lists, pipes, redirections, if, while, for. expand.ts reads the words.

import { tokenize } from './tokens.ts';

export type Redirect = { from: 0 | 1 | 2; how: 'write' | 'append' | 'read' | 'same'; target: string };
export type Node =
	| { type: 'command'; words: string[]; redirects: Redirect[] }
	| { type: 'pipe'; parts: Node[] }
	| { type: 'and' | 'or'; left: Node; right: Node }
	| { type: 'not'; body: Node }
	| { type: 'subshell'; body: Node }
	| { type: 'redirected'; body: Node; redirects: Redirect[] }
	| { type: 'case'; word: string; branches: { patterns: string[]; body: Node }[] }
	| { type: 'list'; items: Node[] }
	| { type: 'background'; body: Node; text: string }
	| { type: 'while'; isUntil: boolean; test: Node; body: Node }
	| { type: 'for'; name: string; words: string[]; body: Node }
	| { type: 'if'; test: Node; body: Node; otherwise?: Node };

const redirectOf = (operator: string): Omit<Redirect, 'target'> | undefined => {
	if (operator === '2>&1') return { from: 2, how: 'same' };
	if (operator === '1>&2' || operator === '>&2') return { from: 1, how: 'same' };
	if (operator === '<') return { from: 0, how: 'read' };
	const match = /^([12]?)(>>?)$/.exec(operator);
	return match ? { from: match[1] === '2' ? 2 : 1, how: match[2] === '>>' ? 'append' : 'write' } : undefined;
};

export const parse = (text: string): Node => {
	const tokens = tokenize(text);
	let at = 0;
	const isNext = (...wanted: string[]) => wanted.includes(tokens[at]?.text ?? '');
	const unexpected = () =>
		new Error(
			`syntax error: unexpected ${tokens[at] ? `"${tokens[at]?.text === '\n' ? 'newline' : tokens[at]?.text}"` : 'end of file'}`,
		);
	const expect = (wanted: string) => {
		if (!isNext(wanted)) throw unexpected();
		at++;
	};
	const skip = (...skipped: string[]) => {
		while (isNext(...skipped)) at++;
	};

	const list = (...enders: string[]): Node => {
		const items: Node[] = [];
		skip('\n', ';');
		while (at < tokens.length && !isNext(...enders)) {
			const from = at;
			const item = andOr();
			const words = tokens.slice(from, at).map((token) => token.text);
			items.push(isNext('&') ? { type: 'background', body: item, text: words.join(' ') } : item);
			if (at < tokens.length && !isNext(...enders, ';', '&', '\n')) throw unexpected();
			skip(';', '&', '\n');
		}
		return items.length === 1 && items[0] ? items[0] : { type: 'list', items };
	};
	const andOr = (): Node => {
		let left = pipe();
		while (isNext('&&', '||')) {
			const type = tokens[at++]?.text === '&&' ? 'and' : 'or';
			skip('\n');
			left = { type, left, right: pipe() };
		}
		return left;
	};
	const pipe = (): Node => {
		if (isNext('!')) {
			at++;
			return { type: 'not', body: pipe() };
		}
		const parts = [redirected()];
		while (isNext('|')) {
			at++;
			skip('\n');
			parts.push(redirected());
		}
		return parts.length === 1 && parts[0] ? parts[0] : { type: 'pipe', parts };
	};
	const ifBody = (): Node => {
		const test = list('then');
		expect('then');
		const body = list('else', 'elif', 'fi');
		if (isNext('elif')) {
			at++;
			return { type: 'if', test, body, otherwise: ifBody() };
		}
		const hasElse = isNext('else');
		if (hasElse) at++;
		const otherwise = hasElse ? list('fi') : undefined;
		expect('fi');
		return { type: 'if', test, body, ...(otherwise && { otherwise }) };
	};
	const loopBody = (): Node => {
		skip(';', '\n');
		expect('do');
		const body = list('done');
		expect('done');
		return body;
	};
	const caseBody = (): Node => {
		const word = tokens[at++]?.text ?? '';
		const branches: { patterns: string[]; body: Node }[] = [];
		skip('\n');
		expect('in');
		skip('\n');
		while (at < tokens.length && !isNext('esac')) {
			const patterns: string[] = [];
			skip('(');
			while (tokens[at]?.kind === 'word' || isNext('|')) {
				if (!isNext('|')) patterns.push(tokens[at]?.text ?? '');
				at++;
			}
			expect(')');
			branches.push({ patterns, body: list(';;', 'esac') });
			skip(';;', '\n');
		}
		expect('esac');
		return { type: 'case', word, branches };
	};
	/** A simple command has its own redirections; a loop or a group has them behind its end. */
	const redirected = (): Node => {
		const body = compound();
		const redirects = body.type === 'command' ? [] : redirections();
		return redirects.length > 0 ? { type: 'redirected', body, redirects } : body;
	};
	const compound = (): Node => {
		const first = tokens[at]?.text;
		if (first === '(' || first === '{') {
			at++;
			const body = list(first === '(' ? ')' : '}');
			expect(first === '(' ? ')' : '}');
			return first === '(' ? { type: 'subshell', body } : body;
		}
		if (first === 'if') {
			at++;
			return ifBody();
		}
		if (first === 'case') {
			at++;
			return caseBody();
		}
		if (first === 'while' || first === 'until') {
			at++;
			const test = list('do');
			return { type: 'while', isUntil: first === 'until', test, body: loopBody() };
		}
		if (first === 'for') {
			const name = tokens[at + 1]?.text ?? '';
			at += 2;
			const words: string[] = [];
			if (isNext('in')) for (at++; tokens[at]?.kind === 'word'; at++) words.push(tokens[at]?.text ?? '');
			else words.push('"$@"');
			return { type: 'for', name, words, body: loopBody() };
		}
		return simple();
	};
	const redirections = (words?: string[]): Redirect[] => {
		const redirects: Redirect[] = [];
		for (; at < tokens.length; at++) {
			const token = tokens[at];
			const redirect = token?.kind === 'operator' ? redirectOf(token.text) : undefined;
			if (redirect?.how === 'same') redirects.push({ ...redirect, target: '' });
			else if (redirect) {
				at++;
				if (tokens[at]?.kind !== 'word') throw unexpected();
				redirects.push({ ...redirect, target: tokens[at]?.text ?? '' });
			} else if (token?.kind === 'word' && words) words.push(token.text);
			else break;
		}
		return redirects;
	};
	const simple = (): Node => {
		const words: string[] = [];
		const redirects = redirections(words);
		if (words.length === 0 && redirects.length === 0) throw unexpected();
		return { type: 'command', words, redirects };
	};

	const whole = list();
	if (at < tokens.length) throw unexpected();
	return whole;
};
