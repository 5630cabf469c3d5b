// The builds of this session as they are on screen: their steps, how far they are, and where the person is in them. What a
// step prints is kept in full by `build/log`; here are its last lines.
import type { Builder, BuildWish, StepChange, StepPart } from './build.ts';

export type Step = StepChange & {
	/** Where its instruction begins in the Dockerfile, counted from 1. */
	readonly line?: number;
	readonly parts: readonly StepPart[];
	/** The last lines it printed: text from outside. The very last may still grow. */
	readonly tail: readonly string[];
	/** Lines it printed in all. */
	readonly lines: number;
};

export type BuildStatus =
	/** The context is listed. */
	'preparing' | 'building' | 'cancelling' | 'done' | 'failed' | 'cancelled';

export type BuildFailure = {
	readonly message: string;
	readonly exitCode?: number;
	/** Id of the step that failed, where it was one. */
	readonly step?: string;
};

export type SourceLine = { readonly number: number; readonly text: string; readonly isMarked: boolean };

/** In bytes. `sent` of what the packed context comes to. */
export type ContextUse = { readonly files: number; readonly bytes: number; readonly sent: number };

export type Build = {
	readonly id: number;
	/** For its tab: the first tag, else the folder. */
	readonly title: string;
	readonly wish: BuildWish;
	readonly line: string;
	readonly builder: Builder;
	readonly status: BuildStatus;
	/** Milliseconds since the epoch, our clock. */
	readonly startedAt: number;
	readonly endedAt?: number;
	readonly context?: ContextUse;
	/** In the order they were announced. */
	readonly steps: ReadonlyMap<string, Step>;
	/** Of the context, of lint rules: sentences. */
	readonly warnings: readonly string[];
	readonly imageId?: string;
	/** Bytes. */
	readonly imageSize?: number;
	readonly tags: readonly string[];
	readonly failure?: BuildFailure;
	/** The lines of the Dockerfile around what failed. */
	readonly excerpt?: readonly SourceLine[];
	/** What became slower than it was in the builds before: sentences. */
	readonly slower: readonly string[];
	/** It is built again when a file of its context changes. */
	readonly isWatched: boolean;
};

/** A step whose output has the whole pane. */
export type OpenedStep = {
	readonly step: string;
	/** First line on screen; absent: the newest are. */
	readonly top?: number;
	/** Number of the first of `lines`, where that is not the top. */
	readonly from?: number;
	/** The lines on screen and some around them, read from what was kept: a window that grows has them at once. */
	readonly lines: readonly string[];
};

/** More than any pane is high. */
export const mostOpened = 200;

export type Builds = {
	readonly list: readonly Build[];
	/** Id of the one in front; absent only while there is none. */
	readonly front?: number;
	/** Id of the step the cursor is on; absent: it follows what runs. */
	readonly cursor?: string;
	readonly opened?: OpenedStep;
};

export const noBuilds: Builds = { list: [] };

export const frontBuild = ({ list, front }: Builds): Build | undefined => list.find(({ id }) => id === front);

export const isUnderWay = ({ status }: Build): boolean =>
	status === 'preparing' || status === 'building' || status === 'cancelling';

/** Done or from the cache, of all that are known. */
export const counts = ({ steps, builder }: Build): { done: number; cached: number; of: number } => {
	let done = 0;
	let cached = 0;
	for (const { state } of steps.values()) {
		if (state === 'done' || state === 'cached') done++;
		if (state === 'cached') cached++;
	}
	// The classic builder announces how many there will be, but not which.
	const said = builder === 'classic' ? Math.max(0, ...[...steps.values()].map(({ of = 0 }) => of)) : 0;
	return { done, cached, of: Math.max(steps.size, said) };
};

/** The step to look at when nobody has chosen one: what failed, else what runs and began last, else the last one. */
export const stepInFocus = ({ steps, failure }: Build): string | undefined => {
	if (failure?.step !== undefined && steps.has(failure.step)) return failure.step;
	let found: Step | undefined;
	for (const step of steps.values()) {
		if (step.state === 'failed') return step.id;
		if (
			step.state === 'running' &&
			(found?.state !== 'running' || (step.startedAt ?? 0) >= (found.startedAt ?? 0))
		)
			found = step;
		else if (found?.state !== 'running' && step.state !== 'waiting') found = step;
	}
	return found?.id;
};

/** Seconds and tenths, as docker prints them. */
export const seconds = (milliseconds: number): string => `${(Math.max(0, milliseconds) / 1000).toFixed(1)}s`;

export const elapsedOf = (
	{ startedAt, endedAt }: { startedAt?: number; endedAt?: number },
	now: number,
): number => (startedAt === undefined ? 0 : Math.max(0, (endedAt ?? now) - startedAt));

/** As they stand in the Dockerfile: stage by stage, what is of no stage around them. */
export const stepsInOrder = (build: Build): readonly Step[] => {
	const steps = [...build.steps.values()];
	/** What is done with the finished image. */
	const isLast = ({ name }: Step) => /^(export|naming|unpack|push)/.test(name);
	const lines = new Map<string, number>();
	for (const { stage, line = Number.MAX_SAFE_INTEGER } of steps)
		if (stage !== undefined) lines.set(stage, Math.min(line, lines.get(stage) ?? line));
	const stages = [...lines].sort(([, one], [, other]) => one - other);
	return [
		...steps.filter((step) => step.stage === undefined && !isLast(step)),
		...stages.flatMap(([stage]) =>
			steps
				.filter((step) => step.stage === stage)
				.sort((one, other) => (one.number ?? 0) - (other.number ?? 0)),
		),
		...steps.filter((step) => step.stage === undefined && isLast(step)),
	];
};
