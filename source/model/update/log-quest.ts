// What is not in memory of a log is looked for in older lines, page after page, until it is there or there are no more.

import { countOf, type Lens, nextBefore } from '../log/lenses.ts';
import { canReadOlder, type Log, type LogQuest } from '../log/log.ts';
import { soughtIn } from '../log/steps.ts';
import { errorLens, hitLens, type LogView, shownLens } from '../log/view.ts';
import type { State } from '../state.ts';
import { grouped } from '../words.ts';

const withLog = (state: State, log: Log): State => ({ ...state, known: { ...state.known, log } });

export const withoutQuest = (state: State): State => {
	const { log } = state.known;
	if (!log?.quest) return state;
	const { quest: _, ...rest } = log;
	return withLog(state, rest);
};

export const withQuest = (state: State, quest: LogQuest): State => {
	const { log } = state.known;
	return log && canReadOlder(log) ? withLog(state, { ...log, quest, older: 'loading' }) : state;
};

const lensOf = (quest: LogQuest, view: LogView): Lens =>
	({ hit: hitLens, error: errorLens, line: shownLens })[quest](view);

const endText = (quest: LogQuest, { logView, known: { log } }: State): string => {
	if (!log) return '';
	const what = {
		hit: `has ${logView.search}`,
		error: 'is an error',
		line: 'passes the filter',
	}[quest];
	const isNone = countOf(log.ring, lensOf(quest, logView)) === 0;
	const none = isNone ? `No line of ${grouped(log.ring.length)} ${what}` : `No older line ${what}`;
	return log.older === 'none' ? `${none}.` : `${none} here: g and + read further back.`;
};

export const ended = (state: State, text: string): State => ({
	...withoutQuest(state),
	notice: { text, tone: 'plain', at: state.now },
});

/** After a page was read: `first` is the number of the line before which it was put. */
export const pursued = (state: State, first: number): State => {
	const { log } = state.known;
	if (!log?.quest) return state;
	const { quest } = log;
	const found = nextBefore(log.ring, lensOf(quest, state.logView), first);
	if (found !== undefined) {
		const there = withoutQuest(state);
		return quest === 'line' ? there : { ...there, logView: soughtIn(there, found, quest === 'hit') };
	}
	const goesOn = canReadOlder(log) && log.ring.dropped < first;
	return goesOn ? withLog(state, { ...log, older: 'loading' }) : ended(state, endText(quest, state));
};
