// Where an engine may be, in the order it is looked for. Pure: environment, home folder and files are handed in.
import type { Candidate, Endpoint } from '../model/connection.ts';
import { contextCandidate, contextName, type ReadText } from './context.ts';
import { readHost } from './host.ts';

export type Surroundings = {
	/** `--host` */
	readonly host?: string | undefined;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly home: string;
	readonly platform: string;
	readonly read: ReadText;
};

/**
 * Whatever the person chose (`--host`, `DOCKER_HOST`, a context) is the only candidate: when it does not answer, the
 * keys must not quietly act on another engine.
 */
export function candidates(around: Surroundings): Candidate[] {
	const apiVersion = around.env.DOCKER_API_VERSION?.replace(/^v/, '');
	if (!apiVersion) return found(around);
	if (/^\d+\.\d+$/.test(apiVersion)) return found(around).map((candidate) => ({ ...candidate, apiVersion }));
	const problem = {
		reason: 'not an API version',
		remedy: 'Set DOCKER_API_VERSION to one as 1.41, or unset it.',
	};
	return found(around).map((candidate) => ({ ...candidate, problem }));
}

function found({ host, env, home, platform, read }: Surroundings): Candidate[] {
	const folder = env.DOCKER_CONFIG || `${home}/.docker`;
	if (host) return [named(host, '--host', env, folder, read)];
	if (env.DOCKER_HOST) return [named(env.DOCKER_HOST, 'DOCKER_HOST', env, folder, read)];
	const context = contextName(env, folder, read);
	if (context !== undefined) return [contextCandidate(context, folder, read)];
	return sockets(env, home, platform).map(([source, address]) => ({
		endpoint: { host: address, source, name: 'local' },
	}));
}

function sockets(env: Surroundings['env'], home: string, platform: string): [source: string, host: string][] {
	if (platform === 'win32') return [['default pipe', 'npipe:////./pipe/docker_engine']];
	const runtime = env.XDG_RUNTIME_DIR;
	const ofUser = (source: string, path: string): [string, string][] =>
		runtime ? [[source, `unix://${runtime}/${path}`]] : [];
	return [
		['default socket', 'unix:///var/run/docker.sock'],
		...ofUser('rootless socket', 'docker.sock'),
		['Docker Desktop', `unix://${home}/.docker/run/docker.sock`],
		['Docker Desktop', `unix://${home}/.docker/desktop/docker.sock`],
		['Colima', `unix://${home}/.colima/default/docker.sock`],
		['OrbStack', `unix://${home}/.orbstack/run/docker.sock`],
		...ofUser('Podman socket', 'podman/podman.sock'),
		['Podman socket', 'unix:///run/podman/podman.sock'],
	];
}

function named(
	text: string,
	source: string,
	env: Surroundings['env'],
	folder: string,
	read: ReadText,
): Candidate {
	// As docker: any value that is not empty, so `0` and `false` too.
	const verify = Boolean(env.DOCKER_TLS_VERIFY);
	const isTls = verify || Boolean(env.DOCKER_TLS);
	const reading = readHost(text, isTls);
	if ('problem' in reading) {
		const remedy = `${reading.problem} Correct ${source}.`;
		return { endpoint: { host: text, source, name: text }, problem: { reason: 'not an address', remedy } };
	}
	const endpoint = { host: reading.host, source, name: displayName(reading.host) };
	if (!(reading.address.via === 'tcp' && reading.address.isTls)) return { endpoint };
	return certified(endpoint, env.DOCKER_CERT_PATH, folder, verify || !isTls, read);
}

function certified(
	endpoint: Endpoint,
	chosen: string | undefined,
	folder: string,
	verify: boolean,
	read: ReadText,
): Candidate {
	const path = chosen || folder;
	const [ca, cert, key] = ['ca', 'cert', 'key'].map((name) => read(`${path}/${name}.pem`));
	const tls = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), verify };
	const missing = [!ca && verify && 'ca.pem', !cert && 'cert.pem', !key && 'key.pem'].filter(Boolean);
	// Without DOCKER_CERT_PATH the files are a custom, not a promise; the engine may not ask for them.
	if (!chosen || missing.length === 0) return { endpoint: { ...endpoint, tls } };
	const remedy = `Put ${missing.join(', ')} into ${path}, or set DOCKER_CERT_PATH to the folder that has them.`;
	return { endpoint: { ...endpoint, tls }, problem: { reason: 'TLS files are missing', remedy } };
}

const displayName = (host: string): string =>
	host.startsWith('unix:') || host.startsWith('npipe:') ? 'local' : host.replace(/^\w+:\/\//, '');
