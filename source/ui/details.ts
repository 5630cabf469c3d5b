// The details pane as lines: the tabs in its upper edge, the chosen tab inside.
import { detailSize, layoutOf, type Rectangle } from '../model/layout.ts';
import { logMembers } from '../model/log/log.ts';
import { selectedContainer, selectedRow } from '../model/rows.ts';
import type { State, TabName } from '../model/state.ts';
import { tabOf, tabsOf } from '../model/tabs.ts';
import { fit, shorten, width, wrapWords } from '../model/text.ts';
import type { Wanted } from '../model/wanted.ts';
import { plural, shortId } from '../model/words.ts';
import type { Piece } from './border.ts';
import { paint } from './paint.ts';
import { changeLines } from './tabs/changes.ts';
import { configLines } from './tabs/config.ts';
import { type Content, scrolled } from './tabs/content.ts';
import { logContent } from './tabs/logs.ts';
import { processLines } from './tabs/processes.ts';
import { statLines } from './tabs/stats.ts';

export type DetailPane = {
	readonly rectangle: Rectangle;
	readonly isFocused: boolean;
	readonly top: readonly Piece[];
	readonly bottom: string;
	readonly lines: readonly string[];
};

const nameOf = (state: State): string => {
	const { logScope } = state;
	if (tabOf(state) === 'Logs' && logScope?.kind === 'project') return `project ${logScope.name}`;
	if (tabOf(state) === 'Logs' && logScope?.kind === 'marked')
		return plural(logMembers(state).length, 'container');
	const row = selectedRow(state);
	if (row?.kind === 'image') return row.reference ?? shortId(row.imageId);
	return selectedContainer(state)?.name ?? 'details';
};

/** The tabs always fit; of the name, which the list shows too, there is what they leave. */
const titleOf = (state: State, columns: number): Piece[] => {
	const tabs = tabsOf(state);
	const isNarrow = columns < 44;
	// Neighbours share a space where it is narrow.
	const texts = tabs.map((tab, index) => (isNarrow && index > 0 ? `${tab} ` : ` ${tab} `));
	const room = columns - 4 - texts.join('').length;
	const name = { at: 1, text: ` ${shorten(nameOf(state), room, 'middle')} `, painted: paint.strong };
	let at = room < 6 ? 1 : name.at + width(name.text) + 1;
	const pieces = tabs.map((tab, index) => {
		const piece = {
			at,
			text: texts[index] ?? '',
			painted: tab === tabOf(state) ? paint.chosenTab : paint.dim,
		};
		at += piece.text.length;
		return piece;
	});
	return room < 6 ? pieces : [name, ...pieces];
};

/** What is only known by asking, by tab. */
const followed: Partial<Record<TabName, Wanted['what']>> = {
	// What a log needs to be read comes from the same answer.
	Logs: 'inspect',
	Config: 'inspect',
	Top: 'processes',
	Diff: 'changes',
};

const failureOf = (state: State, id: string): string | undefined =>
	state.known.failures.get(`${followed[tabOf(state)]}:${id}`);

/** Sentences, one paragraph each. */
const said = (sentence: string, columns: number, painted = paint.dim): string[] =>
	wrapWords(sentence, columns).map((line) => painted(fit(line, columns)));

const linesOf = (state: State, id: string | undefined, columns: number): string[] => {
	const failure = id === undefined ? undefined : failureOf(state, id);
	if (failure !== undefined) return said(failure, columns, paint.bad);
	const tab = tabOf(state);
	if (!selectedRow(state)) return said('What is selected on the left is shown here.', columns);
	if (tab === 'Config') return configLines(state, columns);
	if (id === undefined) return [];
	if (tab === 'Stats') return statLines(state, id, columns);
	return tab === 'Top' ? processLines(state, id, columns) : changeLines(state, id, columns);
};

const contentOf = (
	state: State,
	columns: number,
	height: number,
	isFocused: boolean,
	edge: number,
): Content => {
	const id = selectedContainer(state)?.id;
	if (id !== undefined && tabOf(state) === 'Logs' && failureOf(state, id) === undefined) {
		return logContent(state, isFocused, edge);
	}
	return scrolled(linesOf(state, id, columns), state.details.top, height);
};

export const detailPane = (
	state: State,
	rectangle: Rectangle,
	isFocused: boolean,
): { pane: DetailPane; end: number } => {
	const { width: columns, height } = detailSize(layoutOf(state));
	const { lines, end, place, isWhole } = contentOf(state, columns, height, isFocused, rectangle.width - 6);
	const pane = {
		rectangle,
		isFocused,
		top: titleOf(state, rectangle.width),
		bottom: place,
		lines: isWhole ? lines : lines.map((line) => ` ${line} `),
	};
	return { pane, end };
};
