// A reference of an image in the parts that engines and registries ask for.

export type ImageReference = {
	/** With its host, as it was written: `registry:5000/web`. */
	readonly name: string;
	/** A tag, or a digest, which decides where there are both. */
	readonly version: string;
	/** As logins are kept for it: `registry:5000`, and `https://index.docker.io/v1/` for Docker Hub. */
	readonly host: string;
};

export const dockerHub = 'https://index.docker.io/v1/';

export function imageReference(reference: string): ImageReference {
	const [named = '', digest] = reference.split('@', 2);
	const colon = named.lastIndexOf(':');
	const hasTag = colon > named.lastIndexOf('/');
	const name = hasTag ? named.slice(0, colon) : named;
	return {
		name,
		// Without a version, an engine pulls all that the repository has.
		version: digest ?? (hasTag ? named.slice(colon + 1) : 'latest'),
		host: registryOf(name),
	};
}

function registryOf(name: string): string {
	const [host = '', ...rest] = name.split('/');
	const isHost = rest.length > 0 && (/[.:]/.test(host) || host === 'localhost');
	return !isHost || host === 'docker.io' || host === 'index.docker.io' ? dockerHub : host;
}
