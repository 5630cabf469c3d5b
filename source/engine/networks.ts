// Networks and volumes as the engine lists them, in our own words.
import type { Network, Volume } from '../model/items.ts';
import { type Json, record, text, time } from './json.ts';

/** `podman` is there what `bridge` is elsewhere. */
const builtIn = new Set(['bridge', 'host', 'none', 'podman']);

export const isBuiltIn = (name: string): boolean => builtIn.has(name);

/** `inspected` is what the list leaves out: who is in it. */
export function network(listed: Json, inspected: Json = {}): Network {
	const name = text(listed.Name);
	const createdAt = time(listed.Created);
	return {
		id: text(listed.Id),
		name,
		driver: text(listed.Driver),
		isBuiltIn: isBuiltIn(name),
		users: Object.values(record(inspected.Containers)).map((user) => text(record(user).Name)),
		...(createdAt !== undefined && { createdAt }),
	};
}

export function volume(listed: Json): Volume {
	const name = text(listed.Name);
	const createdAt = time(listed.CreatedAt);
	return {
		name,
		driver: text(listed.Driver),
		isAnonymous: 'com.docker.volume.anonymous' in record(listed.Labels) || isAnonymousName(name),
		...(createdAt !== undefined && { createdAt }),
	};
}

/** What engines call a volume that nobody named. */
export const isAnonymousName = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);
