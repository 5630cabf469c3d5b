// What becomes of the log on screen: opened, added to at its ends, read far back, and never more of it than may be kept.
import type { FollowEvent, LogEvent } from '../event.ts';
import { type Log, logNames, newLog } from '../log/log.ts';
import { appended, firstLines, lineAt, mostLines, prepended } from '../log/ring.ts';
import type { State } from '../state.ts';
import { ended, pursued, withoutQuest, withQuest } from './log-quest.ts';

/** Lines that are kept above what is being read, when the oldest ones must go. */
const margin = 1000;

const withLog = (state: State, log: Log): State => ({ ...state, known: { ...state.known, log } });

/** With the names of those who come, before they go. */
const withNames = (state: State, log: Log): State => withLog(state, { ...log, names: logNames(state, log) });

const following = (state: State): State => {
	const { place, ...view } = state.logView;
	return place ? { ...state, logView: view } : state;
};

/** Lines behind the last one. Who scrolled up keeps reading the same lines while these come in below. */
const added = (state: State, log: Log, lines: Log['ring']['chunks'][number]): State => {
	const at = state.logView.place?.cursor;
	const after = log.ring.dropped + log.ring.length + lines.length - (at ?? Number.POSITIVE_INFINITY);
	// What is being read must not fall out: from here on what comes is left to the engine, until it is wanted.
	if (after + margin > mostLines) return withLog(state, { ...log, newer: 'more' });
	const ring = appended(log.ring, lines);
	const hasLost = ring.dropped > log.ring.dropped;
	// Of a log that begins with fewer, these are all.
	const hasMore = log.ring.length < firstLines && ring.length >= firstLines;
	return withLog(state, {
		...log,
		ring,
		...((hasLost || hasMore) && log.older === 'none' ? { older: 'more' as const } : {}),
	});
};

type OfLog = Extract<FollowEvent, { type: `log${string}` }>;

export const updateLog = (state: State, event: OfLog): State => {
	const { log } = state.known;
	if (event.type === 'log-opened') {
		const opened = newLog(event.id, event.ids);
		return withNames(state, event.hasOlder === false ? { ...opened, older: 'none' } : opened);
	}
	if (log?.id !== event.id) return state;
	switch (event.type) {
		case 'log-joined': {
			const isStill = (id: string) => event.ids.includes(id) && !event.reopened.includes(id);
			const ended = new Set([...log.ended].filter(isStill));
			const failures = new Map([...log.failures].filter(([id]) => isStill(id)));
			return withNames(state, { ...log, ids: event.ids, ended, failures });
		}
		case 'logged':
			return log.newer === 'none' ? added(state, log, event.lines) : state;
		case 'log-ended': {
			const { container = event.id, failure } = event;
			const failures = failure === undefined ? log.failures : new Map(log.failures).set(container, failure);
			return withLog(state, { ...log, ended: new Set(log.ended).add(container), failures });
		}
		case 'log-older': {
			if (log.older !== 'loading') return state;
			const older = event.isAll ? 'none' : 'more';
			const ring = prepended(log.ring, event.lines);
			const lost = log.ring.length + event.lines.length - ring.length;
			const next = withLog(state, { ...log, ring, older, ...(lost > 0 ? { newer: 'more' as const } : {}) });
			return pursued(next, log.ring.dropped);
		}
		case 'log-newer': {
			if (log.newer !== 'loading') return state;
			const newer = event.isAll ? 'none' : 'more';
			return added(state, { ...log, newer }, event.lines);
		}
	}
};

/** Lines at one of its ends could not be read; they may be wanted again. */
export const withoutPage = (state: State, what: string): State => {
	const { log } = state.known;
	if (log && what === 'log-older' && log.older === 'loading') {
		const next = withLog(state, { ...log, older: 'more' });
		return log.quest ? ended(next, 'Older lines could not be read.') : next;
	}
	if (log && what === 'log-newer' && log.newer === 'loading')
		return withLog(state, { ...log, newer: 'more' });
	return state;
};

/** What the person wants of it. */
export const updateLogs = (state: State, event: LogEvent): State => {
	const { log } = state.known;
	switch (event.type) {
		case 'log-scope-chosen':
			return following({ ...state, logScope: event.scope });
		case 'log-range-chosen': {
			const next = following({ ...state, logRange: event.range });
			return log ? withLog(next, { ...log, isStale: true, newer: 'none' }) : next;
		}
		case 'log-older-wanted':
			return log?.older === 'more' && lineAt(log.ring, log.ring.dropped) !== undefined
				? withLog(state, { ...log, older: 'loading' })
				: state;
		case 'log-quest':
			return event.quest ? withQuest(state, event.quest) : withoutQuest(state);
		case 'log-newer-wanted':
			return log?.newer === 'more' ? withLog(state, { ...log, newer: 'loading' }) : state;
		case 'log-newest-wanted': {
			const next = following(state);
			return log && log.newer !== 'none' ? withLog(next, { ...log, isStale: true, newer: 'none' }) : next;
		}
	}
};
