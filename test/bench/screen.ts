// A program in a pseudo-terminal. What it writes is stamped on arrival, so that the emulator's own time does not count.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { emulator } from '../helpers/emulator.ts';
import { sleep } from './numbers.ts';
import { cpuOf } from './process-cost.ts';
import { type Program, type Region, size } from './program.ts';

export type Screen = ReturnType<typeof openScreen>;

const running = new Set<number>();
process.once('exit', () => {
	for (const pid of running) process.kill(pid, 'SIGKILL');
});

/** Below `homes` the program has a home folder of its own, the same each time. */
export function openScreen(program: Program, socketPath: string, homes: string) {
	const home = join(homes, program.name.replace(' ', '-'));
	mkdirSync(home, { recursive: true });
	const { columns, rows } = program.size ?? size;
	const whole: Region = [0, 0, columns, rows];
	const terminal = emulator(columns, rows);
	const startedAt = performance.now();
	const child = spawn(program.command, [...program.args], {
		name: 'xterm-256color',
		cols: columns,
		rows,
		cwd: home,
		env: {
			...{ PATH: process.env.PATH ?? '', HOME: home, SHELL: '/bin/sh', TZ: 'UTC' },
			...{ TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8' },
			DOCKER_HOST: `unix://${socketPath}`,
			...program.env,
		},
		encoding: null,
	});
	running.add(child.pid);
	let bytes = 0;
	let hasExited = false;
	const watchers = new Set<(at: number) => void>();
	const tell = (at: number) => {
		for (const watcher of watchers) watcher(at);
	};
	child.onData((data) => {
		const at = performance.now();
		const chunk = data as unknown as Buffer; // encoding: null
		bytes += chunk.length;
		terminal.write(chunk, () => tell(at));
	});
	const exit = new Promise<void>((resolve) => {
		child.onExit(() => {
			hasExited = true;
			running.delete(child.pid);
			resolve();
		});
	});
	const write = (text: string) => {
		if (!hasExited) child.write(text);
	};
	// what a usual terminal answers
	terminal.onData(write);
	for (const [code, color] of [
		[10, 'd0d0/d0d0/d0d0'],
		[11, '1010/1010/1010'],
	] as const) {
		terminal.parser.registerOscHandler(code, (text) => {
			if (text === '?') write(`\x1b]${code};rgb:${color}\x1b\\`);
			return true;
		});
	}

	const lines = ([left, top, right, bottom]: Region = whole): string[] => {
		const buffer = terminal.buffer.active;
		return Array.from(
			{ length: bottom - top },
			(_, y) => buffer.getLine(buffer.baseY + top + y)?.translateToString(true, left, right) ?? '',
		);
	};
	const onPaint = (watcher: (at: number) => void) => {
		watchers.add(watcher);
		return () => void watchers.delete(watcher);
	};

	/** When the chunk arrived after which the test holds; undefined if it does not in time. */
	const until = (test: () => boolean, timeout: number): Promise<number | undefined> =>
		new Promise((resolve) => {
			const finish = (at: number | undefined) => {
				clearTimeout(timer);
				leave();
				resolve(at);
			};
			const timer = setTimeout(() => finish(undefined), timeout);
			const leave = onPaint((at) => test() && finish(at));
			if (test()) finish(performance.now());
		});

	return {
		pid: child.pid,
		startedAt,
		get bytes() {
			return bytes;
		},
		cpu: () => cpuOf(child.pid),
		write,
		lines,
		onPaint,
		until,
		/** The same, for something that still holds 40 ms later: half of a frame does not count. */
		async untilStable(test: () => boolean, timeout: number): Promise<number | undefined> {
			const end = performance.now() + timeout;
			while (performance.now() < end) {
				const at = await until(test, end - performance.now());
				if (at === undefined) return undefined;
				if ((await until(() => !test(), 40)) === undefined) return at;
			}
			return undefined;
		},
		/** The colours of some cells, to be compared. */
		colors([left, top, right, bottom]: Region = whole): string {
			const buffer = terminal.buffer.active;
			const cell = buffer.getNullCell();
			let seen = '';
			for (let y = top; y < bottom; y++) {
				const line = buffer.getLine(buffer.baseY + y);
				for (let x = left; x < right; x++) {
					if (!line?.getCell(x, cell)) continue;
					seen += String.fromCharCode(
						cell.getFgColor() & 0xffff,
						cell.getBgColor() & 0xffff,
						(cell.isInverse() ? 1 : 0) | (cell.isBold() ? 2 : 0) | (cell.isUnderline() ? 4 : 0),
					);
				}
			}
			return seen;
		},
		/** Asks it to quit, then makes it. */
		async close() {
			const within = (milliseconds: number) => Promise.race([exit, sleep(milliseconds)]);
			write(program.quit);
			await within(program.isOneShot ? 0 : 300);
			for (const signal of ['SIGTERM', 'SIGKILL']) {
				if (hasExited) break;
				child.kill(signal);
				await within(700);
			}
			terminal.dispose();
		},
	};
}
