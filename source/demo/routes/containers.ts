// /containers: lists, descriptions and the verbs.

import { announce } from '../announce.ts';
import {
	bodyJson,
	type Call,
	created,
	empty,
	flag,
	noContent,
	notModified,
	ok,
	part,
	type Route,
	text,
	whole,
} from '../call.ts';
import { type Container, filesOf, findContainer, isAlive, setName } from '../container.ts';
import type { CreateBody } from '../container-config.ts';
import { namePattern } from '../container-name.ts';
import { createContainer } from '../create.ts';
import { emit } from '../events.ts';
import { changesOf } from '../files.ts';
import { parseFilters, passesLabels } from '../filters.ts';
import { start } from '../lifecycle.ts';
import { listContainers } from '../list.ts';
import { refuse } from '../refusal.ts';
import { inspect, summarize } from '../state-json.ts';
import { topOf } from '../top.ts';
import { updateContainer } from '../update.ts';
import { kill, pauseContainer, removeContainer, restart, stop, unpause } from '../verbs.ts';
import type { World } from '../world.ts';

const one = (call: Call) => findContainer(call.world, part(call, 'id'));
const seconds = (call: Call): number | undefined => (call.query.has('t') ? whole(call, 't', 10) : undefined);

const verb = (change: (world: World, container: Container) => void) => (call: Call) => {
	change(call.world, one(call));
	return noContent;
};

const create = async (call: Call) => {
	const body = await bodyJson<CreateBody>(call);
	const container = createContainer(call.world, text(call, 'name'), body);
	return created({ Id: container.id, Warnings: [] });
};

const rename = (call: Call) => {
	const { world } = call;
	const container = one(call);
	const wanted = text(call, 'name').replace(/^\//, '');
	if (!wanted) refuse(400, 'Neither old nor new names may be empty');
	if (wanted === container.name) refuse(400, 'Renaming a container with the same name as its current name');
	if (!namePattern.test(wanted))
		refuse(
			400,
			`Error when allocating new name: Invalid container name (/${wanted}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
		);
	const taken = world.names.get(wanted);
	if (taken)
		refuse(
			409,
			`Error when allocating new name: Conflict. The container name "/${wanted}" is already in use by container "${taken}". You have to remove (or rename) that container to be able to reuse that name.`,
		);
	const oldName = `/${container.name}`;
	setName(world, container, wanted);
	announce(world, container, 'rename', { oldName });
	return noContent;
};

const waitConditions = ['', 'not-running', 'next-exit', 'removed'];

const wait = async (call: Call): Promise<undefined> => {
	const container = one(call);
	const condition = text(call, 'condition');
	if (!waitConditions.includes(condition)) refuse(400, `invalid condition: "${condition}"`);
	const waiting = new Promise<void>((resolve) => {
		const wanted = condition === 'removed' ? ['removed'] : ['ended', 'removed'];
		const isOver =
			(condition === '' || condition === 'not-running') &&
			!isAlive(container) &&
			container.status !== 'restarting';
		if (isOver) return resolve();
		const watcher = (what: string) => {
			if (!wanted.includes(what)) return;
			container.watchers.delete(watcher);
			resolve();
		};
		container.watchers.add(watcher);
		call.signal.addEventListener('abort', () => container.watchers.delete(watcher));
	});
	// The headers go out at once: that is how a client knows that nothing can be missed any more.
	call.response.writeHead(200, { 'Content-Type': 'application/json' });
	call.response.flushHeaders();
	await waiting;
	if (!call.response.destroyed) call.response.end(`${JSON.stringify({ StatusCode: container.exitCode })}\n`);
	return undefined;
};

const resize = (call: Call) => {
	const container = one(call);
	const [rows, columns] = [whole(call, 'h', 0), whole(call, 'w', 0)];
	if (!isAlive(container)) refuse(409, `Container ${container.id} is not running`);
	Object.assign(container.size, { rows, columns });
	announce(call.world, container, 'resize', { height: String(rows), width: String(columns) });
	container.main?.running.signal(28);
	return empty;
};

const prune = (call: Call) => {
	const { world } = call;
	const filters = parseFilters(call.query.get('filters'), ['until', 'label', 'label!']);
	const dead = [...world.containers.values()].filter(
		(container) =>
			!isAlive(container) &&
			container.status !== 'restarting' &&
			passesLabels(filters, container.config.Labels),
	);
	let reclaimed = 0;
	for (const container of dead) {
		reclaimed += container.lazy.files?.size ?? 0;
		container.status = 'dead';
		void removeContainer(world, container, true, false);
	}
	emit(world, 'container', 'prune', '', { reclaimed: String(reclaimed) });
	return ok({
		ContainersDeleted: dead.length > 0 ? dead.map((container) => container.id) : null,
		SpaceReclaimed: reclaimed,
	});
};

export const containerRoutes: Route[] = [
	[
		'GET',
		'/containers/json',
		(call) =>
			ok(listContainers(call).map((container) => summarize(call.world, container, flag(call, 'size')))),
	],
	['POST', '/containers/create', create],
	['POST', '/containers/prune', prune],
	['GET', '/containers/:id/json', (call) => ok(inspect(call.world, one(call), flag(call, 'size')))],
	['POST', '/containers/:id/start', (call) => (start(call.world, one(call)) ? noContent : notModified)],
	[
		'POST',
		'/containers/:id/stop',
		async (call) =>
			(await stop(call.world, one(call), seconds(call), text(call, 'signal'))) ? noContent : notModified,
	],
	[
		'POST',
		'/containers/:id/restart',
		async (call) => restart(call.world, one(call), seconds(call), text(call, 'signal')).then(() => noContent),
	],
	[
		'POST',
		'/containers/:id/kill',
		async (call) => kill(call.world, one(call), text(call, 'signal')).then(() => noContent),
	],
	['POST', '/containers/:id/pause', verb(pauseContainer)],
	['POST', '/containers/:id/unpause', verb(unpause)],
	['POST', '/containers/:id/rename', rename],
	['POST', '/containers/:id/wait', wait],
	['POST', '/containers/:id/resize', resize],
	['POST', '/containers/:id/update', updateContainer],
	['GET', '/containers/:id/top', (call) => ok(topOf(call.world, one(call), text(call, 'ps_args')))],
	[
		'GET',
		'/containers/:id/changes',
		(call) => {
			const changes = changesOf(filesOf(call.world, one(call)));
			return ok(changes.length > 0 ? changes : null);
		},
	],
	[
		'DELETE',
		'/containers/:id',
		async (call) =>
			removeContainer(call.world, one(call), flag(call, 'force'), flag(call, 'v')).then(() => noContent),
	],
];
