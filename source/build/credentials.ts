// The logins that the docker configuration has for registries, found as the docker command finds them. Nothing is kept.
import { dockerHub } from './bases.ts';
import { type LoginConfig, readLoginConfig } from './docker-config.ts';

/** As the engine takes it in X-Registry-Auth. */
export type Login = {
	readonly serveraddress: string;
	readonly username?: string;
	readonly password?: string;
	readonly identitytoken?: string;
};

/** Neither where docker has no login for the host. */
export type Found = { readonly login?: Login; readonly problem?: string };

/** How a program ended: what it printed, or the errno for which it could not be started, or `ETIMEDOUT`. */
export type HelperResult =
	| { readonly exitCode: number; readonly stdout: string; readonly stderr: string }
	| { readonly code: string };

export type RunHelper = (program: string, word: 'get' | 'list', input: string) => Promise<HelperResult>;

export type Credentials = {
	/** For a key of `registryOf`. */
	readonly credentialsFor: (host: string) => Promise<Found>;
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
	return {
		credentialsFor: async (host) => find(await config(), isHub(host) ? dockerHub : host, runHelper),
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

const find = async (config: LoginConfig, host: string, run: RunHelper): Promise<Found> => {
	const helper = config.helpers.get(host) ?? config.store;
	if (helper !== undefined) {
		const asked = await ask(helper, host, run);
		if (asked.login !== undefined || asked.problem !== undefined) return asked;
	}
	const login = config.logins.get(host) ?? [...config.logins].find(([key]) => bare(key) === bare(host))?.[1];
	if (login !== undefined) return { login: { ...login, serveraddress: host } };
	return config.problem === undefined ? {} : { problem: config.problem };
};

const ask = async (name: string, host: string, run: RunHelper): Promise<Found> => {
	const called = await call(name, 'get', host, run);
	if (typeof called !== 'string') return called;
	try {
		const { Username: username, Secret: secret } = JSON.parse(called);
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
	const called = await call(name, 'list', '', run);
	if (typeof called !== 'string') return [];
	try {
		return Object.keys(JSON.parse(called));
	} catch {
		return [];
	}
};

const call = async (
	name: string,
	word: 'get' | 'list',
	input: string,
	run: RunHelper,
): Promise<string | Found> => {
	// It becomes the name of a program.
	if (!/^[\w.-]+$/.test(name))
		return { problem: 'The config.json of docker names a credential helper that cannot be one.' };
	const program = `docker-credential-${name}`;
	const result = await run(program, word, input);
	if ('exitCode' in result) {
		if (result.exitCode === 0) return result.stdout;
		const words = `${result.stdout}${result.stderr}`;
		if (/credentials not found|no credentials server URL|not found in native keychain/i.test(words))
			return {};
		return { problem: `${program} could not tell the login for ${input} (exit code ${result.exitCode}).` };
	}
	if (result.code === 'ENOENT')
		return { problem: `${program} is not installed, but the config.json of docker names it.` };
	if (result.code === 'ETIMEDOUT') return { problem: `${program} did not answer within 5 seconds.` };
	return { problem: `${program} could not be started (${result.code}).` };
};

const isHub = (host: string): boolean =>
	host === '' || /^(index\.|registry-1\.)?docker\.io$/.test(bare(host));

/** docker once wrote addresses where it now writes hosts. */
const bare = (key: string): string => key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
