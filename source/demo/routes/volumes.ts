// /volumes: the basics.

import { bodyJson, type Call, created, flag, noContent, ok, part, type Route } from '../call.ts';
import { emit } from '../events.ts';
import { isTrue, parseFilters, passes, passesLabels } from '../filters.ts';
import { refuse } from '../refusal.ts';
import { addVolume, describeVolume, findVolume, removeVolume, usersOf } from '../volume.ts';

const list = (call: Call) => {
	const { world } = call;
	const filters = parseFilters(call.query.get('filters'), ['dangling', 'driver', 'label', 'name']);
	const volumes = [...world.volumes.values()].filter(
		(volume) =>
			passes(filters, 'name', (wanted) => volume.name.includes(wanted)) &&
			passes(filters, 'driver', (wanted) => wanted === 'local') &&
			passes(filters, 'dangling', (wanted) => (usersOf(world, volume).length === 0) === isTrue(wanted)) &&
			passesLabels(filters, volume.labels),
	);
	return ok({ Volumes: volumes.map(describeVolume), Warnings: null });
};

const create = async (call: Call) => {
	const body = await bodyJson<{
		Name: string;
		Labels: Record<string, string>;
		DriverOpts: Record<string, string>;
	}>(call);
	const name = body.Name ?? '';
	if (name && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
		refuse(
			400,
			`create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
		);
	return created(
		describeVolume(
			addVolume(call.world, name, {
				...(body.Labels && { labels: body.Labels }),
				options: body.DriverOpts ?? null,
			}),
		),
	);
};

const remove = (call: Call) => {
	const volume = call.world.volumes.get(part(call, 'name'));
	if (!volume && flag(call, 'force')) return noContent;
	removeVolume(call.world, volume ?? findVolume(call.world, part(call, 'name')));
	return noContent;
};

const prune = (call: Call) => {
	const { world } = call;
	const filters = parseFilters(call.query.get('filters'), ['all', 'label', 'label!']);
	const isAll = call.api < 42 || (filters.get('all')?.some(isTrue) ?? false);
	const unused = [...world.volumes.values()].filter(
		(volume) =>
			usersOf(world, volume).length === 0 &&
			(isAll || volume.isAnonymous) &&
			passesLabels(filters, volume.labels),
	);
	for (const volume of unused) removeVolume(world, volume);
	const reclaimed = unused.reduce((sum, volume) => sum + volume.size, 0);
	emit(world, 'volume', 'prune', '', { reclaimed: String(reclaimed) });
	return ok({
		VolumesDeleted: unused.length > 0 ? unused.map((volume) => volume.name) : null,
		SpaceReclaimed: reclaimed,
	});
};

export const volumeRoutes: Route[] = [
	['GET', '/volumes', list],
	['POST', '/volumes/create', create],
	['POST', '/volumes/prune', prune],
	['GET', '/volumes/:name', (call) => ok(describeVolume(findVolume(call.world, part(call, 'name'))))],
	['DELETE', '/volumes/:name', remove],
];
