// Everything that can happen, as facts in the past tense: the only way the state ever changes.
import type { Build, OpenedStep } from './builds.ts';
import type { Attempt, Endpoint } from './connection.ts';
import type {
	Change,
	Container,
	ContainerDetail,
	EngineInfo,
	Image,
	ImageDetail,
	LogLine,
	ProcessTable,
	Sample,
} from './items.ts';
import type { Listing } from './listing.ts';
import type { LogQuest, LogRange, LogScope } from './log/log.ts';
import type { LogView } from './log/view.ts';
import type { Listener, PortCheck, PortKnowledge } from './ports.ts';
import type { Question } from './question.ts';
import type { Ends, Notice, PaneName, TabName } from './state.ts';
import type { Reading, TerminalTab } from './terminals.ts';
import type { Transfer } from './transfers.ts';
import type { Wanted } from './wanted.ts';

/** What `engine/watch` tells of the connection and the lists. Times are milliseconds since the epoch, our clock. */
export type WatchEvent =
	| { readonly type: 'connecting' }
	| { readonly type: 'unavailable'; readonly attempts: readonly Attempt[]; readonly retryAt: number }
	| { readonly type: 'connected'; readonly endpoint: Endpoint; readonly info: EngineInfo }
	| { readonly type: 'lost'; readonly reason: string; readonly at: number }
	/** The whole truth, at the start and after every gap. */
	| {
			readonly type: 'listed';
			readonly containers: readonly Container[];
			readonly images: readonly Image[];
			readonly at: number;
	  }
	/** Some containers read again, and those that turned out to be gone. */
	| {
			readonly type: 'reread';
			readonly containers: readonly Container[];
			readonly gone: readonly string[];
			/** Those that were started meanwhile, also if they ended again: a new run, a new log stream. */
			readonly started?: readonly string[];
			readonly at: number;
	  }
	| { readonly type: 'images-listed'; readonly images: readonly Image[]; readonly at: number };

/** What `engine/follow` tells of the things looked at. */
export type FollowEvent =
	/** `followed` are all whose stats are followed now, also those that had none this time. */
	| {
			readonly type: 'sampled';
			readonly samples: ReadonlyMap<string, Sample>;
			readonly followed: ReadonlySet<string>;
	  }
	/** `id` is the log's (see `model/log`). A log that begins anew; `ids` are its containers, the only one where absent. */
	| {
			readonly type: 'log-opened';
			readonly id: string;
			readonly ids?: readonly string[];
			/** There are lines before the first one. */
			readonly hasOlder?: boolean;
	  }
	/** Its containers are others now; or a stream that was over goes on. */
	| {
			readonly type: 'log-joined';
			readonly id: string;
			readonly ids: readonly string[];
			readonly reopened: readonly string[];
	  }
	| { readonly type: 'logged'; readonly id: string; readonly lines: readonly LogLine[] }
	/** Of one of its containers, the only one where absent. */
	| {
			readonly type: 'log-ended';
			readonly id: string;
			readonly container?: string;
			readonly failure?: string;
	  }
	/** Lines from before the first one, or from behind the last one. `isAll`: there are no more that way. */
	| {
			readonly type: 'log-older' | 'log-newer';
			readonly id: string;
			readonly lines: readonly LogLine[];
			readonly isAll: boolean;
	  }
	| { readonly type: 'inspected'; readonly detail: ContainerDetail }
	| { readonly type: 'image-inspected'; readonly detail: ImageDetail }
	| { readonly type: 'processes-read'; readonly id: string; readonly table: ProcessTable }
	| { readonly type: 'changes-read'; readonly id: string; readonly changes: readonly Change[] }
	| {
			readonly type: 'follow-failed';
			readonly what: Wanted['what'];
			readonly id: string;
			readonly sentence: string;
	  };

