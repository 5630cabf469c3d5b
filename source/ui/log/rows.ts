// Rows of a log, painted: signs, time, name, and the part of the text that stands on the row, with colours and hits.
import type { LogLine } from '../../model/items.ts';
import { type Part, partAt } from '../../model/log/breaks.ts';
import { coloursOf } from '../../model/log/colours.ts';
import { bodyIn } from '../../model/log/found.ts';
import { readLine } from '../../model/log/line.ts';
import { type Pattern, patternOf } from '../../model/log/pattern.ts';
import type { LogView } from '../../model/log/view.ts';
import { indent, type LogRow, type LogShape, startsOf } from '../../model/log/window.ts';
import { fit, width } from '../../model/text.ts';
import { grouped } from '../../model/words.ts';
import { inStyle, paint } from '../paint.ts';
import { logTime } from './time.ts';

type Paint = (text: string) => string;

/** What rows of one frame have in common. */
export type LogLook = {
	readonly view: LogView;
	readonly shape: LogShape;
	readonly now: number;
	/** Only where the log has the focus. */
	readonly cursor?: number;
	/** What is selected, both ends included. */
	readonly range?: readonly [number, number];
	/** By id, of several containers in one stream. */
	readonly names: ReadonlyMap<string, { readonly name: string; readonly paint: Paint }>;
	readonly newBelow: number;
	/** The line that one belongs to, if that is shown; or itself. */
	readonly headOf: (number: number, line: LogLine) => LogLine;
};

const levelSigns = {
	error: { sign: '✕', paint: paint.bad },
	warning: { sign: '!', paint: paint.busy },
	info: { sign: ' ', paint: undefined },
	debug: { sign: ' ', paint: paint.dim },
} as const;

const unsigned = { sign: ' ', paint: undefined } as const;

type Sign = { readonly sign: string; readonly paint: Paint | undefined };

/** A failure has one sign, and one paint on all of its lines. */
const signOf = (line: LogLine, head: LogLine): Sign => {
	if (line.note !== undefined) return { sign: '~', paint: paint.busy };
	const { level } = readLine(head);
	const own = level ? levelSigns[level] : unsigned;
	return line === head ? own : { ...own, sign: ' ' };
};

type Styled = { readonly from: number; readonly to: number; readonly paint: Paint };

/** What a piece of text looks like is said by the first of the styles that has it. */
const painted = (
	text: string,
	from: number,
	to: number,
	styles: readonly Styled[],
	otherwise: Paint | undefined,
): string => {
	const here = styles.filter((style) => style.from < to && style.to > from && style.from < style.to);
	const edges = here.flatMap((style) => [style.from, style.to]).filter((at) => at > from && at < to);
	const ends = [...new Set(edges), to].sort((a, b) => a - b);
	let result = '';
	let at = from;
	for (const end of ends) {
		const look = here.find((style) => style.from <= at && style.to >= end)?.paint ?? otherwise;
		const piece = text.slice(at, end);
		if (piece !== '') result += look ? look(piece) : piece;
		at = end;
	}
	return result;
};

const rowPart = (line: LogLine, text: string, row: number, { view, shape }: LogLook): Part => {
	if (!view.wraps) return partAt(text, view.left, shape.text);
	const starts = startsOf(line, view, shape.text);
	const from = starts[row] ?? 0;
	const to = starts[row + 1] ?? text.length;
	const lead = row > 0 ? indent : 0;
	return { from, to, lead, columns: lead + width(text.slice(from, to)) };
};

/** Whether a line that is not wrapped goes on at the left and at the right of what is on screen. */
const cutsOf = (line: LogLine, look: LogLook): readonly [boolean, boolean] => {
	if (look.view.wraps) return [false, false];
	const { text } = bodyIn(line, look.view);
	const { from, to } = rowPart(line, text, 0, look);
	return [from > 0, to < text.length];
};

