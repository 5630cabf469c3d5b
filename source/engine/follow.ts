// Follows what the screen looks at and nothing else: starts what is newly wanted, aborts the rest, batches what comes in.
import type { FollowEvent } from '../model/event.ts';
import type { Sample } from '../model/items.ts';
import { logMembers } from '../model/log/log.ts';
import type { State } from '../model/state.ts';
import { keyOf, runOf, type Wanted } from '../model/wanted.ts';
import type { Engine } from './contract.ts';
import { told } from './error.ts';
import { rotationOf } from './log/files.ts';
import { followLogs, type LogFollow } from './log/follow.ts';
import { readNewer, readOlder } from './log/pages.ts';
import type { Followed } from './log/stream.ts';
import { sleep } from './sleep.ts';

/** Milliseconds of rest before something newly looked at is opened: a held key passes hundreds of rows. */
const rest = 60;
/** Stats of all containers are told together, on the second as the clock ticks, so that all of it costs one frame. */
const sampleInterval = 1000;
/** The process table has no stream; while its tab is open it is read again after so many milliseconds. */
const processInterval = 2000;

type Send = (event: FollowEvent) => void;

const followProcesses = async (engine: Engine, id: string, signal: AbortSignal, send: Send) => {
	while (!signal.aborted) {
		const table = await engine.processes(id);
		if (!signal.aborted) send({ type: 'processes-read', id, table });
		await sleep(processInterval, signal);
	}
};

const followedOf = (state: State): Followed[] =>
	logMembers(state).flatMap(({ id }) => {
		const detail = state.known.containers.get(id);
		if (!detail) return [];
		const rotation = rotationOf(detail);
		return [{ id, tty: detail.tty, run: runOf(state, id), ...(rotation ? { rotation } : {}) }];
	});

const readPage = async (
	engine: Engine,
	{ what, id }: Wanted,
	state: State,
	signal: AbortSignal,
	send: Send,
): Promise<void> => {
	const { log } = state.known;
	if (log?.id !== id) return;
	const type = what === 'log-older' ? 'log-older' : 'log-newer';
	const wish = { members: followedOf(state), ring: log.ring, range: state.logRange ?? {} };
	const page = await (type === 'log-older' ? readOlder : readNewer)(engine, wish, signal);
	if (!signal.aborted) send({ type, id, ...page });
};

export type Follow = {
	/** Compares with what is followed now. Cheap when nothing changed, so it can be called after every event. */
	apply(state: State, wanted: readonly Wanted[], engine: Engine | undefined): void;
	stop(): void;
};

export const createFollow = (send: Send): Follow => {
	const running = new Map<string, { readonly target: Wanted; readonly controller: AbortController }>();
	let current: Engine | undefined;
	let applied = '';
	let timer: NodeJS.Timeout | undefined;
	let changedAt = 0;
	let samples = new Map<string, Sample>();
	let sampleTimer: NodeJS.Timeout | undefined;

	const sampled = (id: string, sample: Sample) => {
		samples.set(id, sample);
		sampleTimer ??= setTimeout(
			() => {
				sampleTimer = undefined;
				const targets = [...running.values()].map(({ target }) => target);
				const followed = targets.filter(({ what }) => what === 'stats').map(({ id }) => id);
				send({ type: 'sampled', samples, followed: new Set(followed) });
				samples = new Map();
			},
			sampleInterval - (Date.now() % sampleInterval),
		);
	};

	const open = async (engine: Engine, target: Wanted, state: State, signal: AbortSignal): Promise<void> => {
		const { what, id } = target;
		switch (what) {
			case 'stats':
				return engine.stats(id, signal, (sample) => sampled(id, sample));
			case 'log':
				return;
			case 'log-older':
			case 'log-newer':
				return readPage(engine, target, state, signal, send);
			case 'inspect':
				return send({ type: 'inspected', detail: await engine.inspect(id) });
			case 'image':
				return send({ type: 'image-inspected', detail: await engine.inspectImage(id) });
			case 'processes':
				return followProcesses(engine, id, signal, send);
			case 'changes':
				return send({ type: 'changes-read', id, changes: await engine.changes(id) });
		}
	};

	/** A log goes on while containers come to it and start again; all else begins anew when its key changes. */
	let log: { readonly key: string; readonly follow: LogFollow } | undefined;
	const followLog = (engine: Engine, state: State, target: Wanted | undefined) => {
		const { id = '' } = target ?? {};
		const known = state.known.log?.id === id && !state.known.log.isStale ? state.known.log : undefined;
		const range = state.logRange ?? {};
		const key = target && `${id} ${range.since} ${range.until}`;
		const isSame = log !== undefined && log.key === key && (known !== undefined || !log.follow.isTold());
		if (isSame) return log?.follow.update(followedOf(state));
		log?.follow.stop();
		log = undefined;
		if (!target || key === undefined) return;
		const wish = { id, range, containers: followedOf(state), ...(known ? { log: known } : {}) };
		log = { key, follow: followLogs(engine, wish, send) };
	};

	const start = (engine: Engine, target: Wanted, state: State) => {
		const controller = new AbortController();
		running.set(keyOf(target), { target, controller });
		open(engine, target, state, controller.signal).catch((error: Error) => {
			if (!controller.signal.aborted)
				send({ type: 'follow-failed', what: target.what, id: target.id, sentence: told(error) });
		});
	};

	const stopAll = () => {
		clearTimeout(timer);
		for (const { controller } of running.values()) controller.abort();
		running.clear();
		log?.follow.stop();
		log = undefined;
		applied = '';
	};

	return {
		apply: (state, wanted, engine) => {
			if (engine !== current) {
				stopAll();
				current = engine;
			}
			const keys = wanted.map(keyOf);
			const signature = keys.join('\n');
			if (signature === applied) return;
			applied = signature;
			const stillWanted = new Set(keys);
			if (log && !wanted.some(({ what, id }) => what === 'log' && log?.key.startsWith(`${id} `))) {
				log.follow.stop();
				log = undefined;
			}
			for (const [key, { controller }] of running) {
				if (stillWanted.has(key)) continue;
				controller.abort();
				running.delete(key);
			}
			clearTimeout(timer);
			if (!engine) return;
			const isAtRest = Date.now() - changedAt > rest * 2;
			changedAt = Date.now();
			timer = setTimeout(
				() => {
					followLog(
						engine,
						state,
						wanted.find(({ what }) => what === 'log'),
					);
					for (const target of wanted)
						if (target.what !== 'log' && !running.has(keyOf(target))) start(engine, target, state);
				},
				isAtRest ? 0 : rest,
			);
		},
		stop: () => {
			stopAll();
			clearTimeout(sampleTimer);
		},
	};
};
