// The log on screen, followed: one container's, or those of several as one stream in the order of the engine's stamps.
import type { FollowEvent } from '../model/event.ts';
import type { LogLine } from '../model/items.ts';
import type { Log, LogRange } from '../model/log.ts';
import { mostLines } from '../model/log-ring.ts';
import type { Streams } from './contract.ts';
import { compareOrEmpty, cutAlike, type Taken, takenOf } from './log-beginning.ts';
import { byStamp, named } from './log-pages.ts';
import { type Followed, followLog, type LogStream } from './log-stream.ts';
import { compareStamps } from './stamp.ts';

/** Log lines are told this often, in milliseconds: a frame shows what matters of thousands. */
const interval = 33;
/** Milliseconds after which an empty log is told, too. */
const patience = 60;
/** What two containers print at the same time arrives within so many milliseconds. */
const reorderWindow = 100;
/** With several, the first lines of all are waited for, but not longer than this. */
const openingPatience = 300;

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

export function followLogs(
	engine: Pick<Streams, 'logs'>,
	wish: LogWish,
	send: (event: FollowEvent) => void,
): LogFollow {
	const { id, range } = wish;
	const streams = new Map<string, LogStream>();
	let containers = wish.containers;
	/** The id of one is its own, and stays a log of one. */
	const isOne = id === containers[0]?.id;
	const queues = new Map<string, LogLine[]>();
	const ends = new Map<string, FollowEvent>();
	const ids = (): string[] => containers.map(({ id }) => id);
	const silent = new Set(ids());
	const began = performance.now();
	let timer: NodeJS.Timeout | undefined;
	let isTold = false;
	let isStopped = false;
	let isFirst = wish.log === undefined;
	/** When the lines came that were waiting at the last look. */
	let seen: { at: number; stamp: string }[] = [];

	function open(): void {
		if (isTold) return;
		isTold = true;
		if (isFirst) send({ type: 'log-opened', id, ids: ids() });
		else send({ type: 'log-joined', id, ids: ids(), reopened: ids() });
	}

	/** The lines that are ripe: nothing older will come any more from another container. */
	function ripe(): LogLine[] {
		if (isOne) {
			const lines = queues.get(id) ?? [];
			queues.set(id, []);
			return lines;
		}
		const now = performance.now();
		let newest = '';
		for (const lines of queues.values()) {
			const stamp = lines.at(-1)?.stamp ?? '';
			if (compareOrEmpty(stamp, newest) > 0) newest = stamp;
		}
		seen.push({ at: now, stamp: newest });
		const old = seen.filter(({ at }) => now - at >= reorderWindow);
		const limit = old.at(-1)?.stamp;
		if (limit === undefined) return [];
		seen = seen.filter(({ at }) => now - at < reorderWindow);
		const lines: LogLine[] = [];
		for (const [container, queue] of queues) {
			let count = 0;
			while (count < queue.length && compareStamps(queue[count]?.stamp ?? '', limit) <= 0) count++;
			lines.push(...named(queue.slice(0, count), container, false));
			queues.set(container, queue.slice(count));
		}
		return lines.sort(byStamp);
	}

	/** Of those whose last lines were told. */
	function sayEnds(): void {
		for (const [container, end] of ends) {
			if (queues.get(container)?.length) continue;
			ends.delete(container);
			send(end);
		}
	}

	function flush(): void {
		timer = undefined;
		if (isStopped) return;
		const isOpening = !isTold && !isOne && silent.size > 0 && performance.now() - began < openingPatience;
		if (!isOpening) {
			if (!isTold && !isOne && isFirst) cutAlike(queues);
			const lines = ripe();
			const hasMore = [...queues.values()].some(({ length }) => length > 0);
			if (isOne || lines.length > 0 || !hasMore) open();
			if (lines.length > 0) send({ type: 'logged', id, lines });
			if (isTold) sayEnds();
			if (!hasMore && isTold) return;
		}
		timer = setTimeout(flush, interval);
	}

	function start(followed: Followed, { lines, since }: Taken = {}): void {
		const { id: container } = followed;
		queues.set(container, []);
		const options = { followed, range: since === undefined ? range : { ...range, since } };
		streams.set(
			container,
			followLog(engine, options, lines, {
				onLines(lines) {
					silent.delete(container);
					const queue = queues.get(container);
					if (!queue || isStopped) return;
					for (const line of lines) queue.push(line);
					// The first lines appear together with their log, in one frame.
					if (!isTold && isOne) {
						clearTimeout(timer);
						timer = setTimeout(flush, 0);
					}
					if (queue.length > mostLines && isOne) {
						clearTimeout(timer);
						flush();
					}
					timer ??= setTimeout(flush, interval);
				},
				onEnd(failure) {
					silent.delete(container);
					const end = { type: 'log-ended' as const, id, container };
					ends.set(container, failure === undefined ? end : { ...end, failure });
					timer ??= setTimeout(flush, isTold ? 0 : interval);
				},
				onReopen() {
					ends.delete(container);
					send({ type: 'log-joined', id, ids: ids(), reopened: [container] });
				},
				onLeap() {
					if (!isOne) return false;
					isTold = false;
					isFirst = true;
					queues.set(container, []);
					return true;
				},
			}),
		);
	}

	const taken = wish.log && takenOf(wish.log, ids(), isOne);
	for (const followed of containers) start(followed, taken?.get(followed.id));
	timer ??= setTimeout(flush, patience);

	return {
		update(next) {
			const before = ids().join(' ');
			containers = next;
			const wantedIds = new Set(ids());
			for (const [container, stream] of streams) {
				if (wantedIds.has(container)) continue;
				stream.stop();
				streams.delete(container);
				queues.delete(container);
			}
			if (isTold && ids().join(' ') !== before) send({ type: 'log-joined', id, ids: ids(), reopened: [] });
			for (const followed of containers) {
				const stream = streams.get(followed.id);
				if (stream) stream.told(followed);
				else start(followed);
			}
		},
		isTold: () => isTold,
		stop() {
			isStopped = true;
			clearTimeout(timer);
			for (const stream of streams.values()) stream.stop();
		},
	};
}
