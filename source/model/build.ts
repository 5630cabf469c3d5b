// A build in our own words, the same for both builders: what is wished for, and the steps as they happen.

/** BuildKit, or the classic builder that every engine has. */
export type Builder = 'buildkit' | 'classic';

/** What `docker build` is told. */
export type BuildWish = {
	/** Absolute path of the folder that is sent. */
	readonly context: string;
	/** Absolute path; may lie outside of the context. */
	readonly dockerfile: string;
	readonly tags: readonly string[];
	readonly args: Readonly<Record<string, string>>;
	/** A stage of the Dockerfile; absent: the last one. */
	readonly target?: string;
	/** `linux/arm64`; absent: the engine's own. */
	readonly platform?: string;
	/** `--no-cache` and `--pull`. */
	readonly isUncached: boolean;
	readonly pullsBases: boolean;
	/** Absent: BuildKit where the engine has it. */
	readonly builder?: Builder;
	/** Secrets of `RUN --mount=type=secret`, by id: absolute paths of the files that hold them. */
	readonly secrets: Readonly<Record<string, string>>;
};

export type StepState = 'waiting' | 'running' | 'cached' | 'done' | 'failed' | 'cancelled';

/** A part of a step that moves bytes: a layer that is pulled, the context that is sent. */
export type StepPart = {
	readonly id: string;
	/** `downloading`, `extract` …; may be empty. */
	readonly name: string;
	/** Bytes; `total` 0 is not known. */
	readonly current: number;
	readonly total: number;
	readonly isDone: boolean;
};

export type StepChange = {
	/** BuildKit: the vertex's digest. Classic: the number of the step. */
	readonly id: string;
	/** As the builder words it: `[two 2/2] RUN make`, `RUN make`. */
	readonly name: string;
	/** The stage's name or number where it has one: `two`. Absent for what is no step of the Dockerfile. */
	readonly stage?: string;
	/** `2` of `2/4`, counted as the builder does. */
	readonly number?: number;
	readonly of?: number;
	/** The instruction alone, `RUN make`: what the Dockerfile's line is found by. */
	readonly instruction?: string;
	/** Ids of the steps it waits for. */
	readonly inputs: readonly string[];
	readonly state: StepState;
	/** Milliseconds since the epoch: by the engine's clock where it tells (BuildKit), else ours. */
	readonly startedAt?: number;
	readonly endedAt?: number;
	/** Why it failed, in the engine's words. */
	readonly error?: string;
};

/** What a build tells, in order. A step is told again whenever something of it changes. */
export type BuildNews =
	| { readonly type: 'step'; readonly step: StepChange }
	/** A piece of what a step prints: not whole lines. */
	| { readonly type: 'output'; readonly step: string; readonly text: string }
	| { readonly type: 'part'; readonly step: string; readonly part: StepPart }
	/** A lint rule of BuildKit, or a warning of the classic builder. */
	| {
			readonly type: 'warning';
			readonly text: string;
			readonly detail: readonly string[];
			readonly url?: string;
	  }
	| { readonly type: 'image'; readonly id: string }
	| { readonly type: 'tagged'; readonly reference: string }
	/** The build is over and has failed: the first real reason, not the cancellations that follow from it. */
	| {
			readonly type: 'failure';
			readonly message: string;
			/** Of the command that a RUN ran. */
			readonly exitCode?: number;
			/** Id of the step that failed, where it was one. */
			readonly step?: string;
	  };
