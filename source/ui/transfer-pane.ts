// The transfer pane: which transfers there are in its upper edge, how far the one in front is, and its layers.
import { elapsedOf, seconds } from '../model/builds.ts';
import type { Rectangle } from '../model/layout.ts';
import type { State } from '../model/state.ts';
import { fit, shorten, width } from '../model/text.ts';
import { type TransferRow, transferView } from '../model/transfer-view.ts';
import {
	frontTransfer,
	isMoving,
	type Transfer,
	type TransferLayer,
	type Transfers,
	timeLeft,
} from '../model/transfers.ts';
import { size } from '../model/words.ts';
import { wordsFor } from '../transfer/wish.ts';
import { bar } from './bar.ts';
import type { Piece } from './border.ts';
import type { DetailPane } from './details.ts';
import { paint } from './paint.ts';
import { spinner } from './spinner.ts';
import { edgeTabs } from './tabs-in-view.ts';

const outcome = ({ status }: Transfer, now: number): string =>
	({ running: spinner(now), cancelling: spinner(now), done: '✓', failed: '✕', cancelled: '–' })[status];

const tabPieces = ({ list, front }: Transfers, now: number, columns: number): Piece[] =>
	edgeTabs(
		list.map((one) => ({ text: ` ${outcome(one, now)} ${shorten(one.title, 24, 'middle')} ` })),
		list.findIndex(({ id }) => id === front),
		columns,
	);

// ---- How far it is

const headline = ({ kind, status, title }: Transfer): string => {
	const { doing, done, noun } = wordsFor[kind];
	const begun = (word: string) =>
		`${word.charAt(0).toUpperCase()}${word.slice(1)}${kind === 'save' ? ' to' : ''} ${title}`;
	return {
		running: begun(doing),
		cancelling: `Cancelling the ${noun} ${title}`,
		done: begun(done),
		failed: `The ${noun} ${title} failed`,
		cancelled: `The ${noun} ${title} was cancelled`,
	}[status];
};

/** What goes on when no byte has to travel any more. */
const afterwards = ({ kind, layers }: Transfer): string => {
	if (kind === 'load' || kind === 'import') return 'the engine reads it';
	if (kind === 'push') return 'the registry takes it';
	const done = layers.filter(({ isDone }) => isDone).length;
	return `${done} of ${layers.length} extracted`;
};

const bytesText = (transfer: Transfer): string => {
	const { status, current, total, isTotalLeast } = transfer;
	if (status === 'done' || (current === 0 && (total === undefined || status === 'failed'))) return '';
	// One width while the numbers run, or the line would jump.
	const moved = size(current).padStart(6);
	return total === undefined ? moved : `${moved} of ${isTotalLeast ? 'at least ' : ''}${size(total)}`;
};

const leftText = (transfer: Transfer): string => {
	const left = timeLeft(transfer);
	if (left === undefined) return '';
	const whole = Math.ceil(left / 1000);
	const text = whole < 100 ? `${whole}s` : `${Math.floor(whole / 60)}m ${whole % 60}s`;
	return `${text.padStart(3)} left`;
};

/** From the least that must be said to all of it. */
const factsOf = (transfer: Transfer, now: number): readonly (readonly string[])[] => {
	const { status, current, total, isTotalLeast, speed, share } = transfer;
	const time = seconds(elapsedOf(transfer, now)).padStart(5);
	const moved = bytesText(transfer);
	const isThere = status === 'running' && !isTotalLeast && total !== undefined && current >= total;
	const fast = speed === undefined || isThere ? '' : `${size(speed)}/s`.padStart(8);
	const end = isThere ? afterwards(transfer) : leftText(transfer);
	const percent =
		share === undefined || status !== 'running' ? '' : `${Math.floor(share * 100)}%`.padStart(4);
	return [[time], [percent, time], [moved, time], [moved, end, time], [moved, fast, end, time]];
};

const firstRow = (transfer: Transfer, now: number, columns: number): string => {
	const line = headline(transfer);
	const facts = factsOf(transfer, now).map((texts) => texts.filter(Boolean).join('  '));
	// The name may give up its middle, as long as both ends say what it is.
	const least = Math.min(width(line), 24);
	const right = facts.findLast((text) => width(text) + 2 + least <= columns - 2) ?? facts[0] ?? '';
	const room = Math.max(1, columns - 2 - width(right) - 2);
	return ` ${paint.strong(fit(line, room, 'left', 'middle'))}  ${paint.dim(right)} `;
};

