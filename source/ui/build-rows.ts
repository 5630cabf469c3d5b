// A build as lines: every step with its state, its place in the Dockerfile and in time, and what the one in focus prints.
import type { StepState } from '../model/build.ts';
import { type Build, elapsedOf, type Step, seconds, stepInFocus, stepsInOrder } from '../model/builds.ts';
import { fit, shorten, width, wrapWords } from '../model/text.ts';
import { plural, size } from '../model/words.ts';
import { paint } from './paint.ts';
import { spinner } from './spinner.ts';

export type BuildRow = {
	/** Id of the step it belongs to. */
	readonly step?: string;
	/** The first row of its step. */
	readonly isHead?: boolean;
	readonly text: string;
};

const signs: Record<StepState, (now: number) => string> = {
	waiting: () => paint.dim('·'),
	running: (now) => paint.busy(spinner(now)),
	cached: () => paint.good('◦'),
	done: () => paint.good('✓'),
	failed: () => paint.bad('✕'),
	cancelled: () => paint.busy('–'),
};

/** What moves in it, as one sum; of an export only the names are known. */
const bytesText = ({ parts, state }: Step): string => {
	if (state !== 'running') return '';
	let current = 0;
	let total = 0;
	for (const part of parts) {
		current += part.current;
		total += Math.max(part.total, part.current);
	}
	if (current === 0) return '';
	return total > current ? `${size(current)}/${size(total)} ` : `${size(current)} `;
};

/** From the first step to the last, by the clock that the steps have: the engine's may be another than ours. */
const span = ({ steps }: Build, now: number): readonly [number, number] => {
	let from = Number.POSITIVE_INFINITY;
	let until = 0;
	for (const { startedAt, endedAt, state } of steps.values()) {
		if (startedAt === undefined) continue;
		from = Math.min(from, startedAt);
		until = Math.max(until, endedAt ?? (state === 'running' ? now : startedAt));
	}
	return until === 0 ? [now, now] : [from, until];
};

/** When it ran, of all the time that the build took so far. */
const timeline = (step: Step, build: Build, now: number, columns: number): string => {
	if (columns <= 0) return '';
	const [from, until] = span(build, now);
	const whole = Math.max(1, until - from);
	if (step.startedAt === undefined || step.state === 'cached') return ' '.repeat(columns);
	const at = (time: number) => Math.max(0, Math.min(columns, Math.round(((time - from) / whole) * columns)));
	const start = Math.min(columns - 1, at(step.startedAt));
	const length = Math.max(1, at(step.endedAt ?? now) - start);
	const bar = '▬'.repeat(Math.min(length, columns - start));
	const painted =
		step.state === 'failed' ? paint.bad(bar) : step.state === 'running' ? paint.busy(bar) : paint.dim(bar);
	return `${' '.repeat(start)}${painted}${' '.repeat(Math.max(0, columns - start - length))}`;
};

/** Bytes while they move, and the time. */
const endText = (step: Step, now: number): string => {
	if (step.state === 'cached') return 'cached';
	return `${bytesText(step)}${step.startedAt === undefined ? '' : seconds(elapsedOf(step, now))}`;
};

type Widths = { readonly columns: number; readonly end: number };

const stepRow = (
	step: Step,
	build: Build,
	now: number,
	{ columns, end }: Widths,
	isAt: boolean,
): BuildRow => {
	const bar = columns >= 70 ? Math.min(24, Math.floor(columns * 0.2)) : 0;
	const line = fit(step.line === undefined ? '' : String(step.line), 3, 'right');
	const room = Math.max(4, columns - 9 - (bar ? bar + 1 : 0) - end);
	const name = fit(step.name, room, 'left', 'middle');
	const painted = step.state === 'waiting' ? paint.dim(name) : name;
	const shown = isAt ? paint.cursor(name) : painted;
	const text = ` ${signs[step.state](now)} ${paint.dim(line)} ${shown} ${timeline(step, build, now, bar)}${bar ? ' ' : ''}${fit(endText(step, now), end, 'right')} `;
	return { step: step.id, isHead: true, text };
};

