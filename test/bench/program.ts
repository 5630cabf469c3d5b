// A program to be measured: how it is started, which keys it takes, and where on its screen the rows are.

/** Columns and rows from the upper left corner: left, top, right and bottom, the last two not included. */
export type Region = readonly [number, number, number, number];

export type Program = {
	readonly name: string;
	readonly command: string;
	readonly args: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	/** Of its screen, if not the usual one. */
	readonly size?: { readonly columns: number; readonly rows: number };
	/** Where the names of containers are looked for; everywhere, if not given. */
	readonly list?: Region;
	/** The cells whose colours say where the cursor is. */
	readonly cursor?: Region;
	/** As many rows as the cursor can move down without scrolling, when there are that many. */
	readonly span?: number;
	/** On its first useful screen when there is no container. */
	readonly whenEmpty: RegExp;
	/** What a row says of a running and of a stopped container; a list of running ones needs no second. */
	readonly running: RegExp;
	readonly stopped?: RegExp;
	/** Pressed one after another so that the newest container is in view. */
	readonly beforeEvents?: readonly string[];
	readonly quit: string;
	/** It prints and ends. */
	readonly isOneShot?: boolean;
};

export const size = { columns: 120, rows: 40 } as const;
