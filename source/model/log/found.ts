// Whether a line has what somebody typed: in its text, or in what is shown of it.
import type { LogLine } from '../items.ts';
import { type Body, bodyOf } from './body.ts';
import { readLine } from './line.ts';
import { uncounted } from './patience.ts';
import { type Pattern, patternOf } from './pattern.ts';

const plainest = /^[\x20-\x7e\uac00-\ud7a3]*$/;

/** First and last one of characters that are shown as they are, wherever they stand: most lines have no others. */
const ordinary = [
	[0xac00, 0xd7a3],
	[0x4e00, 0x9fff],
	[0x3041, 0x3096],
	[0x30a1, 0x30fc],
	[0x3001, 0x3029],
	[0xa0, 0xac],
	[0xae, 0x2ff],
	[0x391, 0x3a1],
	[0x3a3, 0x3c9],
	[0x400, 0x482],
	[0x48a, 0x52f],
	[0x2010, 0x2027],
	[0x2190, 0x21ff],
	[0x2500, 0x27bf],
	[0x3131, 0x3163],
	[0xff01, 0xff9d],
	[0xfffd, 0xfffd],
] as const;

/** Faster than one expression of them all. */
const isOrdinary = (text: string): boolean => {
	if (plainest.test(text)) return true;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code >= 0x20 && code < 0x7f) continue;
		if (!ordinary.some(([from, to]) => code >= from && code <= to)) return false;
	}
	return true;
};

/** The text that is searched and filtered: all of a line, without what was meant for a terminal. */
const textOf = (line: LogLine): string => (isOrdinary(line.text) ? line.text : readLine(line).plain);

/** Other lines are not read: it takes time for thousands of them. */
const mayBeFields = (text: string): boolean =>
	text.trimStart().startsWith('{') || ['level=', 'lvl=', 'severity='].some((key) => text.includes(key));

export const isFound = (pattern: Pattern, line: LogLine, foldsJson: boolean): boolean => {
	const text = textOf(line);
	if (pattern.test(text)) return true;
	if (!foldsJson || !mayBeFields(text)) return false;
	// What is folded has the words of the line, unless some of their letters were escaped.
	if (!text.includes('\\') && !pattern.mayFit(text)) return false;
	const body = uncounted(() => bodyOf(line, true));
	return body.isFolded && pattern.test(body.text);
};

type Looked = { readonly foldsJson: boolean; readonly search: string };

const hidden = new WeakMap<LogLine, { readonly key: string; readonly isHidden: boolean }>();

const isHitHidden = (pattern: Pattern, search: string, line: LogLine, shown: string): boolean => {
	const key = `${pattern.kind} ${search}`;
	const known = hidden.get(line);
	if (known?.key === key) return known.isHidden;
	const isHidden = !pattern.test(shown) && pattern.test(textOf(line));
	hidden.set(line, { key: `${pattern.kind} ${search}`, isHidden });
	return isHidden;
};

/** What of a line is on screen: a line of fields is not folded where that would hide what is searched for. */
export const bodyIn = (line: LogLine, { foldsJson, search }: Looked): Body => {
	const body = bodyOf(line, foldsJson);
	if (!body.isFolded || line.note !== undefined) return body;
	const pattern = patternOf(search);
	return pattern && isHitHidden(pattern, search, line, body.text) ? bodyOf(line, false) : body;
};

/** Two looks with the same key show the same of every line. */
export const bodyKey = ({ foldsJson, search }: Looked): string =>
	foldsJson ? `folded ${patternOf(search)?.kind} ${search}` : '';
