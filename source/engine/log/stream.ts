// One container's log, followed for as long as it is wanted: over breaks, restarts and rotations, each line once.
import type { LogLine } from '../../model/items.ts';
import type { LogRange } from '../../model/log/log.ts';
import { firstLines } from '../../model/log/ring.ts';
import type { Streams } from '../contract.ts';
import { EngineError, told } from '../error.ts';
import { sleep } from '../sleep.ts';
import type { LogRotation } from './files.ts';
import { gapWatch, noteLine, rotatedAway } from './gaps.ts';
import { knownLines } from './known.ts';

export type Followed = {
	readonly id: string;
	readonly tty: boolean;
	/** How many times it was seen to start. */
	readonly run: number;
	/** The engine throws old lines of it away. */
	readonly rotation?: LogRotation;
};

export type LogStream = {
	/** It may have been started again. */
	told(followed: Followed): void;
	stop(): void;
};

type Listener = {
	onLines(lines: LogLine[]): void;
	onEnd(failure?: string): void;
	/** After an end. */
	onReopen(): void;
	/** So much was printed that the lines in memory are far behind; what comes begins anew. */
	onLeap(): boolean;
};

/** A stream that breaks is opened again after so many milliseconds, and then after ever more. */
const firstPause = 100;
const mostBreaks = 6;

/** There is no such container, or it is marked for removal. */
const isRemoval = ({ statusCode }: EngineError): boolean => statusCode === 404 || statusCode === 409;

/** Lines that are read at most after a break. */
const mostMissed = 20_000;

export function followLog(
	engine: Pick<Streams, 'logs'>,
	options: { readonly followed: Followed; readonly range: LogRange },
	taken: readonly LogLine[] | undefined,
	listener: Listener,
): LogStream {
	const stop = new AbortController();
	const { signal } = stop;
	const { range } = options;
	let { followed } = options;
	const { id, tty, rotation } = followed;
	const known = knownLines(taken, rotation !== undefined);
	const gaps = rotation && gapWatch(engine, { id, tty, rotation }, signal, listener.onLines, known.take);
	let isOpen = false;
	/** Its next line is the first one since it was started again. */
	let isAgain = false;

	/** One connection, to its end. True: it brought something new. */
	async function read(isFollowing = range.until === undefined): Promise<boolean> {
		const since = known.resume() ?? range.since;
		const isResumed = known.last !== '';
		let isNew = false;
		let isFound: boolean | undefined;
		const tail: number | 'all' = isResumed ? mostMissed : range.since === undefined ? firstLines : 'all';
		const wish = {
			tail,
			follow: isFollowing,
			tty: followed.tty,
			...(since === undefined ? {} : { since }),
			...(range.until === undefined ? {} : { until: range.until }),
		};
		gaps?.reopened();
		await engine.logs(followed.id, wish, signal, (batch) => {
			let lines = batch.filter((line) => {
				const isTaken = !known.take(line);
				isFound ??= isTaken;
				return !isTaken;
			});
			const [first] = lines;
			if (!first) return;
			// What was shown last is not there any more.
			if (isResumed && !isNew && isFound === false) {
				if (rotation) lines = [noteLine(first, rotatedAway), ...lines];
				else if (!listener.onLeap())
					lines = [noteLine(first, 'Too much was printed meanwhile: lines are left out here.'), ...lines];
			}
			isNew = true;
			if (isAgain && isResumed) lines = [noteLine(first, 'It was started again.'), ...lines];
			isAgain = false;
			if (gaps) gaps.take(lines);
			else listener.onLines(lines);
		});
		return isNew;
	}

	async function run(): Promise<void> {
		isOpen = true;
		let breaks = 0;
		for (;;) {
			const { run } = followed;
			let failure: string | undefined;
			try {
				if (await read()) breaks = 0;
				// A follower may be let go before the very last line, when a container ends.
				if (!signal.aborted && range.until === undefined) await read(false);
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
				// Refused, it would be refused again; broken off, it can be gone on with.
				const isBroken = error.statusCode === undefined && error.code !== 'EANSWER';
				if (isBroken && ++breaks <= mostBreaks && !signal.aborted) {
					await sleep(firstPause * 2 ** (breaks - 1), signal);
					continue;
				}
				// That the container is removed is told by its going.
				if (!isRemoval(error)) failure = told(error);
			}
			if (signal.aborted) return;
			isAgain ||= followed.run !== run;
			if (failure === undefined && followed.run !== run && range.until === undefined) continue;
			isOpen = false;
			if (range.until === undefined || failure !== undefined) listener.onEnd(failure);
			return;
		}
	}

	function open(): void {
		run().catch((error: Error) => {
			isOpen = false;
			if (!signal.aborted) listener.onEnd(told(error));
		});
	}

	open();
	return {
		told(news) {
			const isStarted = news.run !== followed.run;
			followed = news;
			if (!isStarted || isOpen || signal.aborted) return;
			isAgain = true;
			listener.onReopen();
			open();
		},
		stop: () => stop.abort(),
	};
}
