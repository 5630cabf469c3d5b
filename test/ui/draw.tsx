// A state drawn by Ink, as the text that a terminal of its size then shows.
import './surroundings.ts';
import { renderToString } from 'ink';
import { expect } from 'vitest';
import type { State } from '../../source/model/state.ts';
import { App } from '../../source/ui/app.tsx';
import { linesOf } from '../helpers/cells.ts';
import { emulator } from '../helpers/emulator.ts';

/** With colours. */
export const ansiOf = (state: State): string =>
	renderToString(
		<App get={() => state} subscribe={() => () => {}} press={() => {}} paste={() => {}} drawn={() => {}} />,
		{
			columns: state.columns,
		},
	);

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
