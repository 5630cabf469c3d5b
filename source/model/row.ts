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

export type PortRow = {
	readonly kind: 'port';
	readonly id: string;
	readonly containerId: string;
	readonly containerName: string;
	/** Host addresses, the IPv4 and IPv6 twins together. */
	readonly addresses: readonly string[];
	/** Absent: exposed, not published. */
	readonly hostPort?: number;
	readonly containerPort: number;
	readonly protocol: Protocol;
};

export type RowOf = { containers: Container; images: ImageRow; ports: PortRow };
export type Row = RowOf[PaneName];
