// The one value everything else is derived from: what is known of the engine, and where the person is on the screen.
import { type Builds, noBuilds } from './builds.ts';
import type { Connection } from './connection.ts';
import type {
	Change,
	Container,
	ContainerDetail,
	Image,
	ImageDetail,
	ProcessTable,
	Sample,
} from './items.ts';
import type { Listing } from './listing.ts';
import type { Log, LogRange, LogScope } from './log/log.ts';
import { initialLogView, type LogPlace, type LogView } from './log/view.ts';
import { nothingKnown, type PortKnowledge } from './ports.ts';
import type { Question } from './question.ts';
import { noTerminals, type Terminals } from './terminals.ts';
import { noTransfers, type Transfers } from './transfers.ts';

export const paneNames = ['containers', 'images', 'ports'] as const;
export type PaneName = (typeof paneNames)[number];

export const tabNames = ['Logs', 'Stats', 'Config', 'Top', 'Diff'] as const;
export type TabName = (typeof tabNames)[number];

export type Pane = {
	/** Id of the row the cursor is on; absent only while there is no row. */
	readonly selected?: string;
	/** Of a row, or the image of a row, that is on its way: the cursor goes there when it comes. */
	readonly awaited?: string;
	/** Index of the first row on screen. */
	readonly top: number;
	/** Rows it has use for, whatever the filter; see `roomFor`. */
	readonly room: number;
	readonly filter: string;
	/** Id of a sort of this pane's kind. */
	readonly sort: string;
};

/** What was learnt about the things looked at, each by id, until they are gone or looked away from. */
export type Knowledge = {
	readonly containers: ReadonlyMap<string, ContainerDetail>;
	readonly images: ReadonlyMap<string, ImageDetail>;
	/** Oldest first, two minutes at most. */
	readonly samples: ReadonlyMap<string, readonly Sample[]>;
	/** Ids of the containers whose samples are not of the past. */
	readonly followed: ReadonlySet<string>;
	readonly log?: Log;
	readonly processes: ReadonlyMap<string, ProcessTable>;
	readonly changes: ReadonlyMap<string, readonly Change[]>;
	/** Why something looked at could not be read, by what and id as in `model/wanted`: `changes:4f2a…`. */
	readonly failures: ReadonlyMap<string, string>;
};

export type Details = {
	readonly tab: TabName;
	/** First line shown of a tab that is read from the top. */
	readonly top: number;
};

/** What stands beside the lists: the details, or something in their place. */
export type Beside = 'details' | 'terminals' | 'builds' | 'transfers';

/** In rows. */
export type Ends = { readonly details: number; readonly card: number };

export type Notice = {
	/** The docker line of the action, where there is one. */
	readonly line?: string;
	readonly text: string;
	readonly tone: 'pending' | 'good' | 'bad' | 'plain';
	readonly at: number;
};

export type JournalEntry = {
	/** Counts up from 1; the action that is under way is found by it. */
	readonly sequence: number;
	readonly line: string;
	readonly at: number;
	readonly outcome: 'pending' | 'done' | 'failed';
	/** What the engine answered, in a sentence. */
	readonly message: string;
};

/** What lies over the panes and takes the keys. */
export type Overlay =
	| {
			readonly type: 'question';
			readonly question: Question;
			readonly actionId: string;
			readonly itemIds: readonly string[];
			readonly field: number;
			/** Code units of the field before the caret; absent: it stands behind the text. */
			readonly caret?: number;
			/** First line of the body on screen. */
			readonly top: number;
			/** It was asked over these, and leads back to them. */
			readonly listings?: readonly Listing[];
	  }
	| {
			readonly type: 'preparing';
			readonly title: string;
			readonly actionId: string;
			readonly token: number;
			/** When it began; what is ready at once is never announced. */
			readonly at: number;
	  }
	| { readonly type: 'palette'; readonly text: string; readonly selected: number }
	/** The last one is seen; Esc leads back to the one before. */
	| { readonly type: 'listing'; readonly listings: readonly Listing[] }
	| { readonly type: 'help'; readonly top: number }
	| { readonly type: 'journal'; readonly top: number }
	| { readonly type: 'filter' }
	/** In what the terminal in front printed. */
	| { readonly type: 'search' }
	/** In a log; `from`: where one was before. */
	| { readonly type: 'log-search' | 'log-filter'; readonly from?: LogPlace };

