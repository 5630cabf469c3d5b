// The card over the panes with all about one line of a log; the log goes on behind it.

import { laidOut, selectedText } from '../../model/listing-texts.ts';
import { lineTexts } from '../../model/log/card.ts';
import { logNames } from '../../model/log/log.ts';
import { lineAt } from '../../model/log/ring.ts';
import { shortId } from '../../model/words.ts';
import type { Move } from '../action.ts';
import { say, whereIn } from './jumps.ts';

export const lineOpened: Move = {
	id: 'log.open',
	scope: 'log',
	keys: ['enter'],
	title: 'Open the log line',
	hint: 'open',
	help: 'All about the line with the cursor: when it was printed, its fields, each on its own row, and its whole text.',
	run: (context, state) => {
		const where = whereIn(state);
		const line = where && lineAt(where.log.ring, where.cursor);
		if (!line) return say(context, 'There is no line to open.');
		const id = line.container ?? where.log.ids[0] ?? '';
		const name = logNames(state, where.log).get(id) ?? shortId(id);
		const listing = {
			id: 0,
			kind: 'log-line',
			title: `Line of ${name}`,
			line: '',
			about: id,
			columns: [],
			rows: [],
			texts: lineTexts(line, name),
			status: 'ready',
			notes: [],
			selected: 0,
		} as const;
		context.send({ type: 'listing-opened', listing: laidOut(listing, state.columns) });
	},
};

export const lineMoves: readonly Move[] = [
	{
		id: 'log-line.copy',
		scope: 'log-line',
		keys: ['y'],
		title: 'Copy',
		hint: 'copy',
		help: 'What stands there, all of it; on the first row the whole line.',
		run: (context, { overlay }) => {
			const listing = overlay?.type === 'listing' ? overlay.listings.at(-1) : undefined;
			const chosen = listing && selectedText(listing);
			if (!chosen) return;
			context.host.copy(chosen.text);
			say(context, chosen === listing.texts?.[0] ? 'copied the line' : `copied ${chosen.label}`, 'good');
		},
	},
];
