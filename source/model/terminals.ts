// The terminals a person has open in containers: their tabs, and where in them the person is. What is printed in them
// is not state: it changes too fast, and `terminal/terminals` has it.

/** Rows count from the first line ever printed, and keep their number when old ones are forgotten. */
export type Place = { readonly row: number; readonly column: number };

/** A hit of a search; its length is in columns. */
export type Found = Place & { readonly length: number };

export type TerminalTab = {
	readonly id: number;
	readonly containerId: string;
	/** The container's name when it was opened. */
	readonly name: string;
	/** The program, or `attach`. */
	readonly title: string;
	readonly kind: 'exec' | 'attach';
	/** The docker line that does the same. */
	readonly line: string;
	readonly status: 'opening' | 'open' | 'ending' | 'ended';
	/** `exit 0`, once it ended. */
	readonly outcome?: string;
	/** It printed something that nobody has seen. */
	readonly hasNews: boolean;
};

/** A cursor that walks through what was printed while the program goes on. */
export type Reading = {
	readonly at: Place;
	/** First row on screen. */
	readonly top: number;
	/** Where marking began; what lies between is copied, by whole lines or by characters. */
	readonly mark?: Place & { readonly isLines: boolean };
};

export type Terminals = {
	readonly tabs: readonly TerminalTab[];
	/** Id of the tab in front; absent only while there is none. */
	readonly front?: number;
	/** What is typed goes to the program in front. */
	readonly isInside: boolean;
	/** The one in front has the whole screen while it has the focus. */
	readonly isFull: boolean;
	/** Absent: the newest is on screen. */
	readonly reading?: Reading;
	readonly search: string;
};

export const noTerminals: Terminals = {
	tabs: [],
	isInside: false,
	isFull: false,
	search: '',
};

export const frontTab = ({ tabs, front }: Terminals): TerminalTab | undefined =>
	tabs.find(({ id }) => id === front);

/** Something of ours may be running in it. */
export const isOpen = ({ status }: TerminalTab): boolean => status !== 'ended';
