// A screen as an SVG picture: the same screen gives the same bytes, so pictures can be compared.
import type { Terminal } from '@xterm/headless';
import { type Cell, cellsOf } from './cells.ts';
import { background, paint } from './colors.ts';
import { emulator } from './emulator.ts';
import { shapesOf } from './shapes.ts';

const cell = { width: 9, height: 20, baseline: 15 };
const margin = 12;
const fonts = 'JetBrains Mono, DejaVu Sans Mono, NanumGothicCoding, Noto Sans Mono CJK KR, monospace';

export function pictureOf(terminal: Terminal): string {
	return picture(cellsOf(terminal));
}

/** The picture of a frame as a program writes it: text, colours, line ends. */
export async function pictureOfFrame(ansi: string, columns: number, rows: number): Promise<string> {
	const terminal = emulator(columns, rows);
	// a last line end would scroll the first line away
	const text = ansi.replace(/\r?\n$/, '').replace(/\r?\n/g, '\r\n');
	await new Promise<void>((resolve) => terminal.write(text, resolve));
	const svg = pictureOf(terminal);
	terminal.dispose();
	return svg;
}

function picture(rows: Cell[][]): string {
	const width = (rows[0]?.length ?? 0) * cell.width + 2 * margin;
	const height = rows.length * cell.height + 2 * margin;
	const lines = rows.map((row, y) => {
		const top = margin + y * cell.height;
		return [...papers(row, top), ...drawings(row, top), ...texts(row, top)].join('');
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${fonts}" font-size="15" xml:space="preserve">`,
		`<rect width="100%" height="100%" rx="8" fill="${background}"/>`,
		...lines.filter(Boolean),
		'</svg>\n',
	].join('\n');
}

type Run = { x: number; key: string; cells: Cell[] };

/** Neighbours with the same key, each with the column of its first cell; the right half of a wide one stays with it. */
function* runs(
	row: Cell[],
	keyOf: (cell: Cell) => string | undefined,
	isAlone = (_: Cell) => false,
): Generator<Run> {
	let run: Run | undefined;
	for (const [x, one] of row.entries()) {
		const isHalf = one.width === 0 && run !== undefined;
		const key = keyOf(one);
		const before = row[x - 1];
		if (run && (isHalf || (key === run.key && !isAlone(one) && !(before && isAlone(before))))) {
			run.cells.push(one);
			continue;
		}
		if (run) yield run;
		run = key === undefined ? undefined : { x, key, cells: [one] };
	}
	if (run) yield run;
}

function* papers(row: Cell[], top: number) {
	for (const run of runs(row, (one) => paint(one).paper)) {
		const width = run.cells.length * cell.width;
		yield `<rect x="${left(run.x)}" y="${top}" width="${width}" height="${cell.height}" fill="${run.key}" shape-rendering="crispEdges"/>`;
	}
}

function drawings(row: Cell[], top: number): string[] {
	const paths = new Map<string, string>();
	for (const [x, one] of row.entries()) {
		if (one.invisible) continue;
		for (const shape of shapesOf(one.text, { x: left(x), y: top, width: cell.width, height: cell.height }) ??
			[]) {
			const { ink } = paint(one);
			const style = shape.line ? `stroke="${ink}" stroke-width="${shape.line}" fill="none"` : `fill="${ink}"`;
			const key = shape.opacity ? `${style} opacity="${shape.opacity}"` : style;
			paths.set(key, (paths.get(key) ?? '') + shape.path);
		}
	}
	return [...paths].map(([style, path]) => `<path d="${path}" ${style}/>`);
}

function* texts(row: Cell[], top: number) {
	for (const run of runs(row, styleOfText, isPlacedAlone)) {
		const columns = run.cells.length;
		const text = run.cells.map((one) => one.text).join('');
		// the width is given, so columns stay columns in any font
		const fit = run.cells[0]?.width === 2 ? 'lengthAdjust="spacingAndGlyphs" ' : '';
		const length = columns > 1 ? `textLength="${columns * cell.width}" ${fit}` : '';
		yield `<text x="${left(run.x)}" y="${top + cell.baseline}" ${length}${run.key}>${escaped(text)}</text>`;
	}
}

/** A wide character, and one that may come from a font of other widths. */
function isPlacedAlone(one: Cell) {
	return !/^[\x20-\x7e]$/.test(one.text);
}

function styleOfText(one: Cell): string | undefined {
	const isUnderlined = one.underline || one.strikethrough;
	if (one.invisible || (one.text === ' ' && !isUnderlined)) return undefined;
	if (shapesOf(one.text, { x: 0, y: 0, width: 1, height: 1 })) return undefined;
	let style = `fill="${paint(one).ink}"`;
	if (one.bold) style += ' font-weight="700"';
	if (one.italic) style += ' font-style="italic"';
	if (isUnderlined) style += ` text-decoration="${one.underline ? 'underline' : 'line-through'}"`;
	return style;
}

function left(x: number) {
	return margin + x * cell.width;
}

function escaped(text: string) {
	// a control character would make the file no XML
	const clean = text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, ' ');
	return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
