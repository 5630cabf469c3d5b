// Every timer of the demo engine, so that closing it leaves nothing behind that keeps the process alive.

export type Timers = { pending: Set<NodeJS.Timeout>; isClosed: boolean };

export const createTimers = (): Timers => ({ pending: new Set(), isClosed: false });

/** Calls `run` once after `ms`; the answer cancels it. */
export const later = (timers: Timers, ms: number, run: () => void): (() => void) => {
	if (timers.isClosed) return () => {};
	const timer = setTimeout(() => {
		timers.pending.delete(timer);
		run();
	}, ms);
	timers.pending.add(timer);
	return () => {
		clearTimeout(timer);
		timers.pending.delete(timer);
	};
};

/** Calls `run` every `ms` until the answer is called. */
export const every = (timers: Timers, ms: number, run: () => void): (() => void) => {
	let cancel = () => {};
	const next = () => {
		cancel = later(timers, ms, () => {
			next();
			run();
		});
	};
	next();
	return () => cancel();
};

/** Resolves after `ms`, or at once when `signal` aborts. */
export const pause = (timers: Timers, ms: number, signal?: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		if (signal?.aborted) return resolve();
		const done = () => {
			cancel();
			signal?.removeEventListener('abort', done);
			resolve();
		};
		const cancel = later(timers, ms, done);
		signal?.addEventListener('abort', done, { once: true });
	});

export const closeTimers = (timers: Timers): void => {
	timers.isClosed = true;
	for (const timer of timers.pending) clearTimeout(timer);
	timers.pending.clear();
};
