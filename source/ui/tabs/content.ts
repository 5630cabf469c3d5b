// What a tab shows, already cut to what is on screen.

export type Content = {
	/** Painted, each exactly as wide as the details are inside. */
	readonly lines: readonly string[];
	/** How far it can be scrolled. */
	readonly end: number;
	/** For the lower edge: where the view stands. */
	readonly place: string;
	/** The lines have the column at either side of them, which is blank otherwise. */
	readonly isWhole?: boolean;
};

/** The part of a long text that is on screen. */
export const scrolled = (lines: readonly string[], top: number, height: number): Content => {
	const end = Math.max(0, lines.length - height);
	const from = Math.min(top, end);
	const place = end > 0 ? ` ${Math.min(lines.length, from + height)}/${lines.length} ` : '';
	return { lines: lines.slice(from, from + height), end, place };
};
