// Finds out where an engine left lines out: dockerd goes on with the new file when a log is rotated under a follower
// that is behind, and says nothing.
//
// A pause of the container is a pause for us, too. When lines are left out, their stamps jump, but they arrive without
// a pause: we have just become less late. So does everything that was late for a reason of ours; so that place of the
// log is read once more before anything is said. What is still there is put in, and a gap is told of what is not. Where
// all of it is gone, a jump over the end of a file tells.
import type { LogLine } from '../../model/items.ts';
import { grouped } from '../../model/words.ts';
import type { Streams } from '../contract.ts';
import { EngineError } from '../error.ts';
import { nanosInMonth } from '../stamp.ts';
import { countFiles, type LogRotation } from './files.ts';

/** Milliseconds by which stamps must jump more than the clock did. */
const jump = 10;
const leap = 250;
/** What was printed before we came arrives at once, whatever its stamps are: so many milliseconds. */
const opening = 500;
/** Milliseconds of rest after a look that found nothing. */
const rest = 250;
/** Lines that are put in; more of them would make us later still. */
const mostRecovered = 2000;
/** Lines that wait for a look at what is before them. */
const mostHeld = 20_000;
/** Lines that are read again at first. */
const firstTail = 20_000;

type Suspect = {
	readonly at: number;
	readonly before: LogLine;
	readonly behind: LogLine;
	/** Lines are missing, by all that can be told where nothing of that time is there any more to be read. */
	readonly isLikely: boolean;
};

/** Before this line, in its place in time. */
export const noteLine = ({ source, stamp }: LogLine, note: string): LogLine => ({
	source,
	stamp,
	text: '',
	note,
});

export const rotatedAway = 'Lines are missing here: the engine dropped them while it rotated the log.';
const seemsRotated = 'Lines seem to be missing here: the engine dropped them while it rotated the log.';

const counted = (count: number): string => {
	const lines = count === 1 ? 'one line is' : `${grouped(count)} lines are`;
	return `More than ${lines} missing here: the engine dropped them while it rotated the log.`;
};

export type Watched = { readonly id: string; readonly tty: boolean; readonly rotation: LogRotation };

export function gapWatch(
	engine: Pick<Streams, 'logs'>,
	{ id, tty, rotation: { fileBytes, bytesOf } }: Watched,
	signal: AbortSignal,
	emit: (lines: LogLine[]) => void,
	isNew: (line: LogLine) => boolean = () => true,
) {
	const files = fileBytes === undefined ? undefined : countFiles({ fileBytes, bytesOf });
	let openedAt = performance.now();
	let last: LogLine | undefined;
	let lastClock = 0;
	let lastArrival = 0;
	let held: LogLine[] = [];
	let suspects: Suspect[] = [];
	let isLooking = false;
	let restUntil = 0;

	/** Tells what is held as far as the first suspect that was not looked at. */
	function release(): void {
		const end = suspects[0]?.at ?? held.length;
		if (end === 0) return;
		const lines = held.slice(0, end);
		held = held.slice(end);
		suspects = suspects.map((suspect) => ({ ...suspect, at: suspect.at - end }));
		emit(lines);
	}

	async function look(): Promise<void> {
		isLooking = true;
		for (let suspect = suspects[0]; suspect; suspect = suspects[0]) {
			const found = await between(suspect);
			if (signal.aborted) return;
			// It may have been given up meanwhile.
			if (suspects[0]?.behind !== suspect.behind) continue;
			suspects = suspects.slice(1);
			if (found.length === 0) restUntil = performance.now() + rest;
			if (found.length > 0) emit(found);
			release();
		}
		isLooking = false;
	}

	/** What belongs between two lines: the lines themselves, or a gap. */
	async function between({ before, behind, isLikely }: Suspect): Promise<LogLine[]> {
		for (const tail of [firstTail + held.length, 'all'] as const) {
			const missing: LogLine[] = [];
			let hasBefore = false;
			let count = 0;
			const enough = new AbortController();
			const options = { tail, since: before.stamp, until: behind.stamp, follow: false, tty };
			try {
				await engine.logs(id, options, AbortSignal.any([signal, enough.signal]), (lines) => {
					for (const line of lines) {
						if (line.stamp === before.stamp) hasBefore = true;
						else if (line.stamp > before.stamp && line.stamp < behind.stamp && ++count <= mostRecovered)
							missing.push(line);
					}
					if (count > mostRecovered) enough.abort();
				});
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
				return []; // Nothing is known then.
			}
			if (hasBefore && count <= mostRecovered) return missing.filter(isNew);
			if (count > 0) return [noteLine(behind, counted(Math.min(count, mostRecovered)))];
		}
		// What was there may be deleted already.
		return isLikely ? [noteLine(behind, seemsRotated)] : [];
	}

	return {
		/** Of lines that are new. */
		take(lines: readonly LogLine[]): void {
			const now = performance.now();
			const isOpening = now - openedAt < opening;
			// What came with this chunk may have waited for as long as we did not look.
			let waited = now - lastArrival;
			for (const line of lines) {
				const clock = nanosInMonth(line.stamp) / 1e6;
				const by = clock - lastClock;
				files?.take(line, clock);
				if (last && by - waited > jump) {
					const isFile = files?.suspect(clock, by) ?? false;
					const isLeap = by > leap && waited < by / 5;
					const isLooked = isFile || isLooking || now > restUntil;
					if (isLooked && !isOpening)
						suspects.push({ at: held.length, before: last, behind: line, isLikely: isFile || isLeap });
				}
				held.push(line);
				last = line;
				lastClock = clock;
				waited = 0;
			}
			lastArrival = now;
			// Too late to look: only what speaks for itself is told.
			if (held.length > mostHeld) {
				const likely = new Set(suspects.filter(({ isLikely }) => isLikely).map(({ behind }) => behind));
				suspects = [];
				held = held.flatMap((line) => (likely.has(line) ? [noteLine(line, seemsRotated), line] : [line]));
			}
			if (suspects.length === 0) {
				const all = held;
				held = [];
				return emit(all);
			}
			release();
			if (!isLooking)
				look().catch(() => {
					isLooking = false;
				});
		},
		/** A new connection: what was printed meanwhile arrives at once. */
		reopened(): void {
			openedAt = performance.now();
		},
	};
}
