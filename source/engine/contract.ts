// What the rest of the program may ask of an engine. Every verb rejects with an EngineError and nothing else.
import type { Readable } from 'node:stream';
import type { Builder, BuildNews, BuildWish } from '../model/build.ts';
import type {
	Change,
	CommitWish,
	Container,
	ContainerDetail,
	DiskUse,
	EngineInfo,
	HistoryLayer,
	Image,
	ImageDetail,
	ImageRemoval,
	LogLine,
	Network,
	PathStat,
	ProcessTable,
	Pruned,
	Sample,
	SearchResult,
	Size,
	Volume,
} from '../model/items.ts';
import type { RunWish } from '../model/run.ts';
import type { TransferNews } from '../model/transfers.ts';
import type { EngineError } from './error.ts';

/** A container as a verb needs it: the id goes to the engine, the name into sentences and docker lines. */
export type Target = { readonly id: string; readonly name: string };

/** `name` is a reference (`httpd:2.4`) or an image id; what it is decides between untag and delete. */
export type ImageTarget = { readonly name: string };

/** The parts of an engine event that decide what is read again. */
export type EngineEvent = {
	readonly type: string;
	/** Without the arguments some engines put behind a colon (`exec_create: sh`). */
	readonly action: string;
	readonly id: string;
	readonly attributes: Readonly<Record<string, string>>;
	/** Milliseconds since the epoch, engine's clock. */
	readonly at: number;
};

export type LogOptions = {
	/** How many of the last lines to begin with. Engines count them before they look at `since` and `until`. */
	readonly tail: number | 'all';
	readonly follow: boolean;
	readonly tty: boolean;
	/** A stamp of the engine, or milliseconds since the epoch. Lines of that very moment belong to it. */
	readonly since?: string | number;
	readonly until?: string | number;
};

export type Verbs = {
	start(target: Target): Promise<void>;
	/** The engine waits the container's own stop timeout (10 s unless it was set) before it kills. */
	stop(target: Target): Promise<void>;
	restart(target: Target): Promise<void>;
	pause(target: Target): Promise<void>;
	unpause(target: Target): Promise<void>;
	/** `signal` as docker spells it: `SIGKILL`, `SIGHUP` … */
	kill(target: Target, signal: string): Promise<void>;
	rename(target: Target, name: string): Promise<void>;
	/** `volumes`: its anonymous volumes go too. */
	remove(target: Target, options: { readonly force: boolean; readonly volumes: boolean }): Promise<void>;
	/** Gives the image another name; `reference` is `repository:tag`. */
	tag(target: ImageTarget, reference: string): Promise<void>;
	removeImage(target: ImageTarget, options: { readonly force: boolean }): Promise<ImageRemoval>;
	pruneContainers(): Promise<Pruned>;
	/** `all`: unused images too, not only dangling ones. */
	pruneImages(options: { readonly all: boolean }): Promise<Pruned>;
	pruneNetworks(): Promise<Pruned>;
	/** `all`: named ones too, not only those nobody named, which before API 1.42 are removed one by one. */
	pruneVolumes(options: { readonly all: boolean }): Promise<Pruned>;
	/** Of BuildKit. `all`: also what is not dangling. */
	pruneBuildCache(options: { readonly all: boolean }): Promise<Pruned>;
	/** Does not start it. Env files and the pull must have been done: `envFiles`, `pull` are not looked at. */
	create(wish: RunWish): Promise<{ readonly id: string; readonly warnings: readonly string[] }>;
	connectNetwork(target: Target, network: string, aliases?: readonly string[]): Promise<void>;
	/** Answers with the new image's id, `sha256:…`. */
	commit(target: Target, wish: CommitWish): Promise<string>;
	/** Asks the registry whether it lets them in. An identity token is to be kept instead of the password. */
	login(
		registry: string,
		credentials: { readonly username: string; readonly password: string },
	): Promise<{ readonly identityToken?: string }>;
};

