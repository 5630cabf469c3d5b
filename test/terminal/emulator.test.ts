// Programs write, and what they see as their terminal keeps its rows, its numbers and its promises.
import { describe, expect, it } from 'vitest';
import { screen, shown } from './screen.ts';

const numbered = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => `row ${from + index}`).join('\r\n');

describe('rows', () => {
	it('are numbered from the first one written', async () => {
		const { emulator, write } = await screen(20, 4);
		await write(numbered(10));
		expect([emulator.first(), emulator.top(), emulator.end()]).toEqual([0, 6, 10]);
		expect(emulator.text(3)).toBe('row 3');
		expect(emulator.cursor()).toEqual({ row: 9, column: 5, isVisible: true });
	});

	it('keep their numbers when the scrollback drops older ones', async () => {
		const { emulator, write } = await screen(20, 4, 10);
		await write(numbered(1000));
		expect([emulator.first(), emulator.top(), emulator.end()]).toEqual([986, 996, 1000]);
		expect(emulator.text(990)).toBe('row 990');
		expect(emulator.text(985)).toBe('');
		expect(emulator.text(1000)).toBe('');
		await write(`\r\n${numbered(5, 1000)}`);
		expect(emulator.text(1003)).toBe('row 1003');
	});

	it('keep them in a scroll region, and when the scrollback is erased', async () => {
		const { emulator, write } = await screen(20, 4, 10);
		await write(`${numbered(14)}\x1b[1;2r\x1b[2;1H\r\n\r\n\r\n`);
		expect(emulator.first()).toBe(3);
		expect(emulator.text(5)).toBe('row 5');
		await write('\x1b[r\x1b[3J');
		expect(emulator.first()).toBe(emulator.top());
		expect(shown(emulator).slice(2)).toEqual(['row 12', 'row 13']);
	});

	it('get new numbers after a full reset', async () => {
		const { emulator, write } = await screen(20, 4, 10);
		await write(`${numbered(100)}\x1bc`);
		expect([emulator.first(), emulator.top(), emulator.end()]).toEqual([100, 100, 104]);
		await write(`${numbered(30)}`);
		expect(emulator.text(129)).toBe('row 29');
		expect(emulator.first()).toBe(116);
	});

	it('of the alternate screen are numbered from the top of the normal one', async () => {
		const { emulator, write } = await screen(20, 4);
		await write(`${numbered(10)}\x1b[?1049h\x1b[H${numbered(30)}`);
		expect([emulator.first(), emulator.top(), emulator.end()]).toEqual([6, 6, 10]);
		expect(shown(emulator)).toEqual(['row 26', 'row 27', 'row 28', 'row 29']);
		expect(emulator.modes().isAlternate).toBe(true);
		await write('\x1b[?1049l');
		expect(shown(emulator)).toEqual(['row 6', 'row 7', 'row 8', 'row 9']);
	});

	it('reflow when the width changes', async () => {
		const { emulator, write } = await screen(20, 4);
		await write('abcdefghijklmnopqrstuvwxyz\r\n$ ');
		expect([emulator.isWrapped(0), emulator.isWrapped(1)]).toEqual([false, true]);
		emulator.resize({ columns: 10, rows: 4 });
		expect(emulator.size).toEqual({ columns: 10, rows: 4 });
		expect(shown(emulator)).toEqual(['abcdefghij', 'klmnopqrst', 'uvwxyz', '$']);
		emulator.resize({ columns: 40, rows: 3 });
		expect(emulator.text(emulator.first())).toBe('abcdefghijklmnopqrstuvwxyz');
	});

	it('may be as few as one, and columns as few as none', async () => {
		const { emulator, write } = await screen(20, 4);
		emulator.resize({ columns: 0, rows: 0 });
		await write('가나다');
		expect(emulator.size).toEqual({ columns: 2, rows: 1 });
	});

	it('say wide characters once', async () => {
		const { emulator, write } = await screen(20, 2);
		await write('컨테이너 👍 ok   ');
		expect(emulator.text(0)).toBe('컨테이너 👍 ok');
	});
});

describe('modes', () => {
	it('are what the program asked for', async () => {
		const { emulator, write } = await screen(20, 4);
		const plain = {
			applicationCursor: false,
			bracketedPaste: false,
			focusReports: false,
			mouse: 'none',
			isMouseSgr: false,
			isAlternate: false,
		};
		expect(emulator.modes()).toEqual(plain);
		await write('\x1b[?1;2004;1004h\x1b[?1002;1006h');
		expect(emulator.modes()).toEqual({
			...plain,
			applicationCursor: true,
			bracketedPaste: true,
			focusReports: true,
			mouse: 'drag',
			isMouseSgr: true,
		});
		await write('\x1bc');
		expect(emulator.modes()).toEqual(plain);
		await write('\x1b[?1006h\x1b[?1006l\x1b[?9h');
		expect(emulator.modes()).toEqual({ ...plain, mouse: 'x10' });
	});

	it.each([
		['a full reset', '\x1bc'],
		['a soft reset', '\x1b[!p'],
		['the mode', '\x1b[?1;25h'],
	])('the cursor is hidden until %s', async (_, sequence) => {
		const { emulator, write } = await screen(20, 4);
		await write('\x1b[?25l');
		expect(emulator.cursor().isVisible).toBe(false);
		await write(sequence);
		expect(emulator.cursor().isVisible).toBe(true);
	});

	it('tell of a frame that is still being written', async () => {
		const { emulator, write } = await screen(20, 4);
		await write('\x1b[?2026h');
		expect(emulator.isMidFrame()).toBe(true);
		await write('\x1b[?2026l');
		expect(emulator.isMidFrame()).toBe(false);
	});

	it('leave the cursor in its row where a line is full', async () => {
		const { emulator, write } = await screen(4, 2);
		await write('abcd');
		expect(emulator.cursor()).toMatchObject({ row: 0, column: 3 });
	});
});

