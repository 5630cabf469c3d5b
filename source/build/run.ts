// One build from its wish to its end: reads the Dockerfile, lists and packs the context, and follows what the engine tells.

import { hasBuildKit } from '../engine/build/has-buildkit.ts';
import type { Engine } from '../engine/contract.ts';
import { told } from '../engine/error.ts';
import { type Build, elapsedOf, seconds } from '../model/builds.ts';
import { shortId } from '../model/words.ts';
import { type Credentials, credentialsOf } from '../registry/credentials.ts';
import { type ContextListing, listContext } from './context.ts';
import type { BuildHistory, BuildRecord } from './history.ts';
import { sshWarning } from './mounts.ts';
import { packContext } from './pack.ts';
import { readPlainFile } from './read-file.ts';
import { readSource } from './read-source.ts';
import { openRunning } from './running.ts';
import { slower } from './slower.ts';
import { type BuildLog, openLog } from './step-log.ts';

/** Milliseconds between two looks at a build that is under way. */
const pace = 50;

export type RunGiven = {
	readonly engine: () => Engine | undefined;
	readonly now: () => number;
	/** Writes a docker line into the journal; what it returns writes how it ended. */
	readonly record: (line: string) => (outcome: 'done' | 'failed', message: string) => void;
	readonly credentials: Pick<Credentials, 'credentialsFor' | 'allCredentials'>;
	readonly history: BuildHistory;
	readonly home: string;
	/** Where temporary files belong. */
	readonly temporary: string;
};

export type Run = {
	build(): Build;
	/** Undefined until the context was listed. */
	listing(): ContextListing | undefined;
	readonly log: BuildLog;
	change(news: Partial<Build>): void;
	/** The engine stops it. */
	cancel(): void;
};

const recordOf = (build: Build, now: number): BuildRecord => {
	const steps = [...build.steps.values()].filter(({ state }) => state === 'done' || state === 'cached');
	return {
		at: build.startedAt,
		duration: elapsedOf(build, now),
		outcome: build.status === 'done' ? 'succeeded' : build.status === 'failed' ? 'failed' : 'cancelled',
		...(build.imageId === undefined ? {} : { imageId: build.imageId }),
		tags: build.tags,
		cached: steps.filter(({ state }) => state === 'cached').length,
		steps: steps.map((step) => ({
			name: step.name,
			duration: elapsedOf(step, now),
			isCached: step.state === 'cached',
		})),
	};
};

