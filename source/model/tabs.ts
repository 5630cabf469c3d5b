// Which tabs the details have for the selection, and which of them is on screen.
import { kinds } from './kinds.ts';
import type { State, TabName } from './state.ts';

/** Tabs that the selection has. */
export const tabsOf = (state: State): readonly TabName[] => kinds[state.pane].tabs;

/** The tab on screen: the chosen one, or the first the selection has. */
export const tabOf = (state: State): TabName => {
	const tabs = tabsOf(state);
	return tabs.includes(state.details.tab) ? state.details.tab : (tabs[0] ?? 'Config');
};