describe('writing', () => {
	it('counts what is not parsed yet', async () => {
		const { emulator, write } = await screen(20, 4);
		const parsed: number[] = [];
		emulator.write('가', () => parsed.push(1));
		emulator.write(Buffer.alloc(100_000, 'x'), () => parsed.push(2));
		expect(emulator.pending()).toBe(100_003);
		await write('');
		expect(emulator.pending()).toBe(0);
		expect(parsed).toEqual([1, 2]);
	});

	it('takes characters that are split between two chunks', async () => {
		const { emulator, write } = await screen(20, 4);
		for (const byte of Buffer.from('가\x1b[31m나')) await write(Uint8Array.of(byte));
		expect(emulator.text(0)).toBe('가나');
	});

	it('is over once it is disposed of', async () => {
		const { emulator } = await screen(20, 4);
		emulator.write('x'.repeat(100_000), () => expect.unreachable());
		emulator.dispose();
		emulator.write('more', () => expect.unreachable());
		await new Promise((done) => setTimeout(done, 30));
		expect(emulator.pending()).toBe(0);
	});

	it('is answered where the program asks', async () => {
		const { write, answers } = await screen(20, 4);
		await write('ab\x1b[6n\x1b[c\x1b[5n');
		expect(answers.join('')).toBe('\x1b[1;3R\x1b[?1;2c\x1b[0n');
	});
});

describe('find', () => {
	it('takes no notice of case, and counts columns', async () => {
		const { emulator, write } = await screen(20, 4);
		await write('컨테이너 Error\r\nno ERROR, error');
		expect(emulator.find('error')).toEqual([
			{ row: 0, column: 9, length: 5 },
			{ row: 1, column: 3, length: 5 },
			{ row: 1, column: 10, length: 5 },
		]);
		expect(emulator.find('테이')).toEqual([{ row: 0, column: 2, length: 4 }]);
		expect(emulator.find('')).toEqual([]);
	});

	it('finds what goes on in the next row, also where a wide character left a column free', async () => {
		const { emulator, write } = await screen(10, 4);
		await write('12345678needle\r\n123456789컨테');
		expect(emulator.find('needle')).toEqual([{ row: 0, column: 8, length: 6 }]);
		expect(emulator.find('9컨')).toEqual([{ row: 2, column: 8, length: 4 }]);
	});

	it('finds in letters that become two when they are lowered', async () => {
		const { emulator, write } = await screen(20, 4);
		await write('İİİ Needle');
		expect(emulator.find('needle')).toEqual([{ row: 0, column: 4, length: 6 }]);
	});

	it('keeps the last thousand, numbered as the rows are', async () => {
		const { emulator, write } = await screen(20, 4, 2000);
		await write('hit\r\n'.repeat(5000));
		const places = emulator.find('hit');
		expect(places).toHaveLength(1000);
		expect(places.at(0)?.row).toBe(4000);
		expect(places.at(-1)?.row).toBe(4999);
	});
});

describe('copied', () => {
	it('has both cells, in either order', async () => {
		const { emulator, write } = await screen(20, 4);
		await write('one two   \r\nthree 컨테이너');
		const from = { row: 0, column: 4 };
		const to = { row: 1, column: 7 };
		expect(emulator.copied(from, to, false)).toBe('two\nthree 컨');
		expect(emulator.copied(to, from, false)).toBe('two\nthree 컨');
		expect(emulator.copied(from, to, true)).toBe('one two\nthree 컨테이너');
		expect(emulator.copied({ row: 1, column: 7 }, { row: 1, column: 9 }, false)).toBe('컨테');
	});

	it('has no line ends where the terminal broke the line, and none after the last', async () => {
		const { emulator, write } = await screen(10, 6, 10);
		await write(`${'\r\n'.repeat(100)}0123456789abc\r\n\r\nend`);
		const row = emulator.find('0123')[0]?.row ?? 0;
		expect(emulator.copied({ row, column: 8 }, { row: row + 3, column: 9 }, false)).toBe('89abc\n\nend');
		expect(emulator.copied({ row: 0, column: 0 }, { row: row + 1, column: 0 }, false).trim()).toBe(
			'0123456789a',
		);
	});
});
