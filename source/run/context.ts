// What a wish is held against while it is filled in: what the engine has, and what is on this machine.
import type { Container, Image, Network } from '../model/items.ts';
import type { Listener } from '../model/ports.ts';

export type CheckContext = {
	readonly containers: ReadonlyMap<string, Container>;
	readonly images: ReadonlyMap<string, Image>;
	/** Empty while they are not known. */
	readonly networks: readonly Network[];
	/** Who listens on the engine's host; absent where that cannot be seen. */
	readonly listeners?: readonly Listener[];
	/** Of a path as it was typed, relative or with `~`. Undefined: not known (yet). */
	readonly pathExists: (path: string) => boolean | undefined;
	/** The engine sees the files of this machine. */
	readonly isLocal: boolean;
	/** Id of a container that goes when the new one comes: its name and its ports are free. */
	readonly replaces?: string;
};
