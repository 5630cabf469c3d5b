// The build pane: which builds there are in its upper edge, how far the one in front is, and its steps.
import {
	type Build,
	type Builds,
	counts,
	elapsedOf,
	frontBuild,
	isUnderWay,
	type OpenedStep,
	seconds,
	stepInFocus,
} from '../model/builds.ts';
import type { Rectangle } from '../model/layout.ts';
import type { State } from '../model/state.ts';
import { fit, shorten, width } from '../model/text.ts';
import { plural, size } from '../model/words.ts';
import { bar } from './bar.ts';
import type { Piece } from './border.ts';
import { buildRows } from './build-rows.ts';
import type { DetailPane } from './details.ts';
import { paint } from './paint.ts';
import { spinner } from './spinner.ts';
import { edgeTabs } from './tabs-in-view.ts';

const outcome = ({ status }: Build, now: number): string =>
	({
		preparing: spinner(now),
		building: spinner(now),
		cancelling: spinner(now),
		done: '✓',
		failed: '✕',
		cancelled: '–',
	})[status];

const tabPieces = ({ list, front }: Builds, now: number, columns: number): Piece[] =>
	edgeTabs(
		list.map((build) => ({ text: ` ${outcome(build, now)} ${shorten(build.title, 24, 'middle')} ` })),
		list.findIndex(({ id }) => id === front),
		columns,
	);

/** As docker prints it. */
const headline = (build: Build, now: number): string => {
	const { done, of } = counts(build);
	const time = seconds(elapsedOf(build, now));
	if (build.status === 'preparing') return `[+] Reading the context ${time}`;
	const end = {
		done: ' FINISHED',
		failed: ' ERROR',
		cancelled: ' CANCELED',
		cancelling: ' cancelling …',
	} as const;
	const word = build.status in end ? end[build.status as keyof typeof end] : '';
	return `[+] Building ${time} (${done}/${of})${word}`;
};

const contextText = ({ context }: Build): string => {
	if (!context) return '';
	const { files, bytes, sent } = context;
	const isSent = sent >= bytes;
	return `context ${plural(files, 'file')} ${isSent ? size(bytes) : `${size(sent)}/${size(bytes)}`}`;
};

const overallBar = (build: Build, columns: number): string => {
	const { done, of } = counts(build);
	const share = build.status === 'done' ? 1 : of === 0 ? 0 : done / of;
	const painted = build.status === 'failed' ? paint.bad : isUnderWay(build) ? paint.accent : paint.good;
	return bar(share, columns, painted);
};

const headRows = (build: Build, now: number, columns: number): string[] => {
	const left = headline(build, now);
	const builder = build.builder === 'buildkit' ? 'BuildKit' : 'classic builder';
	const context = contextText(build);
	// Where there is no room for both, the builder stays: it was chosen.
	const right = [...(context ? [`${context} · ${builder}`] : []), builder].find(
		(text) => width(left) + 1 + width(text) <= columns - 2,
	);
	const first = right
		? ` ${paint.strong(fit(left, columns - 3 - width(right)))} ${paint.dim(right)} `
		: ` ${paint.strong(fit(left, columns - 2))} `;
	return [first, ` ${overallBar(build, columns - 2)} `];
};

/** The part of the rows that is on screen: around the step in focus, or the end once all is over. */
const windowed = (
	rows: readonly { step?: string; isHead?: boolean }[],
	focus: string | undefined,
	height: number,
	isOver: boolean,
) => {
	const last = Math.max(0, rows.length - height);
	const head = rows.findIndex((row) => row.isHead && row.step === focus);
	if (head < 0) return isOver ? last : 0;
	const end = rows.findLastIndex((row) => row.step === focus);
	// All of it if it fits, and at least its end, which is the newest.
	return Math.min(last, Math.max(0, end - height + 1, head - Math.floor(height / 3)));
};

/** Number of the first line on screen, while the newest are not followed. Beneath the last one nothing is left empty. */
const topOf = ({ top = 0, from = top, lines }: OpenedStep, page: number): number =>
	Math.max(from, Math.min(top, from + lines.length - page));

const openedLines = (state: State, build: Build, columns: number, height: number): string[] => {
	const { opened } = state.builds;
	const step = opened && build.steps.get(opened.step);
	if (!opened || !step) return [];
	const title = ` ${paint.strong(fit(step.name, columns - 2, 'left', 'middle'))} `;
	const page = height - 1;
	const first = topOf(opened, page) - (opened.from ?? opened.top ?? 0);
	const inView =
		opened.top === undefined ? opened.lines.slice(-page) : opened.lines.slice(first, first + page);
	const lines = inView.map((line) => ` ${fit(line, columns - 2)} `);
	return [title, ...(lines.length ? lines : [` ${paint.dim(fit('It printed nothing.', columns - 2))} `])];
};

const statusText = (state: State, build: Build, page: number): string => {
	const { opened, cursor } = state.builds;
	if (!state.isDetailFocused) return `${build.isWatched ? 'watching · ' : ''}6 to it`;
	if (opened) {
		const step = build.steps.get(opened.step);
		const all = step?.lines ?? 0;
		const at = opened.top === undefined ? all : Math.min(all, topOf(opened, page) + page);
		return `${at}/${all} lines · s save · Esc steps`;
	}
	const watching = build.isWatched ? 'watching, w stops it · ' : '';
	if (isUnderWay(build))
		return `${watching}Ctrl+C cancel${cursor === undefined ? '' : ' · G follow'} · Enter open`;
	return `${watching}r again · R without cache · Enter open · d close`;
};

export const buildPane = (state: State, rectangle: Rectangle, isFocused: boolean): DetailPane => {
	const { builds, now } = state;
	const build = frontBuild(builds);
	const columns = rectangle.width - 2;
	const height = rectangle.height - 2;
	const base = { rectangle, isFocused, top: tabPieces(builds, now, rectangle.width) };
	if (!build) return { ...base, bottom: '', lines: [] };
	const bottom = ` ${shorten(statusText(state, build, height - 1), columns - 4)} `;
	if (builds.opened) return { ...base, bottom, lines: openedLines(state, build, columns, height) };
	const head = headRows(build, now, columns);
	const room = Math.max(1, height - head.length);
	const rows = buildRows(
		build,
		isFocused ? builds.cursor : undefined,
		now,
		columns,
		Math.max(4, Math.floor(room * 0.4)),
	);
	const top = windowed(
		rows,
		// What matters of one that is done is its end.
		builds.cursor ?? (build.status === 'done' ? undefined : stepInFocus(build)),
		room,
		!isUnderWay(build) && builds.cursor === undefined,
	);
	return { ...base, bottom, lines: [...head, ...rows.slice(top, top + room).map(({ text }) => text)] };
};
