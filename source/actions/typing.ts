// Text entry: what the keys that mean nothing else do where something is typed.
import type { Event } from '../model/event.ts';
import type { State } from '../model/state.ts';

type Entry = {
	readonly text: string;
	/** Code units before the caret. */
	readonly caret: number;
	readonly changed: (text: string, caret: number) => Event;
	/** Absent: the caret stays behind the text. */
	readonly moved?: (caret: number) => Event;
	/** What is typed takes its place. */
	readonly isOffered?: boolean;
	readonly isSecret?: boolean;
};

/** The text being typed, and what a change of it is told as; undefined where nothing is typed. */
const entry = (state: State): Entry | undefined => {
	const { overlay, pane } = state;
	const simple = (text: string, changed: (text: string) => Event) => ({ text, caret: text.length, changed });
	if (overlay?.type === 'filter')
		return simple(state.panes[pane].filter, (text) => ({ type: 'filtered', pane, text }));
	if (overlay?.type === 'search')
		return simple(state.terminals.search, (text) => ({ type: 'terminal-searched', text }));
	if (overlay?.type === 'log-search')
		return simple(state.logView.search, (search) => ({ type: 'log-viewed', news: { search } }));
	if (overlay?.type === 'log-filter')
		return simple(state.logView.filter, (filter) => ({ type: 'log-viewed', news: { filter } }));
	if (overlay?.type === 'palette') return simple(overlay.text, (text) => ({ type: 'palette-typed', text }));
	const field = overlay?.type === 'question' ? overlay.question.fields[overlay.field] : undefined;
	if (overlay?.type !== 'question' || field?.kind !== 'text') return undefined;
	return {
		text: field.value,
		caret: Math.min(overlay.caret ?? field.value.length, field.value.length),
		changed: (value, caret) => ({
			type: 'field-changed',
			value,
			...(caret < value.length ? { caret } : {}),
		}),
		moved: (caret) => ({ type: 'caret-moved', caret }),
		...(field.isOffered && { isOffered: true }),
		...(field.isSecret && { isSecret: true }),
	};
};

export const isTyping = (state: State): boolean => entry(state) !== undefined;

/** Where the caret goes to. By characters, not by code units. */
const steps: Readonly<Record<string, (before: string, after: string) => number>> = {
	left: (before) => [...before].slice(0, -1).join('').length,
	right: (before, after) => before.length + ([...after][0] ?? '').length,
	home: () => 0,
	'ctrl+a': () => 0,
	end: (before, after) => before.length + after.length,
	'ctrl+e': (before, after) => before.length + after.length,
};

/** What is before and behind the caret after a key. */
const edited = (before: string, after: string, key: string): readonly [string, string] | undefined => {
	if (key === 'backspace') return [[...before].slice(0, -1).join(''), after];
	if (key === 'delete') return [before, [...after].slice(1).join('')];
	if (key === 'ctrl+u') return ['', after];
	if (key === 'ctrl+k') return [before, ''];
	if (key === 'ctrl+w') return [before.replace(/\S*\s*$/, ''), after];
	return isCharacter(key) ? [before + (key === 'space' ? ' ' : key), after] : undefined;
};

const isCharacter = (key: string): boolean => key === 'space' || [...key].length === 1;

type Given = { readonly state: () => State; readonly send: (event: Event) => void };

/** What is pasted is text, never keys: a paste into the lists must not remove a container. Line ends become
 * spaces, with the backslash before them: shell lines are often broken so. */
export const pasted = (text: string, { state, send }: Given): void => {
	const target = entry(state());
	if (!target) return;
	const { isOffered, isSecret } = target;
	const kept = isOffered ? '' : target.text.slice(0, target.caret);
	// A password is copied with the end of its line, and is wrong with it.
	const words = isSecret ? text.replace(/[\r\n]+/g, '') : text.replace(/\\\r?\n/g, ' ').replace(/\s+/g, ' ');
	const before = kept + words;
	send(target.changed(isOffered ? before : before + target.text.slice(target.caret), before.length));
};

export const typed = (key: string, { state, send }: Given): void => {
	const target = entry(state());
	if (!target) return;
	const [before, after] = [target.text.slice(0, target.caret), target.text.slice(target.caret)];
	const step = target.moved && steps[key];
	if (step) return send(target.moved(step(before, after)));
	const next = target.isOffered && isCharacter(key) ? edited('', '', key) : edited(before, after, key);
	if (next && next.join('') !== target.text) send(target.changed(next.join(''), next[0].length));
};
