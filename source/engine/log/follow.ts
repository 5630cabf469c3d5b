// The log on screen, followed: one container's, or those of several as one stream in the order of the engine's stamps.
import type { FollowEvent } from '../../model/event.ts';
import type { LogLine } from '../../model/items.ts';
import type { Log, LogRange } from '../../model/log/log.ts';
import { firstLines, mostLines } from '../../model/log/ring.ts';
import type { Streams } from '../contract.ts';
import { compareStamps } from '../stamp.ts';
import { compareOrEmpty, cutAlike, type Taken, takenOf } from './beginning.ts';
import { noteLine } from './gaps.ts';
import { byStamp, named } from './pages.ts';
import { type Followed, followLog, type LogStream } from './stream.ts';

/** Log lines are told this often, in milliseconds: a frame shows what matters of thousands. */
const interval = 33;
/** Milliseconds after which an empty log is told, too. */
const patience = 60;
/** What two containers print at the same time arrives within so many milliseconds. */
const reorderWindow = 100;
/** With several, the first lines of all are waited for, but not longer than this. */
const openingPatience = 300;
/** Milliseconds after which an end is news: those who had ended before end at once. */
const longEnough = 500;

export type LogWish = {
	/** The log's, as in `model/log`. */
	readonly id: string;
	readonly range: LogRange;
	readonly containers: readonly Followed[];
	/** It is gone on with; absent: it begins anew. */
	readonly log?: Log;
};

export type LogFollow = {
	update(containers: readonly Followed[]): void;
	/** Its first event is out. */
	isTold(): boolean;
	stop(): void;
};

/** A container in the stream. */
type Member = {
	stream?: LogStream;
	/** Lines that wait for older ones of others. */
	queue: LogLine[];
	/** Said when its last lines were. */
	end?: FollowEvent;
	/** Nothing was heard of it yet. */
	isSilent: boolean;
	/** Gone from the engine, but not yet from here: who is removed as it ends has last words, too. */
	isLeaving: boolean;
	last?: LogLine;
	openedAt: number;
};

