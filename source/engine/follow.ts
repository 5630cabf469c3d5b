// Follows what the screen looks at and nothing else: starts what is newly wanted, aborts the rest, batches what comes in.
import type { FollowEvent } from '../model/event.ts';
import type { LogLine, Sample } from '../model/items.ts';
import type { State } from '../model/state.ts';
import { keyOf, type Wanted } from '../model/wanted.ts';
import type { Engine } from './contract.ts';
import { told } from './error.ts';
import { sleep } from './sleep.ts';

/** Milliseconds of rest before something newly looked at is opened: a held key passes hundreds of rows. */
const rest = 60;
/** Stats of all containers are told together, on the second as the clock ticks, so that all of it costs one frame. */
const sampleInterval = 1000;
/** Log lines are told this often, in milliseconds: a frame shows what matters of thousands. */
const logInterval = 33;
/** The process table has no stream; while its tab is open it is read again after so many milliseconds. */
const processInterval = 2000;
/** Lines of a log to begin with. */
const logTail = 1000;

type Send = (event: FollowEvent) => void;

const followLog = async (engine: Engine, id: string, tty: boolean, signal: AbortSignal, send: Send) => {
	let waiting: LogLine[] = [];
	let timer: NodeJS.Timeout | undefined;
	let isTold = false;
	const flush = () => {
		timer = undefined;
		if (signal.aborted) return;
		if (!isTold) send({ type: 'log-opened', id });
		isTold = true;
		if (waiting.length === 0) return;
		const lines = waiting;
		waiting = [];
		send({ type: 'logged', id, lines });
	};
	// Told with its first lines, so that a log appears in one frame; without any it is told all the same.
	timer = setTimeout(flush, rest);
	let failure: string | undefined;
	try {
		await engine.logs(id, { tail: logTail, follow: true, tty }, signal, (lines) => {
			for (const line of lines) waiting.push(line);
			if (!isTold && waiting.length) {
				clearTimeout(timer);
				timer = setTimeout(flush, 0);
			}
			timer ??= setTimeout(flush, logInterval);
		});
	} catch (error) {
		failure = told(error);
	}
	clearTimeout(timer);
	flush();
	if (!signal.aborted) send({ type: 'log-ended', id, ...(failure === undefined ? {} : { failure }) });
};

const followProcesses = async (engine: Engine, id: string, signal: AbortSignal, send: Send) => {
	while (!signal.aborted) {
		const table = await engine.processes(id);
		if (!signal.aborted) send({ type: 'processes-read', id, table });
		await sleep(processInterval, signal);
	}
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

	const open = async (
		engine: Engine,
		{ what, id }: Wanted,
		tty: boolean,
		signal: AbortSignal,
	): Promise<void> => {
		switch (what) {
			case 'stats':
				return engine.stats(id, signal, (sample) => sampled(id, sample));
			case 'log':
				return followLog(engine, id, tty, signal, send);
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

	const start = (engine: Engine, target: Wanted, tty: boolean) => {
		const controller = new AbortController();
		running.set(keyOf(target), { target, controller });
		open(engine, target, tty, controller.signal).catch((error: Error) => {
			if (!controller.signal.aborted)
				send({ type: 'follow-failed', what: target.what, id: target.id, sentence: told(error) });
		});
	};

	const stopAll = () => {
		clearTimeout(timer);
		for (const { controller } of running.values()) controller.abort();
		running.clear();
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
					for (const target of wanted) {
						if (running.has(keyOf(target))) continue;
						start(engine, target, state.known.containers.get(target.id)?.tty ?? false);
					}
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
