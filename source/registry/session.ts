// The way to one registry: found at the first request, with whatever login it wants to see.
import type { RegistryCredentials } from '../engine/contract.ts';
import { authoritiesFor, dockerCertificates } from './certificates.ts';
import { isDistrust, isTls, RegistryError, registryError } from './error.ts';
import { type Answer, type Ask, ask } from './http.ts';
import { hostOf, isHub, isLoopback } from './names.ts';
import { authorize, type Challenge, challengeOf, denied, refused } from './token.ts';

export type SessionOptions = {
	/** Milliseconds that one request may take. */
	readonly timeout?: number;
	/** The folder of docker's certificates of registries, if not the usual one. */
	readonly certificates?: string;
};

export type Session = {
	/** As people know the registry. */
	readonly name: string;
	/** `EMISSING`: it is a registry, but has nothing there. */
	get(path: string, scope: string, signal: AbortSignal): Promise<Answer>;
};

export const openSession = (
	registry: string,
	credentials: RegistryCredentials | undefined,
	options: SessionOptions,
): Session => {
	const host = isHub(registry) ? 'registry-1.docker.io' : hostOf(registry);
	const name = isHub(registry) ? 'Docker Hub' : host;
	const shown = new Map<string, string>();
	let base: URL | undefined;
	let authorities: readonly string[] | undefined;

	const get = async (path: string, scope: string, signal: AbortSignal): Promise<Answer> => {
		const { timeout, certificates = dockerCertificates } = options;
		if (!base) authorities = isHost(host) ? await authoritiesFor(host, certificates) : undefined;
		const given = { timeout, authorities, signal };
		base ??= await find(host, credentials !== undefined, given);
		const url = new URL(path, base);
		let answer = await ask(url, { ...given, authorization: shown.get(scope) });
		if (answer.status === 401) {
			const challenge: Challenge | undefined = challengeOf(answer.headers['www-authenticate']);
			if (!challenge) throw refused(name, credentials);
			const authorization = await authorize({ name, base, challenge, scope, credentials }, given);
			if (authorization === undefined) throw refused(name, credentials);
			shown.set(scope, authorization);
			answer = await ask(url, { ...given, authorization });
			if (answer.status === 401 && challenge.scheme === 'basic') throw refused(name, credentials);
		}
		return checked(answer);
	};

	const checked = (answer: Answer): Answer => {
		const { status } = answer;
		if (status === 200) return answer;
		if (status === 401 || status === 403) throw denied(name, credentials);
		if (status === 429)
			throw new RegistryError(`${name} gets too many requests: wait a little and try again.`, 'EBUSY');
		if (status === 404 || status === 405 || status === 501)
			throw new RegistryError(`${name} has nothing there.`, 'EMISSING');
		throw new RegistryError(`${name} could not answer (${status}).`, 'EFAILED');
	};

	return { name, get };
};

/** With TLS, unless it is on this machine; a login goes nowhere without TLS. */
const find = async (host: string, hasLogin: boolean, given: Ask): Promise<URL> => {
	if (!isHost(host)) throw new RegistryError(`${host} is not the name of a registry.`, 'ENAME');
	const [plain, tls] = [new URL(`http://${host}`), new URL(`https://${host}`)];
	if (!isLoopback(plain.hostname)) {
		try {
			return await look(tls, given);
		} catch (error) {
			if (!isTls(codeOf(error)) || isDistrust(codeOf(error)) || given.signal.aborted) throw error;
			const found = await look(plain, given).catch(() => {
				throw error;
			});
			if (!hasLogin) return found;
			throw new RegistryError(`${host} has no TLS: the login is not sent to it.`, 'EPROTO');
		}
	}
	try {
		return await look(plain, given);
	} catch (error) {
		// That is also how one with TLS takes a request without.
		if (given.signal.aborted || !/^(EANSWER|ECONNRESET|HPE_.*)$/.test(codeOf(error))) throw error;
		try {
			return await look(tls, given);
		} catch (other) {
			throw isDistrust(codeOf(other)) ? other : error;
		}
	}
};

const codeOf = (error: unknown): string => (error instanceof RegistryError && error.code) || '';

/** It becomes a part of addresses and of a path. */
const isHost = (host: string): boolean =>
	/^(\w[\w.-]*|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host) && URL.canParse(`https://${host}`);

const look = async (base: URL, given: Ask): Promise<URL> => {
	const { status, headers, text } = await ask(new URL('/v2/', base), given);
	const says = headers['docker-distribution-api-version'] !== undefined;
	const isRegistry =
		(status === 200 && (says || /^\s*(\{|$)/.test(text))) ||
		(status === 401 && (says || challengeOf(headers['www-authenticate']) !== undefined)) ||
		status === 403 ||
		status === 429;
	if (isRegistry) return base;
	if (status >= 500) throw new RegistryError(`${base.host} could not answer (${status}).`, 'EFAILED');
	throw registryError('EANSWER', base.host);
};
