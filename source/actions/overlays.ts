// Of the table of verbs: the keys of what lies over the panes, and of the screen without an engine.

import { shellScript } from '../model/journal.ts';
import type { Field } from '../model/question.ts';
import type { State } from '../model/state.ts';
import type { Move } from './action.ts';
import { fileStamp, tellSaved } from './saved.ts';
import { goToHit } from './terminal-moves.ts';

const fieldOf = (state: State): Field | undefined =>
	state.overlay?.type === 'question' ? state.overlay.question.fields[state.overlay.field] : undefined;

const historyOf = (field: Field | undefined) => (field?.kind === 'text' && field.history) || [];

const close: Pick<Move, 'run' | 'title' | 'help'> = {
	title: 'Close',
	help: 'Back to the panes; nothing is done.',
	run: ({ send }) => send({ type: 'closed' }),
};

/** The option so many places further in a choice, or the other value of a toggle. */
const turned = (field: Field | undefined, by: number): string | boolean | undefined => {
	if (field?.kind === 'toggle') return !field.value;
	if (field?.kind !== 'choice') return undefined;
	const at = field.options.findIndex(({ value }) => value === field.value);
	return field.options[(at + by + field.options.length) % field.options.length]?.value;
};

const turn = (id: string, keys: readonly string[], title: string, by: number): Move => ({
	id: `question.${id}`,
	scope: 'question',
	keys,
	title,
	help: 'Changes the choice or the switch the cursor is on.',
	when: (state) => turned(fieldOf(state), by) !== undefined,
	run: ({ send }, state) => {
		const value = turned(fieldOf(state), by);
		if (value !== undefined) send({ type: 'field-changed', value });
	},
});

const step = (id: string, keys: readonly string[], title: string, by: number): Move => ({
	id: `question.${id}`,
	scope: 'question',
	keys,
	title,
	help: 'Moves between the fields of a dialog.',
	run: ({ send }, { overlay }) => {
		if (overlay?.type !== 'question' || overlay.question.fields.length === 0) return;
		const count = overlay.question.fields.length;
		send({ type: 'field-focused', field: (overlay.field + by + count) % count });
	},
});

const remembered = (id: string, keys: readonly string[], title: string, by: number): Move => ({
	id: `question.${id}`,
	scope: 'question',
	keys,
	title,
	help: 'Where a field remembers what was filled in before.',
	when: (state) => historyOf(fieldOf(state)).length > 0,
	run: ({ send }, state) => {
		const field = fieldOf(state);
		const history = historyOf(field);
		const at = history.indexOf(String(field?.value)) + by;
		send({ type: 'field-changed', value: history[Math.min(at, history.length - 1)] ?? '' });
	},
});

const scroll = (scope: 'help' | 'journal' | 'palette' | 'question'): Move[] => {
	const isTyped = scope === 'palette' || scope === 'question';
	const row = (id: string, keys: readonly string[], title: string, by: number): Move => ({
		id: `${scope}.${id}`,
		scope,
		keys,
		title,
		help: 'Moves in the list.',
		run: ({ send }) => send({ type: 'overlay-moved', by }),
	});
	const pages = [
		row('page-down', isTyped ? ['pagedown'] : ['pagedown', 'ctrl+d', 'space'], 'Page down', 10),
		row('page-up', isTyped ? ['pageup'] : ['pageup', 'ctrl+u'], 'Page up', -10),
	];
	// The arrows of a question move between its fields.
	if (scope === 'question') return pages;
	return [
		row('down', isTyped ? ['down', 'ctrl+n'] : ['j', 'down'], 'Down', 1),
		row('up', isTyped ? ['up', 'ctrl+p'] : ['k', 'up'], 'Up', -1),
		...pages,
	];
};

