// Which containers a list shows: all or the running ones, limit, before, since and every filter of docker ps.

import { type Call, flag, whole } from './call.ts';
import { type Container, findContainer, isAlive } from './container.ts';
import { type Filters, isTrue, parseFilters, passes, passesLabels } from './filters.ts';
import { lookUpImage } from './image.ts';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

const known = [
	'ancestor',
	'before',
	'exited',
	'expose',
	'health',
	'id',
	'is-task',
	'isolation',
	'label',
	'name',
	'network',
	'publish',
	'since',
	'status',
	'volume',
];
const states = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];

const matchesName = (container: Container) => (pattern: string) => {
	try {
		const expression = new RegExp(pattern);
		return expression.test(container.name) || expression.test(`/${container.name}`);
	} catch {
		return container.name === pattern;
	}
};

const descendsFrom = (world: World, container: Container) => (wanted: string) => {
	const ancestor = lookUpImage(world, wanted);
	let image = world.images.get(container.imageId);
	for (let depth = 0; ancestor && image && depth < 200; depth++) {
		if (image === ancestor || ancestor.layers.every((layer, index) => image?.layers[index] === layer))
			return true;
		image = world.images.get(image.parent);
	}
	return false;
};

const hasPort = (container: Container, onHost: boolean) => (wanted: string) => {
	const [port = '', protocol = 'tcp'] = wanted.split('/');
	const [first = 0, last = first] = port.split('-').map(Number);
	const isIn = (number: number) => number >= first && number <= last;
	if (!onHost)
		return Object.keys(container.config.ExposedPorts ?? {}).some(
			(key) => key.endsWith(`/${protocol}`) && isIn(Number.parseInt(key, 10)),
		);
	return Object.entries(container.ports).some(
		([key, bindings]) =>
			key.endsWith(`/${protocol}`) && (bindings ?? []).some((binding) => isIn(Number(binding.HostPort))),
	);
};

const isListed = (world: World, container: Container, filters: Filters): boolean =>
	passes(filters, 'id', (wanted) => container.id.startsWith(wanted)) &&
	passes(filters, 'name', matchesName(container)) &&
	passes(
		filters,
		'status',
		(wanted) => container.status === wanted || (wanted === 'removing' && container.isRemoving),
	) &&
	passes(
		filters,
		'exited',
		(wanted) => container.status === 'exited' && container.exitCode === Number(wanted),
	) &&
	passes(filters, 'health', (wanted) => (container.health?.status ?? 'none') === wanted) &&
	passesLabels(filters, container.config.Labels) &&
	passes(filters, 'ancestor', descendsFrom(world, container)) &&
	passes(filters, 'network', (wanted) =>
		[...container.endpoints].some(([name, endpoint]) => name === wanted || endpoint.networkId === wanted),
	) &&
	passes(filters, 'volume', (wanted) =>
		container.mounts.some((mount) => mount.Name === wanted || mount.Destination === wanted),
	) &&
	passes(filters, 'publish', hasPort(container, true)) &&
	passes(filters, 'expose', hasPort(container, false)) &&
	passes(filters, 'is-task', (wanted) => !isTrue(wanted));

export const listContainers = (call: Call): Container[] => {
	const { world } = call;
	const filters = parseFilters(call.query.get('filters'), known);
	const limit = whole(call, 'limit', -1);
	for (const status of filters.get('status') ?? [])
		if (!states.includes(status)) refuse(400, `invalid filter 'status=${status}'`);
	for (const code of filters.get('exited') ?? [])
		if (!/^\d+$/.test(code)) refuse(400, `invalid filter 'exited=${code}'`);
	const ids = filters.get('id') ?? [];
	// Whole ids are looked up, not searched: the way a client re-reads what changed.
	const isExact = ids.length > 0 && ids.every((id) => world.containers.has(id));
	const candidates = isExact
		? ids.flatMap((id) => world.containers.get(id) ?? [])
		: [...world.containers.values()];
	const isAll = flag(call, 'all') || limit > 0 || (filters.get('status')?.length ?? 0) > 0;
	const before = (filters.get('before') ?? []).map((wanted) => findContainer(world, wanted).createdAt);
	const since = (filters.get('since') ?? []).map((wanted) => findContainer(world, wanted).createdAt);
	const shown = candidates.filter(
		(container) =>
			(isAll || isAlive(container) || container.status === 'restarting') &&
			before.every((time) => container.createdAt < time) &&
			since.every((time) => container.createdAt > time) &&
			isListed(world, container, filters),
	);
	// Newest first; the later one of two with the same time is the newer one.
	const order = shown.reverse().sort((a, b) => b.createdAt - a.createdAt);
	return limit > 0 ? order.slice(0, limit) : order;
};
