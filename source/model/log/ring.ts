// The lines of a log in pieces that never change: adding to fifty thousand of them costs no more than adding to ten.
import type { LogLine } from '../items.ts';

export type LogRing = {
	readonly chunks: readonly (readonly LogLine[])[];
	readonly length: number;
	/** Of all texts together. */
	readonly characters: number;
	/** Lines that fell out of the front: a line's number, counted from the first one ever, stays what it is. */
	readonly dropped: number;
};

export const emptyRing: LogRing = { chunks: [], length: 0, characters: 0, dropped: 0 };

/** Lines that a log begins with, where there are as many. */
export const firstLines = 1000;
export const mostLines = 50_000;
/** Lines may be a megabyte long. */
export const mostCharacters = 32 << 20;

/** A chunk that is shorter takes in what comes next, and what is far longer is more than one. */
const chunkLength = 512;
const longestChunk = 4 * chunkLength;
/** Chunks go as a whole: they must not be too much of all there is. */
const chunkCharacters = 1 << 20;

const lengthOf = (lines: readonly LogLine[]) => lines.reduce((sum, { text }) => sum + text.length, 0);

const pieces = (lines: readonly LogLine[]): (readonly LogLine[])[] =>
	lines.length <= longestChunk
		? [lines]
		: Array.from({ length: Math.ceil(lines.length / longestChunk) }, (_, index) =>
				lines.slice(index * longestChunk, (index + 1) * longestChunk),
			);

const grown = (ring: LogRing, lines: readonly LogLine[]): LogRing => {
	const last = ring.chunks.at(-1);
	const isSmall =
		last !== undefined &&
		last.length + lines.length <= chunkLength &&
		lengthOf(last) + lengthOf(lines) <= chunkCharacters;
	const chunks = isSmall ? ring.chunks.with(-1, [...last, ...lines]) : [...ring.chunks, ...pieces(lines)];
	return {
		...ring,
		chunks,
		length: ring.length + lines.length,
		characters: ring.characters + lengthOf(lines),
	};
};

/** By whole chunks: a little less than the most may be kept. */
const trimmed = (ring: LogRing): LogRing => {
	let { length, characters, dropped } = ring;
	let first = 0;
	while (first < ring.chunks.length - 1 && (length > mostLines || characters > mostCharacters)) {
		const chunk = ring.chunks[first] ?? [];
		length -= chunk.length;
		characters -= lengthOf(chunk);
		dropped += chunk.length;
		first++;
	}
	return first === 0 ? ring : { chunks: ring.chunks.slice(first), length, characters, dropped };
};

export const appended = (ring: LogRing, lines: readonly LogLine[]): LogRing =>
	lines.length === 0 ? ring : trimmed(grown(ring, lines));

/**
 * Lines from before the first one; `dropped` goes back by as many. Where that makes too many, the newest go: who reads
 * there looks the other way.
 */
export const prepended = (ring: LogRing, lines: readonly LogLine[]): LogRing => {
	const chunks = lines.length ? [...pieces(lines), ...ring.chunks] : ring.chunks;
	let length = ring.length + lines.length;
	let characters = ring.characters + lengthOf(lines);
	let end = chunks.length;
	while (end > 1 && (length > mostLines || characters > mostCharacters)) {
		const chunk = chunks[--end] ?? [];
		length -= chunk.length;
		characters -= lengthOf(chunk);
	}
	return { chunks: chunks.slice(0, end), length, characters, dropped: ring.dropped - lines.length };
};

/** Which chunk has a line, and where in it; chunk -1 has none. */
const placeOf = (ring: LogRing, number: number): { chunk: number; index: number } => {
	const index = number - ring.dropped;
	if (index < 0 || index >= ring.length) return { chunk: -1, index: 0 };
	// From the end, where people look.
	let chunk = ring.chunks.length - 1;
	let before = ring.length;
	for (; chunk >= 0; chunk--) {
		before -= ring.chunks[chunk]?.length ?? 0;
		if (index >= before) break;
	}
	return { chunk, index: index - before };
};

/** By its number, counted from the first line ever. */
export const lineAt = (ring: LogRing, number: number): LogLine | undefined => {
	const { chunk, index } = placeOf(ring, number);
	return ring.chunks[chunk]?.[index];
};

/** All of them with their numbers, from the newest to the oldest, or the other way round. */
export function* linesOf(
	ring: LogRing,
	{ from = ring.dropped + ring.length - 1, isBackwards = true } = {},
): Generator<readonly [number, LogLine]> {
	const step = isBackwards ? -1 : 1;
	let number = from;
	let { chunk, index } = placeOf(ring, number);
	while (ring.chunks[chunk]) {
		const lines = ring.chunks[chunk] ?? [];
		for (let line = lines[index]; line; line = lines[index]) {
			yield [number, line];
			number += step;
			index += step;
		}
		chunk += step;
		index = isBackwards ? (ring.chunks[chunk]?.length ?? 0) - 1 : 0;
	}
}
