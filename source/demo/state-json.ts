// Containers as /containers answers them: the row of a list and the full description.

import { argvOf, type Container, filesOf, isAlive } from './container.ts';
import { fullName } from './image.ts';
import { portRows } from './ports.ts';
import { goTime, humanDuration, zeroTime } from './words.ts';
import type { World } from './world.ts';

/** The sentence of `docker ps`: `Up 4 minutes (healthy)`, `Exited (0) 2 hours ago`. */
export const statusWords = (world: World, container: Container): string => {
	const since = (time: number) => humanDuration(world.now() - time);
	const up = since(container.startedAt);
	if (container.status === 'paused') return `Up ${up} (Paused)`;
	if (container.status === 'restarting')
		return `Restarting (${container.exitCode}) ${since(container.finishedAt)} ago`;
	if (container.status === 'running') {
		const health = container.health?.status;
		return health ? `Up ${up} (${health === 'starting' ? 'health: starting' : health})` : `Up ${up}`;
	}
	if (container.isRemoving) return 'Removal In Progress';
	if (container.status === 'dead') return 'Dead';
	if (container.startedAt === 0) return 'Created';
	return container.finishedAt === 0
		? ''
		: `Exited (${container.exitCode}) ${since(container.finishedAt)} ago`;
};

const networksOf = (container: Container) =>
	Object.fromEntries(
		[...container.endpoints].map(([name, endpoint]) => [
			name,
			{
				IPAMConfig: null,
				Links: null,
				Aliases: endpoint.aliases,
				MacAddress: endpoint.mac,
				DriverOpts: null,
				GwPriority: 0,
				NetworkID: endpoint.networkId,
				EndpointID: endpoint.id,
				Gateway: endpoint.gateway,
				IPAddress: endpoint.ip,
				IPPrefixLen: endpoint.ip ? 16 : 0,
				IPv6Gateway: '',
				GlobalIPv6Address: '',
				GlobalIPv6PrefixLen: 0,
				DNSNames: name === 'bridge' ? null : [container.name, container.id.slice(0, 12)],
			},
		]),
	);

/** The name it was created from while that still is the same image, its id afterwards. */
const imageName = (world: World, container: Container): string => {
	const wanted = container.config.Image;
	const image = world.images.get(container.imageId);
	if (!image || image.tags.has(fullName(wanted)) || image.digests.has(wanted)) return wanted;
	return image.id.includes(wanted.replace('sha256:', '')) ? wanted : image.id;
};

const quoted = (argv: string[]): string =>
	argv.map((part) => (/\s/.test(part) ? `'${part.replaceAll("'", "\\'")}'` : part)).join(' ');

const sizes = (world: World, container: Container) => {
	const { size } = filesOf(world, container);
	return {
		...(size > 0 && { SizeRw: size }),
		SizeRootFs: (world.images.get(container.imageId)?.size ?? 0) + size,
	};
};

export const summarize = (world: World, container: Container, withSize: boolean) => ({
	Id: container.id,
	Names: [`/${container.name}`],
	Image: imageName(world, container),
	ImageID: container.imageId,
	Command: quoted(argvOf(container)),
	Created: Math.floor(container.createdAt / 1000),
	Ports: portRows(container),
	...(withSize && sizes(world, container)),
	Labels: container.config.Labels,
	State: container.status,
	Status: statusWords(world, container),
	HostConfig: { NetworkMode: container.hostConfig.NetworkMode },
	NetworkSettings: { Networks: networksOf(container) },
	Mounts: container.mounts,
});

const stateOf = (container: Container) => ({
	Status: container.isRemoving ? 'removing' : container.status,
	Running: isAlive(container) || container.status === 'restarting',
	Paused: container.status === 'paused',
	Restarting: container.status === 'restarting',
	OOMKilled: false,
	Dead: container.status === 'dead',
	Pid: container.pid,
	ExitCode: container.exitCode,
	Error: container.error,
	StartedAt: goTime(container.startedAt),
	FinishedAt: container.finishedAt ? goTime(container.finishedAt) : zeroTime,
	...(container.health && {
		Health: {
			Status: isAlive(container) ? container.health.status : 'unhealthy',
			FailingStreak: container.health.failingStreak,
			Log: container.health.log,
		},
	}),
});

export const inspect = (world: World, container: Container, withSize: boolean) => {
	const [path = '', ...args] = argvOf(container);
	const folder = `/var/lib/docker/containers/${container.id}`;
	const layer = `/var/lib/docker/overlay2/${container.id}`;
	const main = container.endpoints.get('bridge');
	return {
		Id: container.id,
		Created: goTime(container.createdAt),
		Path: path,
		Args: args,
		State: stateOf(container),
		Image: container.imageId,
		ResolvConfPath: `${folder}/resolv.conf`,
		HostnamePath: `${folder}/hostname`,
		HostsPath: `${folder}/hosts`,
		LogPath: `${folder}/${container.id}-json.log`,
		Name: `/${container.name}`,
		RestartCount: container.restartCount,
		Driver: 'overlay2',
		Platform: 'linux',
		MountLabel: '',
		ProcessLabel: '',
		AppArmorProfile: '',
		ExecIDs:
			container.execIds.filter((id) => world.execs.get(id)?.isRunning).length > 0
				? container.execIds.filter((id) => world.execs.get(id)?.isRunning)
				: null,
		HostConfig: container.hostConfig,
		GraphDriver: {
			Data: {
				ID: container.id,
				LowerDir: `${layer}-init/diff`,
				MergedDir: `${layer}/merged`,
				UpperDir: `${layer}/diff`,
				WorkDir: `${layer}/work`,
			},
			Name: 'overlay2',
		},
		...(withSize && { SizeRw: 0, ...sizes(world, container) }),
		Mounts: container.mounts,
		Config: container.config,
		NetworkSettings: {
			Bridge: '',
			SandboxID: isAlive(container) ? container.id : '',
			SandboxKey: isAlive(container) ? `/var/run/docker/netns/${container.id.slice(0, 12)}` : '',
			Ports: isAlive(container) ? container.ports : {},
			HairpinMode: false,
			LinkLocalIPv6Address: '',
			LinkLocalIPv6PrefixLen: 0,
			SecondaryIPAddresses: null,
			SecondaryIPv6Addresses: null,
			EndpointID: main?.id ?? '',
			Gateway: main?.gateway ?? '',
			GlobalIPv6Address: '',
			GlobalIPv6PrefixLen: 0,
			IPAddress: main?.ip ?? '',
			IPPrefixLen: main?.ip ? 16 : 0,
			IPv6Gateway: '',
			MacAddress: main?.mac ?? '',
			Networks: networksOf(container),
		},
	};
};
