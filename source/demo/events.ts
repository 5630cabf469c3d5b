// What happened: a ring of the last 256 events and everyone who listens, in the shape and with the filters of /events.

import { type Filters, passes, passesLabels } from './filters.ts';
import { newStamp, type World } from './world.ts';

export type EventKind = 'container' | 'image' | 'network' | 'volume' | 'builder' | 'daemon';
export type WorldEvent = {
	kind: EventKind;
	action: string;
	id: string;
	attributes: Record<string, string>;
	stamp: bigint;
	/** The JSON line as it goes over the wire, without its end. */
	line: string;
};
export type EventLog = { recent: WorldEvent[]; listeners: Set<(event: WorldEvent) => void> };

const replayed = 256;

export const emit = (
	world: World,
	kind: EventKind,
	action: string,
	id: string,
	attributes: Record<string, string> = {},
): void => {
	const stamp = newStamp(world);
	const sorted = Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
	const isOld = kind === 'container' || kind === 'image';
	const old = isOld
		? {
				status: action,
				...(id && { id }),
				...(kind === 'container' && attributes.image && { from: attributes.image }),
			}
		: {};
	const body = JSON.stringify({
		...old,
		Type: kind,
		Action: action,
		Actor: { ID: id, Attributes: sorted },
		scope: 'local',
		time: Number(stamp / 1_000_000_000n),
	});
	// timeNano does not fit a JavaScript number.
	const line = `${body.slice(0, -1)},"timeNano":${stamp}}`;
	const event: WorldEvent = { kind, action, id, attributes: sorted, stamp, line };
	world.events.recent.push(event);
	if (world.events.recent.length > replayed) world.events.recent.shift();
	for (const listener of [...world.events.listeners]) listener(event);
};

export const eventFilters = [
	'config',
	'container',
	'daemon',
	'event',
	'image',
	'label',
	'network',
	'node',
	'plugin',
	'scope',
	'secret',
	'service',
	'type',
	'volume',
] as const;

const isAbout =
	(event: WorldEvent, kind: EventKind) =>
	(wanted: string): boolean => {
		if (event.kind !== kind) return event.attributes[kind] === wanted;
		const { name, image } = event.attributes;
		if (event.id === wanted || (wanted.length > 0 && event.id.replace(/^sha256:/, '').startsWith(wanted)))
			return true;
		return name === wanted || (kind === 'image' && (name === `${wanted}:latest` || image === wanted));
	};

export const isWanted = (event: WorldEvent, filters: Filters): boolean =>
	passes(filters, 'event', (wanted) => event.action === wanted || event.action.startsWith(`${wanted}:`)) &&
	passes(filters, 'type', (wanted) => event.kind === wanted) &&
	passes(filters, 'scope', (wanted) => wanted === 'local') &&
	passes(filters, 'daemon', (wanted) => wanted === 'demo') &&
	passes(filters, 'container', isAbout(event, 'container')) &&
	passes(
		filters,
		'image',
		(wanted) => isAbout(event, 'image')(wanted) || event.attributes.image === wanted,
	) &&
	passes(filters, 'network', isAbout(event, 'network')) &&
	passes(filters, 'volume', isAbout(event, 'volume')) &&
	passesLabels(filters, event.attributes);
