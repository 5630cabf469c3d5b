// What a registry wants to be shown, and how it is got: a name and a password, or a token from who it names for that.
import type { RegistryCredentials } from '../engine/contract.ts';
import { RegistryError } from './error.ts';
import { type Ask, ask } from './http.ts';
import { isLoopback } from './names.ts';

export type Challenge =
	| { readonly scheme: 'basic' }
	| { readonly scheme: 'bearer'; readonly realm: string; readonly service?: string; readonly scope?: string };

/** Of a WWW-Authenticate header; undefined: nothing that is known. */
export const challengeOf = (header: string | undefined): Challenge | undefined => {
	const [, words] = /\bBearer\s+(.*)/i.exec(header ?? '') ?? [];
	if (words === undefined) return /\bBasic\b/i.test(header ?? '') ? { scheme: 'basic' } : undefined;
	const values = new Map(
		[...words.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,"]+))/g)].map(([, name = '', quoted, bare]) => [
			name.toLowerCase(),
			quoted ?? bare ?? '',
		]),
	);
	const [realm, service, scope] = [values.get('realm'), values.get('service'), values.get('scope')];
	if (realm === undefined || !URL.canParse(realm)) return undefined;
	return { scheme: 'bearer', realm, ...(service && { service }), ...(scope && { scope }) };
};

export type TokenWish = {
	/** As people know the registry. */
	readonly name: string;
	readonly base: URL;
	readonly challenge: Challenge;
	/** What is to be done, where the challenge does not say. */
	readonly scope: string;
	readonly credentials: RegistryCredentials | undefined;
};

/** The Authorization header, or undefined where nothing is to be shown without a login. */
export const authorize = async (wish: TokenWish, given: Ask): Promise<string | undefined> => {
	const { name, base, challenge, credentials } = wish;
	if (challenge.scheme === 'basic') {
		if (credentials && 'identityToken' in credentials) return `Bearer ${credentials.identityToken}`;
		return credentials && basic(credentials);
	}
	const url = new URL(challenge.realm);
	const isPlain = url.protocol === 'http:' && base.protocol === 'http:';
	if (url.protocol !== 'https:' && !(isPlain && (!credentials || isLoopback(url.hostname))))
		throw new RegistryError(`${name} wants the login to be sent where others can read it.`, 'EANSWER');
	const { scope = wish.scope, service } = challenge;
	const values = { ...(service && { service }), ...(scope && { scope }) };
	const { signal, timeout } = given;
	const limits = { signal, timeout, ...(url.host === base.host && { authorities: given.authorities }) };
	let answer: Awaited<ReturnType<typeof ask>>;
	if (credentials && 'identityToken' in credentials) {
		const grant = { grant_type: 'refresh_token', client_id: 'portside' };
		const form = new URLSearchParams({ ...grant, ...values, refresh_token: credentials.identityToken });
		answer = await ask(url, { ...limits, form });
	} else {
		for (const [key, value] of Object.entries(values)) url.searchParams.set(key, value);
		if (credentials) url.searchParams.set('account', credentials.username);
		answer = await ask(url, { ...limits, authorization: credentials && basic(credentials) });
	}
	const { status, text } = answer;
	if (status === 401 || (status === 400 && credentials)) throw refused(name, credentials);
	if (status === 403) throw denied(name, credentials);
	const token = status === 200 ? tokenOf(text) : undefined;
	if (token === undefined)
		throw new RegistryError(`${url.host} gave no token for ${name} (${status}).`, 'ETOKEN');
	return `Bearer ${token}`;
};

export const refused = (name: string, credentials: RegistryCredentials | undefined): RegistryError =>
	new RegistryError(
		credentials ? `${name} does not accept the login: log in again.` : `${name} wants a login.`,
		'ELOGIN',
	);

/** A registry does not tell who may not see something from whether there is any. */
export const denied = (name: string, credentials: RegistryCredentials | undefined): RegistryError =>
	credentials
		? new RegistryError(`${name} does not show that to this login, if it has it at all.`, 'EDENIED')
		: new RegistryError(`${name} does not show that without a login, if it has it at all.`, 'ELOGIN');

const basic = ({ username, password }: Extract<RegistryCredentials, { username: string }>): string =>
	`Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

const tokenOf = (text: string): string | undefined => {
	try {
		const { token, access_token: other } = JSON.parse(text);
		const found = token ?? other;
		// It becomes a header.
		return typeof found === 'string' && /^[\x21-\x7e]+$/.test(found) ? found : undefined;
	} catch {
		return undefined;
	}
};
