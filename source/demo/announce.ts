// The events that go with what happens to a container: its own, and those of its networks and volumes.

import type { Container } from './container.ts';
import { attributesOf } from './container.ts';
import { emit } from './events.ts';
import type { World } from './world.ts';

export const announce = (
	world: World,
	container: Container,
	action: string,
	more: Record<string, string> = {},
): void => emit(world, 'container', action, container.id, { ...attributesOf(container), ...more });

export const networkEvent = (world: World, container: Container, action: 'connect' | 'disconnect'): void => {
	for (const [name, endpoint] of container.endpoints) {
		const network = world.networks.get(endpoint.networkId);
		if (network)
			emit(world, 'network', action, network.id, { container: container.id, name, type: network.driver });
	}
};

export const mountEvents = (world: World, container: Container, action: 'mount' | 'unmount'): void => {
	for (const mount of container.mounts) {
		if (!mount.Name) continue;
		const more =
			action === 'mount'
				? { destination: mount.Destination, driver: 'local', propagation: '', 'read/write': String(mount.RW) }
				: { driver: 'local' };
		emit(world, 'volume', action, mount.Name, { container: container.id, ...more });
	}
};
