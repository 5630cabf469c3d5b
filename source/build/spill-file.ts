// Lines that are no longer in memory, in a file: any of them is found again by a few places that are remembered.
import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Places that are remembered at the most, however much is printed, and the bytes between two of them at first. */
const mostPlaces = 4096;
const firstStride = 16 << 10;

export type SpillFile = {
	/** How many lines it has. */
	readonly lines: number;
	/** False where they do not fit: then none of them is in it. */
	add(lines: readonly string[]): boolean;
	/** From a line on, counted from 0. */
	read(from: number, most: number): string[];
	close(): void;
};

/** `hasRoom` is asked, and told, before so many bytes are written. */
export const openSpillFile = (path: string, hasRoom: (bytes: number) => boolean): SpillFile => {
	const descriptor = openSync(path, 'wx+', 0o600);
	let bytes = 0;
	let count = 0;
	let stride = firstStride;
	/** Numbers of lines, and where in the file these begin. */
	let numbers = [0];
	let starts = [0];

	const remember = (): void => {
		numbers.push(count);
		starts.push(bytes);
		if (numbers.length <= mostPlaces) return;
		numbers = numbers.filter((_, index) => index % 2 === 0);
		starts = starts.filter((_, index) => index % 2 === 0);
		stride *= 2;
	};
	/** Of the last place that is at this line or before it. */
	const placeOf = (line: number): number => {
		let low = 0;
		for (let high = numbers.length; high - low > 1; ) {
			const middle = (low + high) >> 1;
			if ((numbers[middle] ?? 0) <= line) low = middle;
			else high = middle;
		}
		return low;
	};

	return {
		get lines() {
			return count;
		},
		add: (lines) => {
			const written = Buffer.from(`${lines.join('\n')}\n`);
			if (!hasRoom(written.length)) return false;
			try {
				for (let at = 0; at < written.length; )
					at += writeSync(descriptor, written, at, written.length - at, bytes + at);
			} catch {
				// What came into it is written over, or never read.
				return false;
			}
			if (bytes - (starts.at(-1) ?? 0) >= stride) remember();
			count += lines.length;
			bytes += written.length;
			return true;
		},
		read: (from, most) => {
			const first = placeOf(from);
			const start = starts[first] ?? 0;
			const end = starts[placeOf(from + most) + 1] ?? bytes;
			const buffer = Buffer.alloc(end - start);
			readSync(descriptor, buffer, 0, buffer.length, start);
			const before = from - (numbers[first] ?? 0);
			return buffer
				.toString()
				.split('\n', before + Math.min(most, count - from))
				.slice(before);
		},
		close: () => closeSync(descriptor),
	};
};
