// What a row of each list is: a container as it is, an image once for each of its names, a port with its twins folded.
import type { Container, Protocol } from './items.ts';
import type { PaneName } from './state.ts';

export type ImageRow = {
	readonly kind: 'image';
	/** The reference, or the image's id where it has none: one row a reference, as `docker images` prints it. */
	readonly id: string;
	readonly imageId: string;
	/** `repository:tag`; absent for a dangling image. */
	readonly reference?: string;
	readonly repository: string;
	readonly tag: string;
	readonly size: number;
	readonly createdAt: number;
	/** How many references the image has in all. */
	readonly references: number;
	/** Names of the containers made from it, running or not. */
	readonly usedBy: readonly string[];
};

export type PortUse =
	/** The engine listens for it on the host. */
	| 'published'
	/** The image names it, and nobody outside of its networks reaches it. */
	| 'exposed'
	/** The container is not running; it would take it. */
	| 'wished'
	/** The container has the network of the host: what it listens on, the host listens on. */
	| 'host'
	/** The container has an address of its own (macvlan, ipvlan). */
	| 'direct'
	/** The container runs without a network (`--network none`): nobody reaches it. */
	| 'cut-off';

export type PortRow = {
	readonly kind: 'port';
	readonly id: string;
	readonly containerId: string;
	readonly containerName: string;
	readonly use: PortUse;
	/** Host addresses, the IPv4 and IPv6 twins together; empty text: all of them. */
	readonly addresses: readonly string[];
	/** Absent: not published, or any free one. The first one of a range. */
	readonly hostPort?: number;
	/** The container takes one of those from `hostPort` to this one. */
	readonly hostLast?: number;
	readonly containerPort: number;
	/** How many ports, one after the other, the row stands for. */
	readonly count: number;
	readonly protocol: Protocol;
	/** Of the network in which it has an address of its own. */
	readonly driver?: string;
};

export type RowOf = { containers: Container; images: ImageRow; ports: PortRow };
export type Row = RowOf[PaneName];
