// What the person does in a log: moves, searches, filters, marks, and chooses what of it is shown.
import type { LogViewEvent } from '../event.ts';
import { type Container, isUp } from '../items.ts';
import { countOf, nextBefore } from '../log/lenses.ts';
import { logId, logMembers } from '../log/log.ts';
import { soughtIn } from '../log/steps.ts';
import { hitLens, type LogPlace, type LogView, withoutPlace } from '../log/view.ts';
import { logInView } from '../log/window.ts';
import { indexOfRow, rowsOf, selectedContainer, selectedRow } from '../rows.ts';
import type { State } from '../state.ts';
import { tabOf } from '../tabs.ts';
import { withoutQuest } from './log-quest.ts';

const at = ({ place: _, ...view }: LogView, place: LogPlace | undefined): LogView =>
	place ? { ...view, place } : view;

/** While a search is typed: at the nearest hit above where one was, round the end; there again while there is none. */
const withHit = (state: State, from: LogPlace | undefined): State => {
	const back = { ...state, logView: at(state.logView, from) };
	const log = logInView(back);
	const hits = hitLens(state.logView);
	if (!log || !hits) return back;
	const last = log.ring.dropped + log.ring.length;
	// From here on a pattern that takes too long is a text.
	if (countOf(log.ring, hits) === 0) return back;
	const number = nextBefore(log.ring, hits, (from?.cursor ?? last) + 1) ?? nextBefore(log.ring, hits, last);
	return number === undefined ? back : { ...back, logView: soughtIn(back, number, true) };
};

/** Who looks for something else is no longer interested in what was not found. */
const asked = (news: Partial<LogView>, state: State): State =>
	(['search', 'filter', 'threshold', 'source'] as const).some((name) => name in news)
		? withoutQuest(state)
		: state;

export const updateLogView = (state: State, event: LogViewEvent): State => {
	switch (event.type) {
		case 'log-viewed': {
			const next = asked(event.news, { ...state, logView: { ...state.logView, ...event.news } });
			return state.overlay?.type === 'log-search' && 'search' in event.news
				? withHit(next, state.overlay.from)
				: next;
		}
		case 'log-sought':
			return { ...state, logView: soughtIn(state, event.number, event.isHit) };
		case 'log-followed': {
			const { place: _, ...view } = state.logView;
			return { ...state, logView: view };
		}
		case 'log-selected': {
			const { rangeStart: _, ...view } = state.logView;
			return {
				...state,
				logView: event.from === undefined ? view : { ...view, rangeStart: event.from },
			};
		}
	}
};

/** One stream of several is left when somebody goes to a container that has no part in it. */
const settledScope = (before: State, after: State): State => {
	if (!after.logScope || before.panes === after.panes) return after;
	const selected = selectedContainer(after);
	if (!selected || selected.id === selectedContainer(before)?.id) return after;
	if (logMembers(after).some(({ id }) => id === selected.id)) return after;
	const { logScope: _, ...rest } = after;
	return rest;
};

/** The place is a place in one log: in another one nobody has been anywhere yet. */
const settledPlace = (before: State, after: State): State => {
	const [past, log] = [before.known.log, after.known.log];
	if (past === log || log === undefined) return after;
	// Numbers go on where the same log is read further; they begin anew with a new one.
	const isSame = past?.id === log.id && !(log.ring.length === 0 && past.ring.length > 0);
	const { logView } = after;
	const isNowhere = !logView.place && logView.marks.size === 0 && logView.rangeStart === undefined;
	return isSame || isNowhere ? after : { ...after, logView: withoutPlace(logView) };
};

export const settledLogView = (before: State, after: State): State =>
	settledScope(before, settledPlace(before, after));

/** Why the row is not in the list any more. */
const lossText = (before: Container, { containers }: State): string => {
	const { name } = before;
	const now = containers.get(before.id);
	if (!now) return `${name} was removed.`;
	return isUp(now) ? `${name} is not in the list any more.` : `${name} stopped: A shows stopped ones.`;
};

/** Keys for the log of a container that is gone are no keys for that of the next one in the list. */
export const withoutLostLog = (before: State, after: State, at: number): State => {
	if (!after.isDetailFocused || after.beside !== 'details' || tabOf(before) !== 'Logs') return after;
	const [past, row] = [selectedContainer(before), selectedRow(before)];
	if (!past || !row || indexOfRow(rowsOf(after, after.pane), row.id) >= 0) return after;
	const { awaited } = before.panes[before.pane];
	const isMeant = awaited !== undefined && awaited === after.panes[after.pane].selected;
	const isSame = logId(after) === logId(before) && logMembers(after).length > 0;
	if (isMeant || isSame) return after;
	const { logScope: _, overlay, ...rest } = after;
	const isOfLog = overlay?.type === 'log-search' || overlay?.type === 'log-filter';
	return {
		...rest,
		...(overlay && !isOfLog ? { overlay } : {}),
		isDetailFocused: false,
		// What is being done says itself how it went.
		...(after.notice?.tone === 'pending'
			? {}
			: { notice: { text: lossText(past, after), tone: 'plain' as const, at } }),
	};
};
