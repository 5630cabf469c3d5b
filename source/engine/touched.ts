// What has to be read again because of an event.
import type { EngineEvent } from './contract.ts';

export type Touched =
	/** `delay` in milliseconds, before it is worth reading. */
	| { readonly what: 'container'; readonly id: string; readonly delay: number }
	/** Ids are never used again, so there is nothing to read. */
	| { readonly what: 'gone'; readonly id: string }
	| { readonly what: 'images' }
	| { readonly what: 'everything' };

/** Some engines send these although nobody asked for them. None changes a row. */
const noise = new Set([
	...[
		'exec',
		'exec_create',
		'exec_start',
		'exec_die',
		'exec_died',
		'exec_detach',
		'attach',
		'detach',
		'top',
		'resize',
	],
	...['export', 'copy', 'archive-path', 'extract-to-dir', 'kill', 'push', 'save'],
]);

const delays: Readonly<Record<string, number>> = {
	// dockerd tells of these before its own list shows them (moby: LogContainerEvent, then CheckpointTo).
	...{ pause: 20, unpause: 20 },
	// They come in company of `start` or `die`, which tell it all and must not find the pace used up.
	...{ create: 100, stop: 100, restart: 100, cleanup: 100, init: 100 },
};

export function touched({ type, action, id, attributes }: EngineEvent): Touched | undefined {
	if (noise.has(action)) return undefined;
	switch (type) {
		case 'container':
			if (action === 'prune') return { what: 'everything' };
			if (action === 'commit') return { what: 'images' };
			if (id === '') return undefined;
			if (action === 'destroy' || action === 'remove') return { what: 'gone', id };
			return { what: 'container', id, delay: delays[action] ?? 0 };
		case 'image':
			return { what: 'images' };
		case 'network': {
			if (action !== 'connect' && action !== 'disconnect') return undefined;
			// Podman's actor is the container itself.
			const container = attributes.container || id;
			// Some 50 ms before `start`, which must not find the pace used up; of no hurry by itself.
			return container === '' ? undefined : { what: 'container', id: container, delay: 400 };
		}
		case 'daemon':
			return action === 'reload' ? { what: 'everything' } : undefined;
		default:
			return undefined;
	}
}
