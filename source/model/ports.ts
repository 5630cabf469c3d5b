// What is known of ports beyond the lists: what a container was made to publish, who listens on the host, what answered.
import type { Protocol } from './items.ts';
import type { Tone } from './kinds/kind.ts';

/** A port that a container wants to have on the host when it runs. */
export type PlannedPort = {
	/** Empty: all of them. */
	readonly address: string;
	/** Absent: any free one. */
	readonly hostPort?: number;
	/** The last one of those it takes one of (`-p 9000-9005:80`). */
	readonly hostLast?: number;
	readonly containerPort: number;
	readonly protocol: Protocol;
};

export type ExposedPort = Pick<PlannedPort, 'containerPort' | 'protocol'>;

/** Nothing of it changes for as long as there is the container. */
export type PortPlan = {
	/** `default`, `host`, `none`, `container:4f2a…`, or the name of a network. */
	readonly network: string;
	readonly wishes: readonly PlannedPort[];
	readonly exposed: readonly ExposedPort[];
};

/** A socket of the host that waits for somebody. */
export type Listener = {
	readonly protocol: 'tcp' | 'udp';
	readonly address: string;
	readonly port: number;
	readonly uid: number;
	/** Absent where we have no right to know. */
	readonly pid?: number;
	readonly name?: string;
	/** It listens in the name of a container that publishes the port. */
	readonly isEngine: boolean;
};

/** What became of a look at a port. */
export type PortCheck = {
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** For the list: `200 4 ms`, `tls 12 d left`, `no answer`, `nothing inside`. */
	readonly brief: string;
	readonly tone: Tone;
	readonly isTls: boolean;
	/** Label and text each. Unsanitised text from outside is allowed. */
	readonly facts: readonly (readonly [label: string, text: string])[];
	/** What it means and what to do, where that is not plain. */
	readonly advice?: string;
};

export type PortKnowledge = {
	/** By the id of the container, of those whose list entry does not say enough. */
	readonly plans: ReadonlyMap<string, PortPlan>;
	/** Of networks, by name. */
	readonly drivers: ReadonlyMap<string, string>;
	/** Absent where nobody can tell: the engine's host is not this one. */
	readonly listeners?: readonly Listener[];
	/** By the id of the row. */
	readonly checks: ReadonlyMap<string, PortCheck>;
	/** Rows in view are checked without being asked for. */
	readonly isChecking: boolean;
};

export const nothingKnown: PortKnowledge = {
	plans: new Map(),
	drivers: new Map(),
	checks: new Map(),
	isChecking: false,
};

/** `nginx (pid 1234)`, or as much of it as is known. */
export const programName = ({ pid, name, uid }: Listener): string => {
	if (pid === undefined) return `a process of uid ${uid}`;
	return name === undefined || name === '' ? `process ${pid}` : `${name} (pid ${pid})`;
};

/** Of one that listens for no container of this engine. */
export const listenerName = (listener: Listener): string =>
	listener.isEngine && listener.pid !== undefined
		? `another engine's ${programName(listener)}`
		: programName(listener);
