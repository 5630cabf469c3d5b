// What the command palette offers: every action that means something here, found by a few of its letters.
import type { State } from '../model/state.ts';
import { type Action, isVerb, type Scope } from './action.ts';
import { actions, isAvailable, refusalOfAll, scopes, targets } from './table.ts';

export type Offer = {
	readonly action: Action;
	/** The docker line it would run on the selection. */
	readonly line: string;
	readonly reason?: string;
};

/** How well letters in order are found in a text: smaller is better, undefined is not at all. */
const distance = (text: string, letters: string): number | undefined => {
	let at = -1;
	let gaps = 0;
	for (const letter of letters) {
		const next = text.indexOf(letter, at + 1);
		if (next < 0) return undefined;
		gaps += next - at - 1;
		at = next;
	}
	return gaps;
};

/** What is in the title comes before what is only in the docker line. */
const rankOf = (title: string, line: string, letters: string): number | undefined => {
	const inTitle = distance(title, letters);
	if (inTitle !== undefined) return inTitle;
	const inBoth = distance(`${title} ${line}`, letters);
	return inBoth === undefined ? undefined : inBoth + 1000;
};

const lineOf = (action: Action, state: State): string => {
	if (!isVerb(action)) return action.line?.({}, state) ?? '';
	const items = targets(state);
	return items.length || action.on === 'none' ? action.cli(items, {}) : '';
};

/** The actions the open palette lists, best first. */
export const offered = (state: State): readonly Action[] =>
	state.overlay?.type === 'palette' ? offers(state, state.overlay.text).map(({ action }) => action) : [];

/** The same key does the same in the scope before it: `log.down` is what `list.down` is in the list. */
const isAgain = ({ id, keys: [key] }: Action, at: number, all: readonly Action[]): boolean => {
	const name = id.split('.').at(-1);
	return all.findIndex((other) => other.keys[0] === key && other.id.split('.').at(-1) === name) !== at;
};

/** In the order of the table, or by how well they fit what was typed. */
export const offers = (state: State, text: string): readonly Offer[] => {
	const { overlay: _, ...behind } = state;
	const kind = ({ containers: 'container', images: 'image', ports: 'port' } as const)[state.pane];
	// What has the focus comes first.
	const [front, ...others] = scopes(behind);
	const places = new Set<Scope>([...(front ? [front] : []), ...others, kind, 'list', 'app']);
	const here = [...places]
		.flatMap((scope) =>
			actions.filter(
				(action) => action.scope === scope && isAvailable(action, state) && action.id !== 'app.palette',
			),
		)
		.filter((action, at, all) => !isAgain(action, at, all));
	const typed = text.toLowerCase().trim();
	const letters = typed.replaceAll(' ', '');
	const isWord = ({ scope, title }: Action) => scope === front && title.toLowerCase().includes(typed);
	return here
		.flatMap((action) => {
			const line = lineOf(action, state);
			const rank = isWord(action) ? -1 : rankOf(action.title.toLowerCase(), line.toLowerCase(), letters);
			const reason = isVerb(action) ? refusalOfAll(action, state) : undefined;
			return rank === undefined
				? []
				: [{ rank, offer: { action, line, ...(reason === undefined ? {} : { reason }) } }];
		})
		.sort((a, b) => Number('reason' in a.offer) - Number('reason' in b.offer) || a.rank - b.rank)
		.map(({ offer }) => offer);
};