export const startRun = (
	begun: Build,
	given: RunGiven & { readonly onChange: (build: Build) => void },
): Run => {
	const { engine, now, record, credentials, history, home, temporary } = given;
	const log = openLog(temporary);
	const end = new AbortController();
	let build = begun;
	let listing: ContextListing | undefined;

	const change = (news: Partial<Build>): void => {
		build = { ...build, ...news };
		given.onChange(build);
	};
	const fail = (message: string, news: Partial<Build> = {}): void =>
		change({ ...news, status: 'failed', endedAt: now(), failure: { message } });

	const doubt = (problems: readonly string[]): void => {
		const warnings = [...new Set([...build.warnings, ...problems])];
		if (warnings.length > build.warnings.length) change({ warnings });
	};

	const listed = async (): Promise<ContextListing | undefined> => {
		const { context, dockerfile } = build.wish;
		let at = 0;
		const onProgress = ({ entries, bytes }: { entries: number; bytes: number }) => {
			if (now() - at < pace) return;
			at = now();
			change({ context: { files: entries, bytes, sent: 0 } });
		};
		const found = await listContext({ context, dockerfile, home, signal: end.signal, onProgress });
		const { files, bytes, warnings, problems } = found;
		listing = found;
		change({ context: { files, bytes, sent: 0 }, warnings });
		if (problems.length === 0) return found;
		fail(problems.slice(0, 5).join(' '));
		return undefined;
	};

	const carryOut = async (through: Engine): Promise<void> => {
		const { wish, builder } = build;
		const file = await readSource(wish, builder, hasBuildKit(through.info));
		if ('problem' in file) return fail(file.problem, file.excerpt && { excerpt: file.excerpt });
		const found = await listed();
		if (!found || end.signal.aborted) return;
		change({ status: 'building' });
		const ssh = sshWarning(file.dockerfile);
		if (ssh !== undefined) doubt([ssh]);
		const running = openRunning(log, { ...file, args: wish.args });
		let sent = 0;
		const draw = () => {
			const { context } = build;
			const news = context && context.sent !== sent ? { context: { ...context, sent } } : {};
			const drawn = running.drawn(build);
			if (drawn !== build || news.context) change({ ...drawn, ...news });
		};
		const timer = setInterval(draw, pace);
		const { stream, dockerfileInContext } = packContext(found, {
			builder,
			onBytes: (bytes) => {
				sent = bytes;
			},
		});
		try {
			await through.build(
				{
					wish,
					builder,
					context: stream,
					dockerfileInContext,
					credentials: async (host) => {
						const { login, problem } = await credentials.credentialsFor(host);
						if (problem !== undefined) doubt([problem]);
						return credentialsOf(login);
					},
					allCredentials: async () => {
						const { logins, problems } = await credentials.allCredentials();
						doubt(problems);
						const known = Object.entries(logins).map(([host, login]) => [host, credentialsOf(login)]);
						return Object.fromEntries(known.filter(([, login]) => login !== undefined));
					},
					readSecret: async (id) => {
						const path = wish.secrets[id];
						return path === undefined ? undefined : readPlainFile(path);
					},
				},
				end.signal,
				running.tell,
			);
		} finally {
			clearInterval(timer);
			draw();
		}
	};

	/** Whatever came of it. */
	const settle = async (through: Engine): Promise<void> => {
		// One that came too late has cancelled nothing.
		const isCancelled = end.signal.aborted && build.imageId === undefined;
		if (isCancelled) change({ status: 'cancelled', endedAt: now() });
		else if (build.status === 'building' || build.status === 'cancelling') {
			change({ status: build.failure ? 'failed' : 'done', endedAt: now() });
		}
		const { wish, imageId, status } = build;
		const image =
			status === 'done' && imageId ? await through.inspectImage(imageId).catch(() => undefined) : undefined;
		const imageSize = Number(image?.raw.Size);
		if (imageSize > 0) change({ imageSize });
		// What the demo builds is no image of this machine.
		if (through.info.flavour === 'demo') return;
		const before = await history.read(wish.context, wish.dockerfile).catch(() => []);
		const done = recordOf(build, now());
		// A build is none the worse for a history that cannot be kept.
		history.add(wish.context, wish.dockerfile, done).catch(() => {});
		if (status !== 'done') return;
		const words = slower(done, before).map(
			({ name, now: took, usual }) => `${name} took ${seconds(took)}, usually ${seconds(usual)}`,
		);
		if (words.length) change({ slower: words });
	};

	const run = async (): Promise<void> => {
		const through = engine();
		if (!through) return fail('The engine does not answer.');
		const recorded = record(build.line);
		try {
			await carryOut(through);
		} catch (error) {
			if (!end.signal.aborted) fail(told(error));
		}
		await settle(through);
		const { status, title, failure, tags, imageId = '' } = build;
		const what = () => (tags.length ? title : `${shortId(imageId)}, which has no name: a tag gives it one`);
		if (status === 'done') recorded('done', `built ${what()} · ${seconds(elapsedOf(build, now()))}`);
		else recorded('failed', failure ? `the build of ${title} failed` : `the build of ${title} was cancelled`);
	};

	// Whoever started it knows it first.
	queueMicrotask(() => void run());
	return {
		build: () => build,
		listing: () => listing,
		log,
		change,
		cancel: () => end.abort(),
	};
};
