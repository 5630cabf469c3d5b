// What the steps of one build print, whole: the newest lines in memory, all that is older in a file for each step.
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Lines of a step that stay in memory; a line is cut at so many characters. */
const kept = 500;
const longest = 10_000;
/** The file's place is remembered for every so many lines. */
const stride = 256;

type Spilled = { readonly descriptor: number; bytes: number; lines: number; readonly places: number[] };

type StepLog = {
	/** The newest; the last one may still grow. */
	lines: string[];
	isOpen: boolean;
	spilled?: Spilled;
};

export type BuildLog = {
	append(step: string, text: string): void;
	/** How many lines it printed. */
	count(step: string): number;
	tail(step: string, most: number): readonly string[];
	/** From a line on, counted from 0. */
	read(step: string, from: number, most: number): string[];
	/** Removes the files. */
	close(): void;
};

/** Where the carriage returns at its end begin. */
const endOf = (line: string): number => {
	let end = line.length;
	while (line[end - 1] === '\r') end--;
	return end;
};

/** What a terminal would show of a line that was written over. */
const shown = (line: string): string => {
	const end = endOf(line);
	const from = end === 0 ? 0 : line.lastIndexOf('\r', end - 1) + 1;
	return line.slice(from, Math.min(end, from + longest));
};

/** The same of one that may go on: it is known whether the next letter writes over it. */
const growing = (line: string): string => (line.endsWith('\r') ? `${shown(line)}\r` : shown(line));

/** `folder` is where temporary files belong. */
export const openLog = (folder: string): BuildLog => {
	const logs = new Map<string, StepLog>();
	let place: string | undefined;
	let files = 0;
	let isClosed = false;

	const fileFor = (): Spilled => {
		place ??= mkdtempSync(join(folder, 'portside-build-'));
		const descriptor = openSync(join(place, `${++files}.log`), 'wx+', 0o600);
		return { descriptor, bytes: 0, lines: 0, places: [] };
	};
	const spill = (log: StepLog): void => {
		const lines = log.lines.splice(0, log.lines.length - kept);
		try {
			log.spilled ??= fileFor();
			write(log.spilled, lines);
		} catch {
			// No room for files: the oldest lines are forgotten, and the newest stay.
		}
	};
	const write = (spilled: Spilled, lines: readonly string[]): void => {
		const bytes = Buffer.from(`${lines.join('\n')}\n`);
		writeSync(spilled.descriptor, bytes, 0, bytes.length, spilled.bytes);
		let at = spilled.bytes;
		for (const [index, line] of lines.entries()) {
			if ((spilled.lines + index) % stride === 0) spilled.places.push(at);
			at += Buffer.byteLength(line) + 1;
		}
		spilled.lines += lines.length;
		spilled.bytes = at;
	};
	const old = ({ descriptor, bytes, places }: Spilled, from: number, most: number): string[] => {
		const first = Math.floor(from / stride);
		const last = Math.floor((from + most) / stride) + 1;
		const start = places[first] ?? 0;
		const buffer = Buffer.alloc((places[last] ?? bytes) - start);
		readSync(descriptor, buffer, 0, buffer.length, start);
		return buffer
			.toString()
			.split('\n')
			.slice(from - first * stride, from - first * stride + most);
	};
	const count = (step: string): number => {
		const log = logs.get(step);
		return log ? (log.spilled?.lines ?? 0) + log.lines.length : 0;
	};

	return {
		append: (step, text) => {
			// A build that was cancelled still has its last words.
			if (isClosed) return;
			const log = logs.get(step) ?? { lines: [], isOpen: false };
			logs.set(step, log);
			const pieces = text.split('\n');
			const rest = pieces.pop() ?? '';
			for (const piece of pieces) {
				if (log.isOpen) log.lines.push(shown((log.lines.pop() ?? '') + piece));
				else log.lines.push(shown(piece));
				log.isOpen = false;
			}
			if (rest !== '') {
				log.lines.push(growing(`${log.isOpen ? (log.lines.pop() ?? '') : ''}${rest}`));
				log.isOpen = true;
			}
			if (log.lines.length > kept * 4) spill(log);
		},
		count,
		tail: (step, most) => logs.get(step)?.lines.slice(-most).map(shown) ?? [],
		read: (step, from, most) => {
			const log = logs.get(step);
			if (!log) return [];
			const older = log.spilled?.lines ?? 0;
			const end = Math.min(count(step), from + most);
			const lines = log.spilled && from < older ? old(log.spilled, from, Math.min(end, older) - from) : [];
			return [...lines, ...log.lines.slice(Math.max(0, from - older), Math.max(0, end - older)).map(shown)];
		},
		close: () => {
			isClosed = true;
			for (const { spilled } of logs.values()) if (spilled) closeSync(spilled.descriptor);
			logs.clear();
			if (place !== undefined) rmSync(place, { recursive: true, force: true });
		},
	};
};
