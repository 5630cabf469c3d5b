// Image names: `ubuntu`, `shop/api:1.4`, `localhost:5000/x@sha256:…`, the way docker reads and shortens them.

import { refuse } from './refusal.ts';

export type Reference = { host: string; path: string; repository: string; tag: string; digest: string };

const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const hostPattern = /^(?:localhost|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)(?::\d+)?$|^[a-zA-Z0-9-]+:\d+$/;

/** Reads a reference; the tag is `latest` where neither a tag nor a digest is given. Undefined when it is none. */
export const readReference = (text: string): Reference | undefined => {
	const [beforeDigest = '', digest = ''] = text.split('@', 2);
	if (text.includes('@') && !/^[a-z0-9]+:[0-9a-f]{32,}$/.test(digest)) return undefined;
	const colon = beforeDigest.lastIndexOf(':');
	const hasTag = colon > beforeDigest.lastIndexOf('/');
	const name = hasTag ? beforeDigest.slice(0, colon) : beforeDigest;
	const tag = hasTag ? beforeDigest.slice(colon + 1) : '';
	if (hasTag && !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)) return undefined;
	const slash = name.indexOf('/');
	const first = slash < 0 ? '' : name.slice(0, slash);
	const isHost = hostPattern.test(first);
	const host = isHost ? first : 'docker.io';
	const path = (isHost ? name.slice(slash + 1) : name).replace(
		/^library\//,
		host === 'docker.io' ? '' : 'library/',
	);
	if (path.length > 255 || !path.split('/').every((part) => component.test(part))) return undefined;
	const repository = host === 'docker.io' || host === 'index.docker.io' ? path : `${host}/${path}`;
	return { host, path, repository, tag: tag || (digest ? '' : 'latest'), digest };
};

export const parseReference = (text: string, status = 400): Reference => {
	const found = readReference(text);
	if (found) return found;
	const isUpper = /[A-Z]/.test(text.replace(/:[^/]*$/, ''));
	return refuse(
		status,
		isUpper ? 'invalid reference format: repository name must be lowercase' : 'invalid reference format',
	);
};

/** `ubuntu:22.04`: what lists show and events carry. */
export const familiar = (reference: Reference): string =>
	reference.tag ? `${reference.repository}:${reference.tag}` : `${reference.repository}@${reference.digest}`;

/** `docker.io/library/ubuntu`: what builds and pushes print. */
export const canonical = (reference: Reference): string =>
	reference.host === 'docker.io' && !reference.path.includes('/')
		? `docker.io/library/${reference.path}`
		: `${reference.host}/${reference.path}`;
