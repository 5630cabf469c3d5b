// The Top tab: the processes inside, as the engine's ps prints them.
import type { State } from '../../model/state.ts';
import { fit, width } from '../../model/text.ts';
import { paint } from '../paint.ts';

export const processLines = (state: State, id: string, columns: number): string[] => {
	if (state.containers.get(id)?.state !== 'running')
		return [paint.dim(fit('It is not running, so it has no processes.', columns))];
	const table = state.known.processes.get(id);
	if (!table) return [paint.dim(fit('Reading…', columns))];
	const rows = [table.titles, ...table.rows];
	// The last column is the command: it takes what is left.
	const widths = table.titles
		.slice(0, -1)
		.map((_, index) => Math.min(12, Math.max(...rows.map((row) => width(row[index] ?? '')))));
	const line = (row: readonly string[]) =>
		fit(
			[...widths.map((columns, index) => fit(row[index] ?? '', columns)), row.at(-1) ?? ''].join(' '),
			columns,
		);
	return rows.map((row, index) => (index === 0 ? paint.strong(line(row)) : line(row)));
};
