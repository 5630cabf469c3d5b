// Where an engine may be, whether it answers, and what to do when it does not.
import type { EngineInfo } from './items.ts';

/** Where an engine may be, and who said so. */
export type Endpoint = {
	/** `unix:///var/run/docker.sock`, `tcp://10.0.0.1:2376`, `ssh://user@host`, `npipe://…` */
	readonly host: string;
	/** `--host`, `DOCKER_HOST`, `context desktop-linux`, `default socket`, `Podman socket`, `demo` … */
	readonly source: string;
	/** What the header calls it: `local`, the context's name, or the host. */
	readonly name: string;
	readonly tls?: {
		readonly ca?: string;
		readonly cert?: string;
		readonly key?: string;
		readonly verify: boolean;
	};
};

/** One endpoint that did not answer, in words a person can act on. */
export type Attempt = {
	readonly endpoint: Endpoint;
	/** `no such file`, `permission denied`, `connection refused`, `no answer`, `not an engine` … */
	readonly reason: string;
	/** What to do about it, one sentence, with the exact command where there is one. */
	readonly remedy: string;
};

/** An endpoint to try; with a `problem` it is known beforehand that it cannot work. */
export type Candidate = {
	readonly endpoint: Endpoint;
	readonly problem?: Pick<Attempt, 'reason' | 'remedy'>;
	/** The API version the person insists on (`DOCKER_API_VERSION`). */
	readonly apiVersion?: string;
};

export type Connection =
	| { readonly status: 'connecting' }
	/** Nothing answered. The next round begins at `retryAt`, or at once when the person asks. */
	| { readonly status: 'unavailable'; readonly attempts: readonly Attempt[]; readonly retryAt: number }
	| { readonly status: 'connected'; readonly endpoint: Endpoint; readonly info: EngineInfo }
	/** It answered before and does not now; it is tried again by itself. `reason` is a sentence. */
	| {
			readonly status: 'lost';
			readonly endpoint: Endpoint;
			readonly info: EngineInfo;
			readonly reason: string;
			readonly since: number;
	  };
