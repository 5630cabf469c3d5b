// The lower edge of a log: where in it the person is, and which of its lines are shown. What does not fit is left out, the
// least important first.
import type { Log } from '../model/log.ts';
import { isOver } from '../model/log.ts';
import { countBefore, countOf, lastNumber } from '../model/log-index.ts';
import { patternOf } from '../model/log-pattern.ts';
import { hitLens, shownLens, type Threshold } from '../model/log-view.ts';
import type { LogWindow } from '../model/log-window.ts';
import type { State } from '../model/state.ts';
import { clean, shorten, width } from '../model/text.ts';

const count = (value: number) => value.toLocaleString('en');

const thresholdWords: Readonly<Record<Threshold, string>> = {
	all: '',
	info: 'without debug',
	warning: 'warnings and errors',
	error: 'errors',
};

const zones = { off: '', local: 'local time', utc: 'UTC', relative: '' } as const;

/** `12 of 50,000`. */
const shownText = (state: State, log: Log): string =>
	`${count(countOf(log.ring, shownLens(state.logView)))} of ${count(log.ring.length)}`;

const hitText = ({ logView: view }: State, log: Log, window: LogWindow): string => {
	const hits = hitLens(view);
	const all = countOf(log.ring, hits);
	if (all === 0) return 'no hits';
	const before = countBefore(log.ring, hits, window.cursor ?? 0);
	const isHere = countBefore(log.ring, hits, (window.cursor ?? 0) + 1) > before;
	return isHere ? `${count(before + 1)} of ${count(all)}` : `${count(all)} ${all === 1 ? 'hit' : 'hits'}`;
};

const rangeText = ({ since, until }: NonNullable<State['logRange']>): string => {
	const worded = (at: string | number) =>
		typeof at === 'number' ? new Date(at).toISOString().slice(0, 16) : at.slice(0, 16);
	return [
		...(since === undefined ? [] : [`since ${worded(since)}`]),
		...(until === undefined ? [] : [`until ${worded(until)}`]),
	].join(' ');
};

const placeText = (state: State, log: Log, window: LogWindow): string => {
	const { place } = state.logView;
	const last = window.rows.at(-1)?.number;
	const isTop = window.rows[0]?.number === log.ring.dropped;
	if (place && isTop && log.older === 'loading') return 'reading older lines …';
	if (!place || last === undefined) return isOver(log) ? '' : log.ring.length ? 'following' : '';
	const newer = countOf(log.ring, window.shown) - countBefore(log.ring, window.shown, last + 1);
	const more = log.newer === 'none' ? '' : '+';
	const below = newer > 0 || more ? `${count(newer)}${more} newer below` : '';
	return below ? `${below} · G follows` : isOver(log) ? '' : 'paused · G follows';
};

const selectedText = ({ logView: { rangeStart } }: State, log: Log, window: LogWindow): string => {
	if (rangeStart === undefined || window.cursor === undefined) return '';
	const [from, to] = [Math.min(rangeStart, window.cursor), Math.max(rangeStart, window.cursor)];
	const lines = countBefore(log.ring, window.shown, to + 1) - countBefore(log.ring, window.shown, from);
	return `${count(lines)} selected · y copies`;
};

/** What is typed now, or what is kept of it. */
const typedTexts = (state: State, log: Log, window: LogWindow): string[] | undefined => {
	const { overlay, logView: view } = state;
	if (overlay?.type === 'log-search')
		return [`/${clean(view.search)}▏`, ...(view.search === '' ? [] : [hitText(state, log, window)])];
	if (overlay?.type !== 'log-filter') return undefined;
	const isText = view.filter.length > 1 && patternOf(view.filter, true)?.isRegex === false;
	const isBroken = isText && /[\\^$*+?()[\]{}|]/.test(view.filter);
	return [
		`filter ${clean(view.filter)}▏`,
		view.filter === '' ? 'a pattern; ! first: lines without it' : shownText(state, log),
		...(isBroken ? ['no pattern: read as text'] : []),
	];
};

export const logEdge = (state: State, log: Log, window: LogWindow, columns: number): string => {
	const { logView: view, logRange } = state;
	const typed = typedTexts(state, log, window);
	const short = (text: string) => shorten(clean(text), Math.max(8, Math.floor(columns / 4)), 'middle');
	// The last one is the first to go.
	const texts = typed ?? [
		placeText(state, log, window),
		selectedText(state, log, window),
		view.search === '' ? '' : `/${short(view.search)} ${hitText(state, log, window)}`,
		view.filter === '' ? '' : `filter ${short(view.filter)} (${shownText(state, log)})`,
		thresholdWords[view.threshold],
		logRange ? rangeText(logRange) : '',
		view.wraps || view.left === 0 ? '' : `from column ${view.left + 1}`,
		zones[view.times],
	];
	const shown = texts.filter((text) => text !== '');
	while (shown.length > 1 && width(shown.join(' · ')) > columns) shown.pop();
	const line = shown.join(' · ');
	return line === '' ? '' : ` ${shorten(line, columns, typed ? 'start' : 'middle')} `;
};

/** Numbers of the first and the last selected line. */
export const selectedRange = (
	{ logView: { rangeStart } }: State,
	log: Log,
	window: LogWindow,
): readonly [number, number] | undefined =>
	rangeStart === undefined || window.cursor === undefined
		? undefined
		: [
				Math.min(rangeStart, window.cursor),
				Math.min(lastNumber(log.ring), Math.max(rangeStart, window.cursor)),
			];
