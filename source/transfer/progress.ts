// What an engine tells of a transfer, as layers and one honest total: every byte that goes over the network counts once,
// when it is downloaded or uploaded. What is extracted afterwards shows in the layers alone.
import type { Transfer, TransferKind, TransferLayer, TransferNews } from '../model/transfers.ts';

export type Progress = Pick<
	Transfer,
	'layers' | 'current' | 'total' | 'isTotalLeast' | 'share' | 'said' | 'digest' | 'manifestSize' | 'outcome'
>;

/** A layer with the bytes of it that travel. */
type Traveller = {
	layer: TransferLayer;
	moved: number;
	/** Undefined until it was told. */
	size?: number;
	/** Its bytes have arrived, or need not travel. */
	isThere: boolean;
};

const isFree = (state: string): boolean => /^(Already exists|Layer already exists|Mounted from)/.test(state);
const isOver = (state: string): boolean => isFree(state) || /^(Pull complete|Pushed)/.test(state);
const isThere = (state: string): boolean =>
	isOver(state) || /^(Verifying Checksum|Download complete|Extracting)/.test(state);
/** Their bytes were counted before they came here. */
const isLocal = (state: string): boolean => /^(Extracting|Loading)/.test(state);

const bytes = (value: number | undefined): number | undefined =>
	value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;

export const createProgress = (kind: TransferKind) => {
	const travellers = new Map<string, Traveller>();
	const arrived: string[] = [];
	const counted = { current: 0, total: 0, share: 0 };
	const facts: { said?: string; digest?: string; manifestSize?: number; compared?: string } = {};

	const tellLayer = ({ id, state, ...news }: Extract<TransferNews, { type: 'layer' }>): void => {
		const current = bytes(news.current);
		const told = bytes(news.total);
		const past = travellers.get(id);
		let { moved = 0, size } = past ?? {};
		const arrives = isThere(state) || past?.isThere === true;
		if (!isLocal(state) && !isFree(state)) {
			// A broken download begins anew: what came before is not lost to the count.
			if (current !== undefined) moved = Math.max(moved, current);
			if (told !== undefined) size = Math.max(size ?? 0, told);
		}
		if (arrives && !isFree(state)) moved = Math.max(moved, size ?? 0);
		// What was downloaded keeps its size, also while nothing is told of it.
		const whole = told ?? (arrives && !isFree(state) ? size : undefined);
		// Engines tell more bytes than there are while they push.
		const shown = current === undefined || whole === undefined ? current : Math.min(current, whole);
		const isDone = isOver(state) || (state.startsWith('Loading') && told !== undefined && shown === told);
		travellers.set(id, {
			layer: {
				id,
				state,
				isDone,
				...(shown !== undefined && { current: shown }),
				...(whole !== undefined && { total: whole }),
			},
			moved,
			...(size !== undefined && { size }),
			isThere: arrives,
		});
	};

	const tell = (news: readonly TransferNews[]): void => {
		for (const one of news) {
			if (one.type === 'layer') tellLayer(one);
			else if (one.type === 'said') facts.said = one.text;
			else if (one.type === 'arrived') arrived.push(one.name);
			else if (one.type === 'compared')
				facts.compared = one.outcome === 'newer' ? 'downloaded newer' : 'up to date';
			else {
				facts.digest = one.digest;
				if (one.size !== undefined) facts.manifestSize = one.size;
			}
		}
	};

	/** Neither what was counted nor the bar ever goes back. */
	const count = (isDone: boolean): Pick<Progress, 'current' | 'total' | 'isTotalLeast' | 'share'> => {
		let current = 0;
		let total = 0;
		let sized = 0;
		let unknown = 0;
		for (const { moved, size, isThere } of travellers.values()) {
			current += moved;
			total += Math.max(moved, size ?? 0);
			if (size !== undefined) sized++;
			else if (!isThere) unknown++;
		}
		counted.current = Math.max(counted.current, current);
		counted.total = Math.max(counted.total, total, counted.current);
		// A layer that has not told its size is taken for one like the others.
		const guessed = counted.total + (sized > 0 ? (counted.total / sized) * unknown : 0);
		if (guessed > 0) counted.share = Math.max(counted.share, Math.min(1, counted.current / guessed));
		if (isDone) return { current: counted.total, total: counted.total, share: 1 };
		if (counted.total === 0) return { current: 0 };
		return {
			current: counted.current,
			total: counted.total,
			...(unknown > 0 && { isTotalLeast: true }),
			share: counted.share,
		};
	};

	const outcome = (): string => {
		if (kind === 'pull') return facts.compared ?? 'pulled';
		if (kind === 'push') return 'pushed';
		if (kind === 'save') return 'saved';
		const words = kind === 'load' ? 'loaded' : 'imported';
		return arrived.length ? `${words} ${arrived.join(', ')}` : words;
	};

	return {
		tell,
		/** Everything it says; bytes of a save, load or import are those of the file, and counted by whoever has it. */
		drawn: (isDone: boolean): Progress => {
			const { said, digest, manifestSize } = facts;
			return {
				layers: [...travellers.values()].map(({ layer }) => layer),
				...(kind === 'pull' || kind === 'push' ? count(isDone) : { current: 0 }),
				...(said !== undefined && { said }),
				...(digest !== undefined && { digest }),
				...(manifestSize !== undefined && { manifestSize }),
				...(isDone && { outcome: outcome() }),
			};
		},
		/** The engine has told that it is complete: a cancel came too late. */
		isComplete: (): boolean =>
			kind === 'pull' ? facts.compared !== undefined : kind === 'push' && facts.digest !== undefined,
	};
};
