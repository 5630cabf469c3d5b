// The quick count of columns agrees with string-width.
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { fastWidth } from '../../source/ui/fast-width.ts';

const fast = fastWidth(() => stringWidth);

it('agrees for every character of the basic plane, alone and among others', () => {
	const wrong: string[] = [];
	for (let code = 0; code <= 0xffff; code++) {
		const character = String.fromCharCode(code);
		for (const text of [character, `a${character}b`, `가${character}─`, `\x1b[31m${character}\x1b[39m…`]) {
			if (fast(text) !== stringWidth(text))
				wrong.push(`U+${code.toString(16)}: ${fast(text)}, not ${stringWidth(text)}`);
		}
	}
	expect(wrong).toEqual([]);
});

it('does not ask the slow one for what a screen mostly has', () => {
	const never = fastWidth(() => {
		throw new Error('asked');
	});
	expect(never('\x1b[36m╭ 1 Containers 컨테이너 ──╮\x1b[39m')).toBe(27);
});

it('hands on what asks for something else', () => {
	expect(fast('\x1b[31ma\x1b[39m', { countAnsiEscapeCodes: true })).toBe(
		stringWidth('\x1b[31ma\x1b[39m', { countAnsiEscapeCodes: true }),
	);
});
