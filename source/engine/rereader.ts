// Keeps the lists right: collects what events touched and reads just that again.
import type { WatchEvent } from '../model/event.ts';
import type { Container, Image } from '../model/items.ts';
import type { Engine, EngineEvent } from './contract.ts';
import { EngineError } from './error.ts';
import { pacer } from './pacer.ts';
import { renamedImages } from './renamed-images.ts';
import { sleep } from './sleep.ts';
import { touched } from './touched.ts';

export type Lists = { readonly containers: readonly Container[]; readonly images: readonly Image[] };

/** One list of everything is cheaper than many of a few. */
const many = 500;

/** Milliseconds. */
const gap = 100;

/**
 * An event may come so many milliseconds before the list shows what it tells. An inspect waits for the container's lock, and
 * the list after it has the truth; of more than a few at once, what is read that early is read once more instead.
 */
const lag = 80;
const few = 16;

export function rereader(
	engine: Pick<Engine, 'containers' | 'images' | 'inspect'>,
	signal: AbortSignal,
	onEvent: (event: WatchEvent) => void,
	onFailure: (error: unknown) => void,
) {
	let images: readonly Image[] = [];
	/** Container id → image id. */
	const usedImages = new Map<string, string>();
	/** Container id → when its last event came. */
	const dirty = new Map<string, number>();
	/** A list under way may still show these. */
	const gone = new Set<string>();
	/** Those that began a new run since the last read. */
	const started = new Set<string>();
	let untoldGone: string[] = [];
	let isAllDirty = false;
	let areImagesDirty = false;
	let isReady = false;
	const waiting = new Set<number>();

	const say = (event: WatchEvent): void => {
		if (!signal.aborted) onEvent(event);
	};

	function know(containers: readonly Container[]): void {
		for (const { id, imageId } of containers) usedImages.set(id, imageId);
	}

	/** Ids to read, the `fresh` among them too early to be trusted without an inspect. */
	function takeDirty(): { ids: string[]; fresh: string[] } {
		const ids = [...dirty.keys()];
		const now = performance.now();
		const fresh = ids.filter((id) => now - (dirty.get(id) ?? 0) < lag);
		const isInspected = fresh.length <= few;
		for (const id of ids) if (isInspected || !fresh.includes(id)) dirty.delete(id);
		if (dirty.size > 0) pokeLater(gap);
		return { ids, fresh: isInspected ? fresh : [] };
	}

	async function readContainers(): Promise<void> {
		const { ids, fresh } = takeDirty();
		const begun = [...started];
		started.clear();
		if (isAllDirty || ids.length > many) {
			isAllDirty = false;
			const containers = (await twice(() => engine.containers())).filter(({ id }) => !gone.has(id));
			usedImages.clear();
			know(containers);
			return say({ type: 'listed', containers, images, at: Date.now() });
		}
		if (ids.length === 0) return;
		await Promise.all(fresh.map((id) => engine.inspect(id).catch(() => {})));
		const containers = (await twice(() => engine.containers(ids))).filter(({ id }) => !gone.has(id));
		const found = new Set(containers.map(({ id }) => id));
		const missing = ids.filter((id) => !found.has(id));
		for (const id of missing) usedImages.delete(id);
		know(containers);
		say({ type: 'reread', containers, gone: missing, started: begun, at: Date.now() });
	}

	function forget(id: string): void {
		gone.add(id);
		dirty.delete(id);
		started.delete(id);
		usedImages.delete(id);
		untoldGone.push(id);
		// All of one chunk together: a prune tells of thousands.
		if (untoldGone.length === 1) queueMicrotask(tellGone);
	}

	function tellGone(): void {
		if (!isReady || untoldGone.length === 0) return;
		say({ type: 'reread', containers: [], gone: untoldGone, at: Date.now() });
		untoldGone = [];
	}

	async function readImages(): Promise<void> {
		if (!areImagesDirty) return;
		areImagesDirty = false;
		const before = images;
		images = await twice(() => engine.images());
		say({ type: 'images-listed', images, at: Date.now() });
		// A container is listed with the name of its image, or the id when the name went to another one.
		const renamed = renamedImages(before, images);
		for (const [id, imageId] of usedImages) if (renamed.has(imageId)) dirty.set(id, 0);
		if (dirty.size > 0) containerPacer.poke();
	}

	const containerPacer = pacer(readContainers, { gap, signal, onFailure });
	const imagePacer = pacer(readImages, { gap, signal, onFailure });

	function poke(): void {
		if (!isReady) return;
		if (isAllDirty || dirty.size > 0) containerPacer.poke();
		if (areImagesDirty) imagePacer.poke();
	}

	function pokeLater(delay: number): void {
		if (waiting.has(delay)) return;
		waiting.add(delay);
		sleep(delay, signal).then(() => {
			waiting.delete(delay);
			poke();
		});
	}

	return {
		/** From the first list on; what happened before is read again now. */
		begin(lists: Lists): void {
			images = lists.images;
			know(lists.containers);
			isReady = true;
			tellGone();
			poke();
		},
		note(event: EngineEvent): void {
			const thing = touched(event);
			switch (thing?.what) {
				case 'gone':
					forget(thing.id);
					return;
				case 'container':
					if (gone.has(thing.id)) return;
					if (event.action === 'start') started.add(thing.id);
					dirty.set(thing.id, performance.now());
					if (thing.delay === 0) break;
					pokeLater(thing.delay);
					return;
				case 'images':
					areImagesDirty = true;
					break;
				case 'everything':
					isAllDirty = true;
					areImagesDirty = true;
					break;
				case undefined:
					return;
			}
			poke();
		},
	};
}

/** A list may fail once for reasons of its own; twice, and the engine is not well. */
async function twice<Result>(read: () => Promise<Result>): Promise<Result> {
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		return await read();
	}
}
