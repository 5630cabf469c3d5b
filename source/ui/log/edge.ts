// The lower edge of a log: where in it the person is, and which of its lines are shown. What does not fit is shortened or
// left out, the least important first; what hides lines never goes.

import { countBefore, countOf, lastNumber } from '../../model/log/lenses.ts';
import type { Log } from '../../model/log/log.ts';
import { isOver } from '../../model/log/log.ts';
import { type Pattern, patternOf } from '../../model/log/pattern.ts';
import { hitLens, isOfTerminal, type Source, shownLens, type Threshold } from '../../model/log/view.ts';
import type { LogWindow } from '../../model/log/window.ts';
import type { State } from '../../model/state.ts';
import { clean, shorten, width } from '../../model/text.ts';
import { grouped, plural } from '../../model/words.ts';
import { momentTime } from './time.ts';

/** The same, ever shorter. */
type Forms = readonly string[];

const thresholdWords: Readonly<Record<Threshold, Forms>> = {
	all: [],
	info: ['without debug', '≥info'],
	warning: ['warnings and errors', '≥warn'],
	error: ['only errors', '≥err'],
};

const sourceWords: Readonly<Record<Source, Forms>> = {
	both: [],
	stdout: ['stdout only', 'stdout'],
	stderr: ['stderr only', 'stderr'],
};

const zones = { off: '', local: 'local time', utc: 'UTC', relative: '' } as const;

/** There are lines before those in memory that nobody has looked at. */
const more = ({ older }: Log): string => (older === 'none' ? '' : '+');

/** `12 of 50,000`, or `12 of 1,000+`. */
const shownText = (state: State, log: Log): string =>
	`${grouped(countOf(log.ring, shownLens(state.logView)))} of ${grouped(log.ring.length)}${more(log)}`;

const hitText = ({ logView: view }: State, log: Log, window: LogWindow): string => {
	const hits = hitLens(view);
	const all = countOf(log.ring, hits);
	if (all === 0) return more(log) ? `no hits in ${grouped(log.ring.length)}+` : 'no hits';
	const before = countBefore(log.ring, hits, window.cursor ?? 0);
	const isHere = countBefore(log.ring, hits, (window.cursor ?? 0) + 1) > before;
	const total = `${grouped(all)}${more(log)}`;
	return isHere ? `${grouped(before + 1)} of ${total}` : `${total} ${total === '1' ? 'hit' : 'hits'}`;
};

/** How a pattern is taken that is not taken as it was typed. */
const kindWords: Readonly<Record<Pattern['kind'], string>> = {
	text: '',
	pattern: '',
	partial: 'takes too long: long lines in part',
	slow: 'takes too long: read as text',
	broken: 'no pattern: read as text',
};

const shortKinds: typeof kindWords = {
	...kindWords,
	partial: ' (long lines in part)',
	slow: ' (as text)',
	broken: ' (as text)',
};

const rangeForms = ({ logRange, logView, now }: State): Forms => {
	const { since, until } = logRange ?? {};
	if (since === undefined && until === undefined) return [];
	const worded = (at: string | number | undefined) =>
		at === undefined ? '' : momentTime(at, now, logView.times === 'utc');
	const [from, to] = [worded(since), worded(until)];
	const words = [from && `since ${from}`, to && `until ${to}`].filter(Boolean).join(' ');
	return [words, `${from}…${to}`, 'range'];
};

const placeForms = (state: State, log: Log, window: LogWindow): Forms => {
	const { place } = state.logView;
	const last = window.rows.at(-1)?.number;
	const read = `${grouped(log.ring.length)}`;
	if (log.quest)
		return [`searching older lines … ${read} · Esc stops`, `searching older … ${read}`, `… ${read}`];
	const isTop = window.rows[0]?.number === log.ring.dropped;
	if (place && isTop && log.older === 'loading') return ['reading older lines …', 'reading …', ''];
	if (!place || last === undefined)
		return isOver(log) || log.ring.length === 0 ? [] : ['following', 'following', ''];
	const newer = countOf(log.ring, window.shown) - countBefore(log.ring, window.shown, last + 1);
	const more = log.newer === 'none' ? '' : '+';
	const below = newer > 0 || more ? `${grouped(newer)}${more} newer` : '';
	if (below) return [`${below} below · G follows`, `${below} below`, below, ''];
	return isOver(log) ? [] : ['paused · G follows', 'paused', ''];
};

