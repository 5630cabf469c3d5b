// Frames in which every cell is another one than in the frame before, in mixed colours, and a script that shows thirty
// of them each second.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const framesPerSecond = 30;
/** Different ones. */
const frames = 30;

const pick = (seed: number, from: number) =>
	Math.floor(Math.abs(Math.sin(seed * 12.9898) * 43758.5453)) % from;

/** One of the palette, of 256 or of all colours. */
const colour = (base: 30 | 40, seed: number): string => {
	const kind = pick(seed, 4);
	if (kind < 2) return `${base + pick(seed + 1, 8)}`;
	if (kind === 2) return `${base + 8};5;${pick(seed + 1, 256)}`;
	return `${base + 8};2;${pick(seed + 1, 256)};${pick(seed + 2, 256)};${pick(seed + 3, 256)}`;
};

/** As `F07` in its first cells. */
export const frameSign = /^F\d\d/;

/** Runs of 1 to `longest` cells have a colour and a background of their own. */
function frameText(frame: number, columns: number, rows: number, longest: number): string {
	let text = '\x1b[H';
	for (let row = 0; row < rows; row++) {
		text += `\x1b[${row + 1};1H`;
		for (let column = 0; column < columns; ) {
			const seed = frame * 7919 + row * 131 + column;
			const length = Math.min(1 + pick(seed + 5, longest), columns - column);
			text += `\x1b[${colour(30, seed)};${colour(40, seed + 9)}m`;
			for (let end = column + length; column < end; column++) {
				const isSign = row === 0 && column < 3;
				text += isSign
					? `F${String(frame).padStart(2, '0')}`.charAt(column)
					: String.fromCharCode(33 + ((column * 7 + row * 3 + frame) % 93));
			}
		}
	}
	return `${text}\x1b[m`;
}

/** Below a folder that is copied into the container as /bench. */
export function writeFrames(folder: string, columns: number, rows: number): void {
	mkdirSync(folder, { recursive: true });
	for (let frame = 0; frame < frames; frame++) {
		writeFileSync(join(folder, `mixed-${frame}`), frameText(frame, columns, rows, 8));
		writeFileSync(join(folder, `cells-${frame}`), frameText(frame, columns, rows, 1));
	}
	// The pause begins before the frame is written, so that writing does not count.
	const pause = Math.round(1e6 / framesPerSecond) - 900;
	writeFileSync(
		join(folder, 'redraw'),
		`i=0; while :; do usleep ${pause} & cat /bench/$1-$i; i=$(((i+1)%${frames})); wait; done\n`,
	);
}
