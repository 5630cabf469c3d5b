// Our end of a BuildKit session: the engine asks for the login of a registry, or for a secret, when a build needs it.
import { randomUUID } from 'node:crypto';
import type { BuildOptions, RegistryCredentials } from '../contract.ts';
import type { Wire } from '../wire.ts';
import { type Methods, notFound, serveGrpc } from './grpc.ts';
import { field, fields, string } from './protobuf.ts';
import { openSessionSocket } from './session-socket.ts';

export type BuildSession = { readonly id: string; close(): void };

type Answers = Pick<BuildOptions, 'credentials' | 'readSecret'>;

/** Undefined where the engine has no sessions: a build may well do without. */
export async function openBuildSession(
	wire: Wire,
	path: string,
	answers: Answers,
	signal: AbortSignal,
): Promise<BuildSession | undefined> {
	const id = randomUUID();
	const methods = answering(answers);
	const socket = await openSessionSocket(wire, path, { id, methods: Object.keys(methods), signal });
	if (!socket) return undefined;
	return { id, ...(await serveGrpc(socket, methods)) };
}

const first = (message: Buffer): string => {
	for (const [number, value] of fields(message)) {
		if (number === 1) return string(value);
	}
	return '';
};

/**
 * A registry gets its own login and no other. There is no way to fetch tokens here: an engine that does not find it
 * asks for the login and fetches them itself.
 */
export const answering = ({ credentials, readSecret }: Answers): Methods => ({
	'/moby.filesync.v1.Auth/Credentials': async (message) => {
		const login = await credentials(configKey(first(message)));
		return login ? Buffer.concat(spelt(login)) : Buffer.alloc(0);
	},
	'/moby.buildkit.secrets.v1.Secrets/GetSecret': async (message) => {
		const secret = await readSecret(first(message));
		return secret ? field(1, secret) : notFound;
	},
	// SERVING
	'/grpc.health.v1.Health/Check': () => Buffer.from([0x08, 1]),
});

const spelt = (login: RegistryCredentials): Buffer[] =>
	'identityToken' in login
		? [field(2, login.identityToken)]
		: [field(1, login.username), field(2, login.password)];

/** What docker's own configuration has the login of a registry under. */
const configKey = (host: string): string =>
	/^(registry-1\.|index\.)?docker\.io$/.test(host) ? 'https://index.docker.io/v1/' : host;
