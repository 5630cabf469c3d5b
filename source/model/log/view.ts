// How the log is looked at: where in it, which of its lines, and what of each. Kept when one moves to another container,
// but for the place.
import type { LogLine } from '../items.ts';
import { isFound } from './found.ts';
import { countOf, type Lens } from './lenses.ts';
import { type Level, readLine } from './line.ts';
import { patternOf } from './pattern.ts';
import type { LogRing } from './ring.ts';

/** Lines are named by their number, counted from the first one ever. */
export type LogPlace = {
	readonly cursor: number;
	/** The row on screen its line begins on; below 0 for a long line whose beginning is above the edge. */
	readonly row: number;
	/** The newest line there was when following ended. */
	readonly seen: number;
};

/** What is shown at least. */
export const thresholds = ['all', 'info', 'warning', 'error'] as const;
export type Threshold = (typeof thresholds)[number];

/** Which of the two streams of a container. */
export const sources = ['both', 'stdout', 'stderr'] as const;
export type Source = (typeof sources)[number];

export const timeStyles = ['off', 'local', 'utc', 'relative'] as const;
export type TimeStyle = (typeof timeStyles)[number];

export type LogView = {
	/** Absent: the newest line is followed. */
	readonly place?: LogPlace;
	readonly search: string;
	/** With a `!` before it, lines that do not have it. */
	readonly filter: string;
	readonly threshold: Threshold;
	readonly source: Source;
	readonly times: TimeStyle;
	readonly wraps: boolean;
	/** Columns cut off at the left of lines that are not wrapped. */
	readonly left: number;
	readonly foldsJson: boolean;
	readonly keepsColours: boolean;
	readonly marks: ReadonlySet<number>;
	/** Where the selection began; it ends at the cursor. */
	readonly rangeStart?: number;
};

export const initialLogView: LogView = {
	search: '',
	filter: '',
	threshold: 'all',
	source: 'both',
	times: 'off',
	wraps: true,
	left: 0,
	foldsJson: true,
	keepsColours: true,
	marks: new Set(),
};

/** What was said of single lines of a log, when another log is on screen. */
export const withoutPlace = ({ place: _, rangeStart: __, ...view }: LogView): LogView => ({
	...view,
	marks: view.marks.size ? new Set() : view.marks,
	left: 0,
});

const ranks: Readonly<Record<Level, number>> = { error: 3, warning: 2, info: 1, debug: 0 };

const isLoud = (line: LogLine, threshold: Threshold): boolean => {
	if (threshold === 'all') return true;
	const { level } = readLine(line);
	// A line without a level is worth no more and no less than `info`.
	return (level === undefined ? 1 : ranks[level]) >= ranks[threshold];
};

/** What a terminal printed is not told apart, and belongs to either. */
const isOf = (line: LogLine, source: Source): boolean =>
	source === 'both' || line.source === source || line.source === 'tty';

const terminalLens: NonNullable<Lens> = {
	key: 'of a terminal',
	passes: ({ source, note }) => source === 'tty' || note !== undefined,
};

/** All of it came of terminals. */
export const isOfTerminal = (ring: LogRing): boolean =>
	ring.length > 0 && countOf(ring, terminalLens) === ring.length;

type Wanted = Pick<LogView, 'filter' | 'threshold' | 'source' | 'foldsJson'>;

/** The lines that are shown. A gap among them always is. */
export const shownLens = ({ filter, threshold, source, foldsJson }: Wanted): Lens => {
	const pattern = patternOf(filter, true);
	if (!pattern && threshold === 'all' && source === 'both') return undefined;
	return {
		get key() {
			return `${source} ${threshold} ${pattern ? `${foldsJson} ${pattern.kind} ${filter}` : ''}`;
		},
		takesTime: pattern?.takesTime ?? false,
		asksForHead: threshold !== 'all',
		passes: (line, head) =>
			line.note !== undefined ||
			(isOf(line, source) &&
				isLoud(head, threshold) &&
				(!pattern || isFound(pattern, line, foldsJson) !== pattern.isInverse)),
	};
};

const both = (
	shown: Lens,
	keyOf: () => string,
	passes: (line: LogLine, head: LogLine) => boolean,
	{ takesTime = false, asksForHead = false } = {},
): NonNullable<Lens> => ({
	get key() {
		return `${shown?.key ?? ''}\n${keyOf()}`;
	},
	takesTime: takesTime || (shown?.takesTime ?? false),
	asksForHead: asksForHead || (shown?.asksForHead ?? false),
	passes: (line, head) =>
		line.note === undefined && (shown?.passes(line, head) ?? true) && passes(line, head),
});

/** The shown ones that have what is searched for; undefined: nothing is. */
export const hitLens = (view: Wanted & Pick<LogView, 'search'>): Lens => {
	const { search, foldsJson } = view;
	const pattern = patternOf(search);
	return (
		pattern &&
		both(
			shownLens(view),
			() => `${foldsJson} ${pattern.kind} ${search}`,
			(line) => isFound(pattern, line, foldsJson),
			pattern,
		)
	);
};

/** The shown ones that tell of an error. What belongs to one does only where that is not shown. */
export const errorLens = (view: Wanted): NonNullable<Lens> => {
	const shown = shownLens(view);
	const isShown = (line: LogLine) => shown?.passes(line, line) ?? true;
	return both(
		shown,
		() => '\nerror',
		(line, head) => readLine(line).level === 'error' && (line === head || !isShown(head)),
		{ asksForHead: true },
	);
};
