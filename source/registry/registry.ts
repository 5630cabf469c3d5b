// What a registry has: its repositories and their tags, asked for without an engine.
import type { RegistryCredentials } from '../engine/contract.ts';
import { RegistryError, registryError } from './error.ts';
import type { Answer } from './http.ts';
import { isHub } from './names.ts';
import { newestFirst } from './newest-first.ts';
import { openSession, type SessionOptions } from './session.ts';

/** No more of either are told. */
const mostNames = 1000;
/** Tags come by the alphabet: more of them must be looked at to find the newest. */
const mostTags = 10_000;

export type Names = {
	readonly names: readonly string[];
	/** There are more. */
	readonly isCut: boolean;
};

/** Both reject with a RegistryError (`ELOGIN`: a login, or another one, would help), or with the reason of the signal. */
export type Registry = {
	/** Its repositories. */
	catalog(signal: AbortSignal): Promise<Names>;
	/** The newest first, as far as their names tell. */
	tags(repository: string, signal: AbortSignal): Promise<Names>;
};

/** `host` as in a reference or as docker keeps it: `registry.example:5000`, `docker.io`, `https://index.docker.io/v1/`. */
export const openRegistry = (
	host: string,
	credentials?: RegistryCredentials,
	options: SessionOptions = {},
): Registry => {
	const session = openSession(host, credentials, options);
	const { name } = session;

	/** Page after page, until there is enough. */
	const read = async (first: string, scope: string, key: string, most: number, signal: AbortSignal) => {
		const seen = new Set<string>();
		let path: string | undefined = first;
		while (path !== undefined && seen.size < most) {
			const answer: Answer = await session.get(path, scope, signal);
			const before = seen.size;
			for (const one of namesIn(answer, key, name)) seen.add(one);
			// One that goes round in circles has nothing new.
			path = seen.size > before ? nextOf(answer) : undefined;
		}
		return { found: [...seen], isMore: path !== undefined };
	};

	return {
		async catalog(signal) {
			if (isHub(host))
				throw new RegistryError('Docker Hub has no list of its repositories: search it.', 'ENOCATALOG');
			const scope = 'registry:catalog:*';
			const { found, isMore } = await read(
				'/v2/_catalog?n=100',
				scope,
				'repositories',
				mostNames,
				signal,
			).catch((error) => {
				if (!isMissing(error)) throw error;
				throw new RegistryError(
					`${name} has no list of its repositories: type the name of one.`,
					'ENOCATALOG',
				);
			});
			const names = found.filter(isRepository);
			return { names: names.slice(0, mostNames), isCut: isMore || names.length > mostNames };
		},
		async tags(repository, signal) {
			const path = isHub(host) && !repository.includes('/') ? `library/${repository}` : repository;
			if (!isRepository(path))
				throw new RegistryError(`${repository} is not the name of a repository.`, 'ENAME');
			const scope = `repository:${path}:pull`;
			const { found, isMore } = await read(
				`/v2/${path}/tags/list?n=1000`,
				scope,
				'tags',
				mostTags,
				signal,
			).catch((error) => {
				if (!isMissing(error)) throw error;
				throw new RegistryError(`${name} has no repository ${repository}.`, 'ENOREPOSITORY');
			});
			const names = newestFirst(found.filter(isTag));
			return { names: names.slice(0, mostNames), isCut: isMore || names.length > mostNames };
		},
	};
};

const isMissing = (error: unknown): boolean => error instanceof RegistryError && error.code === 'EMISSING';

// They go into references, and nothing but names may.
const isRepository = (name: string): boolean =>
	/^[a-z0-9][a-z0-9._/-]{0,254}$/.test(name) && !/\/[./]/.test(name);
const isTag = (tag: string): boolean => /^\w[\w.-]{0,127}$/.test(tag);

const namesIn = ({ text }: Answer, key: string, name: string): string[] => {
	let names: unknown;
	try {
		// A repository whose tags were all deleted has null.
		names = JSON.parse(text)[key] ?? [];
	} catch {}
	if (!Array.isArray(names)) throw registryError('EANSWER', name);
	return names.filter((one) => typeof one === 'string');
};

/** Only its path counts: a registry behind a proxy does not know its own address. */
const nextOf = ({ headers: { link } }: Answer): string | undefined => {
	const [, target] = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(String(link ?? '')) ?? [];
	if (target === undefined || !URL.canParse(target, 'http://registry')) return undefined;
	const { pathname, search } = new URL(target, 'http://registry');
	return `${pathname}${search}`;
};
