// What is looked up over the panes: opens a listing at once, fills it as the answers come, and stops when it is closed.
import type { Engine } from '../engine/contract.ts';
import { told } from '../engine/error.ts';
import type { Event } from '../model/event.ts';
import type { Listing } from '../model/listing.ts';

export type Look = Pick<Listing, 'kind' | 'title' | 'line' | 'about' | 'columns'> & {
	/** What is said meanwhile. */
	readonly asking: string;
};

export type Answer = Pick<Listing, 'rows'> & Partial<Pick<Listing, 'message' | 'notes'>>;

export type Ask = (
	engine: Engine,
	signal: AbortSignal,
	/** How far it is. */
	onProgress: (message: string) => void,
) => Promise<Answer>;

export type ListingsGiven = {
	readonly send: (event: Event) => void;
	readonly engine: () => Engine | undefined;
};

/** Progress is told so often at most, in milliseconds. */
const pace = 100;

export type Listings = ReturnType<typeof createListings>;

export const createListings = ({ send, engine }: ListingsGiven) => {
	const open = new Map<number, { readonly abort: AbortController; readonly again: () => void }>();
	let lastId = 0;

	const look = ({ asking, ...given }: Look, ask: Ask): void => {
		const id = ++lastId;
		const empty: Listing = { ...given, id, rows: [], notes: [], status: 'loading', selected: 0 };
		let last = empty;
		const fill = async () => {
			const abort = new AbortController();
			open.set(id, { abort, again });
			const change = (news: Partial<Listing>) => {
				if (abort.signal.aborted) return;
				last = { ...empty, ...news };
				send({ type: 'listing-changed', listing: last });
			};
			let toldAt = 0;
			const onProgress = (message: string) => {
				if (performance.now() - toldAt < pace) return;
				toldAt = performance.now();
				change({ rows: last.rows, notes: last.notes, message });
			};
			try {
				const through = engine();
				if (!through) return change({ status: 'failed', message: 'The engine does not answer.' });
				change({ ...(await ask(through, abort.signal, onProgress)), status: 'ready' });
			} catch (error) {
				const login = (error as { code?: string }).code === 'ELOGIN' ? ' L logs in.' : '';
				change({ status: 'failed', message: `${told(error)}${login}` });
			}
		};
		/** What was there stays until there is something newer. */
		const again = () => {
			send({ type: 'listing-changed', listing: { ...last, status: 'loading', message: asking } });
			void fill();
		};
		send({ type: 'listing-opened', listing: { ...empty, message: asking } });
		void fill();
	};

	return {
		look,
		/** Reads it anew, where it stands. */
		again: (id: number): void => {
			const { abort, again } = open.get(id) ?? {};
			abort?.abort();
			again?.();
		},
		/** Nobody waits for the answer any more. */
		forget: (id: number): void => {
			open.get(id)?.abort.abort();
			open.delete(id);
		},
	};
};
