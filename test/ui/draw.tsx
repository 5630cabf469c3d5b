// A state drawn by Ink, as the text that a terminal of its size then shows.
import './surroundings.ts';
import { EventEmitter } from 'node:events';
import { renderToString } from 'ink';
import { expect } from 'vitest';
import { terminalSize } from '../../source/model/layout.ts';
import type { State } from '../../source/model/state.ts';
import { createEmulator } from '../../source/terminal/emulator.ts';
import { App } from '../../source/ui/app.tsx';
import { frameOf } from '../../source/ui/frame.ts';
import { createOverlay } from '../../source/ui/overlay.ts';
import { linesOf } from '../helpers/cells.ts';
import { emulator } from '../helpers/emulator.ts';

/** With colours. */
export const ansiOf = (state: State): string =>
	renderToString(
		<App
			get={() => state}
			subscribe={() => () => {}}
			press={() => {}}
			paste={() => {}}
			drawn={() => {}}
			place={() => {}}
			lend={() => {}}
		/>,
		{
			columns: state.columns,
		},
	);

/** The same, with what was printed in the terminal on it. */
export const ansiWithTerminal = async (state: State, printed: string): Promise<string> => {
	const inner = await createEmulator(terminalSize(state), { onAnswer: () => {} });
	await new Promise<void>((resolve) => inner.write(printed, resolve));
	let painted = '';
	const out = Object.assign(new EventEmitter(), {
		writableNeedDrain: false,
		write: (text: string) => {
			painted += text;
			return true;
		},
	});
	const overlay = createOverlay(out as unknown as NodeJS.WriteStream, () => inner);
	overlay.place(frameOf(state).terminal);
	// As Ink does it around a frame; the terminal is painted into its end.
	for (const mark of ['\x1b[?2026h', '\x1b[?2026l']) overlay.stdout.write(mark);
	const ansi = `${ansiOf(state).replace(/\n$/, '')}${painted}`;
	overlay.close();
	inner.dispose();
	return ansi;
};

/** What stands on the screen, a line a row, without the spaces at the end. */
export const screenOf = async (state: State): Promise<string> => {
	const { columns, rows } = state;
	const ansi = ansiOf(state);
	const terminal = emulator(columns, rows);
	await new Promise<void>((resolve) => terminal.write(ansi.replace(/\n/g, '\r\n'), resolve));
	// Nothing scrolled away, and no line was too long for the screen.
	expect(terminal.buffer.active.baseY).toBe(0);
	for (let y = 0; y < rows; y++) expect(terminal.buffer.active.getLine(y)?.isWrapped).toBe(false);
	expect(ansi.split('\n').length).toBeLessThanOrEqual(rows);
	const text = linesOf(terminal)
		.map((line) => line.trimEnd())
		.join('\n');
	terminal.dispose();
	return `${text}\n`;
};
