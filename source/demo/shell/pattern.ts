// Patterns of the shell: `*`, `?`, `[0-9]`, for file names, `case` and `${name#…}`. A backslash takes the meaning away.

import { childrenOf, follow, resolvePath } from '../files.ts';
import type { Shell } from './shell.ts';

const longestText = 10_000;

const sourceOf = (pattern: string): string => {
	let source = '';
	for (let at = 0; at < pattern.length; at++) {
		const character = pattern[at] ?? '';
		const closing = character === '[' ? pattern.indexOf(']', at + 2) : -1;
		if (character === '\\') source += (pattern[++at] ?? '').replace(/[^\w]/, '\\$&');
		else if (character === '*') source += '[^]*';
		else if (character === '?') source += '[^]';
		else if (closing > 0) {
			source += `[${pattern
				.slice(at + 1, closing)
				.replace(/^!/, '^')
				.replaceAll('\\', '\\\\')
				.replaceAll('[', '\\[')}]`;
			at = closing;
		} else source += character.replace(/[^\w]/, '\\$&');
	}
	return source;
};

export const matches = (text: string, pattern: string): boolean => {
	try {
		return new RegExp(`^(?:${sourceOf(pattern)})$`).test(text);
	} catch {
		return text === pattern;
	}
};

export const isPattern = (text: string): boolean => /(^|[^\\])[*?[]/.test(text);
export const literal = (text: string): string => text.replace(/[*?[\]\\]/g, '\\$&');
const plain = (pattern: string): string => pattern.replace(/\\(.)/g, '$1');

/** Takes the shortest or longest beginning (`#`, `##`) or end (`%`, `%%`) that matches away. */
export const trimmed = (text: string, how: string, pattern: string): string => {
	if (text.length > longestText) return text;
	const lengths = Array.from({ length: text.length + 1 }, (_, length) => length);
	if (how.length === 2) lengths.reverse();
	for (const length of lengths) {
		if (how[0] === '#' && matches(text.slice(0, length), pattern)) return text.slice(length);
		if (how[0] === '%' && matches(text.slice(text.length - length), pattern))
			return text.slice(0, text.length - length);
	}
	return text;
};

/** The files a pattern stands for; the pattern itself when there are none. */
export const glob = (shell: Shell, pattern: string): string[] => {
	const parts = pattern.split('/');
	let found = [parts[0] === '' ? '/' : ''];
	for (const [index, part] of parts.entries()) {
		if (part === '') continue;
		const isLast = index === parts.length - 1;
		found = found.flatMap((before) => {
			const folder = resolvePath(shell.directory, before || '.');
			const isThere = (name: string) => {
				const { node } = follow(shell.files, resolvePath(folder, name));
				return isLast ? node !== undefined : node?.kind === 'directory';
			};
			const names = isPattern(part)
				? childrenOf(shell.files, folder)
						.map((path) => path.slice(path.lastIndexOf('/') + 1))
						.filter((name) => (part.startsWith('.') || !name.startsWith('.')) && matches(name, part))
				: [plain(part)];
			return names.filter(isThere).map((name) => before + name + (isLast ? '' : '/'));
		});
	}
	return found.length > 0 ? found.slice(0, 1000) : [plain(pattern)];
};
