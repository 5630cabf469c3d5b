// How actions go: what is busy, what the line below the panes says, and the journal of docker lines.
import type { ActionEvent } from '../event.ts';
import type { State } from '../state.ts';

export const mostEntries = 1000;
const mostCommands = 100;

export const updateActions = (state: State, event: ActionEvent): State => {
	switch (event.type) {
		case 'began': {
			const { sequence, line, doing, ids, at } = event;
			const busy = new Map(state.busy);
			for (const id of ids) busy.set(id, `${doing}…`);
			const journal =
				line === ''
					? state.journal
					: [
							...state.journal,
							{ sequence, line, at, outcome: 'pending' as const, message: `${doing}…` },
						].slice(-mostEntries);
			return { ...state, busy, journal, notice: { line, text: `${doing}…`, tone: 'pending', at } };
		}
		case 'finished': {
			const { sequence, outcome, message, at } = event;
			const busy = new Map(state.busy);
			for (const id of event.ids) busy.delete(id);
			const entry = state.journal.find((entry) => entry.sequence === sequence);
			const journal = state.journal.map((other) =>
				other === entry ? { ...other, outcome, message } : other,
			);
			const notice = {
				...(entry ? { line: entry.line } : {}),
				text: message,
				tone: outcome === 'done' ? 'good' : 'bad',
				at,
			} as const;
			return { ...state, busy, journal, notice };
		}
		case 'command-given': {
			const others = state.commands.filter((command) => command !== event.command);
			return { ...state, commands: [event.command, ...others].slice(0, mostCommands) };
		}
		case 'notice-read': {
			const { notice: _, ...rest } = state;
			return rest;
		}
		case 'noticed':
			return { ...state, notice: { text: event.text, tone: event.tone, at: event.at } };
	}
};
