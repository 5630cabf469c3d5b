// Small statistics; what is left out was not measured.

export type Summary = {
	readonly count: number;
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
	readonly max: number;
};

export const summary = (values: readonly number[]): Summary | undefined => {
	if (values.length === 0) return undefined;
	const sorted = [...values].sort((a, b) => a - b);
	return {
		count: sorted.length,
		p50: quantile(sorted, 0.5),
		p95: quantile(sorted, 0.95),
		p99: quantile(sorted, 0.99),
		max: quantile(sorted, 1),
	};
};

/** Between the two nearest values, in proportion. */
function quantile(sorted: readonly number[], share: number): number {
	const place = (sorted.length - 1) * share;
	const below = sorted[Math.floor(place)] ?? 0;
	const above = sorted[Math.ceil(place)] ?? below;
	return round(below + (above - below) * (place % 1), 2);
}

export const round = (value: number, digits: number): number => Number(value.toFixed(digits));

export const sleep = (milliseconds: number): Promise<void> =>
	new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));

export const between = (least: number, most: number): number => least + Math.random() * (most - least);
