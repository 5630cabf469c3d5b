// The frame around a terminal: its tabs above, where the person is and how to leave below. Its cells are painted past
// the frame, by `overlay`.
import { keyLabel } from '../actions/key-label.ts';
import type { Rectangle } from '../model/layout.ts';
import { terminalPlace } from '../model/layout.ts';
import type { State } from '../model/state.ts';
import { frontTab, type Reading, type TerminalTab } from '../model/terminals.ts';
import { clean, fit, shorten, width } from '../model/text.ts';
import type { Piece } from './border.ts';
import type { DetailPane } from './details.ts';
import { paint } from './paint.ts';
import { edgeTabs } from './tabs-in-view.ts';

/** What is to be painted into the frame, and where. */
export type TerminalView = {
	readonly id: number;
	readonly place: Rectangle;
	/** What lies over it, and must not be painted on. */
	readonly cover?: Rectangle;
	readonly isInside: boolean;
	readonly reading?: Reading;
	readonly search: string;
};

/**
 * What Ink is told the terminal looks like. It rewrites only lines that changed, so a blank line of a terminal must differ
 * from a blank line of anything else: or what was painted would stay where the terminal was.
 */
const unpainted = '\u00a0';

/** Twins are numbered. */
const nameOf = (tab: TerminalTab, tabs: readonly TerminalTab[]): string => {
	const { name, title, status, outcome, hasNews } = tab;
	const twins = tabs.filter((other) => other.name === name && other.title === title);
	const number = twins.length > 1 ? ` ${twins.indexOf(tab) + 1}` : '';
	const news = status === 'ended' ? ` (${outcome})` : hasNews ? ' •' : '';
	return `${name}: ${title}${number}${news}`;
};

/** All tabs where they fit, else those around the one in front. */
const tabPieces = ({ terminals }: State, columns: number): Piece[] => {
	const { tabs, front } = terminals;
	const most = Math.max(12, Math.floor((columns - 2) / Math.min(3, tabs.length)) - 3);
	return edgeTabs(
		tabs.map((tab) => ({
			text: ` ${shorten(nameOf(tab, tabs), most, 'middle')} `,
			hasNews: tab.hasNews,
		})),
		tabs.findIndex(({ id }) => id === front),
		columns,
	);
};

const leaveText = ({ leaveKey }: State) => `${keyLabel(leaveKey)} Portside`;

/** In the lower edge; from the longest wording to the shortest. */
const statusTexts = (state: State): string[] => {
	const { terminals, overlay, containers } = state;
	const tab = frontTab(terminals);
	if (!tab) return [];
	if (overlay?.type === 'search') return [`/${clean(terminals.search)}▏`];
	if (tab.status === 'opening') return [`opening … · ${leaveText(state)}`, 'opening …'];
	if (tab.status === 'ending') return ['ending …'];
	if (!state.isDetailFocused) {
		const ended = tab.status === 'ended' ? `${tab.outcome} · ` : '';
		return [`${ended}5 or ${keyLabel(state.leaveKey)} to it`, '5 to it'];
	}
	if (tab.status === 'ended')
		return [`${tab.outcome} · r runs it again · d close · Esc lists`, `${tab.outcome} · r again · d close`];
	if (containers.get(tab.containerId)?.state === 'paused')
		return [
			`${tab.name} is paused: it goes on when it is unpaused (p) · ${leaveText(state)}`,
			`paused: it goes on when it is unpaused · ${leaveText(state)}`,
			`paused · ${leaveText(state)}`,
		];
	if (terminals.isInside) {
		const leave = leaveText(state);
		// There is no way back into what an exec started.
		return tab.kind === 'attach' ? [`${leave} · Ctrl+P Ctrl+Q detach`, leave] : [leave];
	}
	const { reading } = terminals;
	const search = clean(terminals.search);
	if (reading?.mark) return ['y copy · Esc unmark'];
	if (reading || search)
		return [`${search && `/${search} · n N · `}v mark · y copy · Esc newest`, 'Esc newest'];
	return [
		'Enter inside · / search · z full · d close · Esc lists',
		'Enter inside · Esc lists',
		'Enter inside',
	];
};

const statusText = (state: State, columns: number): string => {
	const texts = statusTexts(state);
	return texts.find((text) => width(text) <= columns) ?? shorten(texts.at(-1) ?? '', columns);
};

export const terminalPane = (state: State, rectangle: Rectangle, isFocused: boolean): DetailPane => ({
	rectangle,
	isFocused,
	top: tabPieces(state, rectangle.width),
	bottom: ` ${statusText(state, rectangle.width - 6)} `,
	lines: Array.from({ length: rectangle.height - 2 }, () => unpainted.repeat(rectangle.width - 2)),
});

/** A terminal with the whole screen: one line of ours, for its name or bad news, and the rest is its own. */
export const fullTerminal = (state: State): string[] => {
	const { columns, rows, terminals, notice } = state;
	const tab = frontTab(terminals);
	const status = statusText(state, Math.floor(columns / 2));
	const room = columns - width(status) - 3;
	const name = tab ? nameOf(tab, terminals.tabs) : '';
	const left =
		notice?.tone === 'bad'
			? paint.bad(fit(notice.text, room))
			: paint.chosenTab(fit(name, room, 'left', 'middle'));
	const line = ` ${left} ${paint.accent(status)} `;
	return [line, ...Array.from({ length: rows - 1 }, () => unpainted.repeat(columns))];
};

export const terminalView = (state: State, cover: Rectangle | undefined): TerminalView | undefined => {
	const { terminals, beside } = state;
	const { front, isInside, reading, search } = terminals;
	const place = terminalPlace(state);
	if (beside !== 'terminals' || front === undefined || !place || place.height < 1) return undefined;
	return {
		id: front,
		place,
		isInside: isInside && !cover && frontTab(terminals)?.status !== 'ended',
		search,
		...(cover ? { cover } : {}),
		...(reading ? { reading } : {}),
	};
};
