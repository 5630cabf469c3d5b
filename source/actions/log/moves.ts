// The table of verbs, part seven: in a log.
import { canZoom } from '../../model/layout.ts';
import type { Log } from '../../model/log/log.ts';
import { momentOf, momentText } from '../../model/log/moment.ts';
import { selectedContainer } from '../../model/rows.ts';
import type { State } from '../../model/state.ts';
import { plural } from '../../model/words.ts';
import type { Move } from '../action.ts';
import { lineMoves, lineOpened } from './card.ts';
import { errorJumps, hitJumps, markJumps, say, type Teller, whereIn } from './jumps.ts';
import { logText } from './lines.ts';
import { looks, otherLooks, viewed } from './looks.ts';
import { logOut } from './out.ts';
import { logTyping } from './typing.ts';
import { walks } from './walks.ts';

/** The selected lines, or the one with the cursor. */
const chosen = (state: State): { log: Log; from: number; to: number } | undefined => {
	const where = whereIn(state);
	if (!where) return undefined;
	const { rangeStart = where.cursor } = state.logView;
	return { log: where.log, from: Math.min(rangeStart, where.cursor), to: Math.max(rangeStart, where.cursor) };
};

/** Where several are one stream already, back to the selected one. */
const aloneAgain = ({ send }: Teller): void =>
	send({ type: 'log-scope-chosen', scope: { kind: 'container' } });

