// What is learnt of the things looked at, bounded: two minutes of samples, so many lines of a log.
import type { FollowEvent } from '../event.ts';
import type { Log, State } from '../state.ts';

export const mostSamples = 120;
export const mostLines = 5000;
/** Of a log, in characters: lines may be a megabyte long. */
export const mostCharacters = 8 << 20;

const put = <Value>(map: ReadonlyMap<string, Value>, id: string, value: Value): ReadonlyMap<string, Value> =>
	new Map(map).set(id, value);

const lengthOf = (lines: Log['lines']) => lines.reduce((sum, { text }) => sum + text.length, 0);

const appended = (log: Log, lines: Log['lines']): Log => {
	const all = [...log.lines, ...lines];
	let excess = Math.max(0, all.length - mostLines);
	let characters = log.characters + lengthOf(lines) - lengthOf(all.slice(0, excess));
	for (; characters > mostCharacters && excess < all.length - 1; excess++)
		characters -= all[excess]?.text.length ?? 0;
	return { ...log, lines: excess ? all.slice(excess) : all, characters, dropped: log.dropped + excess };
};

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
			return {
				...learnt({ log: { id: event.id, lines: [], characters: 0, dropped: 0, ended: false } }),
				details: known.log?.id === event.id ? state.details : { ...state.details, back: 0 },
			};
		case 'logged': {
			if (known.log?.id !== event.id) return state;
			const next = learnt({ log: appended(known.log, event.lines) });
			// Someone who scrolled up keeps reading the same lines while new ones come in below.
			const { back } = state.details;
			const most = next.known.log?.lines.length ?? 0;
			return back === 0
				? next
				: { ...next, details: { ...state.details, back: Math.min(most, back + event.lines.length) } };
		}
		case 'log-ended':
			if (known.log?.id !== event.id) return state;
			return learnt({
				log: {
					...known.log,
					ended: true,
					...(event.failure === undefined ? {} : { failure: event.failure }),
				},
			});
		case 'inspected':
			return learnt({
				containers: put(known.containers, event.detail.id, event.detail),
				...mended('inspect', event.detail.id),
			});
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
			return learnt({ failures: put(known.failures, `${event.what}:${event.id}`, event.sentence) });
	}
};
