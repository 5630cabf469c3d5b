// The mounts of a new container: binds, named volumes and anonymous ones.

import type { ContainerConfig, Mount } from './container.ts';
import type { CreateBody } from './container-config.ts';
import { refuse } from './refusal.ts';
import { addVolume } from './volume.ts';
import type { World } from './world.ts';

const volumeMount = (
	world: World,
	name: string,
	destination: string,
	isWritable: boolean,
	mode: string,
): Mount => {
	const volume = addVolume(world, name);
	return {
		Type: 'volume',
		Name: volume.name,
		Source: `/var/lib/docker/volumes/${volume.name}/_data`,
		Destination: destination,
		Driver: 'local',
		Mode: mode,
		RW: isWritable,
		Propagation: '',
	};
};

export const mountsOf = (
	world: World,
	config: ContainerConfig,
	host: NonNullable<CreateBody['HostConfig']>,
): Mount[] => {
	const mounts: Mount[] = [];
	for (const bind of host.Binds ?? []) {
		const [source = '', destination = '', mode = ''] = bind.split(':');
		if (!destination.startsWith('/')) refuse(400, `invalid volume specification: '${bind}'`);
		const isWritable = !mode.split(',').includes('ro');
		if (source.startsWith('/'))
			mounts.push({
				Type: 'bind',
				Source: source,
				Destination: destination,
				Mode: mode,
				RW: isWritable,
				Propagation: 'rprivate',
			});
		else mounts.push(volumeMount(world, source, destination, isWritable, mode || 'z'));
	}
	for (const mount of host.Mounts ?? []) {
		const target = mount.Target ?? '';
		if (!target.startsWith('/'))
			refuse(
				400,
				`invalid mount config for type "${mount.Type}": invalid mount path: '${target}' mount path must be absolute`,
			);
		if (mount.Type === 'bind')
			refuse(400, `invalid mount config for type "bind": bind source path does not exist: ${mount.Source}`);
		if (mount.Type === 'volume')
			mounts.push(volumeMount(world, mount.Source ?? '', target, !mount.ReadOnly, 'z'));
	}
	for (const target of Object.keys(config.Volumes ?? {}))
		if (!mounts.some((mount) => mount.Destination === target))
			mounts.push(volumeMount(world, '', target, true, ''));
	return mounts;
};