export type Reads = {
	/** All of them, stopped ones too; or only those asked for that still exist. */
	containers(ids?: readonly string[]): Promise<Container[]>;
	images(): Promise<Image[]>;
	inspect(id: string): Promise<ContainerDetail>;
	inspectImage(id: string): Promise<ImageDetail>;
	processes(id: string): Promise<ProcessTable>;
	changes(id: string): Promise<Change[]>;
	diskUse(): Promise<DiskUse>;
	networks(): Promise<Network[]>;
	volumes(): Promise<Volume[]>;
	/** The newest layer first, as docker lists them. */
	history(image: ImageTarget): Promise<HistoryLayer[]>;
	/** On Docker Hub. */
	search(term: string, limit: number): Promise<SearchResult[]>;
	/** Of a file in a container; undefined: there is none. */
	statPath(target: Target, path: string): Promise<PathStat | undefined>;
};

/** All end by the signal (quietly), by their own end (quietly), or throw an EngineError, also for errors inside a 200-stream. */
export type Transfers = {
	pull(
		reference: string,
		options: { readonly platform?: string; readonly credentials?: RegistryCredentials },
		signal: AbortSignal,
		onNews: (news: readonly TransferNews[]) => void,
	): Promise<void>;
	push(
		reference: string,
		options: { readonly credentials?: RegistryCredentials },
		signal: AbortSignal,
		onNews: (news: readonly TransferNews[]) => void,
	): Promise<void>;
	/** A tar of these images (`docker save`), as the engine sends it. Errors come out of the stream as EngineErrors. */
	save(names: readonly string[], signal: AbortSignal): Promise<Readable>;
	/** `tar` is read once, and destroyed at the end whatever that is. */
	load(tar: Readable, signal: AbortSignal, onNews: (news: readonly TransferNews[]) => void): Promise<void>;
	/** A file system in a tar becomes an image of one layer. `changes` are Dockerfile lines: `CMD ["sh"]`. */
	importImage(
		tar: Readable,
		options: { readonly reference: string; readonly message?: string; readonly changes?: readonly string[] },
		signal: AbortSignal,
		onNews: (news: readonly TransferNews[]) => void,
	): Promise<void>;
};

/** Streams end by the signal (quietly), by their own end (quietly), or throw an EngineError. */
export type Streams = {
	/** `onOpen` fires when the engine has subscribed us: from then on no event is missed. Always drained at once. */
	events(signal: AbortSignal, onOpen: () => void, onEvent: (event: EngineEvent) => void): Promise<void>;
	stats(id: string, signal: AbortSignal, onSample: (sample: Sample) => void): Promise<void>;
	/** Lines arrive in batches: all that one chunk of the connection held. */
	logs(
		id: string,
		options: LogOptions,
		signal: AbortSignal,
		onLines: (lines: LogLine[]) => void,
	): Promise<void>;
};

/** A command run in a running container, as `docker exec` does it. With a terminal it reads what is typed; without, nothing. */
export type ExecOptions = {
	/** The program and its arguments, as they are: no shell looks at them. */
	readonly command: readonly string[];
	readonly tty: boolean;
	/** Absent: the container's own user, working folder and environment. */
	readonly user?: string;
	readonly directory?: string;
	/** `NAME=value` each. */
	readonly env?: readonly string[];
	readonly isPrivileged?: boolean;
	readonly size: Size;
};

/** `tty` and `stdin` are the container's own: whether it has a terminal, and reads its standard input. */
export type AttachOptions = { readonly tty: boolean; readonly stdin: boolean; readonly size: Size };

/** All that is needed to end what an exec started, also over another connection. */
export type StartedExec = {
	readonly execId: string;
	readonly containerId: string;
	/** As processes of the container see it; absent where the image has no shell to tell it. */
	readonly pid?: number;
	/** Path of a shell of the image. */
	readonly shell?: string;
};

