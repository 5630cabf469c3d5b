// How the engine is asked for a build: everything that was wished for, as it is spelt in a query and in headers.
import type { OutgoingHttpHeaders } from 'node:http';
import type { BuildOptions, RegistryCredentials } from '../contract.ts';
import { headerValue, spelt } from '../registry-auth.ts';

type Asked = Pick<BuildOptions, 'wish' | 'builder' | 'dockerfileInContext'>;

export function buildQuery(
	{ wish, builder, dockerfileInContext }: Asked,
	{ buildId, sessionId }: { readonly buildId: string; readonly sessionId?: string | undefined },
): string {
	const query = new URLSearchParams({ dockerfile: dockerfileInContext, rm: '1', forcerm: '1' });
	for (const tag of wish.tags) query.append('t', tag);
	if (Object.keys(wish.args).length > 0) query.set('buildargs', JSON.stringify(wish.args));
	if (wish.target) query.set('target', wish.target);
	if (wish.platform) query.set('platform', wish.platform);
	if (wish.isUncached) query.set('nocache', '1');
	if (wish.pullsBases) query.set('pull', '1');
	if (builder === 'buildkit') {
		query.set('version', '2');
		query.set('buildid', buildId);
		if (sessionId) query.set('session', sessionId);
	}
	return query.toString();
}

/** The classic builder is told the logins of all registries beforehand; BuildKit asks for those it needs. */
export function buildHeaders(
	credentials: Readonly<Record<string, RegistryCredentials>>,
): OutgoingHttpHeaders {
	const type = { 'Content-Type': 'application/x-tar' };
	const hosts = Object.entries(credentials);
	if (hosts.length === 0) return type;
	const config = Object.fromEntries(
		hosts.map(([host, login]) => [host, { ...spelt(login), serveraddress: host }]),
	);
	return { ...type, 'X-Registry-Config': headerValue(config) };
}
