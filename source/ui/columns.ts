// How wide each column of a list is: those that do not fit are left out by rank, the rest share what is left.
import type { Column } from '../model/kinds/kind.ts';

type Measures = Pick<Column<never>, 'min' | 'max' | 'rank'>;

export type Placed<Of extends Measures> = {
	readonly column: Of;
	readonly width: number;
	readonly at: number;
};

/** Columns of the terminal between two columns of a list. */
const gap = 1;

/** `room` is what there is inside the borders, after the signs at the left. */
export const place = <Of extends Measures>(columns: readonly Of[], room: number): Placed<Of>[] => {
	const kept = new Set<Of>();
	let left = room + gap;
	for (const column of [...columns].sort((a, b) => a.rank - b.rank)) {
		if (column.min + gap > left) continue;
		kept.add(column);
		left -= column.min + gap;
	}
	const shown = columns.filter((column) => kept.has(column));
	const widths = new Map(shown.map((column) => [column, column.min]));
	// One by one to whoever is furthest from its wish, relative to it: a pane that grows by a column changes one width.
	for (; left > 0; left--) {
		const hungry = shown.filter((column) => (widths.get(column) ?? 0) < column.max);
		const next = hungry.sort((a, b) => (widths.get(a) ?? 0) / a.max - (widths.get(b) ?? 0) / b.max)[0];
		if (!next) break;
		widths.set(next, (widths.get(next) ?? 0) + 1);
	}
	let at = 0;
	return shown.map((column) => {
		const placed = { column, width: widths.get(column) ?? column.min, at };
		at += placed.width + gap;
		return placed;
	});
};
