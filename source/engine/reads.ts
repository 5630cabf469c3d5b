// What is asked of the engine and changes nothing.
import type { Change } from '../model/items.ts';
import { ask, askJson } from './ask.ts';
import { type Call, listLimit, pathPart, wordedFor, workLimit } from './call.ts';
import { container, containerDetail } from './containers.ts';
import type { Reads } from './contract.ts';
import { diskUse } from './disk-use.ts';
import { engineError } from './error.ts';
import { image } from './images.ts';
import { list, number, record, records, text, texts } from './json.ts';
import type { Wire } from './wire.ts';

/** Longer queries than this many ids make some proxies refuse the address. */
const idsAtOnce = 50;

const limit = (milliseconds: number): object => ({ abortSignal: AbortSignal.timeout(milliseconds) });

export function reads(wire: Wire, prefix: string, call: Call): Reads {
	// The lists and `df` go without dockerode: the lists because start-up cannot wait until it is loaded, `df` because
	// it cannot pass the `verbose` that API 1.52 needs.
	const listed = async (path: string, timeout: number) => askJson(wire, { path: prefix + path, timeout });

	async function some(ids: readonly string[]) {
		const filters = encodeURIComponent(JSON.stringify({ id: ids }));
		return records(await listed(`/containers/json?all=1&filters=${filters}`, listLimit));
	}

	return {
		async containers(ids) {
			if (ids === undefined) return records(await listed('/containers/json?all=1', listLimit)).map(container);
			const parts = Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, part) =>
				some(ids.slice(part * idsAtOnce, (part + 1) * idsAtOnce)),
			);
			return (await Promise.all(parts)).flat().map(container);
		},
		async images() {
			return records(await listed('/images/json', listLimit)).map(image);
		},
		async inspect(id) {
			const answer = await call({ verb: 'inspect', name: 'This container' }, (docker) =>
				docker.getContainer(pathPart(id)).inspect(limit(listLimit)),
			);
			return containerDetail(record(answer));
		},
		async inspectImage(id) {
			const raw = record(
				await call({ verb: 'inspect', name: 'This image' }, (docker) =>
					docker.getImage(pathPart(id)).inspect(limit(listLimit)),
				),
			);
			return { id: text(raw.Id), raw };
		},
		async processes(id) {
			const top = (options: object) =>
				call(
					{ verb: 'processes', name: 'This container' },
					async (docker): Promise<unknown> =>
						docker.getContainer(pathPart(id)).top({ ...options, ...limit(workLimit) }),
				);
			const answer = record(
				await top({ ps_args: '-eo pid,ppid,user,pcpu,rss,etime,args' }).catch((error) => {
					// A `ps` without these columns (busybox, Podman in the container) makes the engine fail.
					if (error.statusCode === 500 || error.statusCode === 400) return top({});
					throw error;
				}),
			);
			return { titles: texts(answer.Titles), rows: list(answer.Processes).map(texts) };
		},
		async changes(id) {
			const answer = await call({ verb: 'changes', name: 'This container' }, (docker) =>
				docker.getContainer(pathPart(id)).changes(limit(listLimit)),
			);
			return records(answer).map((line) => ({
				kind: kinds[number(line.Kind)] ?? 'changed',
				path: text(line.Path),
			}));
		},
		async diskUse() {
			const path = `${prefix}/system/df?verbose=1`;
			return wordedFor({ verb: 'diskUse', name: '' }, async () =>
				diskUse(record(await askJson(wire, { path, timeout: workLimit }))),
			);
		},
	};
}

const kinds: readonly Change['kind'][] = ['changed', 'added', 'deleted'];

/** Over a new connection: a kept one goes on working when the socket file is gone, or when nobody else gets in. */
export async function ping(wire: Wire, timeout: number): Promise<void> {
	const { headers, text } = await ask(wire, {
		path: '/_ping',
		timeout,
		isFresh: !wire.endpoint.host.startsWith('ssh:'),
	});
	if (text.trim() !== 'OK' && headers['api-version'] === undefined) {
		throw engineError({ code: 'EANSWER', engineMessage: text.slice(0, 200) });
	}
}
