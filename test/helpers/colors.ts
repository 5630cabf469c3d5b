// The colours of a picture of the screen.
import type { Cell, Color } from './cells.ts';

export const background = '#16181d';
export const foreground = '#d7dae0';

const sixteen = [
	...['#2a2e36', '#e06c75', '#8fc46f', '#e5c07b', '#6ba6e8', '#c08ad8', '#56b6c2', '#c3c8d1'],
	...['#6b7280', '#ff8790', '#aee08b', '#ffd98f', '#93c5ff', '#dca6f2', '#7fd8e2', '#ffffff'],
];

/** The colours a cell is painted with, after inverse and dim; no background where it is the screen's. */
export function paint(cell: Cell): { ink: string; paper: string | undefined } {
	let ink = hex(cell.foreground) ?? foreground;
	let paper = hex(cell.background);
	if (cell.inverse) [ink, paper] = [paper ?? background, ink];
	if (cell.dim) ink = mixed(ink, paper ?? background, 0.58);
	return { ink, paper };
}

function hex(color: Color): string | undefined {
	if (typeof color !== 'number') return color;
	if (color < 16) return sixteen[color];
	if (color >= 232) return joined([0, 0, 0].map(() => 8 + (color - 232) * 10));
	const index = color - 16;
	return joined(
		[Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map((step) => (step ? 55 + step * 40 : 0)),
	);
}

function mixed(one: string, other: string, share: number) {
	const [a, b] = [parts(one), parts(other)];
	return joined(a.map((value, i) => Math.round(value * share + (b[i] ?? 0) * (1 - share))));
}

function parts(color: string) {
	return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

function joined(values: number[]) {
	return `#${values.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
