// How much of something is done, as a line that fills.
import { paint } from './paint.ts';

/** `share` from 0 to 1. */
export const bar = (share: number, columns: number, painted: (text: string) => string): string => {
	const full = Math.max(0, Math.min(columns, Math.round(share * columns)));
	return `${painted('━'.repeat(full))}${paint.dim('━'.repeat(columns - full))}`;
};
