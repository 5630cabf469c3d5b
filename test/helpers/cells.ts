// The cells of an emulated screen, with the colours and styles they are drawn in.
import type { IBufferCell, Terminal } from '@xterm/headless';

/** undefined: the terminal's own; a number: of the 256 colour palette; a string: '#rrggbb'. */
export type Color = number | string | undefined;

export type Cell = {
	/** '' is the right half of a wide character. */
	text: string;
	width: number;
	foreground: Color;
	background: Color;
	bold: boolean;
	dim: boolean;
	italic: boolean;
	underline: boolean;
	strikethrough: boolean;
	inverse: boolean;
	invisible: boolean;
};

export function cellsOf(terminal: Terminal): Cell[][] {
	const buffer = terminal.buffer.active;
	return Array.from({ length: terminal.rows }, (_, y) => {
		const line = buffer.getLine(buffer.baseY + y);
		return Array.from({ length: terminal.cols }, (_, x) => cellOf(line?.getCell(x)));
	});
}

export function linesOf(terminal: Terminal): string[] {
	const buffer = terminal.buffer.active;
	return Array.from(
		{ length: terminal.rows },
		(_, y) => buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? '',
	);
}

function cellOf(cell: IBufferCell | undefined): Cell {
	return {
		text: cell?.getWidth() === 0 ? '' : cell?.getChars() || ' ',
		width: cell?.getWidth() ?? 1,
		foreground: cell && colorOf(cell.getFgColor(), cell.isFgDefault(), cell.isFgRGB()),
		background: cell && colorOf(cell.getBgColor(), cell.isBgDefault(), cell.isBgRGB()),
		bold: Boolean(cell?.isBold()),
		dim: Boolean(cell?.isDim()),
		italic: Boolean(cell?.isItalic()),
		underline: Boolean(cell?.isUnderline()),
		strikethrough: Boolean(cell?.isStrikethrough()),
		inverse: Boolean(cell?.isInverse()),
		invisible: Boolean(cell?.isInvisible()),
	};
}

function colorOf(value: number, isDefault: boolean, isRgb: boolean): Color {
	if (isDefault) return undefined;
	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
}
