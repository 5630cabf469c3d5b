// What is typed into the lower edge of a log: what is searched for, or which lines are kept.

import { countOf } from '../../model/log/lenses.ts';
import { canReadOlder } from '../../model/log/log.ts';
import { hitLens, shownLens } from '../../model/log/view.ts';
import { logInView } from '../../model/log/window.ts';
import type { Move } from '../action.ts';
import { say } from './jumps.ts';
import { viewed } from './looks.ts';

const lenses = { search: hitLens, filter: shownLens } as const;

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
			const { logView: view } = state;
			if (!log || view[what] === '' || countOf(log.ring, lenses[what](view)) > 0) return;
			if (canReadOlder(log))
				return context.send({ type: 'log-quest', quest: what === 'search' ? 'hit' : 'line' });
			if (what === 'search') say(context, `No line here has ${view.search}.`);
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
