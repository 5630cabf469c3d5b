// Prints one plain table a fleet: Portside, its budgets, and the others beside it.
import { verdictOf } from './budget.ts';
import { type Measure, measures, type Result } from './measures.ts';

export type FleetReport = {
	readonly containers: number;
	readonly engine: string;
	/** By program, Portside first. */
	readonly results: ReadonlyMap<string, Result>;
	/** Percent of one core that others used meanwhile. */
	readonly others: number;
	readonly skipped: readonly string[];
};

export function tableOf(report: FleetReport): string {
	const { containers, engine, results } = report;
	const [own = {}] = results.values();
	const bare = results.get('bare Node');
	const names = [...results.keys()].slice(1);
	const head = [`${containers} containers, ${engine}`, 'portside', 'budget', ...names];
	const rows = measures
		.filter((measure) => [...results.values()].some((result) => isWorthARow(measure, result)))
		.map((measure) => {
			const value = measure.of(own);
			const times = timesBare(measure, own, bare);
			const others = names.map((name) => besides(measure, value, results.get(name)));
			return [
				measure.label,
				written(measure, value) + times,
				verdictOf(measure, containers, own, bare)?.text ?? '',
				...others,
			];
		});
	const routes = [...results].flatMap(([name, { idle }]) => routeLines(name, idle?.routes));
	const notes = [
		...routes,
		...report.skipped.map((reason) => `skipped: ${reason}`),
		`others on this machine used ${report.others.toFixed(0)} % of a core meanwhile`,
	];
	return [...aligned([head, ...rows]), ...notes.map((note) => `  ${note}`)].join('\n');
}

/** What is over its budget, as `first row, median (10)`. */
export const overIn = (report: FleetReport): string[] => {
	const [own = {}] = report.results.values();
	const bare = report.results.get('bare Node');
	return measures
		.filter((measure) => verdictOf(measure, report.containers, own, bare)?.isOver)
		.map((measure) => `${measure.label} ${written(measure, measure.of(own))} (${report.containers})`);
};

const isWorthARow = (measure: Measure, result: Result) => {
	const value = measure.of(result);
	return value !== undefined && !(measure.isTrouble && value === 0);
};

const written = ({ unit, digits }: Measure, value: number | undefined) =>
	value === undefined ? '–' : `${value.toFixed(digits)} ${unit}`.trim();

function timesBare(measure: Measure, own: Result, bare: Result | undefined): string {
	const base = bare && measure.of(bare);
	const value = measure.of(own);
	return base && value ? ` = ${(value / base).toFixed(1)} × bare Node` : '';
}

/** Another's number, and Portside's in times of it. */
function besides(measure: Measure, own: number | undefined, result: Result = {}): string {
	const value = measure.of(result);
	if (value === undefined) return '–';
	return own && value
		? `${written(measure, value)} (portside ${(own / value).toFixed(1)} ×)`
		: written(measure, value);
}

const routeLines = (name: string, routes: Readonly<Record<string, number>> = {}) => {
	const parts = Object.entries(routes).map(([route, rate]) => `${route} ${rate}`);
	return parts.length > 0 ? [`${name}, requests per second: ${parts.join(', ')}`] : [];
};

function aligned(rows: readonly (readonly string[])[]): string[] {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return rows.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('   ')
			.trimEnd(),
	);
}
