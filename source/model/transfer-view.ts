// A transfer as rows: its layers, then what came of it; and which of them are on screen.
import { layoutOf } from './layout.ts';
import type { State } from './state.ts';
import { wrapWords } from './text.ts';
import { frontTransfer, isMoving, type Transfer, type TransferLayer } from './transfers.ts';
import { plural, size } from './words.ts';

export type TransferRow =
	| { readonly type: 'layer'; readonly layer: TransferLayer }
	/** One line of a sentence, or an empty one. */
	| { readonly type: 'said'; readonly text: string; readonly tone: 'good' | 'busy' | 'bad' | 'plain' };

export type TransferView = {
	readonly rows: readonly TransferRow[];
	/** Index of the first one on screen. */
	readonly top: number;
	/** The furthest that it can be. */
	readonly last: number;
	/** How many are on screen. */
	readonly height: number;
};

/** What is above the rows: a line and a bar. */
const head = 2;

/** The sentences at its end, the most important first. */
const results = (
	transfer: Transfer,
): readonly { readonly text: string; readonly tone: 'good' | 'busy' | 'bad' | 'plain' }[] => {
	const { kind, status, outcome, failure, wantsLogin, digest, manifestSize, current, layers } = transfer;
	if (status === 'failed')
		return [
			{ text: failure ?? 'It failed.', tone: 'bad' },
			...(wantsLogin === undefined ? [] : [{ text: `L logs in to ${wantsLogin}`, tone: 'busy' } as const]),
		];
	if (status !== 'done') return [];
	const facts = [
		outcome ?? 'done',
		...(current > 0 ? [size(current)] : []),
		...(layers.length > 0 ? [plural(layers.length, 'layer')] : []),
	];
	const manifest = manifestSize === undefined ? '' : ` · manifest ${size(manifestSize)}`;
	return [
		{ text: facts.join(' · '), tone: 'good' },
		...(digest === undefined ? [] : [{ text: `${digest}${manifest}`, tone: 'plain' } as const]),
		...(kind === 'pull' ? [{ text: 'n runs it · H shows its layers', tone: 'plain' } as const] : []),
	];
};

/** While there is nothing to see of it but what it says. */
const waiting = ({ layers, said, kind }: Transfer): TransferRow[] =>
	layers.length > 0 || (said === undefined && kind !== 'pull' && kind !== 'push')
		? []
		: [{ type: 'said', text: said ?? 'Waiting for the registry …', tone: 'plain' }];

const rowsOf = (transfer: Transfer, columns: number): TransferRow[] => {
	const layers = transfer.layers.map((layer): TransferRow => ({ type: 'layer', layer }));
	if (isMoving(transfer)) return [...waiting(transfer), ...layers];
	const said = results(transfer).flatMap(({ text, tone }) =>
		wrapWords(text, columns).map((line): TransferRow => ({ type: 'said', text: line, tone })),
	);
	return layers.length > 0 && said.length > 0
		? [...layers, { type: 'said', text: '', tone: 'plain' }, ...said]
		: [...layers, ...said];
};

/** From the first layer that moves on; at the end, what came of it. */
const topByItself = (transfer: Transfer, last: number, height: number): number => {
	if (!isMoving(transfer)) return last;
	const first = transfer.layers.findIndex(({ isDone }) => !isDone);
	// What was done last stays in view, so that the rows do not run away.
	return Math.max(0, Math.min(last, first - Math.floor(height / 3)));
};

/** Of the one in front, in the place of the details. */
export const transferView = (state: State): TransferView => {
	const transfer = frontTransfer(state.transfers);
	const { width = 4, height: outside = 3 } = layoutOf(state).details ?? {};
	const height = Math.max(1, outside - 2 - head);
	if (!transfer) return { rows: [], top: 0, last: 0, height };
	const rows = rowsOf(transfer, Math.max(1, width - 4));
	const last = Math.max(0, rows.length - height);
	const { top } = state.transfers;
	return {
		rows,
		last,
		height,
		top: top === undefined ? topByItself(transfer, last, height) : Math.min(top, last),
	};
};
