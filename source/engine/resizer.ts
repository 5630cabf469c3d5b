// Tells the engine the size of a terminal: one request at a time, and of the sizes that wait only the newest.
import type { Size } from '../model/items.ts';

/** What it returns resolves when the newest size is told. A refusal means nothing: the end of the session tells. */
export function resizer(tell: (size: Size) => Promise<unknown>): (size: Size) => Promise<void> {
	let wanted: Size | undefined;
	let underWay: Promise<void> | undefined;

	async function run(): Promise<void> {
		while (wanted) {
			const size = wanted;
			wanted = undefined;
			await tell(size).catch(() => {});
		}
		underWay = undefined;
	}

	return (size) => {
		wanted = size;
		underWay ??= run();
		return underWay;
	};
}