const selectedForms = ({ logView: { rangeStart } }: State, log: Log, window: LogWindow): Forms => {
	if (rangeStart === undefined || window.cursor === undefined) return [];
	const [from, to] = [Math.min(rangeStart, window.cursor), Math.max(rangeStart, window.cursor)];
	const lines = countBefore(log.ring, window.shown, to + 1) - countBefore(log.ring, window.shown, from);
	const lost = from < log.ring.dropped ? ', their beginning fell out of memory' : '';
	return [`${grouped(lines)} selected${lost} · y copies`, `${grouped(lines)} selected`, ''];
};

/** What is typed now. */
const typedTexts = (state: State, log: Log, window: LogWindow): string[] | undefined => {
	const { overlay, logView: view } = state;
	const texts = (typed: string, pattern: Pattern | undefined, found: string) => [
		`${clean(typed)}▏`,
		found,
		...(pattern && kindWords[pattern.kind] !== '' ? [kindWords[pattern.kind]] : []),
	];
	if (overlay?.type === 'log-search')
		return view.search === ''
			? ['/▏']
			: texts(`/${view.search}`, patternOf(view.search), hitText(state, log, window));
	if (overlay?.type !== 'log-filter') return undefined;
	const found = view.filter === '' ? 'a pattern; ! first: lines without it' : shownText(state, log);
	return texts(`filter ${view.filter}`, patternOf(view.filter, true), found);
};

const partsOf = (state: State, log: Log, window: LogWindow, columns: number) => {
	const { logView: view, logScope } = state;
	const short = (text: string, most: number) => shorten(clean(text), most, 'middle');
	const quarter = Math.max(8, Math.floor(columns / 4));
	const pattern = patternOf(view.search);
	const hits = pattern ? `${hitText(state, log, window)}${shortKinds[pattern.kind]}` : '';
	const filter = short(view.filter, quarter);
	return {
		place: placeForms(state, log, window),
		selected: selectedForms(state, log, window),
		search:
			hits === ''
				? []
				: [
						`/${short(view.search, quarter)} ${hits}`,
						`/${short(view.search, 8)} ${hits}`,
						`/${short(view.search, 8)}`,
						'',
					],
		filter:
			filter === ''
				? []
				: [
						`filter ${filter} (${shownText(state, log)})`,
						`filter ${filter}`,
						`f:${short(view.filter, 8)}`,
						'filtered',
					],
		level: thresholdWords[view.threshold],
		source: isOfTerminal(log.ring) ? [] : sourceWords[view.source],
		range: rangeForms(state),
		column: view.wraps || view.left === 0 ? [] : [`from column ${view.left + 1}`, ''],
		zone: [zones[view.times], ''],
		// The title tells how many are marked.
		members: logScope?.kind === 'project' ? [plural(log.ids.length, 'container'), ''] : [],
	} satisfies Readonly<Record<string, Forms>>;
};

/** Which part is to give way next, by one form each time. */
const givingWay = [
	...(['members', 'zone', 'column', 'place', 'level', 'source', 'filter', 'selected', 'range'] as const),
	...(['search', 'place', 'filter', 'selected', 'search', 'place', 'search', 'range', 'filter'] as const),
];

const fitted = (parts: ReturnType<typeof partsOf>, columns: number): string => {
	const steps = new Map<string, number>();
	const joined = () =>
		Object.entries<Forms>(parts)
			.map(([name, forms]) => forms[Math.min(steps.get(name) ?? 0, forms.length - 1)] ?? '')
			.filter((text) => text !== '')
			.join(' · ');
	let line = joined();
	for (const name of givingWay) {
		if (width(line) <= columns) break;
		steps.set(name, (steps.get(name) ?? 0) + 1);
		line = joined();
	}
	return line;
};

export const logEdge = (state: State, log: Log, window: LogWindow, columns: number): string => {
	const typed = typedTexts(state, log, window);
	if (typed) {
		const isFiltered = state.overlay?.type === 'log-search' && shownLens(state.logView) !== undefined;
		const shown = [...typed, ...(isFiltered ? ['filtered'] : [])];
		while (shown.length > 1 && width(shown.join(' · ')) > columns) shown.pop();
		return ` ${shorten(shown.join(' · '), columns, 'start')} `;
	}
	const line = fitted(partsOf(state, log, window, columns), columns);
	return line === '' ? '' : ` ${shorten(line, columns, 'middle')} `;
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
