// A listing as lines: its columns named above, one line a row, and below what the rows come to.
import type { ListingColumn, ListingRow } from '../../model/listing.ts';
import type { State } from '../../model/state.ts';
import { fit, wrapWords } from '../../model/text.ts';
import { type Placed, place } from '../columns.ts';
import { paint } from '../paint.ts';
import { spinner } from '../spinner.ts';
import type { Card } from './card.ts';

const rowLine = (
	cells: readonly string[],
	columns: readonly ListingColumn[],
	placed: Placed<ListingColumn>[],
) =>
	placed
		.map(({ column, width }) => fit(cells[columns.indexOf(column)] ?? '', width, column.align, column.cut))
		.join(' ');

export const listingCard = (state: State, columns: number, most: number): Card | undefined => {
	const { overlay } = state;
	if (overlay?.type !== 'listing') return undefined;
	const listing = overlay.listings.at(-1);
	if (!listing) return undefined;
	const { rows, selected, status, message, notes } = listing;
	const placed = place(listing.columns, columns - 2);
	const says = message === undefined ? [] : wrapWords(message, columns);
	const told = [
		...(status === 'loading'
			? [paint.busy(fit(`${spinner(state.now)} ${message ?? 'Asking…'}`, columns))]
			: says.map((row) => (status === 'failed' ? paint.bad : paint.dim)(fit(row, columns)))),
		// Where there is little room it is the rows'.
		...(most < 10 ? [] : notes).flatMap((note) =>
			wrapWords(note, columns).map((row) => paint.dim(fit(row, columns))),
		),
		...(listing.line === '' ? [] : [paint.dim(fit(`$ ${listing.line}`, columns))]),
	];
	const isEmpty = rows.length === 0;
	const below = isEmpty ? told : told.length ? ['', ...told] : [];
	const labels = listing.columns.map(({ label }) => label);
	const head =
		isEmpty || labels.every((label) => label === '')
			? []
			: [paint.dim(fit(`  ${rowLine(labels, listing.columns, placed)}`, columns))];
	const height = Math.max(1, most - below.length - head.length);
	const first = Math.max(0, Math.min(selected - Math.floor(height / 2), rows.length - height));
	const line = (row: ListingRow, index: number): string => {
		const isHere = first + index === selected;
		const text = fit(`${isHere ? '>' : ' '} ${rowLine(row.cells, listing.columns, placed)}`, columns);
		return isHere ? paint.cursor(text) : row.isDim ? paint.dim(text) : text;
	};
	return {
		title: listing.title,
		lines: [...head, ...rows.slice(first, first + height).map(line), ...below],
		// What else can be done stands in the hint line.
		bottom:
			listing.kind === 'port-check'
				? status === 'loading'
					? ' Esc cancels '
					: ' r checks again · Esc closes '
				: `${isEmpty ? '' : ` ${selected + 1}/${rows.length} ·`}${listing.texts ? ' y copies ·' : ''} Esc ${overlay.listings.length > 1 ? 'back' : 'closes'} `,
		isTable: true,
	};
};
