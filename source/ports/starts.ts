// When containers were started, as far as that was seen in this session.
import type { State } from '../model/state.ts';

export const createStarts = (state: () => State, now: () => number) => {
	let { runs } = state();
	let startedAt: ReadonlyMap<string, number> = new Map();
	return {
		of: (containerId: string): number | undefined => startedAt.get(containerId),
		/** To be called after every change of the state. */
		note: (): void => {
			const before = runs;
			runs = state().runs;
			if (runs === before) return;
			startedAt = new Map(
				[...runs].flatMap(([id, run]) => {
					const at = run === before.get(id) ? startedAt.get(id) : now();
					return at === undefined ? [] : [[id, at] as const];
				}),
			);
		},
	};
};
