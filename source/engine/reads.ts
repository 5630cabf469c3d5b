// What is asked of the engine and changes nothing.
import type { Change } from '../model/items.ts';
import { ask, askJson } from './ask.ts';
import { type Call, listLimit, pathPart, wordedFor, workLimit } from './call.ts';
import { container, containerDetail } from './containers.ts';
import type { Reads } from './contract.ts';
import { diskUse } from './disk-use.ts';
import { EngineError, engineError } from './error.ts';
import { historyLayer, image, searchResult } from './images.ts';
import { list, number, record, records, text, texts } from './json.ts';
import { queryString } from './modem.ts';
import { isBuiltIn, network, volume } from './networks.ts';
import { pathStat } from './path-stat.ts';
import type { Wire } from './wire.ts';

/** Longer queries than this many ids make some proxies refuse the address. */
const idsAtOnce = 50;

const limited = (milliseconds: number): object => ({ abortSignal: AbortSignal.timeout(milliseconds) });

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
				docker.getContainer(pathPart(id)).inspect(limited(listLimit)),
			);
			return containerDetail(record(answer));
		},
		async inspectImage(id) {
			const raw = record(
				await call({ verb: 'inspect', name: 'This image' }, (docker) =>
					docker.getImage(pathPart(id)).inspect(limited(listLimit)),
				),
			);
			return { id: text(raw.Id), raw };
		},
		async processes(id) {
			const top = (options: object) =>
				call(
					{ verb: 'processes', name: 'This container' },
					async (docker): Promise<unknown> =>
						docker.getContainer(pathPart(id)).top({ ...options, ...limited(workLimit) }),
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
				docker.getContainer(pathPart(id)).changes(limited(listLimit)),
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
		async networks() {
			const all = records(await listed('/networks', listLimit));
			return Promise.all(
				all.map(async (one) => {
					if (isBuiltIn(text(one.Name))) return network(one);
					const path = `/networks/${pathPart(text(one.Id))}`;
					// It may be gone by now.
					return network(one, record(await listed(path, listLimit).catch(() => ({}))));
				}),
			);
		},
		async volumes() {
			return records(record(await listed('/volumes', listLimit)).Volumes).map(volume);
		},
		async history({ name }) {
			const answer: unknown = await call({ verb: 'history', name }, (docker) =>
				docker.getImage(pathPart(name)).history(),
			);
			return records(answer).map(historyLayer);
		},
		async search(term, limit) {
			const answer: unknown = await call({ verb: 'search', name: term }, (docker) =>
				docker.searchImages({ term, limit: Math.min(100, Math.max(1, limit)), ...limited(workLimit) }),
			);
			return records(answer).map(searchResult);
		},
		async statPath({ id, name }, path) {
			const question = {
				method: 'HEAD',
				path: `${prefix}/containers/${pathPart(id)}/archive${queryString({ path })}`,
				timeout: listLimit,
			};
			// dockerode does not tell headers.
			const answer = await wordedFor({ verb: 'statPath', name }, () => ask(wire, question)).catch(
				unlessMissing,
			);
			if (answer) return pathStat(answer.headers['x-docker-container-path-stat']);
			// No file and no container are both 404, and an answer to HEAD has no words.
			await call({ verb: 'inspect', name }, (docker) =>
				docker.getContainer(pathPart(id)).inspect(limited(listLimit)),
			);
			return undefined;
		},
	};
}

const kinds: readonly Change['kind'][] = ['changed', 'added', 'deleted'];

/** 500 where a part of the path is a file. */
function unlessMissing(error: unknown): undefined {
	if (error instanceof EngineError && (error.statusCode === 404 || error.statusCode === 500)) return;
	throw error;
}

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
