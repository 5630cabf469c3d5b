// Of the table of verbs: moving about the screen.
import { isUnderWay } from '../model/builds.ts';
import { kinds } from '../model/kinds.ts';
import { canZoom } from '../model/layout.ts';
import { rowsOf, selectedRow } from '../model/rows.ts';
import { type PaneName, paneNames, type State, type TabName } from '../model/state.ts';
import { tabOf, tabsOf } from '../model/tabs.ts';
import { frontTab, isOpen } from '../model/terminals.ts';
import { isMoving } from '../model/transfers.ts';
import { plural } from '../model/words.ts';
import { wordsFor } from '../transfer/wish.ts';
import type { Move } from './action.ts';
import { runningFate } from './terminal-moves.ts';

const move = (
	id: string,
	keys: readonly string[],
	title: string,
	by: number,
	unit: 'row' | 'page' | 'end',
): Move => ({
	id: `list.${id}`,
	scope: 'list',
	keys,
	title,
	help: 'In the list, or in the details when they have the focus.',
	run: ({ send }) => send({ type: 'moved', by, unit }),
});

/** The pane so many places further, the one on the right after the last list. */
const stepFocus = (state: State, by: number): PaneName | 'right' => {
	const places = [...paneNames, 'right'] as const;
	const at = state.isDetailFocused ? paneNames.length : paneNames.indexOf(state.pane);
	return places[(at + by + places.length) % places.length] ?? 'containers';
};

const focus = (
	id: string,
	keys: readonly string[],
	title: string,
	place: (state: State) => PaneName | 'right',
): Move => ({
	id: `app.${id}`,
	scope: 'app',
	keys,
	title,
	help: 'Moves the focus.',
	run: ({ send }, state) => {
		const to = place(state);
		send(to === 'right' ? { type: 'detail-focused', isFocused: true } : { type: 'pane-focused', pane: to });
	},
});

const stepTab = (state: State, by: number): TabName => {
	const tabs = tabsOf(state);
	return tabs[(tabs.indexOf(tabOf(state)) + by + tabs.length) % tabs.length] ?? 'Config';
};

const openTab = (id: string, keys: readonly string[], tab: TabName, help: string): Move => ({
	id: `app.${id}`,
	scope: 'app',
	keys,
	title: `Open ${tab}`,
	help,
	when: (state) => tabsOf(state).includes(tab),
	run: ({ send }) => {
		send({ type: 'tab-chosen', tab });
		send({ type: 'detail-focused', isFocused: true });
	},
});

