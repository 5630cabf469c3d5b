// Lines of a log from before the first one in memory, or from behind the last one, a page at a time.
import type { LogLine } from '../../model/items.ts';
import { type LogRange, olderLines } from '../../model/log/log.ts';
import { type LogRing, linesOf, mostCharacters } from '../../model/log/ring.ts';
import type { Streams } from '../contract.ts';
import { compareStamps, millisecondsOf } from '../stamp.ts';
import { after, before, countOff } from './known.ts';

export type LogMember = { readonly id: string; readonly tty: boolean };

export type PageWish = {
	readonly members: readonly LogMember[];
	readonly ring: LogRing;
	readonly range: LogRange;
};

export type Page = { readonly lines: readonly LogLine[]; readonly isAll: boolean };

type Reader = Pick<Streams, 'logs'>;

/** Lines that are read behind the last one at once. */
const newerLines = 1000;
/** A page has no more than so many characters: lines may be a megabyte long. */
const pageCharacters = mostCharacters / 4;

/** The newest of them that make a page. */
const pageOf = (lines: readonly LogLine[], most = olderLines): LogLine[] => {
	let first = lines.length;
	let characters = 0;
	while (first > 0 && lines.length - first < most) {
		characters += lines[first - 1]?.text.length ?? 0;
		if (characters > pageCharacters && first < lines.length) break;
		first--;
	}
	return lines.slice(first);
};

/** `tail` counts from the end, whatever `until` is: so many lines from there are tried one after the other. */
const tails = (first: number): (number | 'all')[] => [first, first * 4, first * 16, first * 64, 'all'];

/** Whose lines they are matters only where there are several. */
export const named = (lines: LogLine[], id: string, isOne: boolean): LogLine[] =>
	isOne ? lines : lines.map((line) => ({ ...line, container: id }));

export const byStamp = (one: LogLine, other: LogLine): number => compareStamps(one.stamp, other.stamp);

const isOf = (line: LogLine, id: string): boolean =>
	line.note === undefined && (line.container === undefined || line.container === id);

/** From one end of those in memory, as far as a stamp. */
const atBorder = (ring: LogRing, id: string, isBackwards: boolean, passes: (line: LogLine) => boolean) => {
	const found: LogLine[] = [];
	let past = 0;
	for (const [, line] of linesOf(ring, isBackwards ? {} : { from: ring.dropped, isBackwards })) {
		if (!isOf(line, id)) continue;
		if (passes(line)) found.push(line);
		else if (++past > 64) break;
	}
	return found;
};

const firstStamp = (ring: LogRing, isBackwards: boolean): string | undefined => {
	for (const [, line] of linesOf(ring, isBackwards ? {} : { from: ring.dropped, isBackwards }))
		if (line.note === undefined && line.stamp !== '') return line.stamp;
	return undefined;
};

/** The newest ones that are older than the first in memory. */
export async function readOlder(
	engine: Reader,
	{ members, ring, range }: PageWish,
	signal: AbortSignal,
): Promise<Page> {
	const first = firstStamp(ring, false);
	if (first === undefined) return { lines: [], isAll: true };
	const until = after(first);
	const isOne = members.length === 1;
	const pages = await Promise.all(
		members.map(async ({ id, tty }) => {
			const known = atBorder(ring, id, false, ({ stamp }) => millisecondsOf(stamp) <= until);
			let count = -1;
			for (const tail of tails(ring.length + 2 * olderLines)) {
				let lines: LogLine[] = [];
				let seen = 0;
				let characters = 0;
				let isCut = false;
				const options = { tail, until, follow: false, tty, ...(range.since ? { since: range.since } : {}) };
				await engine.logs(id, options, signal, (batch) => {
					seen += batch.length;
					lines = lines.concat(batch);
					for (const { text } of batch) characters += text.length;
					if (lines.length <= 2 * olderLines && characters <= 2 * pageCharacters) return;
					const page = pageOf(lines, olderLines + known.length);
					isCut ||= page.length < lines.length;
					lines = page;
					characters = lines.reduce((sum, { text }) => sum + text.length, 0);
				});
				const isKnown = countOff(known);
				lines = lines.filter((line) => !isKnown(line) && compareStamps(line.stamp, first) <= 0);
				// Asked for more, the engine has no more.
				const isAll = tail === 'all' || (seen > 0 && seen === count);
				count = seen;
				const page = pageOf(lines);
				isCut ||= page.length < lines.length;
				if (isAll || isCut || page.length >= olderLines || signal.aborted)
					return { lines: named(page, id, isOne), isAll: !isCut && page.length < olderLines };
			}
			return { lines: [], isAll: true };
		}),
	);
	// Of a container with more than a page, what is older comes with a later page: so must that of the others.
	const starts = pages.flatMap(({ lines, isAll }) => (isAll ? [] : (lines[0]?.stamp ?? [])));
	const start = starts.reduce((newest, stamp) => (compareStamps(stamp, newest) > 0 ? stamp : newest), '');
	const lines = pages.flatMap(({ lines }) => lines).filter(({ stamp }) => compareStamps(stamp, start) >= 0);
	if (!isOne) lines.sort(byStamp);
	return { lines, isAll: pages.every(({ isAll }) => isAll) };
}

/** The oldest ones that are newer than the last in memory. */
export async function readNewer(
	engine: Reader,
	{ members, ring, range }: PageWish,
	signal: AbortSignal,
): Promise<Page> {
	const last = firstStamp(ring, true);
	if (last === undefined) return { lines: [], isAll: true };
	const since = before(last);
	const isOne = members.length === 1;
	const pages = await Promise.all(
		members.map(async ({ id, tty }) => {
			const known = atBorder(ring, id, true, ({ stamp }) => millisecondsOf(stamp) >= since);
			for (const tail of tails(20_000)) {
				const isKnown = countOff(known);
				let lines: LogLine[] = [];
				let isCovered: boolean | undefined;
				const enough = new AbortController();
				const stop = AbortSignal.any([signal, enough.signal]);
				const options = { tail, since, follow: false, tty, ...(range.until ? { until: range.until } : {}) };
				await engine.logs(id, options, stop, (batch) => {
					for (const line of batch) {
						const isOld = isKnown(line);
						isCovered ??= isOld || known.length === 0;
						if (!isOld && compareStamps(line.stamp, last) >= 0) lines.push(line);
					}
					if (lines.length > newerLines || !isCovered) enough.abort();
				});
				if (isCovered === false && tail !== 'all' && !signal.aborted) continue;
				const isAll = lines.length <= newerLines;
				lines = lines.slice(0, newerLines);
				return { lines: named(lines, id, isOne), isAll };
			}
			return { lines: [], isAll: true };
		}),
	);
	const ends = pages.flatMap(({ lines, isAll }) => (isAll ? [] : (lines.at(-1)?.stamp ?? [])));
	const end = ends.reduce(
		(oldest, stamp) => (compareStamps(stamp, oldest) < 0 ? stamp : oldest),
		ends[0] ?? '',
	);
	const lines = pages
		.flatMap(({ lines }) => lines)
		.filter(({ stamp }) => end === '' || compareStamps(stamp, end) <= 0);
	if (!isOne) lines.sort(byStamp);
	return { lines, isAll: pages.every(({ isAll }) => isAll) };
}
