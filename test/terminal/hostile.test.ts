// Programs that mean no good: whatever they write, our terminal shows rows of text inside a frame that stays whole.
import { describe, expect, it } from 'vitest';
import { cellsOf } from '../helpers/cells.ts';
import { margin, outside, painted, screen, shown } from './screen.ts';

const columns = 30;
const rows = 8;

/** The same bytes each time. */
const random = (length: number, seed: number): Buffer => {
	const bytes = Buffer.alloc(length);
	let state = seed;
	for (let index = 0; index < length; index++) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		bytes[index] = state >>> 24;
	}
	return bytes;
};
/** Like bytes at random, but that most of them begin or end something. */
const randomSequences = (count: number, seed: number): Buffer => {
	const numbers = random(count * 4, seed);
	const begin = [
		'\x1b[',
		'\x1b[?',
		'\x1b]',
		'\x1bP',
		'\x1b',
		'\x9b',
		'\x1b[>',
		'\x1b[!',
		'\x1b(',
		'',
		'가👍e\u0301',
		'\u202e',
	];
	const parameter = [
		'',
		'0',
		'1',
		'2;5',
		'7',
		'25',
		'47',
		'1049',
		'1006',
		'99999999999',
		'3;1H\x1b[',
		'38;2;1;2;3',
		'5;6;7;8',
	];
	const end = 'ABCDEFGHIJKLMPSTXZ@`abcdefghlmnpqrstu~{}|\x07\x0e\x0f\t\n\r\b 0lqk78=>';
	let text = '';
	for (let index = 0; index < count; index++) {
		const [one = 0, two = 0, three = 0] = numbers.subarray(index * 4);
		text +=
			(begin[one % begin.length] ?? '') +
			(parameter[two % parameter.length] ?? '') +
			end.charAt(three % end.length);
	}
	return Buffer.from(text);
};

