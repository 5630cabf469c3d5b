// The build pane: which builds there are in its upper edge, how far the one in front is, and its steps.
import {
	type Build,
	type Builds,
	counts,
	elapsedOf,
	frontBuild,
	isUnderWay,
	seconds,
	stepInFocus,
} from '../model/builds.ts';
import type { Rectangle } from '../model/layout.ts';
import type { State } from '../model/state.ts';
import { fit, shorten, width } from '../model/text.ts';
import { plural, size } from '../model/words.ts';
import type { Piece } from './border.ts';
import { buildRows } from './build-rows.ts';
import type { DetailPane } from './details.ts';
import { paint } from './paint.ts';
import { spinner } from './spinner.ts';
import { tabsInView } from './tabs-in-view.ts';

const outcome = ({ status }: Build, now: number): string =>
	({
		preparing: spinner(now),
		building: spinner(now),
		cancelling: spinner(now),
		done: '✓',
		failed: '✕',
		cancelled: '–',
	})[status];

const tabPieces = ({ list, front }: Builds, now: number, columns: number): Piece[] => {
	const texts = list.map((build) => ` ${outcome(build, now)} ${shorten(build.title, 24, 'middle')} `);
	const at = Math.max(
		0,
		list.findIndex(({ id }) => id === front),
	);
	const [first, last] = tabsInView(texts, at, columns);
	const hidden = list.length - (last - first + 1);
	let column = 1;
	return [...texts.slice(first, last + 1), ...(hidden > 0 ? [` +${hidden} `] : [])].map((text, index) => {
		const piece = { at: column, text, painted: first + index === at ? paint.chosenTab : paint.dim };
		column += width(text) + 1;
		return piece;
	});
};

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
	const full = Math.round(share * columns);
	const painted = build.status === 'failed' ? paint.bad : isUnderWay(build) ? paint.accent : paint.good;
	return `${painted('━'.repeat(full))}${paint.dim('━'.repeat(columns - full))}`;
};

const headRows = (build: Build, now: number, columns: number): string[] => {
	const left = headline(build, now);
	const builder = build.builder === 'buildkit' ? 'BuildKit' : 'classic builder';
	const right = [contextText(build), builder].filter(Boolean).join(' · ');
	const room = columns - 2 - width(right) - 1;
	const first =
		room >= width(left)
			? ` ${paint.strong(fit(left, room))} ${paint.dim(right)} `
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

const openedLines = (state: State, build: Build, columns: number, height: number): string[] => {
	const { opened } = state.builds;
	const step = opened && build.steps.get(opened.step);
	if (!opened || !step) return [];
	const title = ` ${paint.strong(fit(step.name, columns - 2, 'left', 'middle'))} `;
	const inView =
		opened.top === undefined ? opened.lines.slice(1 - height) : opened.lines.slice(0, height - 1);
	const lines = inView.map((line) => ` ${fit(line, columns - 2)} `);
	return [title, ...(lines.length ? lines : [` ${paint.dim(fit('It printed nothing.', columns - 2))} `])];
};

const statusText = (state: State, build: Build): string => {
	const { opened, cursor } = state.builds;
	if (!state.isDetailFocused) return `${build.isWatched ? 'watching · ' : ''}6 to it`;
	if (opened) {
		const step = build.steps.get(opened.step);
		const all = step?.lines ?? 0;
		const at = opened.top === undefined ? all : Math.min(all, opened.top + opened.lines.length);
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
	const bottom = ` ${shorten(statusText(state, build), columns - 4)} `;
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
		builds.cursor ?? stepInFocus(build),
		room,
		!isUnderWay(build) && builds.cursor === undefined,
	);
	return { ...base, bottom, lines: [...head, ...rows.slice(top, top + room).map(({ text }) => text)] };
};
