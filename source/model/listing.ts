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
	| 'port-check'
	/** All about one line of a log. */
	| 'log-line';

export type ListingColumn = Omit<Column<never>, 'text'>;

export type ListingRow = {
	/** What the actions need: a reference, the number of a layer, a kind of thing on the disk. */
	readonly id: string;
	/** One a column. Unsanitised text from outside is allowed. */
	readonly cells: readonly string[];
	/** It matters less. */
	readonly isDim?: boolean;
};

/** As many rows as it takes. */
export type ListingText = {
	/** Unsanitised text from outside is allowed. */
	readonly label: string;
	/** What is copied; it may have line ends and tabs, but nothing that a terminal would obey. */
	readonly text: string;
	/** One row, however long it is. */
	readonly isBrief?: boolean;
};

export type Listing = {
	/** 0: nobody fills it. */
	readonly id: number;
	readonly kind: ListingKind;
	readonly title: string;
	/** The docker line that shows the same; empty where docker has none. */
	readonly line: string;
	/** The image, the search term, the registry. */
	readonly about: string;
	readonly columns: readonly ListingColumn[];
	readonly rows: readonly ListingRow[];
	/** What the rows are made of, where they are parts of texts. */
	readonly texts?: readonly ListingText[];
	readonly status: 'loading' | 'ready' | 'failed';
	/** How far it is, why there is nothing, or what went wrong. */
	readonly message?: string;
	/** Below the rows: what they come to. */
	readonly notes: readonly string[];
	readonly selected: number;
};

export const selectedListingRow = ({ rows, selected }: Listing): ListingRow | undefined => rows[selected];

/** Columns inside the card, of a screen with so many. Rows of a table are read across: more than of sentences. */
export const cardColumns = (screen: number): number => Math.min(screen - 4, 132) - 4;
