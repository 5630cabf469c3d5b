// Of the table of verbs: logins, and what can be asked of the engine itself.
import type { Answers, Question } from '../model/question.ts';
import type { State } from '../model/state.ts';
import { frontTransfer } from '../model/transfers.ts';
import { plural, shellWord, size } from '../model/words.ts';
import { dockerHub, isHub, registryOf } from '../registry/names.ts';
import type { FreeVerb, Move } from './action.ts';
import { imageInView } from './image-in-view.ts';
import { said } from './said.ts';

const text = (answers: Answers, id: string) => String(answers[id] ?? '').trim();

const free = { scope: 'app', on: 'none' } as const;

// ---- Logins

/** The registry somebody would log in to now: the one that just wanted it, or that of the image in view. */
const registryInView = (state: State): string => {
	const { overlay } = state;
	const open = overlay?.type === 'listing' ? overlay.listings.at(-1) : undefined;
	// What is found by a term is found on Docker Hub.
	const listing = open?.kind === 'found' ? '' : open?.about;
	const wants = state.beside === 'transfers' ? frontTransfer(state.transfers)?.wantsLogin : undefined;
	const registry =
		listing === undefined ? (wants ?? registryOf(imageInView(state) ?? '')) : registryOf(`${listing}/`);
	return isHub(registry) ? '' : registry;
};

const loginLine = (answers: Answers): string => {
	const registry = text(answers, 'registry');
	const verb = answers.what === 'logout' ? 'logout' : 'login';
	return `docker ${verb}${isHub(registry) ? '' : ` ${shellWord(registry)}`}`;
};

const loginQuestion = (registry: string, user: string): Question => ({
	title: 'Log in to a registry',
	body: [],
	fields: [
		{ kind: 'text', id: 'registry', label: 'registry (empty: Docker Hub)', value: registry },
		{ kind: 'text', id: 'user', label: 'user', value: user },
		{ kind: 'text', id: 'password', label: 'password or token', value: '', isSecret: true },
		{
			kind: 'choice',
			id: 'what',
			label: 'what',
			value: 'login',
			options: [
				{ value: 'login', label: 'log in' },
				{ value: 'logout', label: 'log out' },
			],
		},
	],
	yes: 'go',
	isDestructive: false,
});

const login: FreeVerb = {
	...free,
	id: 'app.login',
	keys: ['L'],
	title: 'Log in to a registry, or out',
	help: 'Kept as docker keeps it: by its credential helper, or in its config.json.',
	isChanging: true,
	doing: 'asking the registry',
	done: '',
	ask: (_, { state }) => loginQuestion(registryInView(state()), ''),
	check: (answers) => {
		if (answers.what === 'logout') return undefined;
		if (text(answers, 'user') === '') return 'Type the user name that the registry knows.';
		return String(answers.password ?? '') === '' ? 'Type the password, or a token in its place.' : undefined;
	},
	cli: (_, answers) => loginLine(answers),
	run: async (_, answers, { engine, logins, send, state }) => {
		const registry = text(answers, 'registry');
		const name = isHub(registry) ? 'Docker Hub' : registry;
		if (answers.what === 'logout')
			return (await logins.removeLogin(registry))
				? `logged out of ${name}`
				: `there was no login for ${name}`;
		const [username, password] = [text(answers, 'user'), String(answers.password)];
		const host = isHub(registry) ? dockerHub : registry;
		const { identityToken } = await engine.login(host, { username, password }).catch((error: Error) => {
			// To be put right: only the password is typed again.
			const question = { ...loginQuestion(registry, username), problem: error.message };
			if (!state().overlay) send({ type: 'asked', actionId: 'app.login', itemIds: [], question });
			throw error;
		});
		const { helper } = await logins.saveLogin(
			registry,
			identityToken === undefined ? { username, password } : { username, identityToken },
		);
		return `logged in to ${name} · ${helper ? `kept by ${helper}` : 'kept in docker’s config.json, which anybody who may read it can read'}`;
	},
};

// ---- What the engine is

const version: FreeVerb = {
	...free,
	id: 'app.version',
	keys: ['v'],
	title: 'Versions',
	help: 'Of Portside, of the engine, and of the API they speak with each other.',
	isChanging: false,
	doing: '',
	done: '',
	ask: async (_, { engine, host }) => {
		const { title, apiVersion, newestApiVersion, os, cpus, memory, hostName } = engine.info;
		return said(
			'docker version',
			`Client  Portside ${host.version}, speaks API ${apiVersion}`,
			`Server  ${title}, knows API ${newestApiVersion}`,
			`        ${os} on ${hostName}: ${plural(cpus, 'CPU')}, ${size(memory)} of memory`,
		);
	},
	cli: () => 'docker version',
	run: async () => undefined,
};

export const systemVerbs: readonly FreeVerb[] = [login, version];

export const systemMoves: readonly Move[] = [
	{
		id: 'app.disk',
		scope: 'app',
		keys: ['U'],
		title: 'Disk use',
		help: 'What images, containers, volumes and the build cache take, and what of it would come back.',
		line: () => 'docker system df',
		run: ({ looks }) => looks.disk(),
	},
];
