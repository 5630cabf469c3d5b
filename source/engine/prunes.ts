// Takes away what nothing uses.
import type { Pruned } from '../model/items.ts';
import { askJson } from './ask.ts';
import { type Engaged, pathPart, wordedFor, workLimit } from './call.ts';
import type { Verbs } from './contract.ts';
import { diskUse } from './disk-use.ts';
import { EngineError } from './error.ts';
import { isBelow } from './info.ts';
import { record } from './json.ts';
import { pruned, prunedImages } from './pruned.ts';

type Prunes = Pick<
	Verbs,
	'pruneContainers' | 'pruneImages' | 'pruneNetworks' | 'pruneVolumes' | 'pruneBuildCache'
>;

const about = { verb: 'prune', name: '' };

export function prunes(engaged: Engaged): Prunes {
	const { wire, prefix, call, identity } = engaged;
	return {
		async pruneContainers() {
			return pruned(await call(about, (docker) => docker.pruneContainers()), 'ContainersDeleted');
		},
		async pruneImages({ all }) {
			const filters = JSON.stringify({ dangling: [String(!all)] });
			return prunedImages(await call(about, (docker) => docker.pruneImages({ filters })));
		},
		async pruneNetworks() {
			return pruned(await call(about, (docker) => docker.pruneNetworks()), 'NetworksDeleted');
		},
		async pruneVolumes({ all }) {
			const { apiVersion, flavour } = await identity;
			const takesAll = flavour === 'podman' || isBelow(apiVersion, '1.42');
			// Such an engine would take the named ones as well.
			if (takesAll && !all) return pruneAnonymous(engaged);
			const options = all && !takesAll ? { filters: JSON.stringify({ all: ['true'] }) } : {};
			const answer: unknown = await call(about, (docker) => docker.pruneVolumes(options as object));
			return pruned(answer, 'VolumesDeleted');
		},
		async pruneBuildCache({ all }) {
			// dockerode cannot say `all`.
			const path = `${prefix}/build/prune${all ? '?all=1' : ''}`;
			return wordedFor({ verb: 'pruneBuildCache', name: '' }, async () =>
				pruned(await askJson(wire, { method: 'POST', path }), 'CachesDeleted'),
			);
		},
	};
}

async function pruneAnonymous({ wire, prefix, call }: Engaged): Promise<Pruned> {
	const path = `${prefix}/system/df?verbose=1`;
	const answer = await wordedFor(about, () => askJson(wire, { path, timeout: workLimit }));
	const removed: string[] = [];
	let bytes = 0;
	for (const [name, { size, users, isAnonymous }] of diskUse(record(answer)).volumes) {
		if (!isAnonymous || users > 0) continue;
		const isGone = await call(about, (docker) => docker.getVolume(pathPart(name)).remove()).then(
			() => true,
			unlessUsed,
		);
		if (!isGone) continue;
		removed.push(name);
		bytes += size;
	}
	return { removed, bytes };
}

/** Somebody took it, or took it away, meanwhile. */
function unlessUsed(error: unknown): false {
	if (error instanceof EngineError && (error.statusCode === 409 || error.statusCode === 404)) return false;
	throw error;
}
