// How a log is looked at: the keys that change what is shown of it, and where long lines are.
import { bodyIn } from '../../model/log/found.ts';
import { columnsIn } from '../../model/log/text.ts';
import { isOfTerminal, type LogView, sources, thresholds, timeStyles } from '../../model/log/view.ts';
import { currentWindow, logInView, shapeOf } from '../../model/log/window.ts';
import type { State } from '../../model/state.ts';
import type { Move, MoveContext } from '../action.ts';
import { say } from './jumps.ts';

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

const sourceWords = {
	both: 'What was printed to stdout and to stderr.',
	stdout: 'Only stdout.',
	stderr: 'Only stderr.',
} as const;

const timeWords = {
	off: 'Without times.',
	local: 'Times of this machine.',
	utc: 'Times in UTC.',
	relative: 'How long ago.',
} as const;

/** Columns of the line with the cursor, or of the longest one on screen, and how many there is room for. */
const extentOf = (state: State, ofCursor: boolean): { readonly columns: number; readonly room: number } => {
	const [log, window] = [logInView(state), currentWindow(state)];
	if (!log || !window) return { columns: 0, room: 0 };
	const rows = ofCursor ? window.rows.filter(({ number }) => number === window.cursor) : window.rows;
	const columns = rows.map(({ line }) => columnsIn(bodyIn(line, state.logView).text));
	return { columns: Math.max(0, ...columns), room: shapeOf(state, log).text };
};

/** What is on screen of lines that are not wrapped: `leftOf` says where it begins. */
const sideways = (
	id: string,
	keys: readonly string[],
	title: string,
	leftOf: (left: number, state: State) => number,
): Move => ({
	id: `log.${id}`,
	scope: 'log',
	keys,
	title,
	help: 'Where long lines are not wrapped (w).',
	when: ({ logView }) => !logView.wraps,
	run: (context, state) => viewed(context, { left: Math.max(0, leftOf(state.logView.left, state)) }),
});

/** Half of what is on screen, so that one sees where one was. */
const stepOf = (state: State): number => Math.max(1, Math.floor(extentOf(state, false).room / 2));

/** Not beyond the end of all lines; who is there already stays. */
const toTheRight = (left: number, state: State): number => {
	const { columns, room } = extentOf(state, false);
	return Math.max(left, Math.min(left + stepOf(state), columns - room));
};

const toTheEnd = (_: number, state: State): number => {
	const { columns, room } = extentOf(state, true);
	return columns - room;
};

export const looks: readonly Move[] = [
	setting(
		'times',
		't',
		'Log times',
		'Off, local, UTC, or how long ago.',
		({ times }) => ({ times: next(timeStyles, times) }),
		({ times }) => timeWords[times],
		'times',
	),
	setting(
		'wrap',
		'w',
		'Wrap log lines',
		'Long lines over several rows, or cut off, with ← and → to see the rest.',
		({ wraps }) => ({ wraps: !wraps, left: 0 }),
		({ wraps }) => (wraps ? 'Long lines are wrapped.' : 'Long lines are cut off: ← → 0 $ show the rest.'),
		'wrap',
	),
	sideways('right', ['right'], 'Right', toTheRight),
	sideways('left', ['left'], 'Left', (left, state) => left - stepOf(state)),
	sideways('line-begin', ['0', '^'], 'Beginning of long lines', () => 0),
	sideways('line-end', ['$'], 'End of the line', toTheEnd),
];

export const otherLooks: readonly Move[] = [
	setting(
		'level',
		'L',
		'Log level',
		'All lines, without debug, warnings and errors, errors only.',
		({ threshold }) => ({ threshold: next(thresholds, threshold) }),
		({ threshold }) => levelWords[threshold],
	),
	{
		id: 'log.source',
		scope: 'log',
		keys: ['S'],
		title: 'Log of stdout or stderr',
		help: 'Both, stdout only, stderr only: what docker logs prints with 2>/dev/null, or with >/dev/null.',
		run: (context, state) => {
			const log = logInView(state);
			if (log && isOfTerminal(log.ring)) return say(context, 'A terminal has one stream only.');
			const source = next(sources, state.logView.source);
			viewed(context, { source });
			say(context, sourceWords[source]);
		},
	},
	setting(
		'fold',
		'J',
		'Fold JSON in the log',
		'A line of JSON, or of key=value pairs, as its message with the other fields behind it; or as it is.',
		({ foldsJson }) => ({ foldsJson: !foldsJson }),
		({ foldsJson }) =>
			foldsJson ? 'Lines of fields are folded to their message.' : 'JSON is shown as it is.',
	),
	setting(
		'colours',
		'c',
		'Log colours',
		'Those that the program printed, or none.',
		({ keepsColours }) => ({ keepsColours: !keepsColours }),
		({ keepsColours }) =>
			keepsColours ? 'With the colours of the program.' : 'Without the colours of the program.',
	),
];
