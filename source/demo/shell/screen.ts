// What full-screen programs share: keys one by one, redrawing at a new size, and leaving the screen as it was.

import { keysOf } from './keys.ts';
import type { Io, Shell } from './shell.ts';

export const sizeOf = (shell: Shell): { rows: number; columns: number } => ({
	rows: shell.launch.size.rows || 24,
	columns: shell.launch.size.columns || 80,
});

export type Screen = {
	draw(): void;
	/** A key, by its name; true when the program ends. */
	press(name: string): boolean;
};

/** Runs until a key ends it. The alternate screen keeps what was there, and application keys are asked for. */
export const fullScreen = (shell: Shell, io: Io, screen: Screen): Promise<number> =>
	new Promise((resolve) => {
		const { terminal } = shell;
		io.out('\x1b[?1049h\x1b[?1h\x1b=');
		const redraw = () => screen.draw();
		const leave = (code: number) => {
			release();
			terminal.resized.delete(redraw);
			io.signal.removeEventListener('abort', abort);
			terminal.write('\x1b[?1l\x1b>\x1b[?25h\x1b[?1049l');
			resolve(code);
		};
		const abort = () => leave(130);
		const release = terminal.readKeys((text) => {
			const keys = keysOf(text);
			for (const [index, key] of keys.entries()) {
				if (!screen.press(key.name)) continue;
				const left = keys.slice(index + 1).map((each) => each.text);
				terminal.unread(left.join(''));
				return leave(0);
			}
			screen.draw();
		});
		terminal.resized.add(redraw);
		io.signal.addEventListener('abort', abort, { once: true });
		screen.draw();
		if (io.signal.aborted) abort();
	});

/** Rows from the top, each to its end, without scrolling. */
export const painted = (rows: string[]): string =>
	`\x1b[?25l\x1b[H${rows.map((row) => `${row}\x1b[K`).join('\r\n')}\x1b[J\x1b[?25h`;
