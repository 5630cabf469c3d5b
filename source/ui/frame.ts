// The whole screen as a pure function of the state. What is equal to the frame before keeps its identity, so that nothing
// is drawn, or even laid out, for news that nobody sees.
import { isFullTerminal, isTooSmall, layoutOf, type Rectangle, smallest } from '../model/layout.ts';
import { cardColumns } from '../model/listing.ts';
import { type Ends, paneNames, type State } from '../model/state.ts';
import { paintedWidth, shorten, wrapWords } from '../model/text.ts';
import { boxed, type Piece } from './border.ts';
import { buildPane } from './build-pane.ts';
import { type DetailPane, detailPane } from './details.ts';
import { footer } from './footer.ts';
import { headerLine } from './header.ts';
import { type ListPane, listPane } from './list.ts';
import type { Card } from './overlays/card.ts';
import { helpCard } from './overlays/help.ts';
import { journalCard } from './overlays/journal.ts';
import { listingCard } from './overlays/listing.ts';
import { paletteCard } from './overlays/palette.ts';
import { questionCard } from './overlays/question.ts';
import { paint } from './paint.ts';
import { spinner } from './spinner.ts';
import { fullTerminal, type TerminalView, terminalPane, terminalView } from './terminal-pane.ts';
import { transferPane } from './transfer-pane.ts';
import { unavailableLines } from './unavailable.ts';

export type Frame = {
	readonly columns: number;
	readonly rows: number;
	readonly header: string;
	readonly lists: readonly ListPane[];
	readonly details: DetailPane | undefined;
	/** Instead of the panes: lines of a plain screen. */
	readonly plain: readonly string[] | undefined;
	readonly action: string;
	readonly hints: string;
	/** How far the details and the card can be scrolled. */
	readonly ends: Ends;
	/** The terminal whose cells are painted into the frame. */
	readonly terminal: TerminalView | undefined;
	/** Over the panes. */
	readonly card:
		| { readonly rectangle: Rectangle; readonly lines: readonly string[]; readonly isTable: boolean }
		| undefined;
};

const tooSmall = ({ columns, rows, terminals }: State): string[] =>
	wrapWords(
		`Portside needs ${smallest.columns}×${smallest.rows}; this terminal has ${columns}×${rows}. Make it larger${terminals.isInside ? '; nothing typed goes anywhere until then.' : ', or press q to quit.'}`,
		columns,
	);

/** Milliseconds: what is found out faster would only flash up. */
const unnoticed = 150;

const preparingCard = ({ overlay, now }: State): Card | undefined =>
	overlay?.type === 'preparing' && now - overlay.at >= unnoticed
		? {
				title: overlay.title,
				lines: [`${spinner(now)} Finding out what that touches…`],
				bottom: ' Esc cancels ',
			}
		: undefined;

const padTo = (line: string, columns: number) => line + ' '.repeat(Math.max(0, columns - paintedWidth(line)));

const cardOf = (state: State): { card: Frame['card']; end: number } => {
	const isListing = state.overlay?.type === 'listing';
	const inside = isListing ? cardColumns(state.columns) : Math.min(state.columns - 4, 92) - 4;
	const columns = inside + 4;
	const most = state.rows - 8;
	const card =
		questionCard(state, inside, most) ??
		paletteCard(state, inside, most) ??
		helpCard(state, inside, most) ??
		journalCard(state, inside, most) ??
		listingCard(state, inside, most) ??
		preparingCard(state);
	if (!card) return { card: undefined, end: 0 };
	const colour = card.isDestructive ? paint.bad : paint.chosenTab;
	const title: Piece[] = [
		{ at: 2, text: ` ${shorten(card.title, columns - 8, 'middle')} `, painted: colour },
	];
	const lines = boxed({
		width: columns,
		height: card.lines.length + 2,
		isFocused: true,
		top: title,
		isDangerous: card.isDestructive === true,
		bottom: shorten(card.bottom, columns - 4, 'start'),
		lines: card.lines.map((line) => ` ${padTo(line, inside)} `),
	});
	const left = Math.floor((state.columns - columns) / 2);
	const top = Math.max(1, Math.floor((state.rows - lines.length) / 2));
	return {
		card: {
			rectangle: { left, top, width: columns, height: lines.length },
			lines,
			isTable: card.isTable === true,
		},
		end: card.end ?? 0,
	};
};

export const frameOf = (state: State): Frame => {
	const { columns, rows, connection } = state;
	// Before anything else is measured: there may be no room for the borders.
	const isSmall = isTooSmall(state);
	const { card, end } = isSmall ? { card: undefined, end: 0 } : cardOf(state);
	const base = {
		columns,
		rows,
		lists: [],
		details: undefined,
		plain: undefined,
		card,
		terminal: undefined,
		ends: { details: 0, card: end },
	};
	if (isSmall) return { ...base, header: '', action: '', hints: '', plain: tooSmall(state) };
	const ends = { header: headerLine(state), ...footer(state) };
	if (connection.status === 'unavailable') return { ...base, ...ends, plain: unavailableLines(state) };
	const terminal = terminalView(state, card?.rectangle);
	if (terminal && isFullTerminal(state))
		return { ...base, header: '', action: '', hints: '', plain: fullTerminal(state), terminal };
	const layout = layoutOf(state);
	const shown = paneNames.filter((name) => layout.panes[name]);
	// What lies over the panes has the focus then.
	const focused = card ? undefined : state.isDetailFocused ? 'details' : state.pane;
	const details =
		layout.details &&
		(terminal
			? { pane: terminalPane(state, layout.details, focused === 'details'), end: state.ends.details }
			: state.beside === 'builds'
				? { pane: buildPane(state, layout.details, focused === 'details'), end: state.ends.details }
				: state.beside === 'transfers'
					? { pane: transferPane(state, layout.details, focused === 'details'), end: state.ends.details }
					: detailPane(state, layout.details, focused === 'details'));
	return {
		...base,
		...ends,
		lists: shown.flatMap((name) => {
			const rectangle = layout.panes[name];
			return rectangle
				? [listPane(state, name, rectangle, { isAlone: shown.length === 1, isFocused: focused === name })]
				: [];
		}),
		details: details?.pane,
		terminal,
		ends: { details: details?.end ?? 0, card: end },
	};
};

/** The new value, with every part that is equal to the old one replaced by the old one; the old one itself if all are. */
export const kept = <Value>(past: Value, next: Value): Value => {
	if (Object.is(past, next)) return past;
	if (typeof past !== 'object' || typeof next !== 'object' || past === null || next === null) return next;
	if (Array.isArray(past) !== Array.isArray(next)) return next;
	const pastParts = past as Record<string, unknown>;
	const nextParts = next as Record<string, unknown>;
	const keys = Object.keys(nextParts);
	let isSame = keys.length === Object.keys(pastParts).length;
	const result: Record<string, unknown> = Array.isArray(next)
		? ([] as unknown as Record<string, unknown>)
		: {};
	for (const key of keys) {
		result[key] = kept(pastParts[key], nextParts[key]);
		isSame &&= Object.is(result[key], pastParts[key]);
	}
	return isSame ? past : (result as Value);
};
