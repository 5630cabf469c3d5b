// Keeps and forgets logins where the docker command does: in a credential helper, or else in its config.json.
import { askHelper, type HelperWord, type RunHelper } from './ask-helper.ts';
import { changeConfig, isObject, type Json, readConfig } from './config-file.ts';
import { helperFor, readLoginConfig } from './docker-config.ts';
import { RegistryError } from './error.ts';
import { dockerHub, hostOf, keyOf } from './names.ts';

export type NewLogin =
	| { readonly username: string; readonly password: string }
	| { readonly identityToken: string; readonly username?: string };

/** Both reject with a RegistryError, which never has the password in it. */
export type LoginStore = {
	/** Answers with the name of the helper that keeps it; without one it lies in config.json, for whoever can read that. */
	readonly saveLogin: (registry: string, login: NewLogin) => Promise<{ readonly helper?: string }>;
	/** False: docker had no login there. */
	readonly removeLogin: (registry: string) => Promise<boolean>;
};

type Options = {
	/** Path of config.json, which need not be there. */
	readonly file: string;
	readonly runHelper: RunHelper;
};

export const openLoginStore = ({ file, runHelper }: Options): LoginStore => {
	let last: Promise<unknown> = Promise.resolve();
	/** One after the other, so that none writes what another has read before. */
	const inTurn = <Result>(task: () => Promise<Result>): Promise<Result> => {
		const result = last.then(task);
		last = result.catch(() => {});
		return result;
	};
	return {
		saveLogin: (registry, login) => inTurn(() => save(file, keyOf(registry), login, runHelper)),
		removeLogin: (registry) => inTurn(() => remove(file, keyOf(registry), runHelper)),
	};
};

const save = async (
	file: string,
	key: string,
	login: NewLogin,
	run: RunHelper,
): Promise<{ readonly helper?: string }> => {
	const { username = '' } = login;
	if (username.includes(':'))
		throw new RegistryError('A user name cannot have a colon: docker takes what follows for the password.');
	const helper = await helperOf(file, key);
	if (helper !== undefined) {
		const [name, secret] =
			'identityToken' in login ? ['<token>', login.identityToken] : [username, login.password];
		await ask(helper, 'store', JSON.stringify({ ServerURL: key, Username: name, Secret: secret }), key, run);
	}
	const entry = helper === undefined ? entryOf(login) : {};
	await changeConfig(file, (config) => withEntry(config, key, entry));
	return { ...(helper !== undefined && { helper }) };
};

const remove = async (file: string, key: string, run: RunHelper): Promise<boolean> => {
	const helper = await helperOf(file, key);
	const written = Object.keys(authsOf(await readConfig(file))).filter(
		(other) => hostOf(other) === hostOf(key),
	);
	let isErased = false;
	if (helper !== undefined) {
		isErased = await ask(helper, 'erase', key, key, run);
		const spellings = key === dockerHub ? [] : [`http://${key}`, `https://${key}`];
		for (const other of new Set([...spellings, ...written])) {
			// Most helpers call it a failure that there is none.
			if (other !== key) await ask(helper, 'erase', other, key, run).catch(() => {});
		}
	}
	if (written.length > 0) await changeConfig(file, (config) => withoutKeysOf(config, hostOf(key)));
	return isErased || written.length > 0;
};

const helperOf = async (file: string, key: string): Promise<string | undefined> =>
	helperFor(readLoginConfig(JSON.stringify(await readConfig(file))), key);

/** False: the helper knows no such login. */
const ask = async (
	helper: string,
	word: HelperWord,
	input: string,
	key: string,
	run: RunHelper,
): Promise<boolean> => {
	const { text, problem } = await askHelper(helper, word, input, hostOf(key), run);
	if (problem !== undefined) throw new RegistryError(problem, 'EHELPER');
	return text !== undefined;
};

const entryOf = (login: NewLogin): Json => {
	const { username = '' } = login;
	const [password, token] = 'identityToken' in login ? ['', login.identityToken] : [login.password];
	const auth = Buffer.from(`${username}:${password}`).toString('base64');
	return {
		...((username !== '' || password !== '') && { auth }),
		...(token !== undefined && { identitytoken: token }),
	};
};

const authsOf = (config: Json): Json => (isObject(config.auths) ? config.auths : {});

/** docker sorts the keys, and has `auths` before all else. */
const withEntry = (config: Json, key: string, entry: Json): Json => {
	const auths = Object.entries(authsOf(config));
	const at = auths.findIndex(([other]) => other >= key);
	const isThere = auths.some(([other]) => other === key);
	const changed = isThere
		? auths.map(([other, value]) => [other, other === key ? entry : value] as const)
		: auths.toSpliced(at < 0 ? auths.length : at, 0, [key, entry]);
	return { ...('auths' in config ? config : { auths: {}, ...config }), auths: Object.fromEntries(changed) };
};

const withoutKeysOf = (config: Json, host: string): Json => {
	const kept = Object.entries(authsOf(config)).filter(([key]) => hostOf(key) !== host);
	return { ...config, auths: Object.fromEntries(kept) };
};
