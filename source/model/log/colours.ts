// The colours that a program gave to its lines. Of all that can be said to a terminal, only these are kept.
import type { LogLine } from '../items.ts';
import { cleanButTabs } from '../text.ts';
import { noStyle, styleAfter, styled, styleSequence, type TextStyle } from '../text-style.ts';
import { readLine } from './line.ts';
import { lastState, tabExpander } from './text.ts';

/** In code units of the clean text. */
export type Coloured = { readonly from: number; readonly to: number; readonly style: TextStyle };

/** A line that is longer has no colours: they are looked for in all of it. */
const longest = 64 << 10;

const read = ({ text, style: opened = noStyle }: LogLine, plain: string): readonly Coloured[] => {
	if (text.length > longest || !(opened !== noStyle || text.includes('\x1b['))) return [];
	const [from, end] = lastState(text);
	const expanded = text.includes('\t') ? tabExpander() : (piece: string) => piece;
	const result: Coloured[] = [];
	let style = styleAfter(opened, text.slice(0, from));
	let all = '';
	let at = from;
	const take = (to: number) => {
		const piece = expanded(cleanButTabs(text.slice(at, to)));
		if (piece !== '' && style !== noStyle)
			result.push({ from: all.length, to: all.length + piece.length, style });
		all += piece;
	};
	for (const match of text.slice(0, end).matchAll(styleSequence)) {
		if (match.index < from) continue;
		take(match.index);
		style = styled(style, match[1] ?? '');
		at = match.index + match[0].length;
	}
	take(end);
	// Where pieces make another text than the whole, nobody could say which part of it is which.
	return all === plain ? result : [];
};

const known = new WeakMap<LogLine, readonly Coloured[]>();

/** Ascending, and of the whole text of the line. */
export const coloursOf = (line: LogLine): readonly Coloured[] => {
	const found = known.get(line);
	if (found) return found;
	const colours = read(line, readLine(line).plain);
	known.set(line, colours);
	return colours;
};
