// /networks: the basics.

import { bodyJson, type Call, created, empty, noContent, ok, part, type Route } from '../call.ts';
import { findContainer, isAlive } from '../container.ts';
import { emit } from '../events.ts';
import { isTrue, parseFilters, passes, passesLabels } from '../filters.ts';
import { addNetwork, describeNetwork, findNetwork, isUsed, type Network, predefined } from '../network.ts';
import { refuse } from '../refusal.ts';
import { newId } from '../world.ts';

type CreateBody = {
	Name: string;
	Driver: string;
	Internal: boolean;
	Attachable: boolean;
	Labels: Record<string, string>;
	Options: Record<string, string>;
	IPAM: { Config?: { Subnet?: string; Gateway?: string }[] };
};

const networkEvent = (call: Call, action: string, network: Network, more: Record<string, string> = {}) =>
	emit(call.world, 'network', action, network.id, { name: network.name, type: network.driver, ...more });

const list = (call: Call) => {
	const { world } = call;
	const filters = parseFilters(call.query.get('filters'), [
		'dangling',
		'driver',
		'id',
		'label',
		'name',
		'scope',
		'type',
	]);
	const networks = [...world.networks.values()].filter(
		(network) =>
			passes(filters, 'name', (wanted) => network.name.includes(wanted)) &&
			passes(filters, 'id', (wanted) => network.id.startsWith(wanted)) &&
			passes(filters, 'driver', (wanted) => network.driver === wanted) &&
			passes(filters, 'scope', (wanted) => wanted === 'local') &&
			passes(filters, 'type', (wanted) => predefined.includes(network.name) === (wanted === 'builtin')) &&
			passes(
				filters,
				'dangling',
				(wanted) => (!predefined.includes(network.name) && !isUsed(world, network)) === isTrue(wanted),
			) &&
			passesLabels(filters, network.labels),
	);
	return ok(networks.map((network) => describeNetwork(world, network, false)));
};

const create = async (call: Call) => {
	const { world } = call;
	const body = await bodyJson<CreateBody>(call);
	const name = body.Name ?? '';
	if (!name) refuse(400, 'network name cannot be empty');
	if ([...world.networks.values()].some((network) => network.name === name))
		refuse(409, `network with name ${name} already exists`);
	const driver = body.Driver || 'bridge';
	if (driver !== 'bridge')
		refuse(404, `could not find plugin ${driver} in v1 plugin registry: plugin not found`);
	const { Subnet: subnet, Gateway: gateway } = body.IPAM?.Config?.[0] ?? {};
	const network = addNetwork(world, name, driver, {
		isInternal: body.Internal ?? false,
		isAttachable: body.Attachable ?? false,
		labels: body.Labels ?? {},
		options: body.Options ?? {},
		...(subnet && { subnet, gateway: gateway ?? subnet.replace(/0\/\d+$/, '1') }),
	});
	networkEvent(call, 'create', network);
	return created({ Id: network.id, Warning: '' });
};

const remove = (call: Call) => {
	const { world } = call;
	const network = findNetwork(world, part(call, 'id'));
	if (predefined.includes(network.name))
		refuse(403, `${network.name} is a pre-defined network and cannot be removed`);
	if (isUsed(world, network))
		refuse(403, `error while removing network: network ${network.name} has active endpoints`);
	world.networks.delete(network.id);
	networkEvent(call, 'destroy', network);
	return noContent;
};

const prune = (call: Call) => {
	const { world } = call;
	const unused = [...world.networks.values()].filter(
		(network) => !predefined.includes(network.name) && !isUsed(world, network),
	);
	for (const network of unused) {
		world.networks.delete(network.id);
		networkEvent(call, 'destroy', network);
	}
	emit(world, 'network', 'prune', '', { reclaimed: '0' });
	return ok({ NetworksDeleted: unused.length > 0 ? unused.map((network) => network.name) : null });
};

type ConnectBody = { Container: string; EndpointConfig: { Aliases?: string[] } | null };

const withContainer = async (call: Call) => {
	const network = findNetwork(call.world, part(call, 'id'));
	const { Container: wanted = '', EndpointConfig } = await bodyJson<ConnectBody>(call);
	return { network, container: findContainer(call.world, wanted), aliases: EndpointConfig?.Aliases ?? null };
};

const connect = async (call: Call) => {
	const { network, container, aliases } = await withContainer(call);
	if (network.driver === 'host' || container.hostConfig.NetworkMode === 'host')
		refuse(400, 'container cannot be disconnected from host network or connected to host network');
	if (container.endpoints.has(network.name))
		refuse(403, `endpoint with name ${container.name} already exists in network ${network.name}`);
	const ip = isAlive(container) ? network.subnet.replace('0.0/16', `0.${network.nextHost++}`) : '';
	container.endpoints.set(network.name, {
		id: ip ? newId(call.world) : '',
		networkId: network.id,
		gateway: ip ? network.gateway : '',
		ip,
		mac: '',
		aliases,
	});
	networkEvent(call, 'connect', network, { container: container.id });
	return empty;
};

const disconnect = async (call: Call) => {
	const { network, container } = await withContainer(call);
	if (!container.endpoints.delete(network.name))
		refuse(403, `container ${container.id} is not connected to network ${network.name}`);
	networkEvent(call, 'disconnect', network, { container: container.id });
	return empty;
};

export const networkRoutes: Route[] = [
	['GET', '/networks', list],
	['POST', '/networks/create', create],
	['POST', '/networks/prune', prune],
	[
		'GET',
		'/networks/:id',
		(call) => ok(describeNetwork(call.world, findNetwork(call.world, part(call, 'id')), true)),
	],
	['DELETE', '/networks/:id', remove],
	['POST', '/networks/:id/connect', connect],
	['POST', '/networks/:id/disconnect', disconnect],
];
