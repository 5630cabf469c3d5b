// The nouns of the field in our own words: what a container, an image and a port are, whatever engine tells of them.
import type { PortPlan } from './ports.ts';
import type { TextStyle } from './text-style.ts';

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export type Health = 'starting' | 'healthy' | 'unhealthy';

export type Protocol = 'tcp' | 'udp' | 'sctp';

export type Port = {
	/** Host address it is published on (`0.0.0.0`, `::`, `127.0.0.1` …); empty where the engine does not say. */
	readonly address: string;
	/** Absent: exposed by the image, but not published. */
	readonly hostPort?: number;
	readonly containerPort: number;
	readonly protocol: Protocol;
};

export type Container = {
	readonly kind: 'container';
	/** 64 hexadecimal digits. */
	readonly id: string;
	/** Without the slash docker puts before it. */
	readonly name: string;
	/** The reference it was created from, or an id where that reference is gone. */
	readonly image: string;
	/** `sha256:…` */
	readonly imageId: string;
	readonly command: string;
	readonly state: ContainerState;
	readonly health?: Health;
	/** As docker worded it when it was read: `Up 4 minutes (healthy)`. It ages; `model/words.ts` keeps it right. */
	readonly status: string;
	/** Milliseconds since the epoch, by the engine's clock, as all times of this file. */
	readonly createdAt: number;
	/** Sorted, one entry for the IPv4 and IPv6 twins of a port as the engine lists them. */
	readonly ports: readonly Port[];
	/** Compose project and service, where its labels name them. */
	readonly project?: string;
	readonly service?: string;
	readonly network?: string;
};

export type Image = {
	readonly kind: 'image';
	/** `sha256:…` */
	readonly id: string;
	/** `repository:tag` each; empty for a dangling image. */
	readonly references: readonly string[];
	/** `repository@sha256:…` each. */
	readonly digests: readonly string[];
	/** Bytes, shared layers included. */
	readonly size: number;
	readonly createdAt: number;
	/** Another image was made from it (so it is an intermediate layer when it has no reference). */
	readonly parentId?: string;
};

/** Its main process lives, or is about to live again. */
export const isUp = ({ state }: Container): boolean =>
	state === 'running' || state === 'paused' || state === 'restarting';

/** Of a terminal, in cells. */
export type Size = { readonly columns: number; readonly rows: number };

/** One stats sample, already reduced the way `docker stats` does it. */
export type Sample = {
	readonly at: number;
	/** Percent of one core: two busy cores are 200. Absent in the first sample, which has nothing to compare with. */
	readonly cpu?: number;
	/** Bytes in use, without the inactive page cache. */
	readonly memory: number;
	/** Bytes; the host's memory where the container has no limit. */
	readonly memoryLimit: number;
	/** Bytes since the container started. */
	readonly received: number;
	readonly sent: number;
	readonly read: number;
	readonly written: number;
	readonly processes: number;
};

/** What `inspect` knows and a list does not. */
export type ContainerDetail = {
	readonly id: string;
	readonly startedAt?: number;
	readonly finishedAt?: number;
	readonly exitCode: number;
	/** The engine's words where a start failed. */
	readonly error: string;
	readonly tty: boolean;
	readonly openStdin: boolean;
	/** `json-file`, `local`, `none` … */
	readonly logDriver: string;
	readonly mounts: readonly Mount[];
	readonly autoRemove: boolean;
	readonly ports?: PortPlan;
	/** The engine's own answer, for the raw view. */
	readonly raw: Readonly<Record<string, unknown>>;
};

export type Mount = {
	readonly type: string;
	/** Volume name, or host path of a bind. */
	readonly source: string;
	readonly target: string;
	readonly isReadOnly: boolean;
	/** A volume nobody named: it goes with `docker rm --volumes`. */
	readonly isAnonymous: boolean;
};

export type ImageDetail = {
	readonly id: string;
	readonly raw: Readonly<Record<string, unknown>>;
};

/** What changed in a container's file system since its image. */
export type Change = { readonly kind: 'added' | 'changed' | 'deleted'; readonly path: string };

export type ProcessTable = {
	readonly titles: readonly string[];
	readonly rows: readonly (readonly string[])[];
};

