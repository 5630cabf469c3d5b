// Paints the cells of a terminal past Ink, into the frame that Ink has drawn for it: through Ink one full-screen redraw
// costs as much as thirty here. Whatever Ink writes goes through this, so that both are always one picture.
import type { Emulator } from '../terminal/emulator.ts';
import { mouseModes, mouseOff } from '../terminal/mouse.ts';
import { markedColumns } from '../terminal/reading.ts';
import type { TerminalView } from './terminal-pane.ts';

/** Around what a terminal is to show all at once. */
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';
const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const saveCursor = '\x1b7';
const restoreCursor = '\x1b8';
const cursorTo = (column: number, row: number) => `\x1b[${row + 1};${column + 1}H`;

/** Milliseconds between two paints, and until a program's own frame is shown although it is not finished. */
const shortest = 16;
const longestFrame = 150;

export type Overlay = {
	/** For Ink, in place of the real one. */
	readonly stdout: NodeJS.WriteStream;
	/** What the frame that is drawn next leaves to be painted. */
	place(view: TerminalView | undefined): void;
	/** Something was printed in the terminal with this id. */
	changed(id: number): void;
	/** Leaves nothing switched on. */
	close(): void;
};

export const createOverlay = (
	out: NodeJS.WriteStream,
	emulatorOf: (id: number) => Emulator | undefined,
): Overlay => {
	let view: TerminalView | undefined;
	/** Rows as they are on screen. */
	let painted: string[] = [];
	let paintedAt = 0;
	let timer: NodeJS.Timeout | undefined;
	/** The cursor is where the program has it, and not where Ink left it. */
	let isAway = false;
	let cursor = '';
	let reports = mouseOff;
	/** Counts what was printed in the terminal on screen. */
	let version = 0;
	let found: { key: string; hits: ReturnType<Emulator['find']> } = { key: '', hits: [] };

	const back = (): string => {
		if (!isAway) return '';
		isAway = false;
		return hideCursor + restoreCursor;
	};

	const hitsOf = (emulator: Emulator, { id, search }: TerminalView) => {
		const key = `${id} ${version} ${emulator.first()} ${search}`;
		if (search !== '' && found.key !== key) found = { key, hits: emulator.find(search) };
		return search === '' ? [] : found.hits;
	};

	/** The row shown first: where the reader is, or the newest; of a screen too small for all of it, the part around the cursor. */
	const topOf = (emulator: Emulator, { place, reading }: TerminalView): number => {
		if (reading) return Math.max(emulator.first(), Math.min(reading.top, emulator.end() - 1));
		const top = emulator.top();
		return Math.max(top, Math.min(emulator.cursor().row - place.height + 1, emulator.end() - place.height));
	};

	const rowText = (emulator: Emulator, shown: TerminalView, row: number, y: number): string => {
		const { place, cover, reading } = shown;
		const hits = hitsOf(emulator, shown).filter((hit) => hit.row === row);
		const selected = reading && markedColumns(reading, row, place.width);
		const marks = {
			left: place.left,
			found: hits.map(({ column, length }) => [column, column + length] as const),
			...(selected ? { selected } : {}),
			...(reading?.at.row === row ? { cursor: reading.at.column } : {}),
		};
		const part = (from: number, to: number) =>
			to > from
				? cursorTo(place.left + from, y) + emulator.paint(row, place.width, { ...marks, from, to })
				: '';
		const isCovered = cover && y >= cover.top && y < cover.top + cover.height;
		if (!isCovered) return part(0, place.width);
		const from = Math.max(0, cover.left - place.left);
		const to = Math.min(place.width, cover.left + cover.width - place.left);
		return part(0, Math.min(from, place.width)) + part(Math.max(0, to), place.width);
	};

	/** What leads from the screen as it is to the screen as it should be. */
	const paint = (): string => {
		const emulator = view && emulatorOf(view.id);
		const wanted = view?.isInside && emulator ? mouseModes(emulator.modes()) : mouseOff;
		let text = wanted === reports ? '' : wanted;
		reports = wanted;
		if (!view || !emulator) return text;
		paintedAt = Date.now();
		const { place } = view;
		const top = topOf(emulator, view);
		let rows = '';
		for (let index = 0; index < place.height; index++) {
			const row = rowText(emulator, view, top + index, place.top + index);
			if (row === painted[index]) continue;
			painted[index] = row;
			rows += row;
		}
		const { row, column, isVisible } = emulator.cursor();
		const y = row - top;
		const isShown = view.isInside && isVisible && y >= 0 && y < place.height && column < place.width;
		if (isShown) {
			const shown = `${cursorTo(place.left + column, place.top + y)}${showCursor}`;
			if (rows !== '' || !isAway || shown !== cursor) text += `${isAway ? '' : saveCursor}${rows}${shown}`;
			isAway = true;
			cursor = shown;
		} else if (rows !== '' || isAway) {
			text += `${isAway ? '' : saveCursor}${rows}${restoreCursor}${hideCursor}`;
			isAway = false;
		}
		return text;
	};

	const paintNow = () => {
		// Who reads slower than we paint gets the newest, and not everything.
		if (out.writableNeedDrain) return void out.once('drain', paintNow);
		timer = undefined;
		const emulator = view && emulatorOf(view.id);
		if (emulator?.isMidFrame() && Date.now() - paintedAt < longestFrame) return schedule();
		const text = paint();
		if (text !== '') out.write(begin + text + end);
	};
	const schedule = () => {
		timer ??= setTimeout(paintNow, Math.max(0, shortest - (Date.now() - paintedAt)));
	};

	/** Ink's frame, from its beginning on. */
	let frame: string | undefined;
	const write = (chunk: unknown, ...rest: unknown[]): boolean => {
		const pass = (text: unknown) => Reflect.apply(out.write, out, [text, ...rest]) as boolean;
		if (chunk === begin) {
			frame = '';
			return true;
		}
		if (frame === undefined) return pass(typeof chunk === 'string' ? back() + chunk : chunk);
		if (chunk !== end) {
			frame += String(chunk);
			return true;
		}
		const drawn = back() + frame;
		frame = undefined;
		// Ink may have drawn over any of it.
		painted = [];
		return pass(begin + drawn + paint() + end);
	};

	const stdout = new Proxy(out, {
		get: (target, key) => {
			if (key === 'write') return write;
			const value: unknown = Reflect.get(target, key);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});

	return {
		stdout,
		place: (next) => {
			view = next;
			if (view) schedule();
		},
		changed: (id) => {
			if (id !== view?.id) return;
			version++;
			schedule();
		},
		close: () => {
			clearTimeout(timer);
			view = undefined;
			out.write(back() + paint());
		},
	};
};
