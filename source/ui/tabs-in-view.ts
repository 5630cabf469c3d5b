// Which of many tabs are in the upper edge of a pane.
import { width } from '../model/text.ts';

/** The first and the last: the one in front, and beside it as many as fit, with room for the number of those that do not. */
export const tabsInView = (texts: readonly string[], front: number, columns: number): [number, number] => {
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
