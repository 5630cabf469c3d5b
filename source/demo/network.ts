// Networks: their shape on the wire, the three every engine starts with, and who is connected.

import type { Container } from './container.ts';
import { refuse } from './refusal.ts';
import { goTime } from './words.ts';
import { newId, type World } from './world.ts';

export type Network = {
	id: string;
	name: string;
	driver: string;
	createdAt: number;
	subnet: string;
	gateway: string;
	isInternal: boolean;
	isAttachable: boolean;
	labels: Record<string, string>;
	options: Record<string, string>;
	/** The last part of the address that is given out next. */
	nextHost: number;
};

export const predefined = ['bridge', 'host', 'none'];

export const addNetwork = (
	world: World,
	name: string,
	driver: string,
	more: Partial<Network> = {},
): Network => {
	const number = 17 + [...world.networks.values()].filter((network) => network.subnet).length;
	const hasAddresses = driver !== 'host' && driver !== 'null';
	const network: Network = {
		id: newId(world),
		name,
		driver,
		createdAt: world.now(),
		subnet: hasAddresses ? `172.${number}.0.0/16` : '',
		gateway: hasAddresses ? `172.${number}.0.1` : '',
		isInternal: false,
		isAttachable: false,
		labels: {},
		options: {},
		nextHost: 2,
		...more,
	};
	world.networks.set(network.id, network);
	return network;
};

export const findNetwork = (world: World, wanted: string): Network => {
	for (const network of world.networks.values())
		if (network.name === wanted || network.id === wanted) return network;
	const matches = [...world.networks.values()].filter((network) => wanted && network.id.startsWith(wanted));
	return matches.length === 1 && matches[0] ? matches[0] : refuse(404, `network ${wanted} not found`);
};

const connected = (world: World, network: Network): Container[] =>
	[...world.containers.values()].filter(
		(container) =>
			(container.status === 'running' || container.status === 'paused') &&
			container.endpoints.has(network.name),
	);

export const isUsed = (world: World, network: Network): boolean => connected(world, network).length > 0;

export const describeNetwork = (world: World, network: Network, withContainers: boolean) => {
	const members = withContainers ? connected(world, network) : [];
	const describe = (container: Container) => {
		const endpoint = container.endpoints.get(network.name);
		return {
			Name: container.name,
			EndpointID: endpoint?.id ?? '',
			MacAddress: endpoint?.mac ?? '',
			IPv4Address: endpoint?.ip ? `${endpoint.ip}/16` : '',
			IPv6Address: '',
		};
	};
	return {
		Name: network.name,
		Id: network.id,
		Created: goTime(network.createdAt),
		Scope: 'local',
		Driver: network.driver,
		EnableIPv4: true,
		EnableIPv6: false,
		IPAM: {
			Driver: 'default',
			Options: predefined.includes(network.name) ? null : {},
			Config: network.subnet ? [{ Subnet: network.subnet, Gateway: network.gateway }] : [],
		},
		Internal: network.isInternal,
		Attachable: network.isAttachable,
		Ingress: false,
		ConfigFrom: { Network: '' },
		ConfigOnly: false,
		Containers: Object.fromEntries(members.map((container) => [container.id, describe(container)])),
		Options: network.options,
		Labels: network.labels,
	};
};
