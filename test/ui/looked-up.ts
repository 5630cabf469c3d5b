// Listings as the program's own desk opens and fills them.
import type { Engine } from '../../source/engine/contract.ts';
import { createListings } from '../../source/image/listings.ts';
import { createLooks, type Looks } from '../../source/image/looks.ts';
import type { Event } from '../../source/model/event.ts';
import type { Container } from '../../source/model/items.ts';
import type { Registry } from '../../source/registry/registry.ts';
import { now } from '../model/things.ts';

type Given = {
	readonly engine: Engine;
	readonly registry: Registry;
	readonly containers: readonly Container[];
};

/** All that is told until it is filled, or has failed. */
export const lookedUp = async (
	{ engine, registry, containers }: Given,
	open: (looks: Looks) => void,
): Promise<Event[]> => {
	const events: Event[] = [];
	const needs = { now: () => now, registry: async () => registry, containers: () => containers };
	await new Promise<void>((resolve) => {
		const listings = createListings({
			send: (event) => {
				events.push(event);
				if (event.type === 'listing-changed' && event.listing.status !== 'loading') resolve();
			},
			engine: () => engine,
		});
		open(createLooks({ ...needs, listings }));
	});
	return events;
};
