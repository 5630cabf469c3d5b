// Of the table of verbs: taking away what nothing uses, after listing it. Containers and images have a row of
// their own.

import { isBelow } from '../engine/info.ts';
import type { DiskUse, EngineInfo } from '../model/items.ts';
import { plural, shortId, size } from '../model/words.ts';
import type { FreeVerb } from './action.ts';
import { said } from './said.ts';

const free = { scope: 'app', on: 'none' } as const;

const pruneNetworks: FreeVerb = {
	...free,
	id: 'app.prune-networks',
	keys: [],
	title: 'Prune networks',
	help: 'Removes the networks that no running container is in, after listing them.',
	isChanging: true,
	doing: 'pruning',
	done: 'pruned',
	ask: async (_, { engine }) => {
		const unused = (await engine.networks()).filter(
			({ isBuiltIn, users }) => !isBuiltIn && users.length === 0,
		);
		if (unused.length === 0)
			return said('Nothing to prune', 'Every network of yours has a running container in it.');
		return {
			title: `Remove ${plural(unused.length, 'network')}?`,
			body: [
				...unused.map(({ name, driver }) => `${name}  ${driver}`),
				'',
				'No running container is in them. A stopped one that was made in one of them cannot be started afterwards.',
			],
			fields: [],
			yes: 'prune',
			isDestructive: true,
		};
	},
	cli: () => 'docker network prune -f',
	run: async (_, __, { engine }) => plural((await engine.pruneNetworks()).removed.length, 'network'),
};

const volumeLines = (use: DiskUse, isAnonymous: boolean) => {
	const unused = [...use.volumes].filter(
		([, volume]) => volume.users === 0 && volume.isAnonymous === isAnonymous,
	);
	return {
		lines: unused.map(([name, { size: bytes }]) => `  ${isAnonymous ? shortId(name) : name}  ${size(bytes)}`),
		names: unused.map(([name]) => name),
		bytes: unused.reduce((sum, [, volume]) => sum + volume.size, 0),
	};
};

/** What docker calls it: before API 1.42 there is no prune that leaves the volumes with a name alone. */
const volumePrunes = ({ apiVersion, flavour }: EngineInfo, anonymous: readonly string[]) => {
	const isOld = flavour === 'podman' || isBelow(apiVersion, '1.42');
	return isOld
		? { anonymous: `rm ${anonymous.join(' ')}`, all: 'prune -f' }
		: { anonymous: 'prune -f', all: 'prune -a -f' };
};

const pruneVolumes: FreeVerb = {
	...free,
	id: 'app.prune-volumes',
	keys: [],
	title: 'Prune volumes',
	help: 'Removes volumes that no container uses, with all that is in them, after listing them.',
	isChanging: true,
	doing: 'pruning',
	done: 'pruned',
	ask: async (_, { engine }) => {
		const use = await engine.diskUse();
		const [anonymous, named] = [volumeLines(use, true), volumeLines(use, false)];
		const lines = volumePrunes(engine.info, anonymous.names);
		if (anonymous.lines.length + named.lines.length === 0)
			return said('Nothing to prune', 'Every volume is used by a container.');
		return {
			title: 'Remove volumes, with all that is in them?',
			body: [
				`${plural(anonymous.lines.length, 'anonymous volume')}, ${size(anonymous.bytes)} come back:`,
				...anonymous.lines,
				`${plural(named.lines.length, 'named volume')}, ${size(named.bytes)} come back:`,
				...named.lines,
			],
			fields: [
				{
					kind: 'choice',
					id: 'which',
					label: 'which',
					value: lines.anonymous,
					options: [
						{ value: lines.anonymous, label: 'anonymous only' },
						{ value: lines.all, label: 'all unused' },
					],
				},
			],
			yes: 'prune',
			isDestructive: true,
		};
	},
	cli: (_, { which = 'prune -f' }) => `docker volume ${which}`,
	run: async (_, { which }, { engine }) => {
		const { removed, bytes } = await engine.pruneVolumes({
			all: which === volumePrunes(engine.info, []).all,
		});
		return `${plural(removed.length, 'volume')}, ${size(bytes)} came back`;
	},
};

const pruneBuildCache: FreeVerb = {
	...free,
	id: 'app.prune-build-cache',
	keys: [],
	title: 'Prune the build cache',
	help: 'Removes what BuildKit keeps to build faster, after listing it.',
	isChanging: true,
	doing: 'pruning',
	done: 'pruned',
	ask: async (_, { engine }) => {
		const { buildCache } = await engine.diskUse();
		const unused = buildCache.filter(({ isInUse }) => !isInUse);
		if (unused.length === 0)
			return said('Nothing to prune', 'The build cache is empty, or all of it is in use.');
		const own = unused.filter(({ isShared }) => !isShared).reduce((sum, each) => sum + each.size, 0);
		return {
			title: 'Prune the build cache?',
			body: [
				`${plural(unused.length, 'record')}, ${size(own)} come back:`,
				...[...unused]
					.sort((a, b) => b.size - a.size)
					.map(
						(each) =>
							`  ${size(each.size).padStart(6)}  ${each.description}${each.isShared ? '  shared' : ''}`,
					),
			],
			fields: [{ kind: 'toggle', id: 'all', label: 'also what is not dangling', value: false }],
			yes: 'prune',
			isDestructive: true,
		};
	},
	cli: (_, { all }) => `docker builder prune ${all === true ? '-a ' : ''}-f`,
	run: async (_, { all }, { engine }) => {
		const { removed, bytes } = await engine.pruneBuildCache({ all: all === true });
		return `${plural(removed.length, 'record')}, ${size(bytes)} came back`;
	},
};

export const pruneVerbs: readonly FreeVerb[] = [pruneNetworks, pruneVolumes, pruneBuildCache];
