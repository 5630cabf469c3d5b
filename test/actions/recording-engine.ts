// An engine that does nothing but write down each call as the docker line it stands for.
import { Readable } from 'node:stream';
import type { Engine, ExecOptions } from '../../source/engine/contract.ts';
import type { Container, ContainerDetail, ImageDetail } from '../../source/model/items.ts';
import { shellWord, shortId } from '../../source/model/words.ts';
import { detail, idOf, info, now } from '../model/things.ts';
import { type FakeTransfer, openFakeTransfer } from '../transfer/fake-transfer.ts';
import { type FakeBuild, openFakeBuild } from './fake-build.ts';
import { type FakeSession, fakeSession } from './fake-session.ts';

/** `rest` is what stands behind the names: calls that differ in nothing but the name are one docker line. */
type Call = { readonly command: string; readonly name?: string; readonly rest?: string };

export type Recording = {
	readonly engine: Engine;
	/** What was called so far. */
	readonly lines: () => readonly string[];
	/** From now on calls for this name reject with the sentence, or this error. */
	readonly refuse: (name: string, why: string | Error) => void;
	/** And now they do not any more. */
	readonly accept: (name: string) => void;
	/** From now on calls wait, until what this returns is called. */
	readonly hold: () => () => void;
	/** All that were opened, the newest last. */
	readonly sessions: readonly FakeSession[];
	/** All that were asked for, the newest last. */
	readonly built: readonly FakeBuild[];
	/** Pulls and pushes that go on until they are told otherwise, where they do. */
	readonly moving: readonly FakeTransfer[];
	/** Signals sent to what an exec started, and execs ended without their session. */
	readonly deeds: readonly string[];
	/** What of its answers is different for this test. */
	readonly answers: {
		shells: readonly string[];
		detail: Partial<ContainerDetail>;
		/** What the list has of those that are asked for. */
		containers: readonly Container[] | Error;
		endExec: boolean | Error;
		signalExec: true | Error;
		/** Bytes; undefined: the engine does not know the image. */
		imageSize: number | undefined;
		/** Pulls and pushes go on until they are told otherwise. */
		holdsTransfers: boolean;
	};
};

/** The volume nobody named that every container of this engine has. */
export const volume = idOf('volume');

