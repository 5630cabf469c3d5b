// How registries are called: in references, and in the configuration of docker.

/** How the docker configuration calls Docker Hub. */
export const dockerHub = 'https://index.docker.io/v1/';

/** The key of the credentials for a reference: its host, or Docker Hub's. */
export const registryOf = (reference: string): string => {
	const [first = '', ...rest] = reference.split('/');
	return isHost(first, rest) && !isHub(first) ? first : dockerHub;
};

/** What that registry itself calls it: `docker.io/library/httpd` is `library/httpd`. */
export const withoutHost = (reference: string): string => {
	const [first = '', ...rest] = reference.split('/');
	return isHost(first, rest) ? rest.join('/') : reference;
};

const isHost = (first: string, rest: readonly string[]): boolean =>
	rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');

/** The key for a registry as somebody types it. */
export const keyOf = (registry: string): string => (isHub(registry) ? dockerHub : hostOf(registry));

/** Whatever spelling of it. */
export const isHub = (registry: string): boolean =>
	registry === '' || /^(index\.|registry-1\.)?docker\.io$/.test(hostOf(registry));

/** Nobody else can read what is sent there. `hostname` is that of a URL. */
export const isLoopback = (hostname: string): boolean =>
	hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

/** docker once wrote addresses where it now writes hosts. */
export const hostOf = (key: string): string => key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
