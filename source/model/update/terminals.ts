// What becomes of the terminals: tabs come and go, one is in front, and a person is inside it or looks at it.
import type { TerminalEvent } from '../event.ts';
import { terminalPlace } from '../layout.ts';
import type { State } from '../state.ts';
import { frontTab, type Terminals, type TerminalTab } from '../terminals.ts';
import { emptied, hidden } from './beside.ts';

export const withTab = (terminals: Terminals, id: number, news: Partial<TerminalTab>): Terminals => ({
	...terminals,
	tabs: terminals.tabs.map((tab) => (tab.id === id ? { ...tab, ...news } : tab)),
});

/** What a terminal prints is on screen. */
export const isSeen = (state: State, id: number): boolean =>
	state.beside === 'terminals' && state.terminals.front === id && terminalPlace(state) !== undefined;

/** In front and on screen, with nothing left to be seen of it. */
const fronted = (terminals: Terminals, front: number): Terminals => {
	const { reading: _, ...rest } = withTab(terminals, front, { hasNews: false });
	return { ...rest, front, search: '' };
};

/** In the place of whatever was on the right. */
const inFront = (state: State, terminals: Terminals): State => ({
	...state,
	terminals,
	beside: 'terminals',
	isDetailFocused: true,
});

const closed = ({ front, ...terminals }: Terminals, id: number, isShown: boolean): Terminals => {
	const at = terminals.tabs.findIndex((tab) => tab.id === id);
	const tabs = terminals.tabs.filter((tab) => tab.id !== id);
	if (front !== id) return { ...terminals, tabs, ...(front === undefined ? {} : { front }) };
	const { reading: _, ...rest } = terminals;
	const next = tabs[Math.min(at, tabs.length - 1)];
	if (!next) return { ...rest, tabs, isInside: false, isFull: false, search: '' };
	if (!isShown) return { ...rest, tabs, front: next.id, search: '' };
	return { ...fronted({ ...rest, tabs }, next.id), isInside: false };
};

const withoutTab = (state: State, id: number): State => {
	const terminals = closed(state.terminals, id, state.beside === 'terminals');
	const rest = { ...state, terminals };
	return terminals.front === undefined ? emptied(rest, 'terminals') : rest;
};

export const updateTerminals = (state: State, event: TerminalEvent): State => {
	const { terminals } = state;
	switch (event.type) {
		case 'terminal-opened': {
			const isKnown = terminals.tabs.some(({ id }) => id === event.tab.id);
			const tabs = isKnown
				? terminals.tabs.map((tab) => (tab.id === event.tab.id ? event.tab : tab))
				: [...terminals.tabs, event.tab];
			const opened = { ...fronted({ ...terminals, tabs }, event.tab.id), isInside: true };
			return inFront(state, opened);
		}
		case 'terminal-connected':
			return { ...state, terminals: withTab(terminals, event.id, { status: 'open' }) };
		case 'terminal-printed': {
			if (isSeen(state, event.id)) return state;
			return { ...state, terminals: withTab(terminals, event.id, { hasNews: true }) };
		}
		case 'terminal-ending':
			return { ...state, terminals: withTab(terminals, event.id, { status: 'ending' }) };
		case 'terminal-ended': {
			const { id, outcome } = event;
			return { ...state, terminals: withTab(terminals, id, { status: 'ended', outcome }) };
		}
		case 'terminal-closed':
			return withoutTab(state, event.id);
		case 'terminal-fronted':
			return inFront(state, { ...fronted(terminals, event.id), isInside: false });
		case 'terminal-entered': {
			const tab = frontTab(terminals);
			if (!tab || tab.status === 'ended') return state;
			return inFront(state, { ...fronted(terminals, tab.id), isInside: true });
		}
		case 'terminal-left':
			return { ...state, terminals: { ...terminals, isInside: false } };
		case 'terminals-hidden': {
			const { reading: _, ...rest } = terminals;
			return { ...hidden(state, 'terminals'), terminals: { ...rest, isInside: false, search: '' } };
		}
		case 'terminal-enlarged':
			return { ...state, terminals: { ...terminals, isFull: event.isFull } };
		case 'terminal-read': {
			const { reading: _, ...rest } = terminals;
			return { ...state, terminals: { ...rest, ...(event.reading ? { reading: event.reading } : {}) } };
		}
		case 'terminal-searched':
			return { ...state, terminals: { ...terminals, search: event.text } };
	}
};
