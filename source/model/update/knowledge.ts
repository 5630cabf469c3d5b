// What is learnt of the things looked at, bounded: two minutes of samples.
import type { FollowEvent } from '../event.ts';
import type { State } from '../state.ts';
import { updateLog, withoutPage } from './logs.ts';
import { planned } from './ports.ts';

export const mostSamples = 120;

const put = <Value>(map: ReadonlyMap<string, Value>, id: string, value: Value): ReadonlyMap<string, Value> =>
	new Map(map).set(id, value);

export const updateKnowledge = (state: State, event: FollowEvent): State => {
	const { known } = state;
	const learnt = (news: Partial<State['known']>): State => ({ ...state, known: { ...known, ...news } });
	const mended = (what: string, id: string): Partial<State['known']> => {
		const key = `${what}:${id}`;
		return known.failures.has(key)
			? { failures: new Map([...known.failures].filter(([other]) => other !== key)) }
			: {};
	};
	switch (event.type) {
		case 'sampled': {
			const samples = new Map(known.samples);
			for (const [id, sample] of event.samples) {
				if (state.containers.has(id))
					samples.set(id, [...(samples.get(id) ?? []), sample].slice(-mostSamples));
			}
			return learnt({ samples, followed: event.followed });
		}
		case 'log-opened':
		case 'log-joined':
		case 'logged':
		case 'log-ended':
		case 'log-older':
		case 'log-newer':
			return updateLog(state, event);
		case 'inspected':
			return planned(
				learnt({
					containers: put(known.containers, event.detail.id, event.detail),
					...mended('inspect', event.detail.id),
				}),
				event.detail,
			);
		case 'image-inspected':
			return learnt({ images: put(known.images, event.detail.id, event.detail) });
		case 'processes-read':
			return learnt({
				processes: put(known.processes, event.id, event.table),
				...mended('processes', event.id),
			});
		case 'changes-read':
			return learnt({ changes: put(known.changes, event.id, event.changes), ...mended('changes', event.id) });
		case 'follow-failed':
			return withoutPage(
				learnt({ failures: put(known.failures, `${event.what}:${event.id}`, event.sentence) }),
				event.what,
			);
	}
};