const bodyPiece = (
	line: LogLine,
	head: LogLine,
	row: number,
	look: LogLook,
	search: Pattern | undefined,
	whole: Paint | undefined,
): string => {
	const { view, shape } = look;
	const { text, dimFrom, isFolded } = bodyIn(line, view);
	const part = rowPart(line, text, row, look);
	const isNote = line.note !== undefined;
	const own = whole || isFolded || !view.keepsColours ? [] : coloursOf(line);
	// A program's own colours say more than ours.
	const base = whole ?? (isNote ? paint.busy : own.length ? undefined : signOf(line, head).paint);
	const hits = search && !isNote ? search.hits(text, part.from, part.to) : [];
	const styles = [
		...hits.map(([from, to]) => ({ from, to, paint: paint.hit })),
		...own.map(({ from, to, style }) => ({ from, to, paint: inStyle(style) })),
		...(whole ? [] : [{ from: dimFrom, to: text.length, paint: paint.dim }]),
	];
	const spaces = ' '.repeat(Math.max(0, shape.text - part.columns));
	const lead = ' '.repeat(part.lead);
	const body = painted(text, part.from, part.to, styles, base);
	return whole ? `${whole(lead)}${body}${whole(spaces)}` : `${lead}${body}${spaces}`;
};

const prefix = (
	line: LogLine,
	head: LogLine,
	isFirst: boolean,
	isCut: boolean,
	{ shape, view, now, names }: LogLook,
): string => {
	const { sign, paint: coloured } = isFirst ? signOf(line, head) : unsigned;
	const time = shape.time
		? `${paint.dim(fit(isFirst ? logTime(line.stamp, view.times, now) : '', shape.time))} `
		: '';
	const owner = line.container === undefined ? undefined : names.get(line.container);
	const name = shape.name
		? `${(owner?.paint ?? paint.dim)(fit(isFirst ? (owner?.name ?? '') : '', shape.name, 'left', 'middle'))} `
		: '';
	const bar = line.source === 'stderr' ? paint.busy('┊') : isCut ? paint.dim('‹') : ' ';
	const gap = shape.time || shape.name ? ' ' : '';
	return `${coloured ? coloured(sign) : sign}${gap}${time}${name}${bar}`;
};

const divider = ({ shape, newBelow }: LogLook): string => {
	const text = ` ${grouped(newBelow)} new ${newBelow === 1 ? 'line' : 'lines'} below `;
	const left = Math.max(2, Math.floor((shape.columns - width(text)) / 2));
	const right = Math.max(0, shape.columns - left - width(text));
	return ` ${paint.accent(`${'─'.repeat(left)}${text}${'─'.repeat(right)}`)} `;
};

/** The whole row with the column before it, where the cursor and marks are, and the one behind it. */
export const logRow = ({ number, line, row }: LogRow, look: LogLook): string => {
	if (row < 0) return divider(look);
	const { view, cursor, range } = look;
	const search = patternOf(view.search);
	const head = look.headOf(number, line);
	const isCursor = number === cursor;
	const isSelected = range !== undefined && number >= range[0] && number <= range[1];
	const isMarked = view.marks.has(number);
	const sign = row > 0 ? (isSelected ? '+' : ' ') : isCursor ? '>' : isMarked ? '*' : isSelected ? '+' : ' ';
	const first = isCursor ? paint.accent(sign) : isMarked ? paint.busy(sign) : sign;
	// At the end of a log that is followed, it would only flicker.
	const whole = (isCursor && view.place) || isSelected ? paint.cursor : undefined;
	// The cursor does not hide a mark.
	const [isCutLeft, isCutRight] = cutsOf(line, look);
	const end = isCutRight ? paint.dim('›') : ' ';
	const last = isMarked && isCursor && row <= 0 ? paint.busy('*') : end;
	return `${first}${prefix(line, head, row === 0, isCutLeft, look)}${bodyPiece(line, head, row, look, search, whole)}${last}`;
};
