// How large the files are that were added and changed in a container, asked of the engine one by one, for a short while.
import type { Engine, Target } from '../engine/contract.ts';
import { sleep } from '../engine/sleep.ts';
import type { Change } from '../model/items.ts';
import { parentsOf } from './change-tree.ts';

/** An answer takes a few milliseconds; more at once would only wait in the engine. */
const atOnce = 8;

/** Milliseconds that it may take altogether. */
const patience = 5000;

/**
 * Bytes by path, of as many as answered in time. What has something changed in it is a folder, and not asked for; of links
 * and folders nothing is told. Never rejects.
 */
export const changeSizes = async (
	engine: Pick<Engine, 'statPath'>,
	target: Target,
	changes: readonly Change[],
	signal: AbortSignal,
	most = 400,
): Promise<ReadonlyMap<string, number>> => {
	const folders = parentsOf(changes);
	const paths = changes
		.filter(({ kind, path }) => kind !== 'deleted' && !folders.has(path))
		.slice(0, most)
		.map(({ path }) => path);
	const sizes = new Map<string, number>();
	const enough = new AbortController();
	const end = AbortSignal.any([signal, enough.signal]);
	const queue = paths.values();
	const ask = async (): Promise<void> => {
		for (const path of queue) {
			if (end.aborted) return;
			try {
				const found = await engine.statPath(target, path);
				if (found && !found.isFolder && found.linkTarget === undefined) sizes.set(path, found.size);
			} catch {
				// It may be gone by now: its size is simply not known.
			}
		}
	};
	const asked = Promise.all(Array.from({ length: Math.min(atOnce, paths.length) }, ask));
	await Promise.race([asked, sleep(patience, end)]);
	enough.abort();
	// Those that are still under way are not to change what was answered.
	return new Map(sizes);
};
