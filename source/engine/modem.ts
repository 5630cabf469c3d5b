// dockerode spells the requests, `ask` carries them. Its own modem reads DOCKER_HOST behind our back, leaves promises
// unsettled when a connection dies, follows redirects into a crash and answers `null` with a Buffer.

import type { DialOptions } from 'docker-modem';
import type Docker from 'dockerode';
import { ask, parsed } from './ask.ts';
import { hijack } from './hijack.ts';
import type { Wire } from './wire.ts';

type Done = (error: unknown, body: unknown) => void;

/** `prefix` is the API version as a path: `/v1.41`. */
export async function openDockerode(wire: Wire, prefix: string): Promise<Docker> {
	// Loaded with the first verb: 90–140 ms on this machine, more than everything else that start-up does.
	const { default: Dockerode } = await import('dockerode');
	const dial = (
		{ path, method = 'GET', options = {}, abortSignal: signal, hijack: isHijacked }: DialOptions,
		done: Done,
	): void => {
		const {
			abortSignal: _signal,
			hijack: _hijack,
			_query: query = options,
			_body: content = options,
			...rest
		} = options;
		const [plain = '', takesQuery] = path.split('?');
		const search = takesQuery === undefined ? '' : queryString(query === options ? rest : query);
		// What follows an attach is already typed into the container.
		const isBare = method !== 'POST' || (isHijacked && takesQuery !== undefined);
		const data = isBare ? '{}' : JSON.stringify(content === options ? rest : content);
		const question = { path: prefix + plain + search, body: data === '{}' ? undefined : data, signal };
		const carried: Promise<unknown> = isHijacked
			? hijack(wire, question)
			: ask(wire, { method, ...question }).then(parsed);
		carried.then(
			(answered) => done(null, answered),
			(error) => done(error, null),
		);
	};
	// The option is dockerode's own, but its types do not know it.
	return new Dockerode({ modem: { dial } } as Docker.DockerOptions);
}

/** Objects are JSON (filters), lists repeat their name; booleans are words, which every engine reads. */
export function queryString(options: object): string {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(options)) {
		if (value === undefined || value === null) continue;
		for (const item of Array.isArray(value) ? value : [value]) {
			query.append(name, typeof item === 'object' ? JSON.stringify(item) : String(item));
		}
	}
	return query.size === 0 ? '' : `?${query}`;
}
