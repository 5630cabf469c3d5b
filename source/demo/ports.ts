// Publishing ports: which host ports a container gets at its start, and the rows a list shows.

import { type Container, isAlive, type PortBinding } from './container.ts';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

const everyAddress = new Set(['', '0.0.0.0', '::']);

const holder = (world: World, ip: string, port: string, protocol: string): Container | undefined => {
	for (const container of world.containers.values()) {
		if (!isAlive(container)) continue;
		for (const [key, bindings] of Object.entries(container.ports))
			for (const binding of key.endsWith(`/${protocol}`) ? (bindings ?? []) : [])
				if (
					binding.HostPort === port &&
					(binding.HostIp === ip || everyAddress.has(ip) || everyAddress.has(binding.HostIp))
				)
					return container;
	}
	return undefined;
};

const nextFree = (world: World, ip: string, protocol: string): string => {
	for (let tries = 0; tries < 28_000; tries++) {
		world.identity.port = world.identity.port >= 60_999 ? 32_768 : world.identity.port + 1;
		if (!holder(world, ip, String(world.identity.port), protocol)) return String(world.identity.port);
	}
	return refuse(500, 'all ports are allocated');
};

const choose = (world: World, container: Container, binding: PortBinding, protocol: string): string => {
	const ip = binding.HostIp || '0.0.0.0';
	const wanted = binding.HostPort;
	if (!wanted || wanted === '0') return nextFree(world, ip, protocol);
	const [first = 0, last = first] = wanted.split('-').map(Number);
	for (let port = first; port <= last && port <= first + 1000; port++)
		if (!holder(world, ip, String(port), protocol)) return String(port);
	return refuse(
		500,
		`failed to set up container networking: driver failed programming external connectivity on endpoint ${container.name} (${container.id}): Bind for ${ip}:${first} failed: port is already allocated`,
	);
};

/** The ports of a container that starts now; refuses when one is taken. */
export const allocatePorts = (world: World, container: Container): Container['ports'] => {
	const ports: Container['ports'] = {};
	const exposed = Object.keys(container.config.ExposedPorts ?? {});
	const bound = container.hostConfig.PortBindings ?? {};
	if (['host', 'none'].includes(container.hostConfig.NetworkMode)) return {};
	for (const key of new Set([...exposed, ...Object.keys(bound)])) {
		const protocol = key.split('/')[1] ?? 'tcp';
		const wanted = bound[key] ?? (container.hostConfig.PublishAllPorts ? [{ HostIp: '', HostPort: '' }] : []);
		const bindings = wanted.flatMap((binding) => {
			const port = choose(world, container, binding, protocol);
			return binding.HostIp
				? [{ HostIp: binding.HostIp, HostPort: port }]
				: [
						{ HostIp: '0.0.0.0', HostPort: port },
						{ HostIp: '::', HostPort: port },
					];
		});
		ports[key] = bindings.length > 0 ? bindings : null;
	}
	return ports;
};

export const portRows = (container: Container) => {
	if (!isAlive(container)) return [];
	return Object.entries(container.ports).flatMap(([key, bindings]) => {
		const [number = '', type = 'tcp'] = key.split('/');
		const inside = { PrivatePort: Number(number), Type: type };
		return bindings
			? bindings.map(({ HostIp, HostPort }) => ({
					IP: HostIp,
					PrivatePort: inside.PrivatePort,
					PublicPort: Number(HostPort),
					Type: type,
				}))
			: [inside];
	});
};
