// In a log from one line to another: errors, hits of a search, marks.
import type { Log } from '../model/log.ts';
import { type Lens, nextAfter, nextBefore } from '../model/log-index.ts';
import { errorLens, hitLens, type LogView } from '../model/log-view.ts';
import { currentWindow, logInView } from '../model/log-window.ts';
import type { State } from '../model/state.ts';
import type { Move, MoveContext } from './action.ts';

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

/** The nearest one above (-1) or below (1) the cursor; round the end it goes on at the other. */
const nearest = ({ log: { ring }, cursor, isFollowing }: Found, lens: Lens, by: 1 | -1) =>
	by > 0
		? (nextAfter(ring, lens, cursor) ?? nextAfter(ring, lens, ring.dropped - 1))
		: (nextBefore(ring, lens, isFollowing ? cursor + 1 : cursor) ??
			nextBefore(ring, lens, ring.dropped + ring.length));

const jump = (
	id: string,
	key: string,
	title: string,
	by: 1 | -1,
	help: string,
	/** A sentence where there is nothing to look for. */
	lensOf: (view: LogView) => NonNullable<Lens> | string,
	nothing: string,
): Move => ({
	id: `log.${id}`,
	scope: 'log',
	keys: [key],
	title,
	help,
	...(id === 'older-error' ? { hint: 'errors' } : {}),
	run: (context, state) => {
		const where = whereIn(state);
		const lens = lensOf(state.logView);
		if (typeof lens === 'string') return say(context, lens);
		const number = where && nearest(where, lens, by);
		if (number === undefined) {
			const more = where?.log.older === 'more' ? ' + reads older lines.' : '';
			return say(context, `${nothing}${more}`);
		}
		context.send({ type: 'log-sought', number });
	},
});

const jumps = (
	ids: readonly [string, string],
	keys: readonly [string, string],
	noun: string,
	help: string,
	lensOf: Parameters<typeof jump>[5],
	nothing: string,
): readonly Move[] => [
	jump(ids[0], keys[0], `Next ${noun}, upwards`, -1, help, lensOf, nothing),
	jump(ids[1], keys[1], `Next ${noun}, downwards`, 1, help, lensOf, nothing),
];

export const errorJumps: readonly Move[] = jumps(
	['older-error', 'newer-error'],
	['e', 'E'],
	'error',
	'Lines that say that they are errors, by their level.',
	errorLens,
	'No line here is an error.',
);

export const hitJumps: readonly Move[] = jumps(
	['older-hit', 'newer-hit'],
	['n', 'N'],
	'hit',
	'Of what was searched for with /.',
	(view) => hitLens(view) ?? 'Nothing is searched for: / does.',
	'No line here has that.',
);

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
				.filter((number) => ring && number >= ring.dropped)
				.sort((a, b) => (a - b) * by);
			if (!where || marks.length === 0) return say(context, 'No line is marked: Space marks one.');
			const number = marks.find((mark) => (mark - where.cursor) * by > 0) ?? marks[0];
			if (number !== undefined) context.send({ type: 'log-sought', number });
		},
	}),
);
