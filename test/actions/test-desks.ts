// The desks of the program with engines, registries and files that tests have in hand.
import { type Given, press, recorded } from '../../source/actions/perform.ts';
import { createBuilds } from '../../source/build/builds.ts';
import type { Engine } from '../../source/engine/contract.ts';
import { createListings } from '../../source/image/listings.ts';
import { createLooks } from '../../source/image/looks.ts';
import type { Event } from '../../source/model/event.ts';
import type { PortCheck } from '../../source/model/ports.ts';
import type { PortRow } from '../../source/model/row.ts';
import type { RunWish } from '../../source/model/run.ts';
import type { State } from '../../source/model/state.ts';
import { createSurvey } from '../../source/ports/survey.ts';
import type { NewLogin } from '../../source/registry/login-store.ts';
import { createRuns } from '../../source/run/runs.ts';
import { createTerminals } from '../../source/terminal/terminals.ts';
import { createTransfers } from '../../source/transfer/transfers.ts';
import { forBuilds } from './for-builds.ts';

type Needs = {
	readonly state: () => State;
	readonly send: (event: Event) => void;
	readonly engine: () => Engine | undefined;
	readonly now: () => number;
	readonly given: () => Given;
};

export type Remote = {
	/** What was asked so far: a host, or a host with a repository. */
	readonly asked: { readonly what: string; readonly signal: AbortSignal }[];
	/** From now on it refuses with this. */
	problem?: Error;
	/** From now on it answers when this has come. */
	held?: Promise<void>;
};

/** A registry has two repositories, of three tags each. */
const registries = (remote: Remote) => async (host: string) => {
	const answered = async <Answer>(what: string, signal: AbortSignal, answer: Answer) => {
		remote.asked.push({ what, signal });
		await remote.held;
		if (remote.problem) throw remote.problem;
		return answer;
	};
	return {
		catalog: (signal: AbortSignal) => answered(host, signal, { names: ['team/app', 'tools'], isCut: false }),
		tags: (repository: string, signal: AbortSignal) =>
			answered(`${host} ${repository}`, signal, {
				names: ['latest', '2', `1-${repository}`],
				isCut: false,
			}),
	};
};

export const testDesks = ({ state, send, engine, now, given }: Needs) => {
	const { cwd } = state();
	/** By registry, as they were saved. */
	const logins = new Map<string, NewLogin>();
	const kept: RunWish[] = [];
	const remote: Remote = { asked: [] };
	const registry = registries(remote);
	const common = { state, send, engine, now };
	const record = (line: string, doing: string) => recorded(given(), line, doing);
	const terminals = createTerminals({ ...common, press: (key) => press(key, given()), leaveKey: 0x1d });
	const builds = createBuilds({ ...forBuilds(), ...common, record: (line) => record(line, 'building'), cwd });
	const transfers = createTransfers({
		...common,
		record,
		credentials: async () => ({}),
		cwd,
		home: '/home/me',
	});
	const listings = createListings(common);
	const looks = createLooks({
		listings,
		now,
		registry,
		containers: () => [...state().containers.values()],
	});
	const ports = createSurvey({
		...common,
		readListeners: async () => [
			{ protocol: 'tcp', address: '0.0.0.0', port: 9999, uid: 0, pid: 77, name: 'nginx', isEngine: false },
		],
	});
	const checks = {
		look: () => {},
		check: async (row: PortRow): Promise<PortCheck> => {
			const check = {
				at: now(),
				brief: '200 4 ms',
				tone: 'good',
				isTls: false,
				facts: [['HTTP', '200 OK after 4 ms']],
			} as const;
			send({ type: 'port-checked', id: row.id, check });
			return check;
		},
	};
	const runs = createRuns({
		...common,
		record: (line) => record(line, 'running'),
		pull: (reference, options) => transfers.pull(reference, options).ended,
		open: ({ container, isRemoved, ...run }) =>
			terminals.open({ kind: 'attach', title: 'run', container, starts: { isRemoved }, ...run }),
		resolve: async (wish) => ({ wish }),
		presets: {
			read: async (image) => kept.filter((wish) => wish.image === image),
			keep: async (wish) => {
				kept.unshift(wish);
				return undefined;
			},
		},
		around: () => ({ pathExists: () => true, isLocal: true }),
		readListeners: ports.refresh,
	});
	return {
		terminals,
		builds,
		transfers,
		listings,
		looks,
		runs,
		ports,
		checks,
		logins: {
			saveLogin: async (name: string, login: NewLogin) => {
				logins.set(name, login);
				return {};
			},
			removeLogin: async (name: string) => logins.delete(name),
		},
		saved: logins,
		remote,
	};
};
