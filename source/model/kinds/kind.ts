// What a row of the table of nouns is.
import type { WithPorts } from '../port-rows.ts';
import type { State, TabName } from '../state.ts';
import type { Cut } from '../text.ts';

export type Tone = 'good' | 'busy' | 'bad' | 'dim';

export type Column<Row> = {
	readonly label: string;
	/** Columns of the terminal below which it is left out, and beyond which it grows no further. */
	readonly min: number;
	readonly max: number;
	/** 1 stays longest when the pane gets narrow. */
	readonly rank: number;
	readonly align?: 'left' | 'right';
	readonly cut?: Cut;
	readonly text: (row: Row, state: State, width: number) => string;
	readonly isDim?: boolean;
	/** What it says is good or bad, beside its words. */
	readonly tone?: (row: Row, state: State) => Tone | undefined;
	/** Not always worth its room. */
	readonly when?: (state: State) => boolean;
};

export type Sort<Row> = {
	readonly id: string;
	readonly label: string;
	readonly compare: (a: Row, b: Row) => number;
};

export type Kind<Row> = {
	readonly title: string;
	readonly columns: readonly Column<Row>[];
	readonly sorts: readonly Sort<Row>[];
	/** What of it is on screen, and more. */
	readonly searchText: (row: Row, state: WithPorts) => string;
	/** A word, in lower case, that means the row without standing in it. */
	readonly isFound?: (row: Row, word: string) => boolean;
	/** Why there is nothing, and which key changes that. */
	readonly empty: string;
	readonly tabs: readonly TabName[];
};
