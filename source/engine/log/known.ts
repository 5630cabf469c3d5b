// Which lines of a container were taken already: what is read again over the border of two reads is told once.
import type { LogLine } from '../../model/items.ts';
import { compareStamps, millisecondsOf, nanosInMonth } from '../stamp.ts';

/** Lines whose equals are looked for, and characters of them: lines may be a megabyte long. */
const most = 16_384;
const mostCharacters = 4 << 20;
/** So many places may a line be out of order. */
const near = 16;

/** Of a log that is rotated, stamps of lines that may come once more: a file of 100 MB has about as many. */
const mostStamps = 1 << 20;

/** Milliseconds that stamps of stdout and stderr may be out of order, and that two reads overlap. */
const overlap = 5;

const keyOf = ({ stamp, source, text }: LogLine): string => `${stamp}${source}${text}`;

/** What is counted off once for each time it was there. */
export function countOff(lines: readonly LogLine[]) {
	const counts = new Map<string, number>();
	for (const line of lines) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
	return (line: LogLine): boolean => {
		if (counts.size === 0) return false;
		const key = keyOf(line);
		const count = counts.get(key) ?? 0;
		if (count === 0) return false;
		if (count === 1) counts.delete(key);
		else counts.set(key, count - 1);
		return true;
	};
}

/** A moment as the engine takes it, a little before or after a stamp. */
export const before = (stamp: string): number => Math.floor(millisecondsOf(stamp)) - overlap;
export const after = (stamp: string): number => Math.ceil(millisecondsOf(stamp)) + overlap;

/** Two lines of the same nanosecond with the same text are one; of coarser clocks they may well be two. */
const isFine = ({ stamp }: LogLine): boolean => stamp.length === 30 && !stamp.endsWith('000Z');

const lengthOf = (lines: readonly LogLine[]) => lines.reduce((sum, { text }) => sum + text.length, 0);

/** As many as may be kept, one at least. */
function newest(lines: readonly LogLine[]): LogLine[] {
	let first = lines.length - 1;
	let characters = lines[first]?.text.length ?? 0;
	while (first > Math.max(0, lines.length - most) && characters < mostCharacters)
		characters += lines[--first]?.text.length ?? 0;
	return lines.slice(first);
}

/** Where in a list, ascending but for neighbours, a number would be. */
function placeOf(length: number, isBelow: (index: number) => boolean): number {
	let [low, high] = [0, length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (isBelow(middle)) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Many of them, in little room. */
function manyStamps() {
	let older: number[] = [];
	let newer: number[] = [];
	const isIn = (stamps: readonly number[], stamp: number) => {
		const place = placeOf(stamps.length, (index) => (stamps[index] as number) < stamp);
		return stamps.slice(Math.max(0, place - near), place + near).includes(stamp);
	};
	return {
		add(stamp: string): void {
			if (newer.length === mostStamps / 2) {
				older = newer;
				newer = [];
			}
			newer.push(nanosInMonth(stamp));
		},
		has: (stamp: string): boolean => isIn(newer, nanosInMonth(stamp)) || isIn(older, nanosInMonth(stamp)),
	};
}

export function knownLines(taken: readonly LogLine[] = [], isRotated = false) {
	const stamps = isRotated ? manyStamps() : undefined;
	let recent = taken.slice(-most);
	let characters = lengthOf(recent);
	let last = recent.reduce((newest, { stamp }) => (compareStamps(stamp, newest) > 0 ? stamp : newest), '');
	let isCountedOff: ((line: LogLine) => boolean) | undefined;
	let resumedAt = '';
	let floor = '';
	/** Its clock counts nanoseconds, as one of its stamps shows. */
	let isExact = recent.some(isFine);

	/** After a rotation dockerd 20.10 sends the last few lines once more, and sometimes the whole file. */
	function isRepeated(line: LogLine): boolean {
		if (!isExact) return false;
		if (stamps && line.stamp < (recent[0]?.stamp ?? '')) return stamps.has(line.stamp);
		const place = placeOf(recent.length, (index) => (recent[index] as LogLine).stamp < line.stamp);
		return recent
			.slice(Math.max(0, place - near), place + near)
			.some(
				({ stamp, source, text }) => stamp === line.stamp && source === line.source && text === line.text,
			);
	}

	return {
		/** Of all texts that are kept. */
		get characters() {
			return characters;
		},
		/** The newest stamp; empty before the first line. */
		get last() {
			return last;
		},
		/** From here on lines are read again that were taken already. The moment to read them from, if there is one. */
		resume(): number | undefined {
			if (last === '') return undefined;
			const since = before(last);
			const overlapping = recent.filter(({ stamp }) => millisecondsOf(stamp) >= since);
			isCountedOff = countOff(overlapping);
			resumedAt = last;
			floor = recent[0]?.stamp ?? '';
			return since;
		},
		/** True: it is new. */
		take(line: LogLine): boolean {
			if (isCountedOff) {
				// What is older than all of them was not wanted then, either.
				if (isCountedOff(line) || compareStamps(line.stamp, floor) < 0) return false;
				if (compareStamps(line.stamp, resumedAt) > 0) isCountedOff = undefined;
			}
			if (line.stamp <= last && isRepeated(line)) return false;
			if (line.stamp > last) last = line.stamp;
			isExact ||= isFine(line);
			stamps?.add(line.stamp);
			recent.push(line);
			characters += line.text.length;
			if (recent.length > most * 2 || characters > mostCharacters * 2) {
				recent = newest(recent);
				characters = lengthOf(recent);
			}
			return true;
		},
	};
}

export type KnownLines = ReturnType<typeof knownLines>;
