// Volumes: names, labels and who mounts them.

import type { Container } from './container.ts';
import { emit } from './events.ts';
import { refuse } from './refusal.ts';
import { newId, type World } from './world.ts';

export type Volume = {
	name: string;
	createdAt: number;
	labels: Record<string, string> | null;
	options: Record<string, string> | null;
	size: number;
	isAnonymous: boolean;
};

export const addVolume = (world: World, name: string, more: Partial<Volume> = {}): Volume => {
	const known = world.volumes.get(name);
	if (known) return known;
	const isAnonymous = name === '';
	const volume: Volume = {
		name: name || newId(world),
		createdAt: world.now(),
		labels: isAnonymous ? { 'com.docker.volume.anonymous': '' } : null,
		options: null,
		size: 0,
		isAnonymous,
		...more,
	};
	world.volumes.set(volume.name, volume);
	emit(world, 'volume', 'create', volume.name, { driver: 'local' });
	return volume;
};

export const findVolume = (world: World, name: string): Volume =>
	world.volumes.get(name) ?? refuse(404, `get ${name}: no such volume`);

export const usersOf = (world: World, volume: Volume): Container[] =>
	[...world.containers.values()].filter((container) =>
		container.mounts.some((mount) => mount.Name === volume.name),
	);

export const removeVolume = (world: World, volume: Volume): void => {
	const users = usersOf(world, volume);
	if (users.length > 0)
		refuse(409, `remove ${volume.name}: volume is in use - [${users.map((user) => user.id).join(', ')}]`);
	world.volumes.delete(volume.name);
	emit(world, 'volume', 'destroy', volume.name, { driver: 'local' });
};

export const describeVolume = (volume: Volume) => ({
	CreatedAt: new Date(volume.createdAt).toISOString().replace(/\.\d+Z/, 'Z'),
	Driver: 'local',
	Labels: volume.labels,
	Mountpoint: `/var/lib/docker/volumes/${volume.name}/_data`,
	Name: volume.name,
	Options: volume.options,
	Scope: 'local',
});
