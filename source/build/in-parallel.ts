// Many small jobs, a few at a time.

/** Ends with the first failure, or when the signal ends it; jobs that have begun are waited for. */
export const inParallel = async <Item>(
	items: readonly Item[],
	most: number,
	job: (item: Item) => Promise<void>,
	signal?: AbortSignal,
): Promise<void> => {
	let next = 0;
	let hasFailed = false;
	const run = async (): Promise<void> => {
		while (next < items.length && !hasFailed) {
			try {
				signal?.throwIfAborted();
				await job(items[next++] as Item);
			} catch (error) {
				hasFailed = true;
				throw error;
			}
		}
	};
	const runners = Array.from({ length: Math.min(most, items.length) }, run);
	const results = await Promise.allSettled(runners);
	for (const result of results) if (result.status === 'rejected') throw result.reason;
};
