// The logins that the docker configuration has for registries, found as the docker command finds them. Nothing is kept.
import type { RegistryCredentials } from '../engine/contract.ts';
import { askHelper, type RunHelper } from './ask-helper.ts';
import { helperFor, type Login, type LoginConfig, readLoginConfig } from './docker-config.ts';
import { dockerHub, hostOf, isHub, registryOf } from './names.ts';

/** Neither where docker has no login for the host. */
export type Found = { readonly login?: Login; readonly problem?: string };

/** What an engine takes; neither where docker has no login. */
export type FoundCredentials = { readonly credentials?: RegistryCredentials; readonly problem?: string };

export type Credentials = {
	/** For a key of `registryOf`. */
	readonly credentialsFor: (host: string) => Promise<Found>;
	/** For a reference of an image, as it is typed. A problem is a sentence, and no reason to give up. */
	readonly forReference: (reference: string) => Promise<FoundCredentials>;
	/** Of every registry that docker has a login for, by host: for X-Registry-Config. */
	readonly allCredentials: () => Promise<{
		readonly logins: Readonly<Record<string, Login>>;
		readonly problems: readonly string[];
	}>;
};

type Options = {
	/** The text of config.json, or undefined where there is none. Read anew each time: logins come and go. */
	readonly readConfig: () => Promise<string | undefined>;
	readonly runHelper: RunHelper;
};

export const openCredentials = ({ readConfig, runHelper }: Options): Credentials => {
	const config = async (): Promise<LoginConfig> => readLoginConfig(await readConfig());
	const credentialsFor = async (host: string): Promise<Found> =>
		find(await config(), isHub(host) ? dockerHub : host, runHelper);
	return {
		credentialsFor,
		forReference: async (reference) => {
			const { login, problem } = await credentialsFor(registryOf(reference));
			const credentials = credentialsOf(login);
			return { ...(credentials && { credentials }), ...(problem !== undefined && { problem }) };
		},
		allCredentials: async () => {
			const read = await config();
			const listed = read.store === undefined ? [] : await list(read.store, runHelper);
			const hosts = new Set([...read.logins.keys(), ...read.helpers.keys(), ...listed]);
			const found = await Promise.all(
				[...hosts].map(async (host) => [host, await find(read, host, runHelper)] as const),
			);
			const logins = found.flatMap(([host, { login }]) =>
				login === undefined ? [] : [[host, login] as const],
			);
			const problems = found.flatMap(([, { problem }]) => problem ?? []);
			return { logins: Object.fromEntries(logins), problems: [...new Set(problems)] };
		},
	};
};

export const credentialsOf = (login: Login | undefined): RegistryCredentials | undefined => {
	if (login?.identitytoken !== undefined) return { identityToken: login.identitytoken };
	return login?.username === undefined
		? undefined
		: { username: login.username, password: login.password ?? '' };
};

const find = async (config: LoginConfig, host: string, run: RunHelper): Promise<Found> => {
	const helper = helperFor(config, host);
	if (helper !== undefined) {
		const asked = await ask(helper, host, run);
		if (asked.login !== undefined || asked.problem !== undefined) return asked;
	}
	const login =
		config.logins.get(host) ?? [...config.logins].find(([key]) => hostOf(key) === hostOf(host))?.[1];
	if (login !== undefined) return { login: { ...login, serveraddress: host } };
	return config.problem === undefined ? {} : { problem: config.problem };
};

const ask = async (name: string, host: string, run: RunHelper): Promise<Found> => {
	const { text, problem } = await askHelper(name, 'get', host, host, run);
	if (text === undefined) return problem === undefined ? {} : { problem };
	try {
		const { Username: username, Secret: secret } = JSON.parse(text);
		if (typeof username !== 'string' || typeof secret !== 'string') throw new TypeError();
		return username === '<token>'
			? { login: { identitytoken: secret, serveraddress: host } }
			: { login: { username, password: secret, serveraddress: host } };
	} catch {
		return { problem: `docker-credential-${name} gave an answer that cannot be read.` };
	}
};

/** Hosts; none where the helper cannot tell, which then shows for each host that is asked for. */
const list = async (name: string, run: RunHelper): Promise<string[]> => {
	const { text } = await askHelper(name, 'list', '', '', run);
	try {
		return Object.keys(JSON.parse(text ?? '{}'));
	} catch {
		return [];
	}
};