export const recordingEngine = (): Recording => {
	const calls: Call[] = [];
	const refusals = new Map<string, string | Error>();
	const sessions: FakeSession[] = [];
	const built: FakeBuild[] = [];
	const moving: FakeTransfer[] = [];
	const deeds: string[] = [];
	const answers: Recording['answers'] = {
		shells: ['/bin/bash', '/bin/sh'],
		detail: {},
		containers: new Error('no verb asks for this'),
		endExec: true,
		signalExec: true,
		imageSize: undefined,
		holdsTransfers: false,
	};
	const answered = <Answer>(answer: Answer | Error): Answer => {
		if (answer instanceof Error) throw answer;
		return answer;
	};
	let open = Promise.resolve();
	const pass = async () => await open;
	const call = async (command: string, name?: string, rest?: string, of = name ?? '') => {
		calls.push({ command, ...(name === undefined ? {} : { name }), ...(rest === undefined ? {} : { rest }) });
		await pass();
		const why = refusals.get(of);
		if (why !== undefined) throw why instanceof Error ? why : new Error(why);
	};
	const opened = (...given: Parameters<typeof fakeSession>) => {
		const session = fakeSession(...given);
		sessions.push(session);
		return session.session;
	};
	const exec = async (id: string, name: string, options: ExecOptions, onOutput: (bytes: Buffer) => void) => {
		const { command, tty, user, directory, env = [], isPrivileged } = options;
		const words = [
			...(tty ? ['-it'] : []),
			...(user === undefined ? [] : ['-u', user]),
			...(directory === undefined ? [] : ['-w', directory]),
			...env.flatMap((entry) => ['-e', entry]),
			...(isPrivileged ? ['--privileged'] : []),
			name,
			...command,
		];
		// The name is in the middle of the line, so that two of these are never one.
		await call(`docker exec ${words.map(shellWord).join(' ')}`, undefined, undefined, name);
		const started = { execId: `exec-${sessions.length}`, containerId: id, pid: 42, shell: '/bin/sh' };
		return opened(name, options.size, onOutput, started);
	};
	const move = async (...[signal, onNews]: Parameters<typeof openFakeTransfer>): Promise<void> => {
		if (!answers.holdsTransfers) return;
		const { transfer, ended } = openFakeTransfer(signal, onNews);
		moving.push(transfer);
		await ended;
	};
	const unused = () => Promise.reject(new Error('no verb asks for this'));
	const engine: Engine = {
		info,
		start: ({ name }) => call('docker start', name),
		stop: ({ name }) => call('docker stop', name),
		restart: ({ name }) => call('docker restart', name),
		pause: ({ name }) => call('docker pause', name),
		unpause: ({ name }) => call('docker unpause', name),
		kill: ({ name }, signal) => call(signal === 'SIGKILL' ? 'docker kill' : `docker kill -s ${signal}`, name),
		rename: ({ name }, next) => call('docker rename', name, next),
		remove: ({ name }, { force, volumes }) =>
			call(`docker rm${force ? ' -f' : ''}${volumes ? ' -v' : ''}`, name),
		tag: async ({ name }, reference) =>
			call('docker tag', name.startsWith('sha256:') ? shortId(name) : name, reference),
		removeImage: async ({ name }, { force }) => {
			await call(`docker rmi${force ? ' -f' : ''}`, name.startsWith('sha256:') ? shortId(name) : name);
			return { untagged: [name], deleted: [] };
		},
		pruneContainers: async () => {
			await call('docker container prune -f');
			return { removed: ['a', 'b'], bytes: 1500 };
		},
		pruneImages: async ({ all }) => {
			await call(`docker image prune${all ? ' -a' : ''} -f`);
			return { removed: ['a'], bytes: 1500 };
		},
		inspect: async (id) => {
			await pass();
			const mount = { type: 'volume', source: volume, target: '/data', isReadOnly: false, isAnonymous: true };
			return detail(id, {
				mounts: [mount, { ...mount, source: 'named', target: '/db', isAnonymous: false }],
				...answers.detail,
			});
		},
		diskUse: async () => {
			await pass();
			return {
				containers: new Map([[idOf('old'), 2_000_000]]),
				images: new Map([[`sha256:${idOf('app:1')}`, 90_000_000]]),
				volumes: new Map([
					[volume, { size: 7_000_000, users: 1, isAnonymous: true }],
					['data', { size: 5_000_000, users: 0, isAnonymous: false }],
				]),
				layers: 90_000_000,
				buildCache: [
					{ id: 'a', description: 'mount / from exec make', size: 3000, isInUse: false, isShared: false },
					{ id: 'b', description: 'local source for context', size: 100, isInUse: true, isShared: false },
				],
			};
		},
		pruneNetworks: async () => {
			await call('docker network prune -f');
			return { removed: ['a'], bytes: 0 };
		},
		pruneVolumes: async ({ all }) => {
			await call(`docker volume prune${all ? ' -a' : ''} -f`);
			return { removed: ['a'], bytes: 1500 };
		},
		pruneBuildCache: async ({ all }) => {
			await call(`docker builder prune${all ? ' -a' : ''} -f`);
			return { removed: ['a'], bytes: 1500 };
		},
		create: async ({ name, image, command }) => {
			const words = [...(name === undefined ? [] : ['--name', name]), image, ...command];
			await call(`docker create ${words.map(shellWord).join(' ')}`, undefined, undefined, name ?? image);
			return { id: idOf(name ?? image), warnings: [] };
		},
		connectNetwork: async ({ name }, network, aliases = []) => {
			const words = [...aliases.flatMap((alias) => ['--alias', alias]), network];
			await call(`docker network connect ${words.map(shellWord).join(' ')}`, name);
		},
		commit: async ({ name }, { reference, author, message, pauses, changes }) => {
			const words = [
				...(author ? ['-a', author] : []),
				...(message ? ['-m', message] : []),
				...(pauses ? [] : ['-p=false']),
				...changes.flatMap((change) => ['-c', change]),
			];
			await call(['docker commit', ...words.map(shellWord)].join(' '), name, reference);
			return `sha256:${idOf(reference ?? name)}`;
		},
		login: async (registry, { username, password }) => {
			deeds.push(`log in as ${username} with ${password.length} letters`);
			await call('docker login', registry.startsWith('https:') ? undefined : registry);
			return {};
		},
		pull: async (reference, { platform }, signal, onNews) => {
			await call(`docker pull${platform ? ` --platform ${shellWord(platform)}` : ''}`, reference);
			await move(signal, onNews);
		},
		push: async (reference, _, signal, onNews) => {
			await call('docker push', reference);
			await move(signal, onNews);
		},
		save: async (names) => {
			await call(`docker save ${names.map(shellWord).join(' ')}`, undefined, undefined, names[0]);
			return Readable.from([Buffer.alloc(1024)]);
		},
		load: async (tar) => {
			tar.destroy();
			await call('docker load');
		},
		importImage: async (tar, { reference, message, changes = [] }) => {
			tar.destroy();
			const words = [...(message ? ['-m', message] : []), ...changes.flatMap((change) => ['-c', change])];
			await call(['docker import', ...words.map(shellWord), '-'].join(' '), reference);
		},
		run: async ({ name }, { size }, onOutput) => {
			await call('docker start -a', name);
			return opened(name, size, onOutput);
		},
		shells: async ({ name }) => {
			await pass();
			const why = refusals.get(name);
			if (why !== undefined) throw why instanceof Error ? why : new Error(why);
			return [...answers.shells];
		},
		exec: ({ id, name }, options, onOutput) => exec(id, name, options, onOutput),
		attach: async ({ name }, { size }, onOutput) => {
			await call('docker attach', name);
			return opened(name, size, onOutput);
		},
		signalExec: async ({ execId }, signal) => {
			deeds.push(`${signal} ${execId}`);
			return answered(answers.signalExec);
		},
		endExec: async ({ execId }) => {
			deeds.push(`end ${execId}`);
			return answered(answers.endExec);
		},
		containers: async () => [...answered(answers.containers)],
		images: unused,
		inspectImage: async (id) => {
			if (answers.imageSize === undefined) throw new Error(`There is no image ${id}`);
			return { id, raw: { Size: answers.imageSize } } as unknown as ImageDetail;
		},
		processes: unused,
		changes: async () => [
			{ kind: 'changed', path: '/srv' },
			{ kind: 'added', path: '/srv/new' },
			{ kind: 'deleted', path: '/tmp/old' },
		],
		networks: async () => [
			{ id: idOf('bridge'), name: 'bridge', driver: 'bridge', isBuiltIn: true, users: [] },
			{ id: idOf('front'), name: 'front', driver: 'bridge', isBuiltIn: false, users: [] },
			{ id: idOf('back'), name: 'back', driver: 'bridge', isBuiltIn: false, users: ['web'] },
		],
		volumes: unused,
		history: async () => [
			{
				id: `sha256:${idOf('top')}`,
				createdBy: 'RUN make # buildkit',
				comment: '',
				createdAt: now,
				size: 9000,
				references: [],
			},
			{ createdBy: '/bin/sh -c #(nop)  CMD ["sh"]', comment: '', createdAt: now, size: 0, references: [] },
		],
		search: async (term, limit) =>
			[
				{ name: term, description: 'The one', stars: 100, isOfficial: true },
				{ name: `me/${term}`, description: 'Another', stars: 1, isOfficial: false },
			].slice(0, limit),
		statPath: async () => ({ size: 1200, isFolder: false }),
		events: unused,
		stats: unused,
		logs: unused,
		build: (options, signal, onNews) => {
			const { build, ended } = openFakeBuild(options, signal, onNews);
			built.push(build);
			return ended;
		},
		ping: unused,
		close: () => {},
	};
	return {
		engine,
		sessions,
		built,
		moving,
		deeds,
		answers,
		lines: () => {
			const names = new Map<string, string[]>();
			for (const { command, name, rest } of calls) {
				const key = JSON.stringify([command, rest ?? '']);
				names.set(key, [...(names.get(key) ?? []), ...(name === undefined ? [] : [shellWord(name)])]);
			}
			return [...names].map(([key, of]) => {
				const [command, rest] = JSON.parse(key) as [string, string];
				return [command, ...of, ...(rest === '' ? [] : [shellWord(rest)])].join(' ');
			});
		},
		refuse: (name, why) => refusals.set(name, why),
		accept: (name) => refusals.delete(name),
		hold: () => {
			let release = () => {};
			open = new Promise((resolve) => {
				release = resolve;
			});
			return release;
		},
	};
};
