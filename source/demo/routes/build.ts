// /build, /build/cancel, /build/prune and /session.

import { buildWithBuildKit } from '../build/buildkit.ts';
import { buildClassic } from '../build/classic.ts';
import { readContext } from '../build/context.ts';
import { parseDockerfile } from '../build/dockerfile.ts';
import { readOptions } from '../build/options.ts';
import { type Call, empty, ok, type Route, text } from '../call.ts';
import { emit } from '../events.ts';
import { hijack } from '../hijack.ts';
import { Refusal, refuse } from '../refusal.ts';

const largestContext = 256 << 20;

const build = async (call: Call): Promise<undefined> => {
	const { world } = call;
	const options = readOptions(call);
	const context = readContext(await call.body(largestContext));
	const id = text(call, 'buildid');
	const cancel = new AbortController();
	if (id) world.builds.set(id, cancel);
	const signal = AbortSignal.any([call.signal, cancel.signal]);
	const parse = () => {
		const node = context.get(options.fileName);
		if (node?.kind !== 'file')
			throw new Refusal(500, `Cannot locate specified Dockerfile: ${options.fileName}`);
		return parseDockerfile(node.bytes.toString(), options.fileName);
	};
	try {
		if (text(call, 'version') !== '2') return await buildClassic(call, options, parse(), context, signal);
		return await buildWithBuildKit(
			call,
			options,
			() => {
				if (context.get(options.fileName)?.kind !== 'file')
					throw new Error(`failed to read dockerfile: open ${options.fileName}: no such file or directory`);
				return parse();
			},
			context,
			signal,
		);
	} finally {
		if (id) world.builds.delete(id);
	}
};

const cancelBuild = (call: Call) => {
	if (!call.query.has('id')) refuse(400, 'build ID not provided');
	call.world.builds.get(text(call, 'id'))?.abort();
	return empty;
};

const prune = (call: Call) => {
	const { world } = call;
	const ids = [...world.buildCache.keys()].map((id) => id.slice(0, 25));
	const reclaimed = [...world.buildCache.values()].reduce((sum, entry) => sum + entry.size, 0);
	world.buildCache.clear();
	emit(world, 'builder', 'prune', '', { reclaimed: String(reclaimed) });
	return ok({ CachesDeleted: ids.length > 0 ? ids : null, SpaceReclaimed: reclaimed });
};

/** A session is accepted and never used: nothing in this world needs secrets or credentials. */
const session = (call: Call): undefined => {
	hijack(call, 'application/vnd.docker.raw-stream').onData(() => {});
};

export const buildRoutes: Route[] = [
	['POST', '/build', build],
	['POST', '/build/cancel', cancelBuild],
	['POST', '/build/prune', prune],
	['POST', '/session', session],
];
