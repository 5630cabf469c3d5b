// What is on an emulated screen, painted into ours: the same cells, in their place.
import { describe, expect, it } from 'vitest';
import { type Cell, cellsOf } from '../helpers/cells.ts';
import { emulator as outerEmulator } from '../helpers/emulator.ts';
import { margin, outside, painted, screen } from './screen.ts';

const columns = 40;
const rows = 12;

/** The cells of a program's output as any terminal shows them, and as we paint them. */
const roundTrip = async (output: string, marks: object = {}) => {
	const direct = outerEmulator(columns, rows);
	await new Promise<void>((done) => direct.write(output, done));
	const { emulator, write } = await screen(columns, rows);
	await write(output);
	const outer = await outside(columns, rows);
	await outer.put(painted(emulator, columns, { left: margin, ...marks }));
	const cells = cellsOf(outer.terminal)
		.slice(margin, margin + rows)
		.map((line) => line.slice(margin, margin + columns));
	// Marks are joined to their letter where there is a letter that has them.
	const expected = cellsOf(direct).map((line) =>
		line.map((cell) => ({ ...cell, text: cell.text.normalize('NFC') })),
	);
	return { expected, cells, outer };
};

const textOf = (cells: readonly Cell[] | undefined) =>
	(cells ?? [])
		.map(({ text }) => text)
		.join('')
		.trimEnd();
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `row ${index}`).join('\r\n');
const palette = Array.from(
	{ length: 256 },
	(_, index) => `\x1b[38;5;${index};48;5;${255 - index}m${index % 10}`,
).join('');

describe('the same cells', () => {
	it.each([
		['plain text', 'hello\r\nworld'],
		['Korean', '컨테이너 목록\r\n\x1b[31m웹 서버\x1b[0m 실행 중'],
		['emoji', 'ok 👍 done 🚀\x1b[41m🚀\x1b[0m.'],
		['combining marks', 'cafe\u0301 a\u0308b'],
		['letters of Hangul', '\u1112\u1161\u11ab'.normalize('NFC')],
		['lines and blocks', '╭──┬──╮\r\n│▓▒│░█│\r\n╰──┴──╯ ▁▂▃▄▅▆▇ ⠋⠙⠹ →←↑↓ ●○ ✓✗ … •'],
		['16 colours', '\x1b[31;42mred\x1b[94mblue\x1b[105mpink\x1b[39;49mnone'],
		['256 colours', palette],
		['true colours', '\x1b[38;2;1;20;255mx\x1b[48;2;255;0;9my\x1b[38:2::7:8:9mz'],
		['attributes', '\x1b[1mb\x1b[2md\x1b[3mi\x1b[4mu\x1b[7mr\x1b[8mh\x1b[9ms\x1b[0m.'],
		['attributes taken away', '\x1b[1;3;4;7;9mx\x1b[22my\x1b[23mz\x1b[24m0\x1b[27m1\x1b[29m2'],
		['curly underlines', '\x1b[4:3mx\x1b[4:0my\x1b[21mz'],
		['background erased to', '\x1b[44m\x1b[2J\x1b[5;5Hx\x1b[K\x1b[0m'],
		['the alternate screen', `${numbered(30)}\x1b[?1049h\x1b[2;3Hvim\x1b[12;1H-- INSERT --`],
		['and the way back', `${numbered(30)}\x1b[?1049h\x1b[2Jgone\x1b[?1049l`],
		['a scroll region', `${numbered(12)}\x1b[3;6r\x1b[6;1H\r\nnew\x1b[r`],
		['insert and delete line', `${numbered(12)}\x1b[3;1H\x1b[2L\x1b[8;1H\x1b[3M`],
		['insert and delete character', 'abcdef\x1b[1;3H\x1b[2@\x1b[1;6H\x1b[P가\x1b[4hxy\x1b[4l'],
		['wide characters cut in halves', '가나다라\x1b[1;2Hx\x1b[1;6H\x1b[P\x1b[1;5H\x1b[X'],
		['tabs', 'a\tb\tc\x1b[3g\td\r\n\x1b[10G\x1bH\r\te'],
		['line drawing', '\x1b(0lqqk\r\nx  x\r\nmqqj\x1b(B qx \x0e\x0f'],
		['repeated characters', '-\x1b[20b\x1b[3;1H가\x1b[4b'],
		['a full last column', `${'x'.repeat(columns)}${'y'.repeat(columns)}\x1b[12;${columns}Hz`],
		['the screen aligned', '\x1b#8'],
		['an alarm', 'a\x07b'],
	])('%s', async (_, output) => {
		const { expected, cells, outer } = await roundTrip(output);
		expect(cells).toEqual(expected);
		expect(outer.deeds).toEqual([]);
	});

	it('after a resize', async () => {
		const { emulator, write } = await screen(80, 20);
		await write(`\x1b[32m${'컨테이너 '.repeat(14)}\x1b[0m\r\nend`);
		emulator.resize({ columns, rows });
		const outer = await outside(columns, rows);
		await outer.put(painted(emulator, columns, { left: margin }));
		const lines = cellsOf(outer.terminal).slice(margin, margin + rows);
		expect(lines.slice(0, 5).map((line) => textOf(line.slice(margin, margin + columns)))).toEqual([
			'컨테이너 컨테이너 컨테이너 컨테이너 컨테',
			'이너 컨테이너 컨테이너 컨테이너 컨테이너',
			' 컨테이너 컨테이너 컨테이너 컨테이너 컨',
			'테이너',
			'end',
		]);
	});
});

