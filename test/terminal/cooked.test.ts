// Lines typed for a container that has no terminal to edit them.
import { expect, it } from 'vitest';
import { createCooked } from '../../source/terminal/cooked.ts';
import { screen } from './screen.ts';

const typed = (...chunks: (string | Buffer)[]) => {
	let echo = '';
	const done: string[] = [];
	const cooked = createCooked({
		echo: (text) => {
			echo += text;
		},
		send: (bytes) => done.push(bytes.toString()),
		end: () => done.push('<end>'),
		interrupt: () => done.push('<interrupt>'),
	});
	for (const chunk of chunks) cooked.feed(Buffer.from(chunk));
	return { echo, done };
};

it.each<[string, string, string[], string]>([
	['a line is sent with Enter', 'echo 1\r', ['echo 1\n'], 'echo 1\r\n'],
	['so is an empty one', '\r', ['\n'], '\r\n'],
	['a line end of two characters is one', 'a\r\nb\n', ['a\n', 'b\n'], 'a\r\nb\r\n'],
	['Backspace takes back a character', 'ab\x7f\r', ['a\n'], 'ab\b \b\r\n'],
	['and all columns of a wide one', '가\x7f\r', ['\n'], '가\b\b  \b\b\r\n'],
	['and its marks', 'e\u0301\x7f\r', ['\n'], 'e\u0301\b \b\r\n'],
	['and nothing where there is nothing', '\x7f\x08a\r', ['a\n'], 'a\r\n'],
	['Ctrl+U takes back the line', 'a나\x15b\r', ['b\n'], 'a나\b\b\b   \b\b\bb\r\n'],
	['Ctrl+D ends the input', '\x04ab\r', ['<end>'], ''],
	['but in a line it sends that', 'ab\x04\x04', ['ab', '<end>'], 'ab'],
	[
		'Ctrl+C interrupts, also after the end',
		'a\x03\x15\x04\x03',
		['<interrupt>', '<end>', '<interrupt>'],
		'a\b \b',
	],
	['sequences are not text', 'a\x1b[A\x1b[1;5C\x1bOP\x1bxb\x1b[3~\r', ['ab\n'], 'ab\r\n'],
	['nor are other controls', 'a\x00\x01\x0e\u009bb\r', ['ab\n'], 'ab\r\n'],
	['a tab is sent, and takes its room', 'a\tb\r', ['a\tb\n'], 'a    b\r\n'],
	['what has no width is sent, not shown', 'a\u200db\u202e\r', ['a\u200db\u202e\n'], 'ab\r\n'],
])('%s', (_, text, done, echo) => {
	expect(typed(text)).toEqual({ done, echo });
	const bytes = Buffer.from(text);
	expect(typed(...Array.from(bytes, (byte) => Buffer.of(byte)))).toEqual({ done, echo });
});

it('a line has an end', () => {
	const { done } = typed('x'.repeat(10_000), '가', '\r', 'y\r');
	expect(done).toEqual([`${'x'.repeat(4096)}\n`, 'y\n']);
	expect(typed(`${'가'.repeat(2000)}\r`).done[0]).toBe(`${'가'.repeat(1365)}\n`);
});

it('looks right on an emulated screen', async () => {
	const { emulator, write } = await screen(20, 4);
	await write(typed('컨테이넣\x7f너 👍x\x7f\r').echo);
	expect(emulator.text(0)).toBe('컨테이너 👍');
	expect(emulator.cursor()).toMatchObject({ row: 1, column: 0 });
});
