// All transfers of this session: starts, cancels and repeats them, and tells the state how they go.
import type { Event } from '../model/event.ts';
import { isMoving, type Transfer } from '../model/transfers.ts';
import { type Run, type RunGiven, startRun } from './run.ts';
import { type ImportOptions, lineOf, type TransferWish, titleOf } from './wish.ts';

export type TransfersGiven = RunGiven & { readonly send: (event: Event) => void };

export type Started = {
	readonly id: number;
	/** Never rejects: a failure is in the transfer. */
	readonly ended: Promise<Transfer>;
};

/** As a list of images names it. */
const withTag = (reference: string): string =>
	/:[^/]*$/.test(reference) ? reference : `${reference}:latest`;

export type TransferDesk = ReturnType<typeof createTransfers>;

export const createTransfers = (given: TransfersGiven) => {
	const { send, now } = given;
	/** One tab each. Repeating it makes another run in it. */
	const all = new Map<number, { readonly run: Run; readonly wish: TransferWish }>();
	/** Also of tabs that were closed: what they leave behind is cleared away before the end. */
	const underWay = new Set<Run>();
	let lastId = 0;

	const start = (wish: TransferWish, id = ++lastId): Started => {
		const begun: Transfer = {
			id,
			kind: wish.kind,
			title: titleOf(wish),
			line: lineOf(wish, given),
			status: 'running',
			startedAt: now(),
			layers: [],
			current: 0,
		};
		send({ type: 'transfer-started', transfer: begun });
		const run: Run = startRun(begun, wish, {
			...given,
			onChange: (transfer) => {
				if (all.get(id)?.run === run) send({ type: 'transfer-changed', transfer });
			},
		});
		all.set(id, { run, wish });
		underWay.add(run);
		void run.ended.then(({ kind, status, title }) => {
			underWay.delete(run);
			if (kind === 'pull' && status === 'done') send({ type: 'awaited', pane: 'images', id: withTag(title) });
		});
		return { id, ended: run.ended };
	};

	return {
		/** `reference` without a tag is `latest`. */
		pull: (reference: string, options: { readonly platform?: string } = {}): Started =>
			start({ kind: 'pull', reference, ...options }),
		push: (reference: string): Started => start({ kind: 'push', reference }),
		/** Into a new file: one that is there is not overwritten. */
		save: (names: readonly string[], path: string): Started => start({ kind: 'save', names, path }),
		load: (path: string): Started => start({ kind: 'load', path }),
		/** A file system in a tar becomes an image of one layer. */
		importFile: (path: string, options: ImportOptions): Started =>
			start({ kind: 'import', path, ...options }),
		cancel: (id: number): void => all.get(id)?.run.cancel(),
		/** The same again, in its tab. */
		again: (id: number): Started | undefined => {
			const past = all.get(id);
			return past && !isMoving(past.run.transfer()) ? start(past.wish, id) : undefined;
		},
		/** Cancels it, and takes its tab away. */
		close: (id: number): void => {
			all.get(id)?.run.cancel();
			all.delete(id);
			send({ type: 'transfer-closed', id });
		},
		/** Cancels all of them. Resolves when nothing half written is left. */
		endAll: async (): Promise<void> => {
			const runs = [...underWay];
			for (const run of runs) run.cancel();
			await Promise.all(runs.map(({ ended }) => ended));
		},
	};
};