/** What the person did at the keyboard, and to the terminal. */
export type PersonEvent =
	| { readonly type: 'resized'; readonly columns: number; readonly rows: number }
	/** In the focused list or the details; 'page' is what is on screen, 'end' is either end. */
	| { readonly type: 'moved'; readonly by: number; readonly unit: 'row' | 'page' | 'end' }
	| { readonly type: 'pane-focused'; readonly pane: PaneName }
	/** By its row's id. */
	| { readonly type: 'selected'; readonly pane: PaneName; readonly id: string }
	/** The same for a row that may not be there yet: a container's or an image's id, or a reference. */
	| { readonly type: 'awaited'; readonly pane: PaneName; readonly id: string }
	| { readonly type: 'detail-focused'; readonly isFocused: boolean }
	| { readonly type: 'zoomed'; readonly isZoomed: boolean }
	| { readonly type: 'tab-chosen'; readonly tab: TabName }
	| { readonly type: 'filtered'; readonly pane: PaneName; readonly text: string }
	| { readonly type: 'sorted'; readonly pane: PaneName; readonly sort: string }
	| { readonly type: 'marked'; readonly ids: readonly string[]; readonly isMarked: boolean }
	| { readonly type: 'stopped-shown'; readonly isShown: boolean };

/** What the person wants of the log on screen. */
export type LogEvent =
	| { readonly type: 'log-scope-chosen'; readonly scope: LogScope }
	/** Nothing in it: from the newest lines on. */
	| { readonly type: 'log-range-chosen'; readonly range: LogRange }
	/** Who reads a log came near its first line, near the last one of those in memory, or wants to follow again. */
	| { readonly type: 'log-older-wanted' | 'log-newer-wanted' | 'log-newest-wanted' }
	/** Older lines are read until there is one of these; absent: no longer. */
	| { readonly type: 'log-quest'; readonly quest?: LogQuest };

/** How the person looks at it. */
export type LogViewEvent =
	| { readonly type: 'log-viewed'; readonly news: Partial<Omit<LogView, 'place' | 'rangeStart'>> }
	/** The cursor goes to this line. */
	| { readonly type: 'log-sought'; readonly number: number; readonly isHit?: boolean }
	| { readonly type: 'log-followed' }
	/** From this line to the cursor, or nothing any more. */
	| { readonly type: 'log-selected'; readonly from?: number };

type OpenedOverlay = 'palette' | 'help' | 'journal' | 'filter' | 'search' | 'log-search' | 'log-filter';

/** Overlays come and go and are filled in. */
export type OverlayEvent =
	| {
			readonly type: 'preparing';
			readonly actionId: string;
			readonly title: string;
			/** Tells it from another preparation of the same. */
			readonly token: number;
			readonly at: number;
	  }
	| {
			readonly type: 'asked';
			readonly actionId: string;
			readonly itemIds: readonly string[];
			readonly question: Question;
	  }
	/** What was filled in changed what is to be asked. */
	| { readonly type: 'revised'; readonly question: Question }
	| { readonly type: 'field-focused'; readonly field: number }
	/** `caret`: code units before it; absent: behind the text. */
	| { readonly type: 'field-changed'; readonly value: string | boolean; readonly caret?: number }
	| { readonly type: 'caret-moved'; readonly caret: number }
	| { readonly type: 'refused'; readonly problem: string }
	| { readonly type: 'opened'; readonly overlay: OpenedOverlay }
	/** A new one, over the one that is open if there is one. */
	| { readonly type: 'listing-opened'; readonly listing: Listing }
	/** Told again as it is now, except for where the cursor is. Forgotten when it was closed meanwhile. */
	| { readonly type: 'listing-changed'; readonly listing: Listing }
	| { readonly type: 'palette-typed'; readonly text: string }
	| { readonly type: 'overlay-moved'; readonly by: number }
	/** What was drawn has these ends: as with the size of the terminal, only the screen knows. */
	| { readonly type: 'drawn'; readonly ends: Ends }
	| { readonly type: 'closed' };

