// What a paused container does to its programs: nothing goes in or out until it goes on.

import type { StreamNumber } from '../frames.ts';
import type { Launch } from '../process.ts';
import { pause } from '../timers.ts';

export const freezer = (launch: Launch, life: AbortSignal) => {
	const { container, world } = launch;
	let held: (() => void)[] = [];
	const isFrozen = () => container.status === 'paused';
	const flush = () => {
		const waiting = held;
		held = [];
		for (const act of waiting) act();
	};
	const watcher = () => void (isFrozen() || flush());
	container.watchers.add(watcher);
	life.addEventListener('abort', () => container.watchers.delete(watcher), { once: true });
	const hold = (act: () => void) => {
		if (isFrozen() && held.length < 10_000) held.push(act);
		else act();
	};
	return {
		flush,
		/** Does it now, or when the container goes on. */
		hold,
		write: (stream: StreamNumber, bytes: Buffer) => hold(() => launch.write(stream, bytes)),
		isFull: () => isFrozen() || launch.isFull(),
		/** Resolves when the container runs and the reader keeps up. */
		ready: async (signal: AbortSignal) => {
			while ((isFrozen() || launch.isFull()) && !signal.aborted) await pause(world.timers, 20, signal);
		},
	};
};
