// Where a log begins: at the newest lines of all its containers, or behind those that are in memory.
import type { LogLine } from '../../model/items.ts';
import type { Log } from '../../model/log/log.ts';
import { firstLines, linesOf } from '../../model/log/ring.ts';
import { compareStamps } from '../stamp.ts';

/** The empty one is before all others. */
export const compareOrEmpty = (one: string, other: string): number =>
	other === '' ? one.length : one === '' ? -1 : compareStamps(one, other);

/** Of a container with more lines than it began with, what is older is read later: so must that of the others. */
export function cutAlike(members: readonly { queue: LogLine[] }[]): void {
	let start = '';
	for (const { queue } of members) {
		const stamp = queue.length >= firstLines ? (queue[0]?.stamp ?? '') : '';
		if (compareOrEmpty(stamp, start) > 0) start = stamp;
	}
	if (start === '') return;
	for (const member of members)
		member.queue = member.queue.filter(({ stamp }) => compareStamps(stamp, start) >= 0);
}

/** Lines that are in memory, oldest first; or, where there are none, the moment from which there may be some. */
export type Taken = { readonly lines?: readonly LogLine[]; readonly since?: string };

export function takenOf({ ring }: Log, ids: readonly string[], isOne: boolean): Map<string, Taken> {
	const taken = new Map<string, LogLine[]>(ids.map((id) => [id, []]));
	let since: string | undefined;
	for (const [, line] of linesOf(ring)) {
		if (line.note !== undefined || line.stamp === '') continue;
		since ??= line.stamp;
		const lines = taken.get(isOne ? (ids[0] ?? '') : (line.container ?? ''));
		if (lines && lines.length < 4096) lines.push(line);
		if (isOne && lines?.length === 4096) break;
	}
	const wishes = [...taken].map(([id, lines]): [string, Taken] => [
		id,
		lines.length > 0 ? { lines: lines.reverse() } : since === undefined ? {} : { since },
	]);
	return new Map(wishes);
}
