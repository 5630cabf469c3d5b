// Up and down in a log, and beyond what is in memory of it.
import { nextBefore } from '../../model/log/lenses.ts';
import { shownLens } from '../../model/log/view.ts';
import { logInView } from '../../model/log/window.ts';
import type { Move, MoveContext } from '../action.ts';
import { say } from './jumps.ts';

/** Lines from an end of what is in memory on which more is read. */
const near = 100;

/** Whoever comes near an end of what is in memory finds more of it there. */
const readOn = ({ send, state }: Pick<MoveContext, 'send' | 'state'>, by: number): void => {
	const log = logInView(state());
	const { place } = state().logView;
	if (!log || !place) return;
	const isFirst = nextBefore(log.ring, shownLens(state().logView), place.cursor) === undefined;
	if (by < 0 && (isFirst || place.cursor - log.ring.dropped < near)) send({ type: 'log-older-wanted' });
	const left = log.ring.dropped + log.ring.length - place.cursor;
	if (by > 0 && left < near) send({ type: 'log-newer-wanted' });
};

const move = (
	id: string,
	keys: readonly string[],
	title: string,
	by: number,
	unit: 'row' | 'page' | 'end',
	help = 'Following stops, and what is printed meanwhile waits below.',
): Move => ({
	id: `log.${id}`,
	scope: 'log',
	keys,
	title,
	help,
	run: (context, state) => {
		if (unit === 'end' && by > 0 && logInView(state)?.newer !== 'none') {
			context.send({ type: 'log-newest-wanted' });
			return context.send({ type: 'log-followed' });
		}
		context.send({ type: 'moved', by, unit });
		readOn(context, by);
	},
});

export const walks: readonly Move[] = [
	move('down', ['j', 'down'], 'Down', 1, 'row', 'Below the last line, the log is followed again.'),
	move('up', ['k', 'up'], 'Up', -1, 'row'),
	move('page-down', ['pagedown', 'ctrl+d'], 'Page down', 1, 'page'),
	move('page-up', ['pageup', 'ctrl+u'], 'Page up', -1, 'page'),
	move('first', ['g', 'home'], 'First line', -1, 'end', 'The oldest that is here; older ones are read then.'),
	move('last', ['G', 'end'], 'Follow', 1, 'end', 'The newest line, and what comes after it.'),
	{
		id: 'log.older',
		scope: 'log',
		keys: ['+'],
		title: 'Older lines',
		help: 'Reads those before the first one; coming near it does, too.',
		run: (context, state) => {
			const log = logInView(state);
			if (log?.older === 'none' && state.logRange?.since !== undefined)
				return say(context, 'The time that was asked for begins here: T reads further back.');
			if (log?.older === 'none') return say(context, 'There are no older lines.');
			context.send({ type: 'log-older-wanted' });
			say(context, 'Older lines are read: g leads to the first one.');
		},
	},
];
