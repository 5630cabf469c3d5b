// What is to be looked at, and what is known of it before.
import type { Place } from '../model/port-address.ts';

export type CheckWish = Place & {
	readonly protocol: string;
	readonly containerPort: number;
	readonly containerName: string;
	/** Known from before, or by the number. */
	readonly isTls: boolean;
	/** The engine listens for the container: it accepts even when nothing listens inside. */
	readonly isProxied: boolean;
	/** What listens inside, if that can be seen: addresses on this port. */
	readonly inside?: () => Promise<readonly string[] | undefined>;
	/** Of Portside. */
	readonly version: string;
	readonly now: () => number;
};
