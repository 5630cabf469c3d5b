// The verb every kind of thing has: copy one of the texts that stand for it.
import type { ItemOf, Verb } from './action.ts';

/** `texts` are the choices, in order, each with how it is made from the item. */
export const copyVerb = <Kind extends keyof ItemOf>(
	scope: Kind,
	texts: Readonly<Record<string, (item: ItemOf[Kind]) => string>>,
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
	ask: ([item]) => ({
		title: 'Copy',
		body: [],
		fields: [
			{
				kind: 'choice',
				id: 'what',
				label: 'what',
				value: Object.keys(texts)[0] ?? '',
				options: Object.entries(texts).map(([value, text]) => ({ value, label: item ? text(item) : value })),
			},
		],
		yes: 'copy',
		isDestructive: false,
	}),
	cli: () => '',
	run: async (_, { what }, { host }, items) => {
		const text = items.map((item) => texts[String(what)]?.(item) ?? '').join('\n');
		host.copy(text);
		return items.length > 1 ? `${items.length} lines` : `· ${text}`;
	},
});