const huge = 2_147_483_647;
const corpus: readonly (readonly [string, string | Buffer])[] = [
	['a title', '\x1b]0;owned\x07\x1b]2;owned\x1b\\\x1b[22;0t\x1b[23;0t\x1b[21t'],
	['the clipboard', '\x1b]52;c;cm0gLXJmIC8=\x07\x1b]52;c;?\x07'],
	['links', '\x1b]8;;http://evil\x1b\\text\x1b]8;;\x1b\\'],
	[
		'colours of the terminal',
		'\x1b]4;1;?\x07\x1b]10;?\x07\x1b]11;#fff\x07\x1b]104\x07\x1b]1337;File=:AAAA\x07',
	],
	['DCS', '\x1bPq#0;2;0;0;0~~\x1b\\\x1bP$q"p\x1b\\\x1bP+q544e\x1b\\\x1bP1$tx\x1b\\'],
	['APC, PM and SOS', '\x1b_Ga=T;AAAA\x1b\\a\x1b^p\x1b\\b\x1bXs\x1b\\c'],
	['an OSC without an end', `\x1b]0;${'x'.repeat(1000)}`],
	['a DCS without an end', `\x1bP$q${'x'.repeat(1000)}\r\n\x07`],
	['a CSI without an end', `\x1b[${'1;'.repeat(10_000)}`],
	['C1 in 8 bit', Buffer.from('a\x9b31mb\x9d0;owned\x9cc\x90q\x9c\x84\x85\x8d\x8e', 'latin1')],
	['C1 in UTF-8', 'a\u009b31mb\u009d0;owned\u009cc\u0090q\u009c\u0084\u0085\u008d\u008e\u0080'],
	['margins left and right', "\x1b[?69h\x1b[5;10s\x1b[3;3r\x1b[?6h\x1b[99;99Hx\x1b[5'}\x1b[5'~"],
	[
		'movements out of the screen',
		`\x1b[${huge}Ca\x1b[${huge}Bb\x1b[${huge};${huge}Hc\x1b[${huge}Ad\x1b[999999999999De`,
	],
	['erasing far', `\x1b[${huge}X\x1b[${huge}P\x1b[${huge}@x\x1b[${huge}K\x1b[${huge}J`],
	['lines for ever', `\x1b[${huge}L\x1b[${huge}M\x1b[${huge}S\x1b[${huge}T`],
	['tabs for ever', `\x1b[${huge}I\x1b[${huge}Z`],
	['a character for ever', `x\x1b[${huge}b가\x1b[${huge}b`],
	['scrolling regions', `\x1b[${huge};${huge}r\x1b[5;2r\x1b[r\x1b[0;0r`],
	['a full reset', 'text\x1bc\x1b[!p\x1b[?1049h\x1bc'],
	['other character sets', '\x0elqk\x0f\x1b(0lqk\x1b)0\x0e\x1b*0\x1bn\x1b+0\x1bo\x1b%G\x1b%@\x1b(K[]'],
	['modes', '\x1b[?1000;1002;1003;1004;1005;1006;1015;1016;2004;2026;9001h\x1b[?25l\x1b[?3h\x1b[20h\x1b[4h'],
	['a resized window', '\x1b[8;500;500t\x1b[4;1;1t\x1b[9;1t\x1b[3;0;0t'],
	['keyboard protocols', '\x1b[>1u\x1b[>4;2m\x1b=\x1b>\x1b[?u'],
	['overrides and fillers', 'a\u202e\u2066b\u200b\u200f\u2028\u2029\u3164\ufeffc\u{e0001}d\u0600e\ufff9f'],
	['marks without end', `${'e'.repeat(29)}${'\u0301'.repeat(5000)}\r\n${'\u0301'.repeat(5000)}`],
	['emoji at the edge', '👨\u200d👩\u200d👧🇰🇷👍🏽1\ufe0f\u20e3'.repeat(40)],
	['new emoji at the edge', `${'x'.repeat(29)}\u{1fae0}\r\n${'\u{1fae8}'.repeat(60)}`],
	[
		'half of a character',
		Buffer.from([0xea, 0xb0, 0x41, 0xff, 0xfe, 0xf8, 0x88, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
	],
	['controls', Buffer.from(Array.from({ length: 32 }, (_, byte) => byte))],
	[
		'every character of the first planes',
		String.fromCodePoint(...Array.from({ length: 0xd000 }, (_, code) => code)),
	],
	['bytes at random', random(1_000_000, 1)],
	['sequences at random', randomSequences(20_000, 7)],
	['more of them', randomSequences(20_000, 1234)],
];

const allowed = /\x1b\[[0-9;]*m|\x1b\[[0-9]+G/g;
const forbidden =
	/[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/u;

describe.each(corpus)('%s', (_, bytes) => {
	it('stays in its pane', async () => {
		const { emulator, write } = await screen(columns, rows, 20);
		const outer = await outside(columns, rows);
		const frame = cellsOf(outer.terminal);
		await write(bytes);
		const lines = painted(emulator, columns, { left: margin });
		await outer.put(lines);
		for (const line of lines) expect(line.replace(allowed, '')).not.toMatch(forbidden);
		const cells = cellsOf(outer.terminal);
		for (const [y, line] of cells.entries())
			for (const [x, cell] of line.entries()) {
				const isInside = y >= margin && y < margin + rows && x >= margin && x < margin + columns;
				if (!isInside) expect(cell, `${x}, ${y}`).toEqual(frame[y]?.[x]);
				else expect(cell).not.toEqual(frame[0]?.[0]);
			}
		expect(outer.deeds).toEqual([]);
		const { cursorX, cursorY } = outer.terminal.buffer.active;
		expect([cursorX, cursorY]).toEqual([margin + columns, margin + rows - 1]);
		expect(outer.terminal.modes.mouseTrackingMode).toBe('none');
	});
});

describe('what xterm throws at', () => {
	it('erasing above in the last cell erases everything', async () => {
		const { emulator, write } = await screen(4, 2);
		await write('kept\r\nabcd\r\nefgh\x1b[1J');
		expect([emulator.text(0), ...shown(emulator)]).toEqual(['kept', '', '']);
		await write('\x1b[H1\x1b[2;4H2\x1b[?1J');
		expect(emulator.text(0)).toBe('kept');
	});

	it('some resizes amid wide characters begin anew', async () => {
		const { emulator, write } = await screen(20, 8, 20);
		await write('가나다가가나다가나다가나다');
		emulator.resize({ columns: 5, rows: 3 });
		await write('\x1b[?1006h\n');
		emulator.resize({ columns: 6, rows: 3 });
		await write('alive\x1b[5n');
		expect(shown(emulator).join('')).toBe('alive');
		expect(emulator.modes().isMouseSgr).toBe(false);
	});
});

describe('patience', () => {
	it('a flood of questions is answered a little', async () => {
		const { write, answers } = await screen(columns, rows);
		await write('\x1b[6n'.repeat(250_000));
		const bytes = answers.join('').length;
		expect(bytes).toBeGreaterThan(0);
		expect(bytes).toBeLessThanOrEqual(1_000_256);
		await write('\x1b[5n');
		expect(answers.at(-1)).toBe('\x1b[0n');
	});

	it('no sequence of a few bytes takes long', async () => {
		const { emulator, write } = await screen(columns, rows);
		const started = performance.now();
		for (const final of 'ABCDEFGHIJKLMPSTXZ@`abdefg')
			await write(`x\x1b[${huge}${final}\x1b[${huge};${huge}${final}`);
		expect(performance.now() - started).toBeLessThan(1000);
		expect(shown(emulator).join('').length).toBeLessThanOrEqual(columns * rows);
	});

	it('strings without end are forgotten', async () => {
		const { emulator, write } = await screen(columns, rows);
		const megabyte = Buffer.alloc(1_000_000, 'x');
		for (const begin of ['\x1b]0;', '\x1bP$q', '\x1b_']) {
			await write(begin);
			for (let count = 0; count < 11; count++) await write(megabyte);
			await write('\x1b\\');
		}
		await write('after');
		expect(shown(emulator)[0]).toBe('after');
	});

	it('links leave nothing behind but their text', async () => {
		const { emulator, write } = await screen(columns, rows);
		await write(`\x1b]8;;http://${'x'.repeat(1000)}\x1b\\text\x1b]8;;\x1b\\`);
		expect(emulator.paint(0, 6, { left: 0 })).toBe('text  ');
	});

	it('marks are not kept by the million', async () => {
		const { emulator, write } = await screen(columns, rows);
		await write(`e${'\u0301'.repeat(1_000_000)}`);
		for (let row = emulator.first(); row < emulator.end(); row++)
			expect(emulator.text(row).length).toBeLessThan(columns * 6);
	});
});
