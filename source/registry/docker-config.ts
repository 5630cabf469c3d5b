// What the docker configuration file says about logins, whatever shape it is in.

/** As the engine takes it in X-Registry-Auth. */
export type Login = {
	readonly serveraddress: string;
	readonly username?: string;
	readonly password?: string;
	readonly identitytoken?: string;
};

export type LoginConfig = {
	/** By host, as `docker login` wrote it: with or without scheme and path. */
	readonly logins: ReadonlyMap<string, Omit<Login, 'serveraddress'>>;
	/** Names of the helpers for single hosts (empty: none), and of the one for all others. */
	readonly helpers: ReadonlyMap<string, string>;
	readonly store?: string;
	readonly problem?: string;
};

export const readLoginConfig = (text: string | undefined): LoginConfig => {
	const nothing = { logins: new Map(), helpers: new Map() };
	if (text === undefined || text.trim() === '') return nothing;
	let config: Readonly<Record<string, unknown>>;
	try {
		config = record(JSON.parse(text));
	} catch {
		return { ...nothing, problem: 'The config.json of docker is not JSON, so no login is known.' };
	}
	const logins = new Map<string, Omit<Login, 'serveraddress'>>();
	for (const [host, value] of Object.entries(record(config.auths))) {
		const login = loginOf(record(value));
		if (login !== undefined) logins.set(host, login);
	}
	const helpers = new Map(
		Object.entries(record(config.credHelpers)).flatMap(([host, name]) =>
			typeof name === 'string' ? [[host, name] as const] : [],
		),
	);
	const store = textOf(config.credsStore);
	return { logins, helpers, ...(store !== undefined && { store }) };
};

/** The name of what keeps the login for a host, unless config.json does. */
export const helperFor = ({ helpers, store }: LoginConfig, host: string): string | undefined =>
	(helpers.get(host) ?? store) || undefined;

const loginOf = (value: Readonly<Record<string, unknown>>): Omit<Login, 'serveraddress'> | undefined => {
	const identitytoken = textOf(value.identitytoken);
	if (identitytoken !== undefined) return { identitytoken };
	const [username, password] = decoded(textOf(value.auth)) ?? [
		textOf(value.username),
		textOf(value.password),
	];
	return username === undefined || password === undefined ? undefined : { username, password };
};

/** A password may have colons, a user name may not. */
const decoded = (auth: string | undefined): [string, string] | undefined => {
	if (auth === undefined) return undefined;
	const text = Buffer.from(auth, 'base64').toString('utf8');
	const colon = text.indexOf(':');
	// docker pads some with zeros.
	return colon < 1 ? undefined : [text.slice(0, colon), text.slice(colon + 1).replace(/\0+$/, '')];
};

export const record = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: {};

const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;
