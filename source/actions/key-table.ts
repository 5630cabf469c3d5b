// The keys by where they mean something: for the help, the README and `portside keys`.
import type { Action, Scope } from './action.ts';
import { keyLabel } from './key-label.ts';
import { actions } from './table.ts';

const sections: readonly { readonly title: string; readonly scopes: readonly Scope[] }[] = [
	{ title: 'Containers', scopes: ['container'] },
	{ title: 'Images', scopes: ['image'] },
	{ title: 'Ports', scopes: ['port'] },
	{ title: 'Lists and details', scopes: ['list'] },
	{ title: 'Everywhere', scopes: ['app'] },
	{ title: 'Inside a terminal', scopes: ['inside'] },
	{ title: 'In front of a terminal', scopes: ['terminal'] },
	{ title: 'In front of a build', scopes: ['build'] },
	{ title: 'In front of a transfer', scopes: ['transfer'] },
	{ title: 'In a log', scopes: ['log'] },
	{ title: 'While searching or filtering a log', scopes: ['log-search', 'log-filter'] },
	{ title: 'While searching in a terminal', scopes: ['search'] },
	{
		title: 'In a table over the panes',
		scopes: ['listing', 'found', 'repositories', 'tags', 'layers', 'files', 'disk', 'port-check', 'log-line'],
	},
	{ title: 'In a dialog', scopes: ['question', 'preparing'] },
	{ title: 'While filtering', scopes: ['filter'] },
	{ title: 'In the palette', scopes: ['palette'] },
	{ title: 'In the help', scopes: ['help'] },
	{ title: 'In the journal', scopes: ['journal'] },
	{ title: 'Without an engine', scopes: ['unavailable'] },
	{ title: 'On a screen too small to draw on', scopes: ['small'] },
];

export type KeySection = { readonly title: string; readonly actions: readonly Action[] };

const wordsOf = ({ keys, title, help }: Action) => [...keys, title, help].join('\n');

/** What several scopes share is one row to who reads it. */
const unlike = (all: readonly Action[]): readonly Action[] => {
	const firsts = new Map<string, Action>();
	for (const action of all) {
		const words = wordsOf(action);
		if (!firsts.has(words)) firsts.set(words, action);
	}
	return [...firsts.values()];
};

export const keyTable: readonly KeySection[] = sections.map(({ title, scopes }) => ({
	title,
	actions: unlike(actions.filter(({ scope, keys }) => scopes.includes(scope) && keys.length > 0)),
}));

/** As plain text, for `portside keys`. */
export const keyText = (): string =>
	keyTable
		.map(({ title, actions }) =>
			[
				title,
				...actions.map(
					({ keys, title: name, help }) => `  ${keys.map(keyLabel).join(' ').padEnd(22)}${name}. ${help}`,
				),
				'',
			].join('\n'),
		)
		.join('\n');
