// What goes between the engine, the registries and files: pulls, pushes, saves, loads and imports, layer by layer.

/** What an engine tells of a pull, a push, a load or an import. */
export type TransferNews =
	/** `state` in docker's words: `Downloading`, `Pull complete`, `Layer already exists`, `Mounted from library/httpd`. */
	| {
			readonly type: 'layer';
			readonly id: string;
			readonly state: string;
			/** Bytes, where the engine tells them. */
			readonly current?: number;
			readonly total?: number;
	  }
	/** A line that is about no layer: `Pulling from library/httpd`. */
	| { readonly type: 'said'; readonly text: string }
	/** What was pulled or pushed; `size` is the manifest's, in bytes, and told of a push only. */
	| { readonly type: 'digest'; readonly digest: string; readonly size?: number }
	/** Of a pull, at its end. */
	| { readonly type: 'compared'; readonly outcome: 'newer' | 'up-to-date' }
	/** Of a load and an import: references, and the ids of images without one. */
	| { readonly type: 'arrived'; readonly name: string };

export type TransferKind = 'pull' | 'push' | 'save' | 'load' | 'import';

export type TransferLayer = {
	readonly id: string;
	readonly state: string;
	readonly current?: number;
	readonly total?: number;
	/** Nothing more will be done to it. */
	readonly isDone: boolean;
};

export type Transfer = {
	readonly id: number;
	readonly kind: TransferKind;
	/** The reference, or the file. */
	readonly title: string;
	/** The docker line that does the same. */
	readonly line: string;
	readonly status: 'running' | 'cancelling' | 'done' | 'failed' | 'cancelled';
	/** Milliseconds since the epoch, our clock. */
	readonly startedAt: number;
	readonly endedAt?: number;
	/** In the order the engine first named them. */
	readonly layers: readonly TransferLayer[];
	/**
	 * Bytes so far and, where it is known, of all: what a pull downloads and a push uploads, each byte once; of a save, load
	 * or import the bytes of the file. Never less than before.
	 */
	readonly current: number;
	readonly total?: number;
	/** There will be more than the total: some layers have not told their size yet. */
	readonly isTotalLeast?: boolean;
	/** How much of it is done, from 0 to 1, also where sizes have to be guessed. Never less than before. */
	readonly share?: number;
	/** Bytes a second, over the last seconds. */
	readonly speed?: number;
	readonly said?: string;
	readonly digest?: string;
	/** Of the pushed manifest, in bytes. */
	readonly manifestSize?: number;
	/** `up to date`, `downloaded newer`, `pushed`, the references that were loaded. */
	readonly outcome?: string;
	readonly failure?: string;
	/** The registry that wants a login, or another one. */
	readonly wantsLogin?: string;
};

export type Transfers = {
	readonly list: readonly Transfer[];
	/** Id of the one in front; absent only while there is none. */
	readonly front?: number;
	/** First row on screen of the one in front; absent: what moves is in view. */
	readonly top?: number;
};

export const noTransfers: Transfers = { list: [] };

export const frontTransfer = ({ list, front }: Transfers): Transfer | undefined =>
	list.find(({ id }) => id === front);

export const isMoving = ({ status }: Pick<Transfer, 'status'>): boolean =>
	status === 'running' || status === 'cancelling';

/** Milliseconds; undefined where it cannot be told. */
export const timeLeft = ({
	status,
	current,
	total,
	isTotalLeast,
	speed = 0,
}: Transfer): number | undefined =>
	status !== 'running' || total === undefined || isTotalLeast || speed <= 0 || current >= total
		? undefined
		: ((total - current) / speed) * 1000;
