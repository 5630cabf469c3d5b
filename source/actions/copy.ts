// The verb every kind of thing has: copy one of the texts that stand for it.
import type { Question } from '../model/question.ts';
import type { State } from '../model/state.ts';
import type { ItemOf, Verb } from './action.ts';

/** Which of several texts. */
export const copyQuestion = (
	options: readonly { readonly value: string; readonly label: string }[],
): Question => ({
	title: 'Copy',
	body: [],
	fields: [{ kind: 'choice', id: 'what', label: 'what', value: options[0]?.value ?? '', options }],
	yes: 'copy',
	isDestructive: false,
});

/** `texts` are the choices, in order, each with how it is made from the item; empty: it has none. */
export const copyVerb = <Kind extends keyof ItemOf>(
	scope: Kind,
	texts: Readonly<Record<string, (item: ItemOf[Kind], state: State) => string>>,
): Verb<Kind> => ({
	id: `${scope}.copy`,
	scope,
	keys: ['y'],
	title: 'Copy',
	help: 'Copies a name, an id or a docker line to the clipboard of your own machine, also through ssh.',
	isChanging: false,
	on: 'all',
	doing: 'copying',
	done: 'copied',
	ask: ([item], { state }) => {
		const options = Object.entries(texts)
			.map(([value, text]) => ({ value, label: item ? text(item, state()) : value }))
			.filter(({ label }) => label !== '');
		return copyQuestion(options);
	},
	cli: () => '',
	run: async (_, { what }, { host, state }, items) => {
		const text = items.map((item) => texts[String(what)]?.(item, state()) ?? '').join('\n');
		host.copy(text);
		return items.length > 1 ? `${items.length} lines` : `· ${text}`;
	},
});
