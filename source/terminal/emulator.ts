// A terminal that is only emulated: what a program writes becomes rows of cells, and nothing of it reaches ours.
import type { Size } from '../model/items.ts';
import { createFeeder } from './feeder.ts';
import { guard } from './guards.ts';
import { internalsOf } from './internals.ts';
import { type Marks, paintedRow } from './painted-row.ts';
import { type Place, type Point, placesIn, textBetween } from './row-text.ts';

export type { Place, Point };

/** What the program has asked its terminal for. */
export type Modes = {
	readonly applicationCursor: boolean;
	readonly bracketedPaste: boolean;
	readonly focusReports: boolean;
	readonly mouse: 'none' | 'x10' | 'vt200' | 'drag' | 'any';
	readonly isMouseSgr: boolean;
	readonly isAlternate: boolean;
};

/**
 * Rows have numbers that stay theirs when older ones are dropped, and that no other row gets after a reset. The rows of
 * the alternate screen, which keeps none, are numbered from the top of the normal one.
 */
export type Emulator = {
	/** `parsed` is called when all of it is on the screen, or dropped. */
	write(bytes: Uint8Array | string, parsed?: () => void): void;
	/** Bytes written and not yet parsed: who writes must wait when they become many. */
	pending(): number;
	resize(size: Size): void;
	readonly size: Size;
	modes(): Modes;
	/** The program is amid a frame (synchronized output), which is better not painted yet. */
	isMidFrame(): boolean;
	cursor(): Point & { readonly isVisible: boolean };
	/** The oldest row kept, the one after the last, and the first of the live screen. */
	first(): number;
	end(): number;
	top(): number;
	/** As the program wrote it, without blanks at its end: still text from outside. */
	text(row: number): string;
	/** It goes on with the line of the row before. */
	isWrapped(row: number): boolean;
	/** From the oldest on; case does not matter; of more than a thousand the last ones. */
	find(text: string): readonly Place[];
	/** Both cells belong to it. */
	copied(from: Point, to: Point, isLines: boolean): string;
	paint(row: number, columns: number, marks: Marks): string;
	dispose(): void;
};

export type Given = {
	/** What the terminal answers to questions of the program, for its input. */
	onAnswer(bytes: string): void;
	/** Rows kept above the screen; 5000 if not given. */
	readonly scrollback?: number;
};

/** No more is answered to a piece than it is long, but always this much. */
const fewestAnswered = 256;

export const createEmulator = async (size: Size, given: Given): Promise<Emulator> => {
	const [{ default: xterm }, { default: unicode }] = await Promise.all([
		import('@xterm/headless'),
		import('@xterm/addon-unicode11'),
	]);
	const terminal = new xterm.Terminal({
		cols: Math.max(2, size.columns),
		rows: Math.max(1, size.rows),
		scrollback: given.scrollback ?? 5000,
		allowProposedApi: true,
		// It would write its complaints over our screen.
		logLevel: 'off',
	});
	const internals = internalsOf(terminal);
	guard(terminal, internals, unicode);
	const cell = terminal.buffer.active.getNullCell();
	const encoder = new TextEncoder();
	const reset = encoder.encode('\x1bc');
	/** After some resizes xterm misses rows of its own, and throws at what is written to them: then it begins anew. */
	const unharmed = (act: () => void): void => {
		try {
			act();
		} catch {
			internals._inputHandler.parse(reset);
		}
	};

	let isMouseSgr = false;
	let isCursorHidden = false;
	const watchModes = (final: 'h' | 'l') =>
		terminal.parser.registerCsiHandler({ prefix: '?', final }, (parameters) => {
			if (parameters.includes(1006)) isMouseSgr = final === 'h';
			if (parameters.includes(25)) isCursorHidden = final === 'l';
			return false;
		});
	watchModes('h');
	watchModes('l');
	terminal.parser.registerEscHandler({ final: 'c' }, () => {
		isMouseSgr = false;
		isCursorHidden = false;
		return false;
	});
	terminal.parser.registerCsiHandler({ intermediates: '!', final: 'p' }, () => {
		isCursorHidden = false;
		return false;
	});

	let dropped = 0;
	let lines = internals.buffers.normal.lines;
	const countDropped = (amount: number) => {
		dropped += amount;
	};
	lines.onTrim(countDropped);
	terminal.buffer.onBufferChange(() => {
		// A full reset begins with a new list.
		if (internals.buffers.normal.lines === lines) return;
		dropped += lines.length;
		lines = internals.buffers.normal.lines;
		lines.onTrim(countDropped);
	});
	const active = () => terminal.buffer.active;
	const isAlternate = () => active().type === 'alternate';
	const first = () => dropped + (isAlternate() ? terminal.buffer.normal.baseY : 0);
	const top = () => first() + active().baseY;
	// The list is a ring: there is always something before its first row.
	const lineOf = (row: number) =>
		row < first() || row >= first() + active().length ? undefined : active().getLine(row - first());
	const local = ({ row, column }: Point): Point => ({ row: row - first(), column });

	let answer = '';
	let mostAnswered = fewestAnswered;
	terminal.onData((bytes) => {
		if (answer.length + bytes.length <= mostAnswered) answer += bytes;
	});
	const feeder = createFeeder((piece) => {
		answer = '';
		mostAnswered = Math.max(fewestAnswered, piece.length);
		unharmed(() => internals._inputHandler.parse(piece));
		if (answer !== '') given.onAnswer(answer);
	});

	return {
		write: (bytes, parsed) => feeder.write(typeof bytes === 'string' ? encoder.encode(bytes) : bytes, parsed),
		pending: feeder.pending,
		resize: ({ columns, rows }) => unharmed(() => terminal.resize(Math.max(2, columns), Math.max(1, rows))),
		get size() {
			return { columns: terminal.cols, rows: terminal.rows };
		},
		modes: () => {
			const { modes } = terminal;
			return {
				applicationCursor: modes.applicationCursorKeysMode,
				bracketedPaste: modes.bracketedPasteMode,
				focusReports: modes.sendFocusMode,
				mouse: modes.mouseTrackingMode,
				isMouseSgr,
				isAlternate: isAlternate(),
			};
		},
		isMidFrame: () => terminal.modes.synchronizedOutputMode,
		cursor: () => ({
			row: top() + Math.min(active().cursorY, terminal.rows - 1),
			column: Math.min(active().cursorX, terminal.cols - 1),
			isVisible: !isCursorHidden,
		}),
		first,
		end: () => top() + terminal.rows,
		top,
		text: (row) => lineOf(row)?.translateToString(true).trimEnd() ?? '',
		isWrapped: (row) => lineOf(row)?.isWrapped ?? false,
		find: (text) =>
			placesIn(active(), text, terminal.cols).map((place) => ({ ...place, row: place.row + first() })),
		copied: (from, to, isLines) => textBetween(active(), local(from), local(to), isLines),
		paint: (row, columns, marks) => paintedRow(lineOf(row), cell, columns, marks),
		dispose: () => {
			feeder.dispose();
			terminal.dispose();
		},
	};
};
