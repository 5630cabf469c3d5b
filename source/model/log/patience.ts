// How long patterns that a person typed may take: some would look through one line for ever.

/** Does some work, and ends it after so many milliseconds. False: it was ended. */
export type Watchdog = (work: () => void, milliseconds: number) => boolean;

let watchdog: Watchdog = (work) => {
	work();
	return true;
};

/** Only the platform can end what is under way. */
export const setWatchdog = (own: Watchdog): void => {
	watchdog = own;
};

/** Milliseconds at once, and for each character that is looked at: ordinary patterns take a tenth of it. */
const most = 60;
const perCharacter = 2e-5;

let left = most;
let isWatched = false;
let blamed: (() => void) | undefined;

/**
 * Work that tries patterns, on so many characters. Where it takes too long the pattern under trial is told, which makes
 * it quicker; then the work is done again, and may go on from where it was.
 */
export const patiently = (characters: number, work: () => void): void => {
	if (isWatched) return work();
	left = Math.min(most, left + characters * perCharacter);
	isWatched = true;
	try {
		for (;;) {
			const start = performance.now();
			const isDone = watchdog(work, Math.max(1, Math.ceil(left)));
			left -= performance.now() - start;
			if (isDone) return;
			left = most;
			blamed?.();
			blamed = undefined;
		}
	} finally {
		isWatched = false;
		blamed = undefined;
	}
};

/** One trial, during patient work; `tooLong` is told if it does not end. */
export const tried = <Result>(trial: () => Result, tooLong: () => void): Result => {
	blamed = tooLong;
	const result = trial();
	blamed = undefined;
	return result;
};

/** What takes time in between for another reason is not counted. */
export const uncounted = <Result>(work: () => Result): Result => {
	const start = performance.now();
	const result = work();
	left += performance.now() - start;
	return result;
};
