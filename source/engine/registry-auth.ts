// Logins as the headers of a request carry them.
import type { RegistryCredentials } from './contract.ts';

/** What the engine reads of a login. */
export const spelt = (login: RegistryCredentials) =>
	'identityToken' in login ? { identitytoken: login.identityToken } : login;

/** The engine reads the alphabet of URLs, and only with its padding. */
export const headerValue = (content: object): string =>
	Buffer.from(JSON.stringify(content)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

/** Sent without a login, too: up to Docker 20.10 a push without the header is a bad request. */
export const registryAuth = (host: string, login: RegistryCredentials | undefined) => ({
	'X-Registry-Auth': headerValue(login ? { ...spelt(login), serveraddress: host } : {}),
});
