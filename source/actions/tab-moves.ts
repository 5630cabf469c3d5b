// From tab to tab of what stands beside the lists, round the ends.
import type { Event } from '../model/event.ts';
import type { State } from '../model/state.ts';
import type { Move } from './action.ts';

type Tabs = { readonly list: readonly { readonly id: number }[]; readonly front?: number };

/** `noun`: what there is one tab each of. */
export const tabMoves = (
	scope: Move['scope'],
	noun: string,
	help: string,
	tabsOf: (state: State) => Tabs,
	fronted: (id: number) => Event,
): readonly Move[] => {
	const step = (id: string, keys: readonly string[], title: string, by: number): Move => ({
		id: `${scope}.${id}`,
		scope,
		keys,
		title,
		help,
		run: ({ send, host }, state) => {
			const { list, front } = tabsOf(state);
			if (list.length < 2)
				return send({ type: 'noticed', text: `This is the only ${noun}.`, tone: 'plain', at: host.now() });
			const at = list.findIndex((tab) => tab.id === front);
			const next = list[(at + by + list.length) % list.length];
			if (next) send(fronted(next.id));
		},
	});
	return [step('next', [']'], `Next ${noun}`, 1), step('previous', ['['], `Previous ${noun}`, -1)];
};
