// Reads every spelling of an engine's host that docker, its contexts and people write, into one address.

export type Address =
	| { readonly via: 'socket'; readonly path: string }
	| {
			readonly via: 'tcp';
			readonly host: string;
			readonly port: number;
			readonly isTls: boolean;
			readonly prefix: string;
	  }
	| {
			readonly via: 'ssh';
			readonly user?: string;
			readonly host: string;
			readonly port?: number;
			readonly socket?: string;
	  };

/** `host` is the canonical spelling; a `problem` is a sentence. */
export type Reading = { readonly host: string; readonly address: Address } | { readonly problem: string };

const defaultSocket = '/var/run/docker.sock';
const defaultPipe = '//./pipe/docker_engine';

export function readHost(text: string, isTls: boolean): Reading {
	const host = text.trim();
	if (host.startsWith('\\\\')) return pipe(host.replaceAll('\\', '/'));
	if (host.startsWith('/')) return socket(host);
	const [, scheme = 'tcp', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/i.exec(host) ?? [];
	switch (scheme.toLowerCase()) {
		case 'unix':
			return socket(rest || defaultSocket);
		case 'npipe':
			return pipe(rest || defaultPipe);
		case 'tcp':
			return network('tcp', rest, isTls ? 2376 : 2375, isTls);
		case 'http':
			return network('http', rest, 80, false);
		case 'https':
			return network('https', rest, 443, true);
		case 'ssh':
			return secureShell(rest);
		case 'fd':
			return { problem: `${host} is for the daemon itself: a client needs unix://, tcp:// or ssh://.` };
		default:
			return {
				problem: `${host} does not begin with unix://, tcp://, http://, https://, ssh:// or npipe://.`,
			};
	}
}

const socket = (path: string): Reading => ({ host: `unix://${path}`, address: { via: 'socket', path } });
const pipe = (path: string): Reading => ({ host: `npipe://${path}`, address: { via: 'socket', path } });

function network(scheme: string, rest: string, defaultPort: number, isTls: boolean): Reading {
	// `http:` would swallow port 80, and a special scheme accepts too much, so any other name is read instead.
	const url = parse(`engine://${rest.startsWith(':') ? `localhost${rest}` : rest}`);
	if (!url?.hostname || url.username) return { problem: `${rest || 'An empty address'} is not host:port.` };
	const port = url.port === '' ? defaultPort : Number(url.port);
	const prefix = url.pathname.replace(/\/+$/, '');
	return {
		host: `${scheme}://${url.hostname}:${port}${prefix}`,
		address: { via: 'tcp', host: url.hostname.replace(/^\[|\]$/g, ''), port, isTls, prefix },
	};
}

/** Undefined where a `%` stands for nothing. */
function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

function secureShell(rest: string): Reading {
	const url = parse(`engine://${rest}`);
	if (!url?.hostname) return { problem: `ssh://${rest} is not ssh://user@host.` };
	const user = decoded(url.username);
	if (user === undefined) return { problem: `ssh://${rest} is not ssh://user@host.` };
	// ssh would take these for options, and options can run commands.
	if (url.hostname.startsWith('-') || user.startsWith('-')) {
		return { problem: `ssh://${rest} begins with a dash, which ssh would take for an option.` };
	}
	if (url.password) return { problem: 'A password does not belong into ssh://: use a key or an agent.' };
	const path = url.pathname === '/' ? '' : url.pathname;
	return {
		host: `ssh://${rest}`,
		address: {
			via: 'ssh',
			...(user && { user }),
			host: url.hostname.replace(/^\[|\]$/g, ''),
			...(url.port && { port: Number(url.port) }),
			...(path && { socket: path }),
		},
	};
}

const parse = (url: string): URL | undefined => (URL.canParse(url) ? new URL(url) : undefined);