describe('a row', () => {
	const row = async (output: string, marks: object = {}, width = columns) => {
		const { emulator, write } = await screen(columns, 2);
		await write(output);
		return emulator.paint(0, width, { left: 0, ...marks });
	};

	it('has no more sequences than it needs', async () => {
		expect(await row('ab\x1b[31mc\x1b[0md', {}, 4)).toBe('ab\x1b[31mc\x1b[md');
		expect(await row('\x1b[1;31ma\x1b[32mb\x1b[44mc\x1b[22md', {}, 5)).toBe(
			'\x1b[1;31ma\x1b[32mb\x1b[44mc\x1b[0;32;44md\x1b[m ',
		);
		expect(await row('\x1b[53mo', {}, 1)).toBe('\x1b[53mo\x1b[m');
	});

	it('does not blink', async () => {
		expect(await row('\x1b[5ma\x1b[1mb', {}, 2)).toBe('a\x1b[1mb\x1b[m');
	});

	it('is as wide as it is asked to be', async () => {
		expect(await row('가나다', {}, 5)).toBe('가나 ');
		expect(await row('abc', {}, 50)).toBe(`abc${' '.repeat(47)}`);
		expect(await row('\x1b[44m\x1b[2K', {}, 42)).toBe(`\x1b[44m${' '.repeat(40)}\x1b[m  `);
		expect(await row('가나다라', { from: 1, to: 5 })).toBe(' 나 ');
	});

	it('that is not there is blank', async () => {
		const { emulator } = await screen(columns, 2);
		expect(emulator.paint(99, 5, { left: 0 })).toBe('     ');
		expect(emulator.paint(-1, 5, { left: 0 })).toBe('     ');
	});

	it('puts the column right after what terminals draw in different widths', async () => {
		expect(await row('a👍b', { left: 10 }, 4)).toBe('a  \x1b[12G👍\x1b[14Gb');
		expect(await row('a①b', { left: 10 }, 3)).toBe('a①\x1b[13Gb');
		expect(await row('ab①', { left: 10 }, 3)).toBe('ab ');
	});

	it.each([
		['a joined family', '👨\u200d👩\u200d👧', '👨👩👧'],
		['a flag', '🇰🇷.', 'KR.'],
		['a variation', '\u2764\ufe0f.', '\u2764.'],
		['a keycap', '1\ufe0f\u20e3.', '1.'],
		['a skin tone', '👍🏽.', '👍  .'],
		['an override', 'a\u202eb\u2066c', 'abc'],
		['a soft hyphen', 'a\u00adb', 'a b'],
		['a mark on nothing', '\u0301a', ' a'],
		['a filler', 'a\u3164b', 'a  b'],
		['a tag and a noncharacter', 'a\u{e0041}b\uffff.', 'ab .'],
		['too many marks', `a${'\u0301'.repeat(2)}b`, 'a\u0301\u0301b'.normalize('NFC')],
	])('has nothing treacherous: %s', async (_, output, expected) => {
		const text = await row(output);
		const plain = text.replace(/ {2}\x1b\[\d+G(?=[^\x1b ])/g, '').replace(/\x1b\[\d*[Gm]/g, '');
		expect(plain.trimEnd()).toBe(expected);
	});

	it('shows what is selected, found, and where the reading cursor is', async () => {
		const marks = { selected: [0, 2], found: [[1, 3]], cursor: 4 };
		expect(await row('abcdef', marks, 6)).toBe('\x1b[7ma\x1b[30;43mb\x1b[0;30;43mc\x1b[md\x1b[7me\x1b[mf');
		expect(await row('\x1b[7mab', { cursor: 0 }, 2)).toBe('a\x1b[7mb\x1b[m');
	});

	it('shows them on wide characters and blanks too', async () => {
		const { cells } = await roundTrip('가 \x1b[2;1H👍', { selected: [0, 3] });
		expect(cells[0]?.slice(0, 4).map(({ inverse }) => inverse)).toEqual([true, true, true, false]);
		expect(cells[1]?.slice(0, 4).map(({ inverse }) => inverse)).toEqual([true, true, true, false]);
		expect(cells[5]?.[0]?.inverse).toBe(true);
	});
});