export type State = {
	readonly columns: number;
	readonly rows: number;
	/** Milliseconds since the epoch; moves on once a second. */
	readonly now: number;
	/** Where Portside was started: what relative paths are read against. */
	readonly cwd: string;
	/** What `~` means there. */
	readonly home?: string;
	/** Read-only mode: no changing action exists. */
	readonly isReadOnly: boolean;
	readonly connection: Connection;
	/** False until the first list arrived. */
	readonly isListed: boolean;
	readonly containers: ReadonlyMap<string, Container>;
	readonly images: ReadonlyMap<string, Image>;
	/** How many times each container was seen to start since it is known; absent for none. */
	readonly runs: ReadonlyMap<string, number>;
	readonly ports: PortKnowledge;
	readonly showsStopped: boolean;
	readonly panes: Readonly<Record<PaneName, Pane>>;
	/** The list pane that was focused last; its selection is what the details show. */
	readonly pane: PaneName;
	/** The pane on the right has the focus: the details, or what is in their place. */
	readonly isDetailFocused: boolean;
	/** The details take the whole body while they have the focus. */
	readonly isZoomed: boolean;
	readonly details: Details;
	/** Absent: the log of the selected container. */
	readonly logScope?: LogScope;
	/** Absent: from the newest lines on. */
	readonly logRange?: LogRange;
	readonly logView: LogView;
	readonly beside: Beside;
	readonly terminals: Terminals;
	readonly builds: Builds;
	readonly transfers: Transfers;
	/** The key that leads out of a terminal, as `actions/keys` spells it. */
	readonly leaveKey: string;
	/** Command lines run in containers, the newest first. */
	readonly commands: readonly string[];
	readonly known: Knowledge;
	/** Row ids, of the focused pane only. */
	readonly marked: ReadonlySet<string>;
	/** What is being done to a row, by row id: `stopping`. */
	readonly busy: ReadonlyMap<string, string>;
	/** How far the details and the card over the panes can be scrolled, as they were drawn last. */
	readonly ends: Ends;
	readonly overlay?: Overlay;
	readonly notice?: Notice;
	readonly journal: readonly JournalEntry[];
};

export const initialState = (given: {
	columns: number;
	rows: number;
	now: number;
	isReadOnly: boolean;
	showsStopped: boolean;
	leaveKey: string;
	cwd: string;
	home?: string;
}): State => ({
	...given,
	connection: { status: 'connecting' },
	isListed: false,
	containers: new Map(),
	images: new Map(),
	runs: new Map(),
	ports: nothingKnown,
	panes: {
		containers: { top: 0, room: 0, filter: '', sort: 'created' },
		images: { top: 0, room: 0, filter: '', sort: 'created' },
		ports: { top: 0, room: 0, filter: '', sort: 'port' },
	},
	pane: 'containers',
	isDetailFocused: false,
	isZoomed: false,
	details: { tab: 'Logs', top: 0 },
	logView: initialLogView,
	beside: 'details',
	terminals: noTerminals,
	builds: noBuilds,
	transfers: noTransfers,
	commands: [],
	known: {
		containers: new Map(),
		images: new Map(),
		samples: new Map(),
		followed: new Set(),
		processes: new Map(),
		changes: new Map(),
		failures: new Map(),
	},
	marked: new Set(),
	busy: new Map(),
	ends: { details: 0, card: 0 },
	journal: [],
});
