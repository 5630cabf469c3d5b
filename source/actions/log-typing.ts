// What is typed into the lower edge of a log: what is searched for, or which lines are kept.
import { countOf } from '../model/log-index.ts';
import { hitLens } from '../model/log-view.ts';
import { logInView } from '../model/log-window.ts';
import type { Move } from './action.ts';
import { say } from './log-jumps.ts';
import { viewed } from './log-looks.ts';

export const logTyping: readonly Move[] = (['search', 'filter'] as const).flatMap((what): readonly Move[] => [
	{
		id: `log-${what}.keep`,
		scope: `log-${what}`,
		keys: ['enter'],
		title: what === 'search' ? 'Keep the search' : 'Keep the filter',
		hint: 'keep',
		help:
			what === 'search' ? 'n and N go on from here.' : 'Back to the log; Esc there shows all lines again.',
		run: (context, state) => {
			context.send({ type: 'closed' });
			const log = logInView(state);
			if (
				what === 'search' &&
				log &&
				state.logView.search !== '' &&
				!countOf(log.ring, hitLens(state.logView))
			)
				say(context, `No line here has ${state.logView.search}.`);
		},
	},
	{
		id: `log-${what}.clear`,
		scope: `log-${what}`,
		keys: ['esc', 'ctrl+c'],
		title: what === 'search' ? 'Stop searching' : 'All lines',
		hint: 'clear',
		help: what === 'search' ? 'Back to where you were.' : 'Nothing is filtered any more.',
		run: (context) => {
			viewed(context, what === 'search' ? { search: '' } : { filter: '' });
			context.send({ type: 'closed' });
		},
	},
]);
