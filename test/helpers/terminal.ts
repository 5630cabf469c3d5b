// Runs a program in a real pseudo-terminal with an emulated screen, and waits for what it paints.
import { spawn } from '@lydell/node-pty';
import type { Terminal } from '@xterm/headless';
import { type Cell, cellsOf, linesOf } from './cells.ts';
import { emulator } from './emulator.ts';
import { bytesOf } from './keys.ts';
import { pictureOf } from './picture.ts';
import { writePng } from './png.ts';

export type LaunchOptions = {
	/** 80 if not given. */
	columns?: number;
	/** 24 if not given. */
	rows?: number;
	cwd?: string;
	/** Added to a copy of this process's environment without what test runners put there; undefined removes. */
	env?: Record<string, string | undefined>;
};

/** A text or expression that is on the screen, or a test of its lines. */
export type Sight = string | RegExp | ((lines: string[]) => boolean);
export type Exit = { code: number; signal: number | undefined };
export type Session = ReturnType<typeof launch>;

const keptOutput = 4_000_000;
const running = new Set<{ kill: (signal?: string) => void }>();
process.once('exit', () => {
	for (const program of running) program.kill('SIGKILL');
});

export function launch(command: string, args: string[] = [], options: LaunchOptions = {}) {
	const { columns = 80, rows = 24 } = options;
	const terminal = emulator(columns, rows);
	const program = spawn(command, args, {
		name: 'xterm-256color',
		cols: columns,
		rows,
		cwd: options.cwd ?? process.cwd(),
		env: environment(options.env),
		encoding: null,
	});
	running.add(program);

	let bytes = 0;
	let output = '';
	let ended: Exit | undefined;
	let isCursorHidden = false;
	let title = '';
	let clipboard: string | undefined;
	let bells = 0;
	const decoder = new TextDecoder();
	const watchers = new Set<() => void>();
	// a frame that is still being written is not looked at, as a terminal does not show it
	const isMidFrame = () => terminal.modes.synchronizedOutputMode && !ended;
	const notify = () => {
		if (isMidFrame()) return;
		for (const watcher of watchers) watcher();
	};

	const send = (text: string) => {
		if (!ended) program.write(text);
	};
	program.onData((data) => {
		const chunk = data as unknown as Buffer; // encoding: null
		bytes += chunk.length;
		output = (output + decoder.decode(chunk, { stream: true })).slice(-keptOutput);
		terminal.write(chunk, notify);
	});
	const exit = new Promise<Exit>((resolve) => {
		program.onExit(({ exitCode, signal }) => {
			ended = { code: exitCode, signal: signal || undefined };
			running.delete(program);
			// what it wrote last is still being parsed
			terminal.write('', () => {
				notify();
				resolve(ended as Exit);
			});
		});
	});

	// what a usual terminal answers or keeps
	terminal.onData(send);
	terminal.onTitleChange((text) => {
		title = text;
	});
	terminal.onBell(() => {
		bells += 1;
	});
	for (const final of ['h', 'l']) {
		terminal.parser.registerCsiHandler({ prefix: '?', final }, (parameters) => {
			if (parameters.includes(25)) isCursorHidden = final === 'l';
			return false;
		});
	}
	for (const [code, color] of [
		[10, 'd7d7/dada/e0e0'],
		[11, '1616/1818/1d1d'],
	] as const) {
		terminal.parser.registerOscHandler(code, (text) => {
			if (text === '?') send(`\x1b]${code};rgb:${color}\x1b\\`);
			return true;
		});
	}
	terminal.parser.registerOscHandler(52, (text) => {
		clipboard = Buffer.from(text.slice(text.indexOf(';') + 1), 'base64').toString();
		return true;
	});

	const parsed = async () => {
		await new Promise<void>((resolve) => terminal.write('', resolve));
		if (!isMidFrame()) return;
		await new Promise<void>((resolve) => {
			const done = () => {
				clearTimeout(timer);
				watchers.delete(done);
				resolve();
			};
			const timer = setTimeout(done, 1000);
			watchers.add(done);
		});
	};
	const isSeen = (sight: Sight) => {
		const lines = linesOf(terminal);
		if (typeof sight === 'function') return sight(lines);
		const text = lines.join('\n');
		return typeof sight === 'string' ? text.includes(sight) : sight.test(text);
	};

	function until(test: () => boolean, what: string, timeout: number): Promise<string[]> {
		return new Promise((resolve, reject) => {
			const finish = (act: () => void) => {
				clearTimeout(timer);
				watchers.delete(look);
				act();
			};
			const fail = (why: string) => {
				finish(() => reject(new Error(`${why} while waiting ${what}. The screen:\n${framed(terminal)}`)));
			};
			const look = () => {
				if (test()) finish(() => resolve(linesOf(terminal)));
				else if (ended) fail(`${command} ended (code ${ended.code}, signal ${ended.signal ?? 'none'})`);
			};
			const timer = setTimeout(() => fail(`${timeout} ms passed`), timeout);
			watchers.add(look);
			void parsed().then(look);
		});
	}

	return {
		pid: program.pid,
		exit,
		terminal,
		/** Everything written since the start, up to a bound. */
		get output() {
			return output;
		},
		get bytes() {
			return bytes;
		},
		get title() {
			return title;
		},
		/** What the program last put into the clipboard. */
		get clipboard() {
			return clipboard;
		},
		get bells() {
			return bells;
		},
		get hasExited() {
			return ended !== undefined;
		},

		async screen(): Promise<string[]> {
			await parsed();
			return linesOf(terminal);
		},
		async text(): Promise<string> {
			await parsed();
			return linesOf(terminal).join('\n');
		},
		async cells(): Promise<Cell[][]> {
			await parsed();
			return cellsOf(terminal);
		},
		async png(file: string) {
			await parsed();
			writePng(pictureOf(terminal), file);
		},

		/** Resolves with the screen once the sight is on it. */
		waitFor(sight: Sight, { timeout = 10_000 } = {}) {
			return until(() => isSeen(sight), `for ${nameOf(sight)}`, timeout);
		},
		/** Resolves with the screen once the sight is no longer on it. */
		waitGone(sight: Sight, { timeout = 10_000 } = {}) {
			return until(() => !isSeen(sight), `for the end of ${nameOf(sight)}`, timeout);
		},
		/** Resolves when nothing has been written for `quiet` ms. */
		async settled({ quiet = 100, timeout = 10_000 } = {}) {
			const end = Date.now() + timeout;
			for (let before = -1; before !== bytes; ) {
				if (Date.now() > end)
					throw new Error(`It still paints after ${timeout} ms. The screen:\n${framed(terminal)}`);
				before = bytes;
				await pause(quiet);
			}
			await parsed();
		},

		async press(...keys: string[]) {
			for (const key of keys) {
				send(bytesOf(key, terminal.modes.applicationCursorKeysMode));
				// together with the next byte it would be Alt and that key
				await (key === 'esc' ? pause(40) : pause(0));
			}
		},
		type(text: string) {
			send(text);
		},
		paste(text: string) {
			send(terminal.modes.bracketedPasteMode ? `\x1b[200~${text}\x1b[201~` : text);
		},
		/** A click with the left button on a cell, counted from 0. */
		click(x: number, y: number) {
			send(`\x1b[<0;${x + 1};${y + 1}M\x1b[<0;${x + 1};${y + 1}m`);
		},
		wheel(x: number, y: number, direction: 'up' | 'down') {
			send(`\x1b[<${direction === 'up' ? 64 : 65};${x + 1};${y + 1}M`);
		},
		resize(width: number, height: number) {
			terminal.resize(width, height);
			program.resize(width, height);
		},

		isAlternate: () => terminal.buffer.active.type === 'alternate',
		cursorHidden: () => isCursorHidden,
		cursor: () => ({ x: terminal.buffer.active.cursorX, y: terminal.buffer.active.cursorY }),

		kill(signal = 'SIGTERM') {
			if (!ended) program.kill(signal);
		},
		/** Takes the terminal away, as a closed window does. */
		hangUp() {
			if (!ended) (program as unknown as { destroy(): void }).destroy();
		},
		/** Ends it, by force after a second. */
		async close() {
			if (!ended) program.kill('SIGTERM');
			const force = setTimeout(() => !ended && program.kill('SIGKILL'), 1000);
			await exit;
			clearTimeout(force);
			terminal.dispose();
		},
	};
}

function environment(added: LaunchOptions['env'] = {}): Record<string, string> {
	const environment: Record<string, string | undefined> = {
		...process.env,
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		LANG: 'C.UTF-8',
		LC_ALL: undefined,
	};
	for (const name of Object.keys(environment)) {
		if (
			/^(CI|NO_COLOR|FORCE_COLOR|NODE_ENV|NODE_OPTIONS|NODE_TEST_CONTEXT|DEV|TEST|UPDATE|(VITEST|npm_).*)$/.test(
				name,
			)
		)
			delete environment[name];
	}
	Object.assign(environment, added);
	// node-pty would write undefined as a text
	return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)) as Record<
		string,
		string
	>;
}

function framed(terminal: Terminal) {
	const edge = '─'.repeat(terminal.cols);
	return [edge, ...linesOf(terminal), edge].join('\n');
}

function nameOf(sight: Sight) {
	return typeof sight === 'string' ? JSON.stringify(sight) : String(sight);
}

function pause(ms: number) {
	return new Promise<void>((resolve) => setTimeout(resolve, ms));
}
