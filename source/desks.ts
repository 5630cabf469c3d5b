// Everything that goes on for longer than a key press, each with what it needs of the others and of this machine.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBuilds } from './build/builds.ts';
import { openHistory } from './build/history.ts';
import type { Engine } from './engine/contract.ts';
import { createListings } from './image/listings.ts';
import { createLooks } from './image/looks.ts';
import type { Event } from './model/event.ts';
import type { State } from './model/state.ts';
import { createChecks } from './ports/checks.ts';
import { isHere } from './ports/here.ts';
import { listensInside } from './ports/inside.ts';
import { createListeners } from './ports/listeners.ts';
import { createSurvey } from './ports/survey.ts';
import { helperRunner } from './registry/credential-helper.ts';
import { credentialsOf, openCredentials } from './registry/credentials.ts';
import { demoLogins, demoRegistry } from './registry/for-demo.ts';
import { type LoginStore, openLoginStore } from './registry/login-store.ts';
import { keyOf } from './registry/names.ts';
import { openRegistry } from './registry/registry.ts';
import { openPresets } from './run/presets.ts';
import { absolute, resolved } from './run/resolved.ts';
import { createRuns } from './run/runs.ts';
import type { Store } from './store.ts';
import { createTerminals } from './terminal/terminals.ts';
import { createTransfers } from './transfer/transfers.ts';

type Given = {
	readonly store: Store<State, Event>;
	readonly engine: () => Engine | undefined;
	/** Does what a key of ours means. */
	readonly press: (key: string) => void;
	/** Writes a docker line into the journal; what it returns writes how it ended. */
	readonly record: (line: string, doing: string) => (outcome: 'done' | 'failed', message: string) => void;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly home: string;
	readonly cwd: string;
	readonly temporary: string;
	readonly stateFolder: string;
	/** As `actions/keys` spells it. */
	readonly leaveKey: string;
	/** Of Portside. */
	readonly version: () => string;
};

export type Desks = ReturnType<typeof openDesks>;

export const openDesks = ({ store, engine, press, record, env, home, cwd, ...given }: Given) => {
	const { send, get: state } = store;
	const now = Date.now;
	const place = { cwd, home };
	const configFile = join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json');
	const runHelper = helperRunner(env);
	const credentials = openCredentials({
		// A demo touches nothing real: no login leaves its place for it, and no keychain asks.
		readConfig: async () => (isDemo() ? undefined : readFile(configFile, 'utf8').catch(() => undefined)),
		runHelper,
	});
	const isDemo = () => {
		const { connection } = state();
		return 'endpoint' in connection && connection.endpoint.source === 'demo';
	};
	const builds = createBuilds({
		send,
		engine,
		now,
		record: (line) => record(line, 'building'),
		credentials,
		history: openHistory(join(given.stateFolder, 'builds')),
		home,
		cwd,
		temporary: given.temporary,
	});
	const transfers = createTransfers({
		send,
		engine,
		now,
		record,
		credentials: credentials.forReference,
		home,
		cwd,
	});
	const terminals = createTerminals({
		state,
		send,
		engine,
		now,
		press,
		leaveKey: given.leaveKey.charCodeAt('ctrl+'.length) & 0x1f,
	});
	const listings = createListings({ send, engine });
	const looks = createLooks({
		listings,
		now,
		containers: () => [...state().containers.values()],
		registry: async (host) =>
			isDemo()
				? demoRegistry(host, (await import('./demo/catalogue.ts')).catalogue)
				: openRegistry(host, credentialsOf((await credentials.credentialsFor(keyOf(host))).login)),
	});
	/** The engine's files are those of this machine. */
	const isLocal = () => {
		const { connection } = state();
		return connection.status === 'connected' && /^(unix|npipe):/.test(connection.endpoint.host);
	};
	const readListeners = createListeners();
	const ports = createSurvey({
		state,
		send,
		engine,
		readListeners: async () => ((await isHere(state())) ? readListeners() : undefined),
	});
	const checks = createChecks({
		state,
		send,
		engine,
		now,
		version: given.version,
		inside: async (id, port) => {
			if (!(await isHere(state()))) return undefined;
			const detail = await engine()?.inspect(id);
			const { Pid } = (detail?.raw.State ?? {}) as { readonly Pid?: number };
			return Pid === undefined ? undefined : listensInside({ pid: Pid, containerId: id }, port);
		},
	});
	const runs = createRuns({
		state,
		send,
		engine,
		now,
		record: (line) => record(line, 'running'),
		pull: (reference, options) => transfers.pull(reference, options).ended,
		open: ({ container, isRemoved, ...run }) =>
			terminals.open({ kind: 'attach', title: 'run', container, starts: { isRemoved }, ...run }),
		resolve: (wish) => resolved(wish, { ...place, readFile: (path) => readFile(path, 'utf8'), env }),
		readListeners: ports.refresh,
		presets: openPresets(join(given.stateFolder, 'runs.json')),
		around: () => ({
			pathExists: (path) => existsSync(absolute(path, place)),
			isLocal: isLocal(),
		}),
	});
	const realLogins = openLoginStore({ file: configFile, runHelper });
	const loginsOfDemo = demoLogins();
	const logins: LoginStore = {
		saveLogin: (...given) => (isDemo() ? loginsOfDemo : realLogins).saveLogin(...given),
		removeLogin: (...given) => (isDemo() ? loginsOfDemo : realLogins).removeLogin(...given),
	};
	return { builds, transfers, terminals, listings, looks, runs, ports, checks, logins };
};
