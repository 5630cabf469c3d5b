// An emulator for a test, and its rows painted into a terminal that stands for ours, inside a frame of '#'.
import { createEmulator, type Emulator } from '../../source/terminal/emulator.ts';
import type { Marks } from '../../source/terminal/painted-row.ts';
import { emulator as outerEmulator } from '../helpers/emulator.ts';

export const screen = async (columns: number, rows: number, scrollback = 100) => {
	const answers: string[] = [];
	const emulator = await createEmulator(
		{ columns, rows },
		{ scrollback, onAnswer: (bytes) => answers.push(bytes) },
	);
	const write = (bytes: Uint8Array | string) => new Promise<void>((done) => emulator.write(bytes, done));
	return { emulator, write, answers };
};

export const shown = (emulator: Emulator): string[] =>
	Array.from({ length: emulator.size.rows }, (_, index) => emulator.text(emulator.top() + index));

/** Of the screen, row by row. */
export const painted = (emulator: Emulator, columns: number, marks: Marks): string[] =>
	Array.from({ length: emulator.size.rows }, (_, index) =>
		emulator.paint(emulator.top() + index, columns, marks),
	);

export const margin = 2;

/** The outer terminal, full of '#' in a colour that nobody else uses, with what its program can do to the world. */
export const outside = async (columns: number, rows: number) => {
	const terminal = outerEmulator(columns + 2 * margin, rows + 2 * margin);
	const deeds: string[] = [];
	terminal.onTitleChange((title) => deeds.push(`title ${title}`));
	terminal.onBell(() => deeds.push('bell'));
	terminal.onData((bytes) => deeds.push(`answer ${bytes}`));
	terminal.parser.registerOscHandler(52, (text) => deeds.push(`clipboard ${text}`) > 0);
	terminal.parser.registerOscHandler(8, (text) => deeds.push(`link ${text}`) > 0);
	const write = (text: string) => new Promise<void>((done) => terminal.write(text, done));
	const line = '#'.repeat(terminal.cols);
	await write(`\x1b[?7l\x1b[38;2;1;2;3m${Array(terminal.rows).fill(line).join('\r\n')}\x1b[m`);
	const put = (lines: readonly string[]) =>
		write(lines.map((line, y) => `\x1b[${y + margin + 1};${margin + 1}H${line}`).join(''));
	return { terminal, deeds, write, put };
};