export function followLogs(
	engine: Pick<Streams, 'logs'>,
	wish: LogWish,
	send: (event: FollowEvent) => void,
): LogFollow {
	const { id, range } = wish;
	const members = new Map<string, Member>();
	let containers = wish.containers;
	/** The id of one is its own, and stays a log of one. */
	const isOne = id === containers[0]?.id;
	const ids = (): string[] => containers.map(({ id }) => id);
	const began = performance.now();
	let timer: NodeJS.Timeout | undefined;
	let isTold = false;
	let isStopped = false;
	let isFirst = wish.log === undefined;
	/** It goes on far behind what was told before. */
	let hasLeapt = false;
	/** The newest stamp of all, and what it was at the last looks. */
	let newest = '';
	let seen: { at: number; stamp: string }[] = [];

	/** Fewer lines than were asked for: as far as that can be said while they come. */
	const isShort = () =>
		isOne && !hasLeapt && range.since === undefined && (members.get(id)?.queue.length ?? 0) < firstLines;

	function open(): void {
		if (isTold) return;
		isTold = true;
		if (isFirst) send({ type: 'log-opened', id, ids: ids(), hasOlder: !isShort() });
		else send({ type: 'log-joined', id, ids: ids(), reopened: ids() });
	}

	/** The lines that are ripe: nothing older will come any more from another container. */
	function ripe(): LogLine[] {
		const [only] = members.values();
		if (isOne && only) {
			const { queue } = only;
			only.queue = [];
			return queue;
		}
		const lines: LogLine[] = [];
		const now = performance.now();
		seen.push({ at: now, stamp: newest });
		const limit = seen.findLast(({ at }) => now - at >= reorderWindow)?.stamp;
		if (limit === undefined) return [];
		seen = seen.filter(({ at }) => now - at < reorderWindow);
		for (const [container, member] of members) {
			const { queue } = member;
			let count = 0;
			while (count < queue.length && compareStamps(queue[count]?.stamp ?? '', limit) <= 0) count++;
			lines.push(...named(queue.slice(0, count), container, false));
			member.queue = queue.slice(count);
		}
		return lines.sort(byStamp);
	}

	/** Of those whose last lines were told. */
	function sayEnds(): void {
		for (const [container, member] of members) {
			const { end, last, queue, openedAt } = member;
			if (!end || queue.length > 0) continue;
			delete member.end;
			if (!isOne && last && performance.now() - openedAt > longEnough)
				send({ type: 'logged', id, lines: named([noteLine(last, 'It ended.')], container, false) });
			if (member.isLeaving) members.delete(container);
			else send(end);
		}
	}

	function flush(): void {
		timer = undefined;
		if (isStopped) return;
		const all = [...members.values()];
		const isAwaited = !isTold && !isOne && all.some(({ isSilent }) => isSilent);
		if (!isAwaited || performance.now() - began >= openingPatience) {
			if (!isTold && !isOne && isFirst) cutAlike(all);
			const lines = ripe();
			const hasMore = all.some(({ queue }) => queue.length > 0);
			if (isOne || lines.length > 0 || !hasMore) open();
			if (lines.length > 0) send({ type: 'logged', id, lines });
			if (isTold) sayEnds();
			if (!hasMore && isTold) return;
		}
		timer = setTimeout(flush, interval);
	}

	function start(followed: Followed, { lines, since }: Taken = {}): void {
		const { id: container } = followed;
		const options = { followed, range: since === undefined ? range : { ...range, since } };
		const member: Member = { queue: [], isSilent: true, isLeaving: false, openedAt: performance.now() };
		members.set(container, member);
		member.stream = followLog(engine, options, lines, {
			onLines(lines) {
				if (isStopped) return;
				member.isSilent = false;
				for (const line of lines) {
					member.queue.push(line);
					// Not only of the last one: two that are printed at the same time may be the wrong way round.
					if (!isOne && compareOrEmpty(line.stamp, newest) > 0) newest = line.stamp;
				}
				const last = lines.at(-1);
				if (last) member.last = last;
				// The first lines appear together with their log, in one frame.
				if (!isTold && isOne) {
					clearTimeout(timer);
					timer = setTimeout(flush, 0);
				}
				if (member.queue.length > mostLines && isOne) {
					clearTimeout(timer);
					flush();
				}
				timer ??= setTimeout(flush, interval);
			},
			onEnd(failure) {
				member.isSilent = false;
				const end = { type: 'log-ended' as const, id, container };
				member.end = failure === undefined ? end : { ...end, failure };
				timer ??= setTimeout(flush, isTold ? 0 : interval);
			},
			onReopen() {
				delete member.end;
				member.openedAt = performance.now();
				send({ type: 'log-joined', id, ids: ids(), reopened: [container] });
			},
			onLeap() {
				if (!isOne) return false;
				isTold = false;
				isFirst = true;
				hasLeapt = true;
				member.queue = [];
				return true;
			},
		});
	}

	const taken = wish.log && takenOf(wish.log, ids(), isOne);
	for (const followed of containers) start(followed, taken?.get(followed.id));
	timer ??= setTimeout(flush, patience);

	return {
		update(next) {
			const before = ids().join(' ');
			containers = next;
			const wanted = ids();
			for (const [container, member] of members) member.isLeaving = !wanted.includes(container);
			if (isTold && wanted.join(' ') !== before) send({ type: 'log-joined', id, ids: wanted, reopened: [] });
			for (const followed of containers) {
				const member = members.get(followed.id);
				if (member) member.stream?.told(followed);
				else start(followed);
			}
		},
		isTold: () => isTold,
		stop() {
			isStopped = true;
			clearTimeout(timer);
			for (const { stream } of members.values()) stream?.stop();
		},
	};
}
