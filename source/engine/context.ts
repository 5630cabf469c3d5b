// The current docker context, as `docker context use` left it in the configuration folder.
import { createHash } from 'node:crypto';
import type { Candidate, Endpoint } from '../model/connection.ts';
import { readHost } from './host.ts';

/** What a file holds, or undefined where it cannot be read. */
export type ReadText = (path: string) => string | undefined;

/** The context's name, unless it is the default one (which only means: the usual sockets). */
export function contextName(
	env: Readonly<Record<string, string | undefined>>,
	folder: string,
	read: ReadText,
): string | undefined {
	const name = env.DOCKER_CONTEXT || field(json(read(`${folder}/config.json`)), 'currentContext');
	return typeof name === 'string' && name !== '' && name !== 'default' ? name : undefined;
}

export function contextCandidate(name: string, folder: string, read: ReadText): Candidate {
	const hash = createHash('sha256').update(name).digest('hex');
	const meta = json(read(`${folder}/contexts/meta/${hash}/meta.json`));
	const docker = field(field(meta, 'Endpoints'), 'docker');
	const host = field(docker, 'Host');
	const source = `context ${name}`;
	if (typeof host !== 'string') {
		return {
			endpoint: { host: `context ${name}`, source, name },
			problem: {
				reason: 'no such context',
				remedy:
					'See which contexts there are with: docker context ls, and choose one with: docker context use NAME',
			},
		};
	}
	const pem = (file: string): string | undefined => read(`${folder}/contexts/tls/${hash}/docker/${file}.pem`);
	const tls = tlsOf(pem('ca'), pem('cert'), pem('key'), field(docker, 'SkipTLSVerify') !== true);
	const reading = readHost(host, tls !== undefined);
	if ('problem' in reading) {
		return {
			endpoint: { host, source, name },
			problem: { reason: 'not an address', remedy: reading.problem },
		};
	}
	return { endpoint: { host: reading.host, source, name, ...(tls && { tls }) } };
}

function tlsOf(
	ca: string | undefined,
	cert: string | undefined,
	key: string | undefined,
	verify: boolean,
): Endpoint['tls'] {
	if (ca === undefined && cert === undefined && key === undefined && verify) return undefined;
	return {
		...(ca !== undefined && { ca }),
		...(cert !== undefined && { cert }),
		...(key !== undefined && { key }),
		verify,
	};
}

function json(text: string | undefined): unknown {
	if (text === undefined) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		// docker, too, goes on with its defaults when its configuration cannot be read.
		return undefined;
	}
}

const field = (value: unknown, name: string): unknown =>
	typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