/** One line a container wrote, without its line end. */
export type LogLine = {
	readonly source: 'stdout' | 'stderr' | 'tty';
	readonly text: string;
	/** RFC 3339 with nanoseconds, as the engine stamped it. */
	readonly stamp: string;
	/** Whose line it is, by id; only where the lines of several are one stream. */
	readonly container?: string;
	/** In place of a line: a sentence of ours, on what is missing here or what happened. `text` is empty then. */
	readonly note?: string;
	/** What lines before it left open: the colours it begins with. */
	readonly style?: TextStyle;
};

/** What removing an image really did, in the engine's order. */
export type ImageRemoval = { readonly untagged: readonly string[]; readonly deleted: readonly string[] };

export type Pruned = { readonly removed: readonly string[]; readonly bytes: number };

/** Bytes that objects take and would give back. */
export type DiskUse = {
	/** Bytes of each container's own writable layer, by id. */
	readonly containers: ReadonlyMap<string, number>;
	/** Bytes only this image holds, by id: what comes back when it is deleted. */
	readonly images: ReadonlyMap<string, number>;
	/** By name. */
	readonly volumes: ReadonlyMap<string, VolumeUse>;
	/** Bytes of all layers together, each counted once. */
	readonly layers: number;
	/** Of BuildKit. */
	readonly buildCache: readonly {
		readonly id: string;
		/** What it came from, in BuildKit's words. */
		readonly description: string;
		readonly size: number;
		readonly isInUse: boolean;
		/** It belongs to an image, too: its bytes do not come back. */
		readonly isShared: boolean;
	}[];
};

export type VolumeUse = {
	/** Bytes. */
	readonly size: number;
	/** Containers that have it, running or not. */
	readonly users: number;
	readonly isAnonymous: boolean;
};

export type Network = {
	readonly id: string;
	readonly name: string;
	readonly driver: string;
	/** `bridge`, `host` and `none` are the engine's own and never go. */
	readonly isBuiltIn: boolean;
	/** Names of the running containers in it; not told of those that are built in. */
	readonly users: readonly string[];
	/** Milliseconds since the epoch; absent where the engine does not say. */
	readonly createdAt?: number;
};

export type Volume = {
	readonly name: string;
	readonly driver: string;
	/** Nobody named it. */
	readonly isAnonymous: boolean;
	readonly createdAt?: number;
};

/** One line of `docker history`. */
export type HistoryLayer = {
	/** `sha256:…`; absent: it came with a pulled image (`<missing>`). */
	readonly id?: string;
	/** The instruction, as the builder recorded it. */
	readonly createdBy: string;
	readonly comment: string;
	/** Milliseconds since the epoch. */
	readonly createdAt: number;
	/** Bytes; an instruction that changes no file has none. */
	readonly size: number;
	readonly references: readonly string[];
};

export type SearchResult = {
	readonly name: string;
	readonly description: string;
	readonly stars: number;
	readonly isOfficial: boolean;
};

export type CommitWish = {
	/** `repository:tag`; absent: an image without a name. */
	readonly reference?: string;
	readonly author?: string;
	readonly message?: string;
	/** The container stands still meanwhile, so that what is written is whole. */
	readonly pauses: boolean;
	/** Dockerfile lines: `CMD ["httpd"]`, `EXPOSE 80`. */
	readonly changes: readonly string[];
};

export type PathStat = {
	/** Bytes. */
	readonly size: number;
	readonly isFolder: boolean;
	/** Where a symlink leads. */
	readonly linkTarget?: string;
};

export type EngineInfo = {
	/** `Docker 28.5.1`, `Podman 5.8.6`. */
	readonly title: string;
	readonly flavour: 'docker' | 'podman' | 'demo';
	readonly version: string;
	/** The version we speak with it, as negotiated: `1.41`. */
	readonly apiVersion: string;
	/** The newest one it knows. */
	readonly newestApiVersion: string;
	readonly os: string;
	readonly cpus: number;
	/** Bytes of the engine's host. */
	readonly memory: number;
	/** Of the host the engine runs on. */
	readonly hostName: string;
};
