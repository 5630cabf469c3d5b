// What `docker run` is asked for, in our own words: what the form, the docker line and the engine all mean.

export type PortWish = {
	/** Host address it is published on; absent: all of them. */
	readonly address?: string;
	/** `8080`, a range `8000-8010`, or absent: the engine chooses a free one. */
	readonly host?: string;
	/** `80` or a range `8000-8010`. */
	readonly container: string;
	readonly protocol: 'tcp' | 'udp' | 'sctp';
};

export type RunWish = {
	/** Reference or id; empty while it is not filled in. */
	readonly image: string;
	/** The program and its arguments, as they are. Empty: what the image says. */
	readonly command: readonly string[];
	/** Absent: docker invents one. */
	readonly name?: string;
	readonly isInteractive: boolean;
	readonly hasTerminal: boolean;
	readonly isDetached: boolean;
	/** `--rm` */
	readonly isRemoved: boolean;
	readonly ports: readonly PortWish[];
	/** `-P` */
	readonly publishesAll: boolean;
	/** `NAME=value`, or `NAME` alone: as it is in Portside's own environment. */
	readonly env: readonly string[];
	/** Paths on this machine, as typed. */
	readonly envFiles: readonly string[];
	/** `-v` as typed: `/host:/container:ro`, `volume:/container`, `/container`. */
	readonly volumes: readonly string[];
	/** `--mount` as typed: `type=bind,source=/a,target=/b,readonly`. */
	readonly mounts: readonly string[];
	/** `--tmpfs` as typed: `/run:size=64m`. */
	readonly tmpfs: readonly string[];
	/** The first is the one it is created in. A name, or with more to it: `name=back,alias=db,ip=10.0.0.7`. */
	readonly networks: readonly string[];
	/** `no`, `always`, `unless-stopped`, `on-failure`, `on-failure:3`. */
	readonly restart?: string;
	readonly user?: string;
	readonly workdir?: string;
	/** Empty text: the image's own is switched off. */
	readonly entrypoint?: string;
	readonly hostname?: string;
	/** As typed: `512m`. */
	readonly memory?: string;
	/** As typed: `1.5`. */
	readonly cpus?: string;
	readonly pidsLimit?: string;
	/** `NAME=value` each. */
	readonly labels: readonly string[];
	readonly isPrivileged: boolean;
	readonly isReadOnly: boolean;
	/** `--init` */
	readonly hasInit: boolean;
	readonly capAdd: readonly string[];
	readonly capDrop: readonly string[];
	/** `HOST:ADDRESS` each (`--add-host`). */
	readonly hosts: readonly string[];
	readonly platform?: string;
	/** `always`, `missing`, `never`. */
	readonly pull?: string;
	/** The rarer flags, `--name=value` or `--name` each (`--shm-size=64m`), in the order they were given. */
	readonly others: readonly string[];
};

export const emptyRun: RunWish = {
	image: '',
	command: [],
	isInteractive: false,
	hasTerminal: false,
	isDetached: false,
	isRemoved: false,
	ports: [],
	publishesAll: false,
	env: [],
	envFiles: [],
	volumes: [],
	mounts: [],
	tmpfs: [],
	networks: [],
	labels: [],
	isPrivileged: false,
	isReadOnly: false,
	hasInit: false,
	capAdd: [],
	capDrop: [],
	hosts: [],
	others: [],
};