export const overlayMoves: readonly Move[] = [
	{
		id: 'question.yes',
		scope: 'question',
		keys: ['enter'],
		title: 'Do it',
		hint: 'yes',
		help: 'Does what the dialog says.',
		run: ({ confirm }) => confirm(),
	},
	{
		id: 'question.y',
		scope: 'question',
		keys: ['y'],
		title: 'Yes',
		help: 'The same, where no text is being typed.',
		when: (state) => fieldOf(state)?.kind !== 'text',
		run: ({ confirm }) => confirm(),
	},
	step('next', ['tab', 'down'], 'Next field', 1),
	step('previous', ['shift+tab', 'up'], 'Previous field', -1),
	turn('turn', ['space', 'right', 'l'], 'Change', 1),
	turn('turn-back', ['left', 'h'], 'Change back', -1),
	remembered('older', ['ctrl+p'], 'What was typed before', 1),
	remembered('newer', ['ctrl+n'], 'What was typed after it', -1),
	...scroll('question'),
	{
		...close,
		id: 'question.no',
		scope: 'question',
		keys: ['n'],
		title: 'No',
		when: (state) => fieldOf(state)?.kind !== 'text',
	},
	{ ...close, id: 'question.cancel', scope: 'question', keys: ['esc', 'ctrl+c'], hint: 'cancel' },
	{ ...close, id: 'preparing.cancel', scope: 'preparing', keys: ['esc', 'ctrl+c', 'n'], hint: 'cancel' },
	{
		id: 'palette.run',
		scope: 'palette',
		keys: ['enter'],
		title: 'Do it',
		hint: 'do it',
		help: 'Does the action the cursor is on.',
		run: ({ send, perform, offered }, { overlay }) => {
			if (overlay?.type !== 'palette') return;
			const chosen = offered()[overlay.selected];
			send({ type: 'closed' });
			if (chosen) perform(chosen);
		},
	},
	{ ...close, id: 'palette.close', scope: 'palette', keys: ['esc', 'ctrl+c'], hint: 'close' },
	...scroll('palette'),
	{ ...close, id: 'help.close', scope: 'help', keys: ['esc', '?', 'q', 'ctrl+c'], hint: 'close' },
	...scroll('help'),
	{ ...close, id: 'journal.close', scope: 'journal', keys: ['esc', '!', 'q', 'ctrl+c'], hint: 'close' },
	...scroll('journal'),
	{
		id: 'journal.save',
		scope: 'journal',
		keys: ['s'],
		title: 'Save',
		hint: 'save',
		help: 'Writes the docker lines that succeeded as a shell script into the working folder.',
		run: ({ send, host, state }) => {
			const name = `portside-${fileStamp(host.now())}.sh`;
			tellSaved(host.save(name, shellScript(state()), 0o755), { send, host });
		},
	},
	{
		id: 'filter.keep',
		scope: 'filter',
		keys: ['enter', 'down', 'tab'],
		title: 'Keep the filter',
		hint: 'keep',
		help: 'Back to the list, with the filter on.',
		run: ({ send }) => send({ type: 'closed' }),
	},
	{
		id: 'filter.clear',
		scope: 'filter',
		keys: ['esc', 'ctrl+c'],
		title: 'Clear the filter',
		hint: 'clear',
		help: 'All rows again.',
		run: ({ send }, { pane }) => {
			send({ type: 'filtered', pane, text: '' });
			send({ type: 'closed' });
		},
	},
	{
		id: 'search.keep',
		scope: 'search',
		keys: ['enter'],
		title: 'Go to the newest hit',
		hint: 'go to',
		help: 'n and N go on from there.',
		run: ({ send, terminals }, state) => {
			send({ type: 'closed' });
			goToHit({ send, terminals }, state, -1);
		},
	},
	{
		id: 'search.clear',
		scope: 'search',
		keys: ['esc', 'ctrl+c'],
		title: 'Stop searching',
		hint: 'clear',
		help: 'Nothing is marked any more.',
		run: ({ send }) => {
			send({ type: 'terminal-searched', text: '' });
			send({ type: 'closed' });
		},
	},
	{
		id: 'small.quit',
		scope: 'small',
		keys: ['q', 'ctrl+c'],
		title: 'Quit',
		help: 'Leaves Portside; what runs in open terminals is ended.',
		run: ({ host }) => host.quit({ leavesRunning: false }),
	},
	{
		id: 'unavailable.demo',
		scope: 'unavailable',
		keys: ['d'],
		title: 'Open the demo engine',
		hint: 'demo engine',
		help: 'An embedded engine with containers of its own: nothing of this machine is touched.',
		run: ({ host }) => host.openDemo(),
	},
	{
		id: 'unavailable.retry',
		scope: 'unavailable',
		keys: ['r', 'enter'],
		title: 'Try again now',
		hint: 'try again',
		help: 'It is tried again by itself, too.',
		run: ({ host }) => host.retry(),
	},
	{
		id: 'unavailable.quit',
		scope: 'unavailable',
		keys: ['q', 'ctrl+c', 'esc'],
		title: 'Quit',
		hint: 'quit',
		help: 'Leaves Portside.',
		run: ({ host }) => host.quit({ leavesRunning: false }),
	},
];