/** What it printed last, its parts while they move, and why it failed. */
const unfolded = (step: Step, build: Build, columns: number, most: number, isFocus: boolean): BuildRow[] => {
	const inside = columns - 9;
	const row = (text: string, painted: (text: string) => string = paint.dim): BuildRow => ({
		step: step.id,
		text: `       ${painted(fit(text, inside))}  `,
	});
	const moving = step.parts.filter(({ isDone, current }) => !isDone && current > 0).slice(0, 4);
	const rows = moving.map(({ id, name, current, total }) =>
		row(`${shorten(name || id, 24)} ${size(current)}${total ? `/${size(total)}` : ''}`),
	);
	const hidden = step.lines - Math.min(step.tail.length, most);
	if (hidden > 0) rows.push(row(`… ${plural(hidden, 'line')} above${isFocus ? ': Enter opens them' : ''}`));
	rows.push(...step.tail.slice(-most).map((line) => row(line, step.state === 'failed' ? String : paint.dim)));
	if (step.state !== 'failed') return rows;
	const isReason = build.failure?.step === step.id;
	const code = isReason ? build.failure?.exitCode : undefined;
	if (code !== undefined) rows.push(row(`exit code ${code}`, paint.bad));
	else if (step.error !== undefined)
		rows.push(...wrapWords(step.error, inside).map((text) => row(text, paint.bad)));
	if (!isReason) return rows;
	const around = excerptRows(build, inside).map((text) => ({ step: step.id, text: `       ${text}  ` }));
	return [...rows, ...around];
};

const excerptRows = ({ excerpt = [] }: Build, columns: number): string[] =>
	excerpt.map(({ number, text, isMarked }) => {
		const line = fit(`${isMarked ? '>' : ' '} ${fit(String(number), 4, 'right')} │ ${text}`, columns);
		return isMarked ? paint.bad(line) : paint.dim(line);
	});

const said = (text: string, columns: number, painted: (text: string) => string): BuildRow[] =>
	wrapWords(text, columns - 4).map((line) => ({ text: `  ${painted(fit(line, columns - 4))}  ` }));

const slowest = ({ steps }: Build): string =>
	[...steps.values()]
		.filter(
			({ state, startedAt, endedAt }) => state === 'done' && startedAt !== undefined && endedAt !== undefined,
		)
		.sort((one, other) => elapsedOf(other, 0) - elapsedOf(one, 0))
		.slice(0, 3)
		.filter((step) => elapsedOf(step, 0) >= 100)
		.map(
			(step) =>
				`${step.line === undefined ? shorten(step.name, 24, 'middle') : `line ${step.line}`} ${seconds(elapsedOf(step, 0))}`,
		)
		.join(' · ');

/** Names of the image that are told. */
const mostTags = 4;

/** What it came to. */
const resultRows = (build: Build, columns: number): BuildRow[] => {
	const { status, failure, imageId, imageSize, tags, steps } = build;
	const blank = { text: ' '.repeat(columns) };
	if (status === 'cancelled') return [blank, ...said('Cancelled.', columns, paint.busy)];
	if (status === 'failed' && failure) {
		const isTold = failure.step !== undefined && steps.has(failure.step);
		const where = isTold ? [] : excerptRows(build, columns - 4).map((text) => ({ text: `  ${text}  ` }));
		return [blank, ...said(failure.message, columns, paint.bad), ...where];
	}
	if (status !== 'done') return [];
	let cached = 0;
	for (const { state } of steps.values()) if (state === 'cached') cached++;
	const id = imageId?.replace('sha256:', '').slice(0, 12) ?? '';
	const facts = [
		`image ${id}`,
		[
			...tags.slice(0, mostTags),
			...(tags.length > mostTags ? [`and ${tags.length - mostTags} more`] : []),
		].join(' '),
		imageSize === undefined ? '' : size(imageSize),
		`${cached} of ${steps.size} steps cached`,
	];
	const slow = slowest(build);
	return [
		blank,
		...said(facts.filter(Boolean).join(' · '), columns, paint.good),
		...(slow ? said(`slowest: ${slow}`, columns, paint.dim) : []),
		...build.slower.flatMap((text) => said(text, columns, paint.busy)),
		...said('n runs it · t tags it · P pushes it · H shows its layers', columns, paint.dim),
	];
};

/** All of it, from the first step to the result. `most`: how many lines of the step in focus are unfolded. */
export const buildRows = (
	build: Build,
	cursor: string | undefined,
	now: number,
	columns: number,
	most: number,
): BuildRow[] => {
	// One width for all, or the bars would not stand below each other.
	const end = Math.max(7, ...[...build.steps.values()].map((step) => width(endText(step, now))));
	const focus = cursor ?? stepInFocus(build);
	const rows = stepsInOrder(build).flatMap((step) => {
		const isOpen =
			step.id === focus || step.state === 'failed' || (step.state === 'running' && step.tail.length > 0);
		const room = step.id === focus ? most : step.state === 'failed' ? 12 : 3;
		return [
			stepRow(step, build, now, { columns, end }, step.id === cursor),
			...(isOpen ? unfolded(step, build, columns, room, step.id === focus) : []),
		];
	});
	const warnings = build.warnings.flatMap((text) => said(`! ${text}`, columns, paint.busy));
	return [...rows, ...warnings, ...resultRows(build, columns)];
};
