// What the steps of one build print, whole: the newest lines in memory, all that is older in a file for each step.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { size } from '../model/words.ts';
import { openSpillFile, type SpillFile } from './spill-file.ts';

/** Lines of a step that stay in memory, unless they have more letters than that; a line is cut at so many. */
const kept = 500;
const mostLetters = 1 << 20;
const longest = 10_000;
/** Letters that a line on screen may have, with those that have no width. */
const widest = 2000;
/** Bytes that are kept of a build: a command that never ends would fill the disk. */
const mostOnDisk = 1e9;

type StepLog = {
	/** The newest; the last one may still grow. */
	lines: string[];
	letters: number;
	isOpen: boolean;
	spilled?: SpillFile;
	/** How many lines between the file and the newest are gone. */
	lost: number;
};

export type BuildLog = {
	append(step: string, text: string): void;
	/** How many lines it printed. */
	count(step: string): number;
	/** The newest ones, as much of each as may ever be on screen. */
	tail(step: string, most: number): readonly string[];
	/** From a line on, counted from 0. */
	read(step: string, from: number, most: number): string[];
	/** The lines that are gone, because the file is full: from the one up to the other. */
	gap(step: string): readonly [number, number];
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

/** A piece of a text keeps all of it in memory. */
const alone = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

const brief = (line: string): string => (line.length > widest ? alone(line.slice(0, widest)) : line);

/** `folder` is where temporary files belong. */
export const openLog = (folder: string, most = mostOnDisk): BuildLog => {
	const logs = new Map<string, StepLog>();
	const gone = `(not kept: of all that was printed the first ${size(most)} are, and the newest lines)`;
	let place: string | undefined;
	let files = 0;
	let isClosed = false;
	let left = most;

	const hasRoom = (bytes: number): boolean => {
		if (bytes > left) return false;
		left -= bytes;
		return true;
	};
	const fileFor = (): SpillFile => {
		place ??= mkdtempSync(join(folder, 'portside-build-'));
		return openSpillFile(join(place, `${++files}.log`), hasRoom);
	};
	const spill = (log: StepLog): void => {
		const lines = log.lines.splice(0, log.lines.length - Math.min(kept, log.lines.length >> 1));
		log.letters = log.lines.reduce((sum, line) => sum + line.length, 0);
		try {
			if (log.lost === 0) log.spilled ??= fileFor();
		} catch {
			// No room for files: the newest stay.
		}
		if (log.lost > 0 || !log.spilled?.add(lines)) log.lost += lines.length;
	};
	const older = ({ spilled, lost }: StepLog): number => (spilled?.lines ?? 0) + lost;
	const count = (step: string): number => {
		const log = logs.get(step);
		return log ? older(log) + log.lines.length : 0;
	};
	const read = (step: string, from: number, wanted: number): string[] => {
		const log = logs.get(step);
		if (!log) return [];
		const { spilled, lines } = log;
		const inFile = spilled?.lines ?? 0;
		const newest = older(log);
		const end = Math.min(newest + lines.length, from + wanted);
		const found = from < inFile && spilled ? spilled.read(from, Math.min(end, inFile) - from) : [];
		for (let at = Math.max(from, inFile); at < Math.min(end, newest); at++) found.push(gone);
		return [...found, ...lines.slice(Math.max(0, from - newest), Math.max(0, end - newest)).map(shown)];
	};

	return {
		append: (step, text) => {
			// A build that was cancelled still has its last words.
			if (isClosed) return;
			const log = logs.get(step) ?? { lines: [], letters: 0, isOpen: false, lost: 0 };
			logs.set(step, log);
			const push = (line: string): void => {
				log.lines.push(line.length < longest ? line : alone(line));
				log.letters += line.length;
			};
			/** What it began with, if it has begun. */
			const begun = (): string => {
				const line = (log.isOpen && log.lines.pop()) || '';
				log.letters -= line.length;
				return line;
			};
			const pieces = text.split('\n');
			const rest = pieces.pop() ?? '';
			for (const piece of pieces) {
				push(shown(log.isOpen ? begun() + piece : piece));
				log.isOpen = false;
			}
			if (rest !== '') {
				push(growing(begun() + rest));
				log.isOpen = true;
			}
			if (log.lines.length > kept * 4 || log.letters > mostLetters) spill(log);
		},
		count,
		tail: (step, most) =>
			logs
				.get(step)
				?.lines.slice(-most)
				.map((line) => brief(shown(line))) ?? [],
		read,
		gap: (step) => {
			const log = logs.get(step);
			const from = log?.spilled?.lines ?? 0;
			return [from, from + (log?.lost ?? 0)];
		},
		close: () => {
			isClosed = true;
			for (const { spilled } of logs.values()) spilled?.close();
			logs.clear();
			if (place !== undefined) rmSync(place, { recursive: true, force: true });
		},
	};
};
