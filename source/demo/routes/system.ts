// /_ping, /version, /info, /events, /auth, /system/df and what is not there.

import { bodyJson, type Call, ok, type Route, text } from '../call.ts';
import { eventFilters, isWanted, type WorldEvent } from '../events.ts';
import { parseFilters } from '../filters.ts';
import { layerSizes, summarizeImage } from '../image-json.ts';
import { refuse } from '../refusal.ts';
import { summarize } from '../state-json.ts';
import { later } from '../timers.ts';
import { versionAnswer } from '../version.ts';
import { describeVolume, usersOf } from '../volume.ts';
import { parseStamp } from '../words.ts';
import { newStamp, type World } from '../world.ts';
import { infoAnswer } from './info.ts';

const pingHeaders = {
	'Builder-Version': '2',
	'Cache-Control': 'no-cache, no-store, must-revalidate',
	Pragma: 'no-cache',
	Swarm: 'inactive',
};

const moment = (call: Call, name: string): bigint | undefined => {
	const value = text(call, name);
	if (value === '') return undefined;
	return parseStamp(value) ?? refuse(400, `strconv.ParseInt: parsing "${value}": invalid syntax`);
};

const events = (call: Call): undefined => {
	const { world, response } = call;
	const filters = parseFilters(call.query.get('filters'), eventFilters);
	const [since, until] = [moment(call, 'since'), moment(call, 'until')];
	response.writeHead(200, { 'Content-Type': 'application/json' });
	response.flushHeaders();
	const write = (event: WorldEvent) => {
		if ((until === undefined || event.stamp <= until) && isWanted(event, filters))
			response.write(`${event.line}\n`);
	};
	if (since !== undefined || until !== undefined)
		for (const event of world.events.recent) if (event.stamp >= (since ?? 0n)) write(event);
	const left = until === undefined ? undefined : Number((until - newStamp(world)) / 1_000_000n);
	if (left !== undefined && left <= 0) {
		response.end();
		return undefined;
	}
	world.events.listeners.add(write);
	const finish = () => {
		world.events.listeners.delete(write);
		cancel();
		if (!response.destroyed) response.end();
	};
	const cancel = left === undefined ? () => {} : later(world.timers, Math.min(left, 2 ** 31 - 1), finish);
	response.on('close', finish);
	return undefined;
};

const login = async (call: Call) => {
	const { username, password } = await bodyJson<{ username: string; password: string }>(call);
	if (username === 'demo' && password === 'demo') return ok({ IdentityToken: '', Status: 'Login Succeeded' });
	return refuse(500, 'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password');
};

const diskUsage = (world: World, call: Call) => {
	const layers = new Map<string, number>();
	for (const image of world.images.values())
		for (const [layer, size] of layerSizes(image)) layers.set(layer, size);
	const cache = [...world.buildCache].map(([id, entry]) => ({
		ID: id.slice(0, 25),
		Type: 'regular',
		Description: entry.description,
		InUse: false,
		Shared: false,
		Size: entry.size,
		CreatedAt: new Date(entry.createdAt).toISOString(),
		LastUsedAt: new Date(entry.createdAt).toISOString(),
		UsageCount: 1,
	}));
	return {
		LayersSize: [...layers.values()].reduce((sum, size) => sum + size, 0),
		Images: [...world.images.values()].map((image) => summarizeImage(world, image, call.api, true)),
		Containers: [...world.containers.values()].map((container) => summarize(world, container, true)),
		Volumes: [...world.volumes.values()].map((volume) => ({
			...describeVolume(volume),
			UsageData: { RefCount: usersOf(world, volume).length, Size: volume.size },
		})),
		BuildCache: cache,
		...(call.api < 42 && { BuilderSize: cache.reduce((sum, entry) => sum + entry.Size, 0) }),
	};
};

export const systemRoutes: Route[] = [
	['GET', '/_ping', () => ({ status: 200, text: 'OK', headers: pingHeaders })],
	[
		'HEAD',
		'/_ping',
		() => ({ status: 200, headers: { ...pingHeaders, 'Content-Type': 'text/plain; charset=utf-8' } }),
	],
	['GET', '/version', () => ok(versionAnswer)],
	['GET', '/info', ({ world }) => ok(infoAnswer(world))],
	['GET', '/events', events],
	['POST', '/auth', login],
	['GET', '/system/df', (call) => ok(diskUsage(call.world, call))],
	[
		'GET',
		'/distribution/:name*/json',
		({ parts }) => refuse(404, `manifest unknown: manifest unknown: ${parts.name}`),
	],
];
