// A table over the panes: what was found in a registry, the layers of an image, what takes room on the disk.
import type { Column } from './kinds/kind.ts';

export type ListingKind =
	/** On Docker Hub. */
	| 'found'
	/** Of a registry that tells all it has. */
	| 'repositories'
	| 'tags'
	| 'layers'
	/** What a layer adds, changes and removes. */
	| 'files'
	| 'disk'
	/** What a look at a port of a container found. */
	| 'port-check';

export type ListingColumn = Omit<Column<never>, 'text'>;

export type ListingRow = {
	/** What the actions need: a reference, the number of a layer, a kind of thing on the disk. */
	readonly id: string;
	/** One a column. Unsanitised text from outside is allowed. */
	readonly cells: readonly string[];
	/** It matters less. */
	readonly isDim?: boolean;
};

export type Listing = {
	readonly id: number;
	readonly kind: ListingKind;
	readonly title: string;
	/** The docker line that shows the same; empty where docker has none. */
	readonly line: string;
	/** The image, the search term, the registry. */
	readonly about: string;
	readonly columns: readonly ListingColumn[];
	readonly rows: readonly ListingRow[];
	readonly status: 'loading' | 'ready' | 'failed';
	/** How far it is, why there is nothing, or what went wrong. */
	readonly message?: string;
	/** Below the rows: what they come to. */
	readonly notes: readonly string[];
	readonly selected: number;
};

export const selectedListingRow = ({ rows, selected }: Listing): ListingRow | undefined => rows[selected];
