// The colours a program gave to its lines: which are kept, of what part of the clean text.
import { expect, it } from 'vitest';
import { coloursOf } from '../../source/model/log/colours.ts';
import { readLine } from '../../source/model/log/line.ts';
import { logLines } from './things.ts';

/** Pieces that have a style, with it. */
const styled = (text: string) => {
	const [line] = logLines([text]);
	if (!line) return [];
	const { plain } = readLine(line);
	return coloursOf(line).map(({ from, to, style }) => [plain.slice(from, to), style]);
};

it.each([
	['\x1b[31mred\x1b[0m plain', [['red', { colour: 1 }]]],
	['\x1b[1;92mok\x1b[m', [['ok', { isBold: true, colour: 10 }]]],
	['\x1b[38;5;208;48;5;16mx', [['x', { colour: 208, background: 16 }]]],
	['\x1b[38;2;1;2;3mx\x1b[39my', [['x', { colour: [1, 2, 3] }]]],
	['\x1b[38:2::9:8:7mx', [['x', { colour: [9, 8, 7] }]]],
	[
		'\x1b[4:3;7mx\x1b[24my',
		[
			['x', { isUnderlined: true, isInverse: true }],
			['y', { isInverse: true }],
		],
	],
	[
		'\x1b[31m한글\x1b[1m\t두',
		[
			['한글', { colour: 1 }],
			['    두', { colour: 1, isBold: true }],
		],
	],
	// Of what was overwritten only the colours are left.
	['\x1b[31m10%\r20%\x1b[0m\tx', [['20%', { colour: 1 }]]],
	// Hidden, blinking and unknown ones are none.
	['\x1b[8;5mx\x1b[38;5;999my\x1b[99mz', []],
	['plain', []],
])('%j', (text, pieces) => {
	expect(styled(text)).toEqual(pieces);
});

it('what is no colour is gone, and colours stay where they were', () => {
	expect(styled('\x1b[2J\x1b[32mgo\x1b]0;owned\x07od\x1b[0m')).toEqual([['good', { colour: 2 }]]);
	expect(styled('\x1b[31m\x1b]0;never ended \x1b[32mx')).toEqual([
		['0;never ended ', { colour: 1 }],
		['x', { colour: 2 }],
	]);
});

it('of a line that is clean in another way as a whole there are none', () => {
	// The accent belongs to the letter before it, which has another colour.
	expect(styled('e\x1b[31m\u0301x')).toEqual([]);
});

it('go on where lines before it left them open', () => {
	const coloured = (text: string) => coloursOf({ source: 'stdout', text, stamp: '', style: { colour: 1 } });
	expect(coloured('still red')).toEqual([{ from: 0, to: 9, style: { colour: 1 } }]);
	expect(coloured('third\x1b[0m, not')).toEqual([{ from: 0, to: 5, style: { colour: 1 } }]);
});

it('of a megabyte are not looked for', () => {
	expect(styled(`\x1b[31m${'x'.repeat(1 << 20)}`)).toEqual([]);
});
