// In a log from one line to another: errors, hits of a search, marks.

import { type Lens, lastNumber, nextAfter, nextBefore } from '../../model/log/lenses.ts';
import { canReadOlder, type Log, type LogQuest } from '../../model/log/log.ts';
import { errorLens, hitLens, type LogView } from '../../model/log/view.ts';
import { currentWindow, logInView } from '../../model/log/window.ts';
import type { State } from '../../model/state.ts';
import type { Move, MoveContext } from '../action.ts';

export type Teller = Pick<MoveContext, 'send' | 'host'>;

export const say = ({ send, host }: Teller, text: string, tone: 'plain' | 'good' | 'bad' = 'plain'): void =>
	send({ type: 'noticed', text, tone, at: host.now() });

export type Found = { readonly log: Log; readonly cursor: number; readonly isFollowing: boolean };

export const whereIn = (state: State): Found | undefined => {
	const log = logInView(state);
	const cursor = currentWindow(state)?.cursor;
	return log && cursor !== undefined
		? { log, cursor, isFollowing: state.logView.place === undefined }
		: undefined;
};

/** The nearest one above (-1) or below (1) the cursor. */
const nearest = ({ log: { ring }, cursor, isFollowing }: Found, lens: Lens, by: 1 | -1) =>
	by > 0 ? nextAfter(ring, lens, cursor) : nextBefore(ring, lens, isFollowing ? cursor + 1 : cursor);

/** Round the end it goes on at the other. */
const farthest = ({ log: { ring } }: Found, lens: Lens, by: 1 | -1) =>
	by > 0 ? nextAfter(ring, lens, ring.dropped - 1) : nextBefore(ring, lens, ring.dropped + ring.length);

type Sought = {
	readonly quest: LogQuest;
	readonly noun: string;
	readonly help: string;
	/** A sentence where there is nothing to look for. */
	readonly lensOf: (view: LogView) => NonNullable<Lens> | string;
	readonly nothing: string;
	readonly hints: readonly [string, string?];
	readonly isIdle?: Move['isIdle'];
};

const jump = (id: string, key: string, by: 1 | -1, hint: string | undefined, sought: Sought): Move => ({
	id: `log.${id}`,
	scope: 'log',
	keys: [key],
	title: `Next ${sought.noun}, ${by < 0 ? 'upwards' : 'downwards'}`,
	help: sought.help,
	...(hint === undefined ? {} : { hint }),
	...(sought.isIdle ? { isIdle: sought.isIdle } : {}),
	run: (context, state) => {
		const { quest, lensOf, nothing } = sought;
		const where = whereIn(state);
		const lens = lensOf(state.logView);
		if (typeof lens === 'string') return say(context, lens);
		if (!where) return say(context, nothing);
		const next = nearest(where, lens, by);
		const last = next ?? farthest(where, lens, by);
		// Above the first one in memory there may be older ones.
		const isUnknown = next === undefined && (by < 0 || last === undefined);
		if (isUnknown && canReadOlder(where.log)) return context.send({ type: 'log-quest', quest });
		if (last === undefined) {
			const more = where.log.older === 'none' ? '' : ' g and + read further back.';
			return say(context, `${nothing}${more}`);
		}
		context.send({ type: 'log-sought', number: last, isHit: quest === 'hit' });
	},
});

const jumps = (
	[older, newer]: readonly [string, string],
	[up, down]: readonly [string, string],
	sought: Sought,
): readonly Move[] => [
	jump(older, up, -1, sought.hints[0], sought),
	jump(newer, down, 1, sought.hints[1], sought),
];

export const errorJumps: readonly Move[] = jumps(['older-error', 'newer-error'], ['e', 'E'], {
	quest: 'error',
	noun: 'error',
	help: 'Lines that say that they are errors; not those that belong to one, as its stack does. Older lines are read until there is one.',
	lensOf: errorLens,
	nothing: 'No line here is an error.',
	hints: ['errors'],
});

export const hitJumps: readonly Move[] = jumps(['older-hit', 'newer-hit'], ['n', 'N'], {
	quest: 'hit',
	noun: 'hit',
	help: 'Of what was searched for with /. Older lines are read until there is one.',
	lensOf: (view) => hitLens(view) ?? 'Nothing is searched for: / does.',
	nothing: 'No line here has that.',
	hints: ['older hit', 'newer'],
	isIdle: ({ logView }) => logView.search === '',
});

const noMark = (count: number): string => {
	if (count === 0) return 'No line is marked: Space marks one.';
	const what = count === 1 ? 'The marked line is' : 'The marked lines are';
	return `${what} not in memory any more: only the newest lines are kept, g and + read older ones.`;
};

export const markJumps: readonly Move[] = (
	[
		['older-mark', 'm', 'Next mark, upwards', -1],
		['newer-mark', 'M', 'Next mark, downwards', 1],
	] as const
).map(
	([id, key, title, by]): Move => ({
		id: `log.${id}`,
		scope: 'log',
		keys: [key],
		title,
		help: 'Of the lines marked with Space.',
		run: (context, state) => {
			const where = whereIn(state);
			const { ring } = where?.log ?? { ring: undefined };
			const marks = [...state.logView.marks]
				.filter((number) => ring && number >= ring.dropped && number <= lastNumber(ring))
				.sort((a, b) => (a - b) * by);
			if (!where || marks.length === 0) return say(context, noMark(state.logView.marks.size));
			const number = marks.find((mark) => (mark - where.cursor) * by > 0) ?? marks[0];
			if (number !== undefined) context.send({ type: 'log-sought', number });
		},
	}),
);
