// Text entry: what the keys that mean nothing else do where something is typed.
import type { Event } from '../model/event.ts';
import type { State } from '../model/state.ts';

/** The text being typed, and what a change of it is told as; undefined where nothing is typed. */
const entry = (state: State): { text: string; changed: (text: string) => Event } | undefined => {
	const { overlay, pane } = state;
	if (overlay?.type === 'filter') {
		return { text: state.panes[pane].filter, changed: (text) => ({ type: 'filtered', pane, text }) };
	}
	if (overlay?.type === 'search')
		return { text: state.terminals.search, changed: (text) => ({ type: 'terminal-searched', text }) };
	if (overlay?.type === 'palette')
		return { text: overlay.text, changed: (text) => ({ type: 'palette-typed', text }) };
	const field = overlay?.type === 'question' ? overlay.question.fields[overlay.field] : undefined;
	if (field?.kind === 'text')
		return { text: field.value, changed: (value) => ({ type: 'field-changed', value }) };
	return undefined;
};

export const isTyping = (state: State): boolean => entry(state) !== undefined;

const edited = (text: string, key: string): string | undefined => {
	if (key === 'backspace') return [...text].slice(0, -1).join('');
	if (key === 'ctrl+u') return '';
	if (key === 'ctrl+w') return text.replace(/\S*\s*$/, '');
	const character = key === 'space' ? ' ' : key;
	return [...character].length === 1 ? text + character : undefined;
};

/** What is pasted is text, never keys: a paste into the lists must not remove a container. Line ends become spaces. */
export const pasted = (
	text: string,
	{ state, send }: { state: () => State; send: (event: Event) => void },
): void => {
	const target = entry(state());
	if (target) send(target.changed(target.text + text.replace(/\s+/g, ' ')));
};

export const typed = (
	key: string,
	{ state, send }: { state: () => State; send: (event: Event) => void },
): void => {
	const target = entry(state());
	const text = target && edited(target.text, key);
	if (target && text !== undefined && text !== target.text) send(target.changed(text));
};