export const moves: readonly Move[] = [
	move('down', ['j', 'down'], 'Down', 1, 'row'),
	move('up', ['k', 'up'], 'Up', -1, 'row'),
	move('page-down', ['pagedown', 'ctrl+d'], 'Page down', 1, 'page'),
	move('page-up', ['pageup', 'ctrl+u'], 'Page up', -1, 'page'),
	move('first', ['g', 'home'], 'First', -1, 'end'),
	move('last', ['G', 'end'], 'Last', 1, 'end'),
	{
		id: 'list.mark',
		scope: 'list',
		keys: ['space'],
		title: 'Mark',
		help: 'Marks the row; actions then apply to all marked rows at once.',
		when: ({ isDetailFocused }) => !isDetailFocused,
		run: ({ send }, state) => {
			const row = selectedRow(state);
			if (!row) return;
			send({ type: 'marked', ids: [row.id], isMarked: !state.marked.has(row.id) });
			send({ type: 'moved', by: 1, unit: 'row' });
		},
	},
	{
		id: 'list.mark-all',
		scope: 'list',
		keys: ['*'],
		title: 'Mark all',
		help: 'Marks every row that the filter lets through, or unmarks them when all are.',
		when: ({ isDetailFocused }) => !isDetailFocused,
		run: ({ send }, state) => {
			const ids = rowsOf(state, state.pane).map(({ id }) => id);
			const isAll = ids.every((id) => state.marked.has(id));
			send({ type: 'marked', ids, isMarked: !isAll });
		},
	},
	{
		id: 'list.filter',
		scope: 'list',
		keys: ['/'],
		title: 'Filter',
		hint: 'filter',
		help: 'Keeps the rows that have all the words you type.',
		run: ({ send }, state) => {
			if (state.isDetailFocused) send({ type: 'detail-focused', isFocused: false });
			send({ type: 'opened', overlay: 'filter' });
		},
	},
	{
		id: 'list.sort',
		scope: 'list',
		keys: ['o'],
		title: 'Sort',
		help: 'Goes on to the next order of the list; the line below says which.',
		run: ({ send, host }, state) => {
			const { sorts, title } = kinds[state.pane];
			const at = sorts.findIndex(({ id }) => id === state.panes[state.pane].sort);
			const next = sorts[(at + 1) % sorts.length];
			if (!next) return;
			send({ type: 'sorted', pane: state.pane, sort: next.id });
			send({ type: 'noticed', text: `${title} by ${next.label}`, tone: 'plain', at: host.now() });
		},
	},
	{
		id: 'list.stopped',
		scope: 'list',
		keys: ['A'],
		title: 'Show or hide stopped containers',
		help: 'docker ps -a or docker ps.',
		run: ({ send }, state) => send({ type: 'stopped-shown', isShown: !state.showsStopped }),
	},
	focus('next', ['tab'], 'Next pane', (state) => stepFocus(state, 1)),
	focus('previous', ['shift+tab'], 'Previous pane', (state) => stepFocus(state, -1)),
	focus('containers', ['1'], 'Containers', () => 'containers'),
	focus('images', ['2'], 'Images', () => 'images'),
	focus('ports', ['3'], 'Ports', () => 'ports'),
	{
		id: 'app.details',
		scope: 'app',
		keys: ['enter', '4'],
		title: 'Details',
		help: 'Moves the focus.',
		run: ({ send }) => {
			send({ type: 'terminals-hidden' });
			send({ type: 'builds-hidden' });
			send({ type: 'transfers-hidden' });
			send({ type: 'detail-focused', isFocused: true });
		},
	},
	{
		id: 'app.terminals',
		scope: 'app',
		keys: ['5', 'ctrl+]'],
		title: 'Terminals',
		help: 'Back into the terminal in front. In it, the same Ctrl+] leads back to Portside.',
		run: ({ send, host }, { terminals }) => {
			const tab = frontTab(terminals);
			if (tab) {
				send({ type: 'terminal-fronted', id: tab.id });
				return send({ type: 'terminal-entered' });
			}
			const text = 'No terminal is open: e on a container opens a shell, a attaches, x runs a command.';
			send({ type: 'noticed', text, tone: 'plain', at: host.now() });
		},
	},
	{
		id: 'app.next-tab',
		scope: 'app',
		keys: [']', 'right'],
		title: 'Next tab',
		help: 'Logs, Stats, Config, Top, Diff.',
		run: ({ send }, state) => send({ type: 'tab-chosen', tab: stepTab(state, 1) }),
	},
	{
		id: 'app.previous-tab',
		scope: 'app',
		keys: ['[', 'left'],
		title: 'Previous tab',
		help: 'The other way round.',
		run: ({ send }, state) => send({ type: 'tab-chosen', tab: stepTab(state, -1) }),
	},
	{
		id: 'app.zoom',
		scope: 'app',
		keys: ['z'],
		title: 'Zoom to the full screen',
		help: 'The details over the whole screen, and back.',
		run: ({ send }, { isZoomed }) => send({ type: 'zoomed', isZoomed: !isZoomed }),
	},
	openTab('logs', ['l'], 'Logs', 'Follows what the container prints; scroll up to read, G to follow again.'),
	openTab(
		'inspect',
		['i'],
		'Config',
		'What it was made with, readable first, then all that docker inspect says.',
	),
	{
		id: 'app.back',
		scope: 'app',
		keys: ['esc'],
		title: 'Back',
		help: 'Out of the zoom; from the details to the list; there it clears the filter, then the marks.',
		run: ({ send }, state) => {
			if (state.notice?.tone === 'bad') send({ type: 'notice-read' });
			if (state.isDetailFocused && state.isZoomed && canZoom(state))
				return send({ type: 'zoomed', isZoomed: false });
			if (state.isDetailFocused) return send({ type: 'detail-focused', isFocused: false });
			if (state.panes[state.pane].filter !== '')
				return send({ type: 'filtered', pane: state.pane, text: '' });
			if (state.marked.size) send({ type: 'marked', ids: [...state.marked], isMarked: false });
		},
	},
	{
		id: 'app.palette',
		scope: 'app',
		keys: [':'],
		title: 'Commands',
		hint: 'commands',
		help: 'Every action by name, with its key and its docker line.',
		run: ({ send }) => send({ type: 'opened', overlay: 'palette' }),
	},
	{
		id: 'app.help',
		scope: 'app',
		keys: ['?'],
		title: 'Help',
		hint: 'help',
		help: 'This list.',
		run: ({ send }) => send({ type: 'opened', overlay: 'help' }),
	},
	{
		id: 'app.journal',
		scope: 'app',
		keys: ['!'],
		title: 'Journal',
		help: 'Every docker line so far and how it went; can be saved as a shell script.',
		run: ({ send }) => send({ type: 'opened', overlay: 'journal' }),
	},
	{
		id: 'app.quit',
		scope: 'app',
		keys: ['q', 'ctrl+c'],
		title: 'Quit',
		hint: 'quit',
		help: 'Leaves Portside; containers go on as they are.',
		ask: ({ terminals, builds, transfers }) => {
			const open = terminals.tabs.filter(isOpen);
			const building = builds.list.filter(isUnderWay);
			const moving = transfers.list.filter(isMoving);
			if (open.length + building.length + moving.length === 0) return undefined;
			const isStarted = open.some(({ kind }) => kind === 'exec');
			const working = [
				...(building.length ? [plural(building.length, 'build')] : []),
				...(moving.length ? [plural(moving.length, 'transfer')] : []),
			].join(' and ');
			const what = [
				...(open.length ? [`${plural(open.length, 'terminal')} open`] : []),
				...(working ? [`${working} under way`] : []),
			].join(building.length && moving.length ? ', ' : ' and ');
			return {
				title: `Quit with ${what}?`,
				body: [
					...open.map(({ name, title, kind }) =>
						kind === 'attach' ? `attached to ${name}: it goes on running` : `${title} in ${name}`,
					),
					...building.map(({ title }) => `the build of ${title}: it is cancelled`),
					...moving.map(({ kind, title }) => `the ${wordsFor[kind].noun} ${title}: it is cancelled`),
				],
				fields: isStarted ? [runningFate] : [],
				yes: 'quit',
				isDestructive: isStarted || building.length + moving.length > 0,
			};
		},
		run: ({ host }, _, { fate }) => host.quit({ leavesRunning: fate === 'leave' }),
	},
];
