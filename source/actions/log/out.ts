// The shown lines of a log, out of Portside: into a file, or into another program.

import { countBefore, countOf } from '../../model/log/lenses.ts';
import type { Log } from '../../model/log/log.ts';
import { shownLens } from '../../model/log/view.ts';
import { logInView } from '../../model/log/window.ts';
import type { State } from '../../model/state.ts';
import { grouped } from '../../model/words.ts';
import type { Move } from '../action.ts';
import { fileStamp, tellSaved } from '../saved.ts';
import { say, type Teller, whereIn } from './jumps.ts';
import { logName, logText } from './lines.ts';

/** The log and how many of its lines are shown; undefined: none is, which was told. */
const shownOf = (teller: Teller, state: State, doing: string): { log: Log; count: number } | undefined => {
	const log = logInView(state);
	if (!log?.ring.length) return void say(teller, `There is no line to ${doing} yet.`);
	const count = countOf(log.ring, shownLens(state.logView));
	if (count === 0) return void say(teller, `No line is shown: there is nothing to ${doing}.`);
	return { log, count };
};

/** What the engine has beyond what is in memory. */
const restText = ({ older, newer }: Log): string => {
	const rest = [older === 'none' ? '' : 'older', newer === 'none' ? '' : 'newer'].filter(Boolean);
	return rest.length ? `; ${rest.join(' and ')} ones are not read yet` : '';
};

const opened = (id: string, key: string, title: string, program: 'pager' | 'editor', help: string): Move => ({
	id: `log.${id}`,
	scope: 'log',
	keys: [key],
	title,
	...(program === 'pager' ? { hint: 'pager' } : {}),
	help,
	run: ({ host, send }, state) => {
		const shown = shownOf({ host, send }, state, 'read');
		if (!shown) return;
		const { log } = shown;
		const cursor = whereIn(state)?.cursor ?? log.ring.dropped;
		const line = countBefore(log.ring, shownLens(state.logView), cursor) + 1;
		host
			.page(`${logName(state)}.log`, logText(state, log), program, line)
			.catch((error: Error) => say({ host, send }, error.message, 'bad'));
	},
});

export const logOut: readonly Move[] = [
	{
		id: 'log.save',
		scope: 'log',
		keys: ['s'],
		title: 'Save the log',
		hint: 'save',
		help: 'Writes all lines that are shown into a file, as they were printed but for escape sequences.',
		run: ({ host, send }, state) => {
			const shown = shownOf({ host, send }, state, 'save');
			if (!shown) return;
			const { log, count } = shown;
			const name = `${logName(state)}-${fileStamp(host.now())}.log`;
			const lines = count === 1 ? '1 line' : `${grouped(count)} lines`;
			const saved = (path: string) => `Saved ${lines} as ${path}${restText(log)}`;
			tellSaved(host.keep(name, logText(state, log)), { send, host }, saved);
		},
	},
	opened(
		'pager',
		'o',
		'Read the log in the pager',
		'pager',
		'All lines that are shown, in $PAGER (less), at the one with the cursor.',
	),
	opened('editor', 'O', 'Read the log in the editor', 'editor', 'The same in $VISUAL or $EDITOR.'),
];
