// How the log is looked at: where in it, which of its lines, and what of each. Kept when one moves to another container,
// but for the place.
import type { LogLine } from './items.ts';
import type { Lens } from './log-index.ts';
import { type Level, readLine } from './log-line.ts';
import { patternOf } from './log-pattern.ts';

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

export const timeStyles = ['off', 'local', 'utc', 'relative'] as const;
export type TimeStyle = (typeof timeStyles)[number];

export type LogView = {
	/** Absent: the newest line is followed. */
	readonly place?: LogPlace;
	readonly search: string;
	/** With a `!` before it, lines that do not have it. */
	readonly filter: string;
	readonly threshold: Threshold;
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

/** Signs of accents and of parts of syllables that may stand beside what they belong to. */
const apart = /[\u0300-\u036f\u1100-\u11ff]/;

/** The text that is searched, filtered and copied: all of a line, without what was meant for a terminal. */
const textOf = (line: LogLine): string =>
	line.text.includes('\x1b') || apart.test(line.text) ? readLine(line).plain : line.text;

const ranks: Readonly<Record<Level, number>> = { error: 3, warning: 2, info: 1, debug: 0 };

const isLoud = (line: LogLine, threshold: Threshold): boolean => {
	if (threshold === 'all') return true;
	const { level } = readLine(line);
	// A line without a level is worth no more and no less than `info`.
	return (level === undefined ? 1 : ranks[level]) >= ranks[threshold];
};

type Wanted = Pick<LogView, 'filter' | 'threshold'>;

/** The lines that are shown. A gap among them always is. */
export const shownLens = ({ filter, threshold }: Wanted): Lens => {
	const pattern = patternOf(filter, true);
	if (!pattern && threshold === 'all') return undefined;
	return {
		key: `${threshold} ${filter}`,
		passes: (line) =>
			line.isGap !== undefined ||
			(isLoud(line, threshold) && (!pattern || pattern.test(textOf(line)) !== pattern.isInverse)),
	};
};

const both = (shown: Lens, key: string, passes: (line: LogLine) => boolean): NonNullable<Lens> => ({
	key: `${shown?.key ?? ''}\n${key}`,
	passes: (line) => line.isGap === undefined && (shown?.passes(line) ?? true) && passes(line),
});

/** The shown ones that have what is searched for; undefined: nothing is. */
export const hitLens = (view: Wanted & Pick<LogView, 'search'>): Lens => {
	const pattern = patternOf(view.search);
	return pattern && both(shownLens(view), view.search, (line) => pattern.test(textOf(line)));
};

/** The shown ones that tell of an error. */
export const errorLens = (view: Wanted): NonNullable<Lens> =>
	both(shownLens(view), '\nerror', (line) => readLine(line).level === 'error');
