// Forgetting a container.

import { announce } from './announce.ts';
import { type Container, notify } from './container.ts';
import { emit } from './events.ts';
import type { World } from './world.ts';

/** Forgets a container; the caller has made sure that it does not run. */
export const remove = (world: World, container: Container, withVolumes = false): void => {
	world.containers.delete(container.id);
	world.names.delete(container.name);
	for (const id of container.execIds) world.execs.delete(id);
	for (const { Name } of container.mounts) {
		const volume = Name ? world.volumes.get(Name) : undefined;
		if (!volume?.isAnonymous || !(withVolumes || container.hostConfig.AutoRemove)) continue;
		world.volumes.delete(volume.name);
		emit(world, 'volume', 'destroy', volume.name, { driver: 'local' });
	}
	announce(world, container, 'destroy');
	notify(container, 'removed');
};
