// A log as the program keeps it, followed on an engine by the same parts as in the program.
import type { openEngine } from '../../source/engine/engine.ts';
import { createFollow } from '../../source/engine/follow.ts';
import { watch } from '../../source/engine/watch.ts';
import type { Event } from '../../source/model/event.ts';
import type { LogLine } from '../../source/model/items.ts';
import { linesOf } from '../../source/model/log/ring.ts';
import { initialState, type State } from '../../source/model/state.ts';
import { update } from '../../source/model/update.ts';
import { wanted } from '../../source/model/wanted.ts';

const number = /^line (\d+)\b/;

/** Opens everything but the screen; the log of what `select` names is followed. */
export function startFollowing(host: string) {
	const stop = new AbortController();
	const endpoint = { host, source: 'test', name: 'local' };
	let engine: Awaited<ReturnType<typeof openEngine>> | undefined;
	let state: State = initialState({
		columns: 160,
		rows: 50,
		now: Date.now(),
		isReadOnly: false,
		showsStopped: true,
		leaveKey: 'ctrl+g',
		cwd: '/',
	});
	const events: Event[] = [];
	const waiting = new Set<() => void>();
	const send = (event: Event): void => {
		events.push(event);
		state = update(state, event);
		queueMicrotask(look);
	};
	const follow = createFollow(send);
	function look(): void {
		follow.apply(state, wanted(state), engine);
		for (const check of waiting) check();
	}
	const watching = watch({
		candidates: () => [{ endpoint }],
		signal: stop.signal,
		onEngine: (found) => {
			engine = found;
		},
		onEvent: send,
	});
	const lines = (): LogLine[] => {
		const { log } = state.known;
		return log
			? [...linesOf(log.ring, { from: log.ring.dropped, isBackwards: false })].map(([, line]) => line)
			: [];
	};
	return {
		send,
		events,
		state: () => state,
		lines,
		texts: () => lines().map(({ text, note }) => note ?? text),
		/** The numbers in `line 7 …`, in the order of the log. */
		numbers: () =>
			lines().flatMap(({ text }) => {
				const [, digits] = number.exec(text) ?? [];
				return digits === undefined ? [] : [Number(digits)];
			}),
		/** Resolves as soon as it is so. */
		until: (what: string, isSo: (state: State) => boolean, patience = 20_000): Promise<void> =>
			new Promise((resolve, reject) => {
				const check = (): void => {
					if (!isSo(state)) return;
					clearTimeout(timer);
					waiting.delete(check);
					resolve();
				};
				const timer = setTimeout(() => {
					waiting.delete(check);
					reject(new Error(`not so: ${what}; the log ends with ${JSON.stringify(lines().slice(-3))}`));
				}, patience);
				waiting.add(check);
				check();
			}),
		async select(name: string): Promise<void> {
			const idOf = () => [...state.containers.values()].find((container) => container.name === name)?.id;
			await this.until(`${name} is listed`, () => idOf() !== undefined);
			send({ type: 'selected', pane: 'containers', id: idOf() ?? '' });
			await this.until(`${name} has a log`, () => state.known.log?.id === idOf());
		},
		async stop(): Promise<void> {
			follow.stop();
			stop.abort();
			await watching.ended;
		},
	};
}

export type Following = ReturnType<typeof startFollowing>;

/** What is not one more than the number before it. */
export const breaks = (numbers: readonly number[]): string[] =>
	numbers.flatMap((number, index) => {
		const before = numbers[index - 1];
		return before === undefined || number === before + 1 ? [] : [`${before} → ${number}`];
	});