/** How actions go. `sequence` ties the end to the beginning. */
export type ActionEvent =
	| {
			readonly type: 'began';
			readonly sequence: number;
			readonly line: string;
			/** `stopping`, for the rows it is done to. */
			readonly doing: string;
			readonly ids: readonly string[];
			readonly at: number;
	  }
	| {
			readonly type: 'finished';
			readonly sequence: number;
			readonly ids: readonly string[];
			readonly outcome: 'done' | 'failed';
			readonly message: string;
			readonly at: number;
	  }
	/** A command line to run in a container. */
	| { readonly type: 'command-given'; readonly command: string }
	/** The person has seen the notice. */
	| { readonly type: 'notice-read' }
	| { readonly type: 'noticed'; readonly text: string; readonly tone: Notice['tone']; readonly at: number };

/** What becomes of the terminals in containers. */
export type TerminalEvent =
	/** A new tab, or one that is opened again. */
	| { readonly type: 'terminal-opened'; readonly tab: TerminalTab }
	| { readonly type: 'terminal-connected'; readonly id: number }
	| { readonly type: 'terminal-printed'; readonly id: number }
	| { readonly type: 'terminal-ending'; readonly id: number }
	| { readonly type: 'terminal-ended'; readonly id: number; readonly outcome: string }
	| { readonly type: 'terminal-closed'; readonly id: number }
	| { readonly type: 'terminal-fronted'; readonly id: number }
	/** From here on the keys go to the program in front, until they are back. */
	| { readonly type: 'terminal-entered' }
	| { readonly type: 'terminal-left' }
	| { readonly type: 'terminals-hidden' }
	| { readonly type: 'terminal-enlarged'; readonly isFull: boolean }
	| { readonly type: 'terminal-read'; readonly reading?: Reading }
	| { readonly type: 'terminal-searched'; readonly text: string };

/** What becomes of builds. A build is told again whenever something of it changes. */
export type BuildEvent =
	/** A new one, or one that is repeated. */
	| { readonly type: 'build-started'; readonly build: Build }
	| { readonly type: 'build-changed'; readonly build: Build }
	| { readonly type: 'build-closed'; readonly id: number }
	| { readonly type: 'build-fronted'; readonly id: number }
	| { readonly type: 'builds-hidden' }
	/** Absent: the step that runs is followed. */
	| { readonly type: 'step-chosen'; readonly step?: string }
	| { readonly type: 'step-opened'; readonly opened?: OpenedStep };

/** What becomes of transfers. A transfer is told again whenever something of it changes. */
export type TransferEvent =
	/** A new one, or one that is repeated. */
	| { readonly type: 'transfer-started'; readonly transfer: Transfer }
	| { readonly type: 'transfer-changed'; readonly transfer: Transfer }
	| { readonly type: 'transfer-closed'; readonly id: number }
	| { readonly type: 'transfer-fronted'; readonly id: number }
	/** Through its rows; to the end of them: what moves is followed again. */
	| { readonly type: 'transfer-scrolled'; readonly by: number; readonly unit: 'row' | 'page' | 'end' }
	| { readonly type: 'transfers-hidden' };

/** What is learnt of ports beside the lists. */
export type PortEvent =
	/** Of some containers more. */
	| { readonly type: 'ports-planned'; readonly plans: PortKnowledge['plans'] }
	| { readonly type: 'drivers-read'; readonly drivers: PortKnowledge['drivers'] }
	/** Absent: nobody can tell who listens where the engine is. */
	| { readonly type: 'listeners-read'; readonly listeners?: readonly Listener[] }
	/** By the id of the row. Absent: it was broken off. */
	| { readonly type: 'port-checked'; readonly id: string; readonly check?: PortCheck }
	| { readonly type: 'checking-switched'; readonly isOn: boolean };

export type Event =
	| WatchEvent
	| PortEvent
	| FollowEvent
	| PersonEvent
	| LogEvent
	| LogViewEvent
	| OverlayEvent
	| ActionEvent
	| TerminalEvent
	| BuildEvent
	| TransferEvent
	| { readonly type: 'ticked'; readonly now: number };