const overallBar = (transfer: Transfer, columns: number): string => {
	const { status, share = 0 } = transfer;
	const painted = {
		running: paint.accent,
		cancelling: paint.busy,
		cancelled: paint.busy,
		done: paint.good,
		failed: paint.bad,
	};
	// It is full when all is over, and not before.
	const most = status === 'done' ? 1 : (columns - 1) / columns;
	return bar(status === 'done' ? 1 : Math.min(share, most), columns, painted[status]);
};

// ---- Its layers

/** Something else is to be done before its turn comes. */
const isWaiting = (state: string): boolean =>
	/^(Waiting|Preparing|Pulling fs layer|Download complete)/.test(state);

const signOf = ({ isDone, state }: TransferLayer, { status }: Transfer, now: number): string => {
	if (isDone || status === 'done') return paint.good(/exists|^Mounted/.test(state) ? '◦' : '✓');
	if (!isMoving({ status })) return paint.busy('–');
	return isWaiting(state) ? paint.dim('·') : paint.busy(spinner(now));
};

const layerBytes = ({ isDone, current, total }: TransferLayer): string => {
	if (isDone || current === undefined) return total === undefined ? '' : size(total);
	return total === undefined ? size(current) : `${size(current)}/${size(total)}`;
};

const layerRow = (layer: TransferLayer, transfer: Transfer, now: number, columns: number): string => {
	const { id, state, current, total, isDone } = layer;
	const sign = signOf(layer, transfer, now);
	const start = ` ${sign} ${paint.dim(fit(id, 12))} `;
	const room = columns - 17;
	const isGoing = !isDone && current !== undefined && total !== undefined && total > 0;
	const bytes = fit(layerBytes(layer), 15, 'right');
	if (room < 36) {
		const share = isGoing ? `${Math.floor((current / total) * 100)}%` : '';
		return `${start}${fit(state, Math.max(1, room - 5))} ${fit(share, 4, 'right')} `;
	}
	const barColumns = Math.min(40, room - 16 - 19);
	const words = room - 16;
	const text =
		isGoing && barColumns >= 6
			? `${fit(state, words - barColumns - 1)} ${bar(current / total, barColumns, /^Extracting/.test(state) ? paint.good : paint.accent)}`
			: fit(state, words);
	return `${start}${text} ${bytes} `;
};

const tones = { good: paint.good, busy: paint.busy, bad: paint.bad, plain: paint.dim } as const;

const rowText = (row: TransferRow, transfer: Transfer, now: number, columns: number): string =>
	row.type === 'layer'
		? layerRow(row.layer, transfer, now, columns)
		: ` ${tones[row.tone](fit(row.text, columns - 2))} `;

const statusText = (
	state: State,
	transfer: Transfer,
	{ top, last }: { top: number; last: number },
): string => {
	if (!state.isDetailFocused) return '7 to it';
	const walk = last > 0 ? `${top === last && !isMoving(transfer) ? 'k' : 'j k'} more · ` : '';
	if (!isMoving(transfer)) return `${walk}r again · y copy · d close · Esc lists`;
	const follow = state.transfers.top === undefined ? '' : 'G follow · ';
	return `${walk}${follow}Ctrl+C cancel · Esc lists`;
};

export const transferPane = (state: State, rectangle: Rectangle, isFocused: boolean): DetailPane => {
	const { transfers, now } = state;
	const transfer = frontTransfer(transfers);
	const columns = rectangle.width - 2;
	const base = { rectangle, isFocused, top: tabPieces(transfers, now, rectangle.width) };
	if (!transfer) return { ...base, bottom: '', lines: [] };
	const view = transferView(state);
	const rows = view.rows.slice(view.top, view.top + view.height);
	return {
		...base,
		bottom: ` ${shorten(statusText(state, transfer, view), columns - 4)} `,
		lines: [
			firstRow(transfer, now, columns),
			` ${overallBar(transfer, columns - 2)} `,
			...rows.map((row) => rowText(row, transfer, now, columns)),
		],
	};
};
