// The tabs in the upper edge of a pane: all where they fit, else those around the one in front.
import { width } from '../model/text.ts';
import type { Piece } from './border.ts';
import { paint } from './paint.ts';

/** The first and the last: the one in front, and beside it as many as fit, with room for the number of those that do not. */
const tabsInView = (texts: readonly string[], front: number, columns: number): [number, number] => {
	let [first, last] = [front, front];
	let room = columns - 10 - width(texts[front] ?? '');
	for (const [step, next] of [
		[-1, () => first - 1],
		[1, () => last + 1],
	] as const) {
		for (let index = next(); index >= 0 && index < texts.length; index = next()) {
			room -= width(texts[index] ?? '') + 1;
			if (room < 0) break;
			if (step < 0) first = index;
			else last = index;
		}
	}
	return [first, last];
};

/** Something happened there that was not seen yet. */
export type EdgeTab = { readonly text: string; readonly hasNews?: boolean };

export const edgeTabs = (tabs: readonly EdgeTab[], front: number, columns: number): Piece[] => {
	const at = Math.max(0, front);
	const [first, last] = tabsInView(
		tabs.map(({ text }) => text),
		at,
		columns,
	);
	const hidden = tabs.filter((_, index) => index < first || index > last);
	const hasNews = hidden.some((tab) => tab.hasNews);
	const shown = tabs.slice(first, last + 1);
	const more = hidden.length ? [{ text: ` +${hidden.length}${hasNews ? ' •' : ''} `, hasNews }] : [];
	let column = 1;
	return [...shown, ...more].map(({ text, hasNews }, index) => {
		const painted = first + index === at ? paint.chosenTab : hasNews ? paint.busy : paint.dim;
		const piece = { at: column, text, painted };
		column += width(text) + 1;
		return piece;
	});
};
