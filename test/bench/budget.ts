// Compares Portside's number with its budget.
import type { Measure, Result } from './measures.ts';

export type Verdict = { readonly text: string; readonly isOver: boolean };

/** Undefined where there is no budget, or no number. */
export function verdictOf(
	measure: Measure,
	containers: number,
	own: Result,
	bare: Result | undefined,
): Verdict | undefined {
	const { budget, isTimesBare, isLeast, budgetFor, unit } = measure;
	if (budget === undefined || (budgetFor && !budgetFor.includes(containers))) return undefined;
	const value = measure.of(own);
	const base = isTimesBare ? bare && measure.of(bare) : 1;
	if (value === undefined || !base) return undefined;
	const isOver = isLeast ? value / base < budget : value / base > budget;
	const limit = isTimesBare ? `${budget} × bare Node` : `${budget} ${unit}`.trim();
	return { text: `${isLeast ? '≥' : '≤'} ${limit} ${isOver ? 'OVER' : 'ok'}`, isOver };
}