export const logMoves: readonly Move[] = [
	{
		id: 'log.search',
		scope: 'log',
		keys: ['/'],
		title: 'Search the log',
		hint: 'search',
		help: 'Finds lines as you type; a pattern or a text. n goes on upwards, N downwards.',
		run: ({ send }) => send({ type: 'opened', overlay: 'log-search' }),
	},
	{
		id: 'log.filter',
		scope: 'log',
		keys: ['f'],
		title: 'Filter the log',
		hint: 'filter',
		help: 'Keeps the lines that have what you type, a pattern or a text; with ! before it, the others.',
		run: ({ send }) => send({ type: 'opened', overlay: 'log-filter' }),
	},
	{
		id: 'log.zoom',
		scope: 'log',
		keys: ['z'],
		title: 'Zoom the log to the full screen',
		hint: 'zoom',
		help: 'And back, with Esc, too.',
		isIdle: (state) => !canZoom(state),
		run: ({ send }, { isZoomed }) => send({ type: 'zoomed', isZoomed: !isZoomed }),
	},
	...errorJumps,
	...hitJumps,
	...looks,
	lineOpened,
	{
		id: 'log.copy',
		scope: 'log',
		keys: ['y'],
		title: 'Copy log lines',
		hint: 'copy',
		help: 'Copies what is selected (v), or the line with the cursor, without escape sequences, to the clipboard of your own machine.',
		run: (context, state) => {
			const lines = chosen(state);
			if (!lines) return say(context, 'There is no line to copy.');
			const all = [...logText(state, lines.log, lines.from, lines.to)].join('').slice(0, -1);
			// Pasted into a shell, a carriage return is Enter.
			const text = all.replaceAll('\r', ' ');
			context.host.copy(text);
			context.send({ type: 'log-selected' });
			const fate =
				lines.from < lines.log.ring.dropped ? ': those before them are not in memory any more' : '';
			say(context, `copied ${plural(text.split('\n').length, 'line')}${fate}`, fate ? 'plain' : 'good');
		},
	},
	...logOut,
	...walks,
	...otherLooks,
	{
		id: 'log.mark',
		scope: 'log',
		keys: ['space'],
		title: 'Mark the log line',
		help: 'To come back to it with m and M.',
		run: (context, state) => {
			const where = whereIn(state);
			if (!where) return;
			const marks = new Set(state.logView.marks);
			if (!marks.delete(where.cursor)) marks.add(where.cursor);
			viewed(context, { marks });
			context.send({ type: 'log-sought', number: where.cursor });
		},
	},
	...markJumps,
	{
		id: 'log.select',
		scope: 'log',
		keys: ['v'],
		title: 'Select log lines',
		help: 'From here to wherever the cursor goes; y copies them.',
		run: ({ send }, state) => {
			const where = whereIn(state);
			if (!where) return;
			if (state.logView.rangeStart !== undefined) return send({ type: 'log-selected' });
			send({ type: 'log-sought', number: where.cursor });
			send({ type: 'log-selected', from: where.cursor });
		},
	},
	{
		id: 'log.range',
		scope: 'log',
		keys: ['T'],
		title: 'Log since and until',
		help: 'Reads the lines of a time: 10m ago, a time of day, a date; nothing for all.',
		ask: (state) => ({
			title: 'Lines of which time?',
			body: ['10m or 1h30m ago, 08:15, 2026-11-21, 2026-11-21T10:00; empty for no end.'],
			fields: [
				{ kind: 'text', id: 'since', label: 'since', value: momentText(state.logRange?.since) },
				{ kind: 'text', id: 'until', label: 'until', value: momentText(state.logRange?.until) },
			],
			yes: 'read',
			isDestructive: false,
		}),
		check: (answers, _, { state }) => {
			const at = (id: string) => momentOf(String(answers[id]), state().now);
			for (const id of ['since', 'until'])
				if (answers[id] !== '' && at(id) === undefined)
					return `${answers[id]} is no time: 10m, 1h30m, 08:15, 2026-11-21 and 2026-11-21T10:00 are.`;
			const [since, until] = [at('since'), at('until')];
			return since !== undefined && until !== undefined && since >= until
				? 'That ends before it begins.'
				: undefined;
		},
		run: ({ send }, { now }, answers) => {
			const [since, until] = ['since', 'until'].map((id) => momentOf(String(answers[id]), now));
			send({
				type: 'log-range-chosen',
				range: {
					...(since === undefined ? {} : { since }),
					...(until === undefined ? {} : { until }),
				},
			});
			send({ type: 'log-followed' });
		},
	},
	{
		id: 'log.project',
		scope: 'log',
		keys: ['a'],
		title: 'Log of the whole project',
		help: 'All containers of the compose project as one stream, and those that come; again: this one alone.',
		run: (context, state) => {
			if (state.logScope?.kind === 'project') return aloneAgain(context);
			const container = selectedContainer(state);
			if (!container) return;
			if (container.project === undefined)
				return say(
					context,
					`${container.name} belongs to no compose project: mark containers in the list (Space), then * here.`,
				);
			context.send({ type: 'log-scope-chosen', scope: { kind: 'project', name: container.project } });
		},
	},
	{
		id: 'log.marked',
		scope: 'log',
		keys: ['*'],
		title: 'Log of the marked containers',
		help: 'All that are marked in the list as one stream; again: the selected one alone.',
		run: (context, state) => {
			if (state.logScope?.kind === 'marked') return aloneAgain(context);
			const ids = [...state.marked].filter((id) => state.containers.has(id));
			if (ids.length < 2)
				return say(context, 'Mark two containers or more in the list (Space), then press * here.');
			context.send({ type: 'log-scope-chosen', scope: { kind: 'marked', ids } });
		},
	},
	{
		id: 'log.back',
		scope: 'log',
		keys: ['esc'],
		title: 'Back',
		hint: 'back',
		help: 'Ends the reading of older lines, the selection; then the search, then the filter, then the zoom; then to the lists.',
		run: (context, state) => {
			const { logView: view, isZoomed, known } = state;
			if (known.log?.quest) return context.send({ type: 'log-quest' });
			if (view.rangeStart !== undefined) return context.send({ type: 'log-selected' });
			if (view.search !== '') return viewed(context, { search: '' });
			if (view.filter !== '') return viewed(context, { filter: '' });
			if (isZoomed && canZoom(state)) return context.send({ type: 'zoomed', isZoomed: false });
			context.send({ type: 'detail-focused', isFocused: false });
		},
	},
	...logTyping,
	...lineMoves,
];
