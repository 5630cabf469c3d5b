// What one row of the table of verbs is. Everything about an action is in its row and nowhere else.

import type { BuildDesk } from '../build/builds.ts';
import type { Engine } from '../engine/contract.ts';
import type { Listings } from '../image/listings.ts';
import type { Looks } from '../image/looks.ts';
import type { Event } from '../model/event.ts';
import type { Container } from '../model/items.ts';
import type { ListingKind } from '../model/listing.ts';
import type { Answers, Question } from '../model/question.ts';
import type { ImageRow, PortRow } from '../model/row.ts';
import type { State } from '../model/state.ts';
import type { PortChecks } from '../ports/checks.ts';
import type { PortSurvey } from '../ports/survey.ts';
import type { LoginStore } from '../registry/login-store.ts';
import type { Runs } from '../run/runs.ts';
import type { Terminals } from '../terminal/terminals.ts';
import type { TransferDesk } from '../transfer/transfers.ts';

/** What only the terminal and its host can do. */
export type Host = {
	/** To the clipboard of the person's own machine, also through ssh (OSC 52). */
	copy(text: string): void;
	/** Writes a new file into Portside's own folder for logs, and answers with its path. */
	keep(name: string, text: Iterable<string>): Promise<string>;
	/** Writes a new file into the working folder and answers with its path. */
	save(name: string, text: string, mode: number): Promise<string>;
	/** In the person's browser. False: there is none here. */
	open(url: string): Promise<boolean>;
	now(): number;
	/** Of Portside. */
	readonly version: string;
	/** Opens a file in the person's own editor, on the whole terminal, until it is closed. */
	edit(path: string): Promise<void>;
	/** Opens a text in the person's own pager or editor in the same way, at a line; it is gone when that is closed. */
	page(name: string, text: Iterable<string>, program: 'pager' | 'editor', line: number): Promise<void>;
	/** What runs in open terminals is ended, or left running. */
	quit(options: { readonly leavesRunning: boolean }): void;
	/** Tries to reach the engine at once instead of waiting for the next round. */
	retry(): void;
	/** Leaves the engines that do not answer for the embedded one. */
	openDemo(): void;
};

export type Context = {
	/** Rejects nothing: actions that need an engine are refused before they run while there is none. */
	readonly engine: Engine;
	readonly state: () => State;
	readonly send: (event: Event) => void;
	readonly host: Host;
	readonly terminals: Terminals;
	readonly builds: BuildDesk;
	readonly transfers: TransferDesk;
	readonly listings: Listings;
	readonly looks: Looks;
	readonly logins: LoginStore;
	readonly runs: Runs;
	readonly ports: PortSurvey;
	readonly checks: PortChecks;
};

/** Nothing is to be asked: the answers were found out. */
export type Ready = { readonly answers: Answers };

/** Id of another action, which fits what was found out. */
export type Instead = { readonly instead: string };

export type ItemOf = { container: Container; image: ImageRow; port: PortRow };
export type Item = ItemOf[keyof ItemOf];

/** Where a key means something. The first scope that knows a key wins. */
export type Scope =
	| keyof ItemOf
	| 'list'
	| 'inside'
	| 'terminal'
	| 'build'
	| 'transfer'
	| 'log'
	| 'log-search'
	| 'log-filter'
	| 'small'
	| 'app'
	| 'question'
	| 'preparing'
	| 'palette'
	| 'help'
	| 'journal'
	| 'filter'
	| 'search'
	| 'listing'
	| ListingKind
	| 'unavailable';

type Asked = Question | Ready | Instead | undefined;

type Common = {
	/** `container.stop`; what tests press and what a remapping names. */
	readonly id: string;
	/** First the one shown. As `actions/keys` spells them: `s`, `ctrl+d`, `shift+tab`. */
	readonly keys: readonly string[];
	readonly title: string;
	/** One or two words for the hint line; absent: it is not there. */
	readonly hint?: string;
	/** A sentence for the help and the README. */
	readonly help: string;
	/** Something was filled in that may change what is asked. */
	readonly revise?: (context: MoveContext, question: Question) => void;
};

/** Does something to the selected item, or to all marked ones. (Methods, so that a row for one kind is a row for items.) */
type VerbOn<Target extends Item, Name extends keyof ItemOf | 'app'> = Common & {
	readonly scope: Name;
	/** It changes something in the engine: absent in read-only mode. */
	readonly isChanging: boolean;
	/** `each` runs once an item, `all` once for all of them; `none` needs no item at all (prune). */
	readonly on: 'each' | 'all' | 'none';
	/** `stopping`, `stopped`: for the rows it is done to, and for the outcome. */
	readonly doing: string;
	readonly done: string;
	/** The reason, shown when the key is pressed; the key is dimmed meanwhile. */
	whyNot?(item: Target, state: State): string | undefined;
	/** What to show and ask before it runs; undefined: nothing. */
	ask?(items: readonly Target[], context: Context): Asked | Promise<Asked>;
	/** What is wrong with the answers, in a sentence. */
	check?(answers: Answers, items: readonly Target[], state: State, context: MoveContext): string | undefined;
	/** The docker line that does the same; empty where docker has none. */
	cli(items: readonly Target[], answers: Answers): string;
	/** Answers with what to add to the outcome, if anything. For `none` there is no item to look at. */
	run(
		item: Target,
		answers: Answers,
		context: Context,
		items: readonly Target[],
	): Promise<string | undefined>;
};

export type Verb<Name extends keyof ItemOf> = VerbOn<ItemOf[Name], Name>;

/** Is done to no row, from anywhere. */
export type FreeVerb = VerbOn<Item, 'app'> & { readonly on: 'none' };

export type AnyVerb = VerbOn<Item, keyof ItemOf | 'app'>;

/** What moves may use: no engine, but the doors to the verbs. */
export type MoveContext = Omit<Context, 'engine'> & {
	/** Yes to the open question. */
	confirm(): void;
	perform(action: Action): void;
	performById(id: string): void;
	/** Asks what is found out first, unless the person changes their mind meanwhile. */
	ask(action: Pick<Action, 'id' | 'title'>, question: Promise<Question>): void;
	/** What the palette offers for what was typed. */
	offered(): readonly Action[];
};

/** Moves about the screen; the engine is not asked. */
export type Move = Common & {
	readonly scope: Exclude<Scope, keyof ItemOf>;
	/** It leads to what changes something in the engine: absent in read-only mode. */
	readonly isChanging?: true;
	/** False: the key means nothing here, and the next scope is asked. */
	readonly when?: (state: State) => boolean;
	/** It does nothing now, but to say why: the hint line leaves it out. */
	readonly isIdle?: (state: State) => boolean;
	/** The docker line of what was filled in, or before anything was. */
	readonly line?: (answers: Answers, state: State) => string;
	/** What is wrong with the answers, in a sentence. */
	readonly check?: (answers: Answers, question: Question, context: MoveContext) => string | undefined;
	/** What to ask before; undefined: nothing. */
	readonly ask?: (state: State) => Question | undefined;
	/** `about`: what the question was about. */
	readonly run: (context: MoveContext, state: State, answers: Answers, about?: string) => void;
};

export type Action = AnyVerb | Move;

export const isVerb = (action: Action): action is AnyVerb => 'cli' in action;