export type SessionEnd =
	/** The program ended. Its exit code, where the engine could still tell it. */
	| { readonly how: 'exited'; readonly code?: number }
	| { readonly how: 'detached' }
	/** The connection broke, and what was started may go on running. */
	| { readonly how: 'lost'; readonly error: EngineError };

/** A program's terminal, or its plain pipes, for as long as we hold it. Output goes to the `onOutput` it was opened with. */
export type Session = {
	/** Absent for an attach. */
	readonly started?: StartedExec;
	write(bytes: Uint8Array): void;
	/** Nothing more will be typed. */
	endInput(): void;
	/** The newest size wins; the program is told at once. */
	resize(size: Size): void;
	/** Holds the output back at its source, until `resume`. */
	pause(): void;
	resume(): void;
	/** Settles once, and never rejects. */
	readonly ended: Promise<SessionEnd>;
	/** Lets go; the program goes on running. */
	detach(): void;
	/** Ends what an exec started, with everything in its terminal. Of an attach it only lets go. True: nothing is left. */
	end(): Promise<boolean>;
};

export type Sessions = {
	/** Paths of the shells that the container has, the best first. Of a stopped one, too. */
	shells(target: Target): Promise<string[]>;
	exec(target: Target, options: ExecOptions, onOutput: (bytes: Buffer) => void): Promise<Session>;
	/** Sees what the main process prints from now on, and types to it. */
	attach(target: Target, options: AttachOptions, onOutput: (bytes: Buffer) => void): Promise<Session>;
	/**
	 * Attaches to a container that was created, and then starts it: nothing it prints is missed. With `isRemoved` it is
	 * gone afterwards, and the exit code is told all the same.
	 */
	run(
		target: Target,
		options: AttachOptions & { readonly isRemoved: boolean },
		onOutput: (bytes: Buffer) => void,
	): Promise<Session>;
	/** Sends a signal to all that an exec started in its terminal: `HUP`, `INT` … True: nothing of it is left. */
	signalExec(started: StartedExec, signal: string): Promise<boolean>;
	/** Ends it, by force where asking does not help. True: nothing of it is left. */
	endExec(started: StartedExec): Promise<boolean>;
};

/** What a registry lets somebody in with. */
export type RegistryCredentials =
	| { readonly username: string; readonly password: string }
	| { readonly identityToken: string };

export type BuildOptions = {
	readonly wish: BuildWish;
	readonly builder: Builder;
	/** A tar, read once, and destroyed at the end of the build whatever that is. */
	readonly context: Readable;
	/** Path of the Dockerfile in there. */
	readonly dockerfileInContext: string;
	/**
	 * BuildKit asks when it needs one. `host` is spelt as in docker's configuration: `registry:5000`, and
	 * `https://index.docker.io/v1/` for Docker Hub.
	 */
	readonly credentials: (host: string) => Promise<RegistryCredentials | undefined>;
	/** By the same keys; the classic builder is told them all. */
	readonly allCredentials: () => Promise<Readonly<Record<string, RegistryCredentials>>>;
	readonly readSecret: (id: string) => Promise<Buffer | undefined>;
};

export type Builds = {
	/**
	 * Resolves at the end, good or bad: the news have told which. The signal cancels: what runs is told as cancelled,
	 * and nothing as a failure. Rejects where the engine refuses before it begins, where the context cannot be read
	 * (`ECONTEXT`) and where the connection breaks.
	 */
	build(
		options: BuildOptions,
		signal: AbortSignal,
		onNews: (news: readonly BuildNews[]) => void,
	): Promise<void>;
};

export type Engine = Verbs &
	Reads &
	Streams &
	Transfers &
	Sessions &
	Builds & {
		readonly info: EngineInfo;
		/** Over a fresh connection, so that a dead socket file is noticed; rejects after `timeout` milliseconds. */
		ping(timeout: number): Promise<void>;
		/** Ends every connection. */
		close(): void;
	};
