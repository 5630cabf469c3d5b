// A container as the engine keeps it, how it is found, and the settings it is created with.

import { createFiles, type Files } from './files.ts';
import type { StreamNumber } from './frames.ts';
import { createLog, type Log } from './logs.ts';
import type { Main } from './main-process.ts';
import { virtualFiles } from './proc.ts';
import type { Process } from './process.ts';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'dead';

/** The part of docker's Config that the demo engine reads; the rest is kept and shown as it came. */
export type ContainerConfig = {
	Image: string;
	Cmd: string[] | null;
	Entrypoint: string[] | null;
	Env: string[] | null;
	Tty: boolean;
	OpenStdin: boolean;
	StdinOnce: boolean;
	User: string;
	WorkingDir: string;
	Hostname: string;
	Labels: Record<string, string>;
	ExposedPorts?: Record<string, object>;
	Healthcheck?: { Test?: string[]; Interval?: number; Retries?: number };
	StopSignal?: string;
	StopTimeout?: number;
	Volumes: Record<string, object> | null;
	[field: string]: unknown;
};

export type PortBinding = { HostIp: string; HostPort: string };
export type HostConfig = {
	NetworkMode: string;
	PortBindings: Record<string, PortBinding[] | null> | null;
	PublishAllPorts: boolean;
	RestartPolicy: { Name: string; MaximumRetryCount: number };
	AutoRemove: boolean;
	Memory: number;
	NanoCpus: number;
	Binds: string[] | null;
	[field: string]: unknown;
};

export type Mount = {
	Type: string;
	Name?: string;
	Source: string;
	Destination: string;
	Driver?: string;
	Mode: string;
	RW: boolean;
	Propagation: string;
};
export type Endpoint = {
	id: string;
	networkId: string;
	gateway: string;
	ip: string;
	mac: string;
	aliases: string[] | null;
};
export type Health = {
	status: 'starting' | 'healthy' | 'unhealthy';
	failingStreak: number;
	log: { Start: string; End: string; ExitCode: number; Output: string }[];
};

/** Where output goes to; one that cannot keep up slows the program down. */
export type Outlet = ((stream: StreamNumber, bytes: Buffer) => void) & { isFull?: () => boolean };

export type Container = {
	id: string;
	name: string;
	createdAt: number;
	imageId: string;
	config: ContainerConfig;
	hostConfig: HostConfig;
	status: ContainerStatus;
	pid: number;
	exitCode: number;
	error: string;
	startedAt: number;
	finishedAt: number;
	restartCount: number;
	/** When it was paused last, and for how long before that since the start. */
	pausedAt: number;
	pausedFor: number;
	isRemoving: boolean;
	/** Stopped by hand: its restart policy no longer starts it. */
	isStopWanted: boolean;
	health: Health | undefined;
	endpoints: Map<string, Endpoint>;
	ports: Record<string, PortBinding[] | null>;
	mounts: Mount[];
	size: { rows: number; columns: number };
	main: Main | undefined;
	processes: Map<number, Process>;
	/** The last process number given out inside. */
	lastInside: number;
	execIds: string[];
	/** Who is attached to the output of the main process. */
	outputs: Set<Outlet>;
	/** Called at every start, end and removal. */
	watchers: Set<(what: 'started' | 'ended' | 'removed') => void>;
	/** Made when first looked at, so that ten thousand containers cost little. */
	lazy: { files?: Files; log?: Log };
};

export const isAlive = (container: Container): boolean =>
	container.status === 'running' || container.status === 'paused';

export const filesOf = (world: World, container: Container): Files => {
	if (!container.lazy.files) {
		container.lazy.files = createFiles(world.images.get(container.imageId)?.tree() ?? new Map());
		container.lazy.files.virtual = virtualFiles(world, container);
	}
	return container.lazy.files;
};

/** The next process number inside; an exec comes a few numbers later, as runc uses some up. */
export const newInside = (container: Container, step = 1): number => {
	container.lastInside += step;
	return container.lastInside;
};

export const logOf = (container: Container): Log => {
	container.lazy.log ??= createLog();
	return container.lazy.log;
};

export const lookUp = (world: World, wanted: string): Container | undefined => {
	const exact =
		world.containers.get(wanted) ?? world.containers.get(world.names.get(wanted.replace(/^\//, '')) ?? '');
	if (exact || !/^[0-9a-f]{1,64}$/.test(wanted)) return exact;
	const matches: Container[] = [];
	for (const [id, container] of world.containers) if (id.startsWith(wanted)) matches.push(container);
	if (matches.length > 1) refuse(400, `Multiple IDs found with provided prefix: ${wanted}`);
	return matches[0];
};

export const findContainer = (world: World, wanted: string): Container =>
	lookUp(world, wanted) ?? refuse(404, `No such container: ${wanted}`);

export const setName = (world: World, container: Container, name: string): void => {
	if (container.name) world.names.delete(container.name);
	container.name = name;
	world.names.set(name, container.id);
};

/** What events carry about a container: image, name and every label. */
export const attributesOf = (container: Container): Record<string, string> => ({
	...container.config.Labels,
	image: container.config.Image,
	name: container.name,
});

export const argvOf = (container: Container): string[] => [
	...(container.config.Entrypoint ?? []),
	...(container.config.Cmd ?? []),
];

export const notify = (container: Container, what: 'started' | 'ended' | 'removed'): void => {
	for (const watcher of [...container.watchers]) watcher(what);
};
