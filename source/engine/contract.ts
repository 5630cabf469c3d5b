// What the rest of the program may ask of an engine. Every verb rejects with an EngineError and nothing else.
import type {
	Change,
	Container,
	ContainerDetail,
	DiskUse,
	EngineInfo,
	Image,
	ImageDetail,
	ImageRemoval,
	LogLine,
	ProcessTable,
	Pruned,
	Sample,
} from '../model/items.ts';

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
	/** How many of the last lines to begin with. */
	readonly tail: number;
	readonly follow: boolean;
	readonly tty: boolean;
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
	removeImage(target: ImageTarget, options: { readonly force: boolean }): Promise<ImageRemoval>;
	pruneContainers(): Promise<Pruned>;
	/** `all`: unused images too, not only dangling ones. */
	pruneImages(options: { readonly all: boolean }): Promise<Pruned>;
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

export type Engine = Verbs &
	Reads &
	Streams & {
		readonly info: EngineInfo;
		/** Over a fresh connection, so that a dead socket file is noticed; rejects after `timeout` milliseconds. */
		ping(timeout: number): Promise<void>;
		/** Ends every connection. */
		close(): void;
	};
