// How a log is looked at: the keys that change what is shown of it, and where long lines are.
import { type LogView, thresholds, timeStyles } from '../model/log-view.ts';
import type { Move, MoveContext } from './action.ts';
import { say } from './log-jumps.ts';

/** Goes on to the next of the ways something can be shown. */
const next = <Value>(values: readonly Value[], value: Value): Value =>
	values[(values.indexOf(value) + 1) % values.length] ?? value;

const setting = (
	id: string,
	key: string,
	title: string,
	help: string,
	change: (view: LogView) => Parameters<typeof viewed>[1],
	tell: (view: LogView) => string,
	hint?: string,
): Move => ({
	id: `log.${id}`,
	scope: 'log',
	keys: [key],
	title,
	help,
	...(hint === undefined ? {} : { hint }),
	run: (context, { logView }) => {
		viewed(context, change(logView));
		say(context, tell(context.state().logView));
	},
});

export const viewed = (
	{ send }: Pick<MoveContext, 'send'>,
	news: Partial<Omit<LogView, 'place' | 'rangeStart'>>,
): void => send({ type: 'log-viewed', news });

const levelWords = {
	all: 'Lines of every level.',
	info: 'Lines of level debug are hidden.',
	warning: 'Only warnings and errors.',
	error: 'Only errors.',
} as const;

const timeWords = {
	off: 'Without times.',
	local: 'Times of this machine.',
	utc: 'Times in UTC.',
	relative: 'How long ago.',
} as const;

/** Columns that a line which is not wrapped is moved by. */
const step = 8;

const sideways = (id: string, key: string, title: string, by: number): Move => ({
	id: `log.${id}`,
	scope: 'log',
	keys: [key],
	title,
	help: 'Where long lines are not wrapped (w).',
	when: ({ logView }) => !logView.wraps,
	run: (context, { logView }) => viewed(context, { left: Math.max(0, logView.left + by) }),
});

export const looks: readonly Move[] = [
	setting(
		'times',
		't',
		'Times',
		'Off, local, UTC, or how long ago.',
		({ times }) => ({ times: next(timeStyles, times) }),
		({ times }) => timeWords[times],
		'times',
	),
	setting(
		'wrap',
		'w',
		'Wrap',
		'Long lines over several rows, or cut off, with ← and → to see the rest.',
		({ wraps }) => ({ wraps: !wraps, left: 0 }),
		({ wraps }) => (wraps ? 'Long lines are wrapped.' : 'Long lines are cut off: ← → show the rest.'),
		'wrap',
	),
	sideways('right', 'right', 'Right', step),
	sideways('left', 'left', 'Left', -step),
];

export const otherLooks: readonly Move[] = [
	setting(
		'level',
		'L',
		'Level',
		'All lines, without debug, warnings and errors, errors only.',
		({ threshold }) => ({ threshold: next(thresholds, threshold) }),
		({ threshold }) => levelWords[threshold],
	),
	setting(
		'fold',
		'J',
		'Fold JSON',
		'A line of JSON, or of key=value pairs, as its message with the other fields behind it; or as it is.',
		({ foldsJson }) => ({ foldsJson: !foldsJson }),
		({ foldsJson }) =>
			foldsJson ? 'Lines of fields are folded to their message.' : 'JSON is shown as it is.',
	),
	setting(
		'colours',
		'c',
		'Colours',
		'Those that the program printed, or none.',
		({ keepsColours }) => ({ keepsColours: !keepsColours }),
		({ keepsColours }) =>
			keepsColours ? 'With the colours of the program.' : 'Without the colours of the program.',
	),
];
