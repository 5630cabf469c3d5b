// The certificate authorities that docker was told to trust for one registry.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const dockerCertificates = '/etc/docker/certs.d';

/** In PEM, and those that are trusted anyway with them; undefined where docker was told of none. */
export const authoritiesFor = async (host: string, folder: string): Promise<string[] | undefined> => {
	const names = await readdir(join(folder, host)).catch(() => []);
	const files = names.filter((name) => name.endsWith('.crt')).map((name) => join(folder, host, name));
	const found = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
	const own = found.filter((text) => text.includes('BEGIN CERTIFICATE'));
	if (own.length === 0) return undefined;
	const { rootCertificates } = await import('node:tls');
	return [...rootCertificates, ...own];
};
