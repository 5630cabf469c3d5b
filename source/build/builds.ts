// All builds of this session: starts, cancels, repeats and watches them, and tells the state how they go.
import { basename } from 'node:path';
import { builderOf, hasBuildKit } from '../engine/build/has-buildkit.ts';
import type { BuildWish } from '../model/build.ts';
import { type Build, isUnderWay } from '../model/builds.ts';
import type { Event } from '../model/event.ts';
import type { Answers, Question } from '../model/question.ts';
import { buildLine } from './build-line.ts';
import { largestFirst } from './context.ts';
import { buildForm } from './form.ts';
import type { BuildRecord } from './history.ts';
import { plainText } from './plain-text.ts';
import { type Run, type RunGiven, startRun } from './run.ts';
import { watchContext } from './watch.ts';

export type BuildsGiven = RunGiven & { readonly send: (event: Event) => void; readonly cwd: string };

/** One tab. Repeating it makes another run in it. */
type Entry = { run: Run; watching?: AbortController };

export type BuildDesk = ReturnType<typeof createBuilds>;

export const createBuilds = (given: BuildsGiven) => {
	const { send, engine, now, cwd, history } = given;
	const all = new Map<number, Entry>();
	let lastId = 0;

	const start = (wish: BuildWish, id = ++lastId): number => {
		const past = all.get(id);
		past?.run.log.close();
		const info = engine()?.info;
		const begun: Build = {
			id,
			title: wish.tags[0] ?? basename(wish.context),
			wish,
			line: buildLine(wish, cwd),
			builder: info ? builderOf(info, wish.builder) : 'classic',
			status: 'preparing',
			startedAt: now(),
			steps: new Map(),
			warnings: [],
			tags: [],
			slower: [],
			isWatched: past?.watching !== undefined,
		};
		send({ type: 'build-started', build: begun });
		const run: Run = startRun(begun, {
			...given,
			onChange: (build) => {
				if (all.get(id)?.run === run) send({ type: 'build-changed', build });
			},
		});
		all.set(id, { run, ...(past?.watching ? { watching: past.watching } : {}) });
		return id;
	};

	const watch = async (id: number): Promise<void> => {
		const entry = all.get(id);
		if (!entry) return;
		if (entry.watching) {
			entry.watching.abort();
			delete entry.watching;
			return entry.run.change({ isWatched: false });
		}
		const watching = new AbortController();
		entry.watching = watching;
		entry.run.change({ isWatched: true });
		const { title } = entry.run.build();
		const text = `Watching: ${title} is built again when a file of its context changes. w stops that.`;
		send({ type: 'noticed', text, tone: 'plain', at: now() });
		const { context, dockerfile } = entry.run.build().wish;
		await watchContext(context, {
			dockerfile,
			onChange: () => {
				const current = all.get(id)?.run;
				if (!current || watching.signal.aborted) return;
				current.cancel();
				start({ ...current.build().wish, isUncached: false }, id);
			},
			onProblem: (text, isOver) => {
				send({ type: 'noticed', text, tone: 'bad', at: now() });
				const current = all.get(id);
				if (!isOver || current?.watching !== watching) return;
				watching.abort();
				delete current.watching;
				current.run.change({ isWatched: false });
			},
			signal: watching.signal,
		});
	};

	return {
		start,
		watch,
		/** What to ask before one is started. */
		form: (answers: Answers): Promise<Question> => {
			const info = engine()?.info;
			return buildForm(answers, {
				cwd,
				home: given.home,
				hasBuildKit: info !== undefined && hasBuildKit(info),
			});
		},
		cancel: (id: number): void => {
			const run = all.get(id)?.run;
			if (!run || !isUnderWay(run.build())) return;
			run.change({ status: 'cancelling' });
			run.cancel();
		},
		/** The same again, in its tab. */
		again: (id: number, options: { readonly isUncached: boolean }): void => {
			const build = all.get(id)?.run.build();
			if (build && !isUnderWay(build)) start({ ...build.wish, isUncached: options.isUncached }, id);
		},
		/** Cancels it, and takes its tab away. */
		close: (id: number): void => {
			const entry = all.get(id);
			entry?.run.cancel();
			entry?.watching?.abort();
			all.delete(id);
			entry?.run.log.close();
			send({ type: 'build-closed', id });
		},
		/** Lines that a step printed, from one on, counted from 0. */
		lines: (id: number, step: string, from: number, most: number): readonly string[] =>
			all.get(id)?.run.log.read(step, from, most) ?? [],
		/** The last builds of the same Dockerfile and context, the newest first. */
		past: async (id: number): Promise<readonly BuildRecord[]> => {
			const wish = all.get(id)?.run.build().wish;
			return wish ? history.read(wish.context, wish.dockerfile) : [];
		},
		/** The files of the context, the largest first. */
		files: (id: number) => largestFirst(all.get(id)?.run.listing()?.entries ?? []),
		/** Everything it printed, with the times, as plain text in pieces: it may be larger than the memory. */
		text: (id: number): Iterable<string> => {
			const run = all.get(id)?.run;
			return run ? plainText(run.build(), run.log, now()) : [];
		},
		/** Stops all of them at the engine, which does so when their connections end. */
		endAll: (): void => {
			for (const { run, watching } of all.values()) {
				run.cancel();
				watching?.abort();
				run.log.close();
			}
		},
	};
};
