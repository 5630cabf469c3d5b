// Making a container from what a client asked for, or saying why not.

import { attributesOf, type Container, type HostConfig, setName } from './container.ts';
import { type CreateBody, completeConfig } from './container-config.ts';
import { inventName, namePattern } from './container-name.ts';
import { emit } from './events.ts';
import { defaultHostConfig } from './host-config.ts';
import { findImage } from './image.ts';
import { mountsOf } from './mounts.ts';
import { refuse } from './refusal.ts';
import { newId, type World } from './world.ts';

export const createContainer = (
	world: World,
	wantedName: string,
	body: CreateBody,
	isQuiet = false,
): Container => {
	if (wantedName && !namePattern.test(wantedName))
		refuse(400, `Invalid container name (${wantedName}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
	const name = wantedName.replace(/^\//, '');
	const image = findImage(world, body.Image ?? '');
	const id = newId(world);
	const config = completeConfig(body, image.config, id);
	if (!config.Cmd && !config.Entrypoint) refuse(400, 'no command specified');
	const { Mounts: _mounts, ...givenHost } = body.HostConfig ?? {};
	const host = { ...defaultHostConfig, ...givenHost } as HostConfig;
	if (host.NetworkMode === 'default' || host.NetworkMode === '') host.NetworkMode = 'bridge';
	if (!host.RestartPolicy?.Name) host.RestartPolicy = { Name: 'no', MaximumRetryCount: 0 };
	if (host.AutoRemove && host.RestartPolicy.Name !== 'no')
		refuse(400, "can't create 'AutoRemove' container with restart policy");
	if (host.Memory && host.Memory < 6 << 20) refuse(400, 'Minimum memory limit allowed is 6MB');
	const taken = world.names.get(name);
	if (name && taken)
		refuse(
			409,
			`Conflict. The container name "/${name}" is already in use by container "${taken}". You have to remove (or rename) that container to be able to reuse that name.`,
		);
	const networks = Object.keys(body.NetworkingConfig?.EndpointsConfig ?? {}).filter(
		(network) => network !== 'default',
	);
	const mode = host.NetworkMode;
	const container: Container = {
		id,
		name: '',
		createdAt: world.now(),
		imageId: image.id,
		config,
		hostConfig: host,
		status: 'created',
		pid: 0,
		exitCode: 0,
		error: '',
		startedAt: 0,
		finishedAt: 0,
		restartCount: 0,
		pausedAt: 0,
		pausedFor: 0,
		isRemoving: false,
		isStopWanted: false,
		health: undefined,
		endpoints: new Map(
			[...new Set([...(mode.startsWith('container:') ? [] : [mode]), ...networks])].map((network) => [
				network,
				{
					id: '',
					networkId: '',
					gateway: '',
					ip: '',
					mac: '',
					aliases: body.NetworkingConfig?.EndpointsConfig?.[network]?.Aliases ?? null,
				},
			]),
		),
		ports: {},
		mounts: mountsOf(world, config, body.HostConfig ?? {}),
		size: { rows: 0, columns: 0 },
		main: undefined,
		processes: new Map(),
		lastInside: 0,
		execIds: [],
		outputs: new Set(),
		watchers: new Set(),
		lazy: {},
	};
	world.containers.set(id, container);
	setName(world, container, name || inventName(world, id));
	if (!isQuiet) emit(world, 'container', 'create', id, attributesOf(container));
	return container;
};
