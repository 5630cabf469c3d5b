// The cells of a terminal, painted past Ink into its frame: on a screen that reads as fast as it likes.
import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { mouseOff } from '../../source/terminal/mouse.ts';
import { createOverlay, type Overlay } from '../../source/ui/overlay.ts';
import type { TerminalView } from '../../source/ui/terminal-pane.ts';
import { until } from '../actions/player.ts';
import { linesOf } from '../helpers/cells.ts';
import { emulator as outerEmulator } from '../helpers/emulator.ts';
import { screen } from '../terminal/screen.ts';

const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';
const place = { left: 2, top: 1, width: 10, height: 3 };
const view = (news: Partial<TerminalView> = {}): TerminalView => ({
	id: 1,
	place,
	isInside: true,
	search: '',
	...news,
});
let overlays: Overlay[] = [];

afterEach(() => {
	for (const overlay of overlays) overlay.close();
	overlays = [];
});

/** A screen of 20×6 that Ink has drawn full of dots; the terminal in it has the text. */
const open = async (text: string, scrollback = 100) => {
	const inner = await screen(place.width, place.height, scrollback);
	await inner.write(text);
	const writes: string[] = [];
	const out = Object.assign(new EventEmitter(), {
		writableNeedDrain: false,
		columns: 20,
		write: (chunk: string) => {
			writes.push(chunk);
			return true;
		},
	});
	const overlay = createOverlay(out as unknown as NodeJS.WriteStream, (id) =>
		id === 1 ? inner.emulator : undefined,
	);
	overlays.push(overlay);
	const dots = `\x1b[?25l\x1b[H${Array<string>(6).fill('.'.repeat(20)).join('\r\n')}`;
	return {
		...inner,
		out,
		overlay,
		writes,
		/** As Ink writes a frame. */
		draw: (next: TerminalView | undefined, frame = dots) => {
			overlay.place(next);
			for (const chunk of [begin, frame, end]) overlay.stdout.write(chunk);
		},
		/** What is printed and then painted, and all that is written until this is. */
		print: async (printed: string, awaited = printed) => {
			const before = writes.length;
			await inner.write(printed);
			overlay.changed(1);
			await until(() => writes.slice(before).join('').includes(awaited), `${awaited} is painted`);
			return writes.slice(before).join('');
		},
		/** What a person sees. */
		seen: async () => {
			const terminal = outerEmulator(20, 6);
			await new Promise<void>((done) => terminal.write(writes.join(''), done));
			const { cursorX, cursorY } = terminal.buffer.active;
			return { lines: linesOf(terminal), cursor: [cursorX, cursorY] };
		},
	};
};

const isCursorShown = (writes: readonly string[]) =>
	writes.join('').lastIndexOf('\x1b[?25h') > writes.join('').lastIndexOf('\x1b[?25l');

describe('with a frame of Ink', () => {
	it('the cells are painted inside it, in one write and all at once', async () => {
		const { draw, writes, seen } = await open('one\r\ntwo');
		draw(view());
		expect(writes).toHaveLength(1);
		expect(writes[0]?.startsWith(begin) && writes[0].endsWith(end)).toBe(true);
		expect(writes[0]?.split(begin)).toHaveLength(2);
		expect((await seen()).lines).toEqual([
			'....................',
			'..one       ........',
			'..two       ........',
			'..          ........',
			'....................',
			'....................',
		]);
	});

	it('they are painted again, as Ink may have drawn over them', async () => {
		const { draw, writes, seen } = await open('one\r\ntwo');
		draw(view());
		draw(view());
		expect(writes[1]).toContain('one');
		expect(writes[1]).toContain('two');
		expect((await seen()).lines[1]).toBe('..one       ........');
	});

	it('nothing is painted where there is no terminal', async () => {
		const { draw, writes } = await open('one');
		draw(undefined);
		draw(view({ id: 2 }));
		expect(writes.join('')).not.toContain('one');
		expect(writes.join('')).not.toContain('\x1b[?25h');
	});

	it('what Ink writes outside of frames goes through as it is', async () => {
		const { overlay, writes, draw } = await open('one');
		overlay.stdout.write('\x1b[?1049h');
		overlay.stdout.write(Buffer.from('bytes') as unknown as string);
		expect(writes).toEqual(['\x1b[?1049h', Buffer.from('bytes')]);
		draw(view());
		overlay.stdout.write('\x1b[H');
		// Where Ink left the cursor.
		expect(writes.at(-1)).toBe('\x1b[?25l\x1b8\x1b[H');
	});

	it('all else of the real output is still there', async () => {
		const { overlay, out } = await open('');
		expect(overlay.stdout.columns).toBe(20);
		let told = 0;
		overlay.stdout.on('resize', () => told++);
		out.emit('resize');
		expect(told).toBe(1);
	});
});

describe('the cursor', () => {
	it('is where the program has it, for who is inside', async () => {
		const { draw, writes, seen } = await open('one\r\ntw');
		draw(view());
		expect(isCursorShown(writes)).toBe(true);
		expect((await seen()).cursor).toEqual([4, 2]);
	});

	it.each([
		['outside', view({ isInside: false }), ''],
		['where the program hides it', view(), '\x1b[?25l'],
		[
			'where it is scrolled away',
			view({ isInside: false, reading: { at: { row: 0, column: 0 }, top: 0 } }),
			'',
		],
	])('is not shown %s', async (_, of, text) => {
		const { draw, writes } = await open(`one${text}`);
		draw(of);
		expect(isCursorShown(writes)).toBe(false);
	});

	it('is hidden again when the person leaves', async () => {
		const { draw, writes, seen } = await open('one');
		draw(view());
		draw(view({ isInside: false }));
		expect(isCursorShown(writes)).toBe(false);
		draw(undefined);
		expect(isCursorShown(writes)).toBe(false);
		expect((await seen()).lines[1]).toBe('.'.repeat(20));
	});

	it('Ink finds it where it left it', async () => {
		const { draw, seen, writes } = await open('one');
		draw(view(), '\x1b[5;3H');
		draw(view(), 'HERE');
		expect(writes).toHaveLength(2);
		expect((await seen()).lines[4]).toBe('  HERE');
	});
});

describe('between frames', () => {
	it('only rows that changed are painted', async () => {
		const { draw, print, seen } = await open('one\r\ntwo');
		draw(view());
		const written = await print('!', 'two!');
		expect(written).toContain('two!');
		expect(written).not.toContain('one');
		expect(written.startsWith(begin) && written.endsWith(end)).toBe(true);
		expect((await seen()).lines.slice(1, 3)).toEqual(['..one       ........', '..two!      ........']);
	});

	it('nothing is written where nothing changed, and nothing for another terminal', async () => {
		const { draw, writes, overlay, print } = await open('one');
		draw(view({ isInside: false }));
		const before = writes.length;
		overlay.changed(1);
		overlay.changed(2);
		await print('x', 'onex');
		expect(writes.length).toBe(before + 1);
	});

	// Not so good: with the cursor shown each frame of Ink is followed by a write that changes nothing.
	it('nothing is written where nothing changed and the cursor is shown', async () => {
		const { draw, writes, overlay, print } = await open('one');
		draw(view());
		const late = Date.now() + 40;
		await until(() => Date.now() > late);
		overlay.changed(1);
		await print('x', 'onex');
		expect(writes).toHaveLength(2);
	});

	it('much that is printed at once is one paint', async () => {
		const { draw, writes, overlay, write } = await open('');
		draw(view());
		const before = writes.length;
		for (let step = 0; step < 100; step++) {
			await write(`\r${step}`);
			overlay.changed(1);
		}
		await until(() => writes.slice(before).join('').includes('99'));
		expect(writes.length - before).toBeLessThan(50);
	});

	it('a frame that the program has not finished is not shown, until it takes too long', async () => {
		const { draw, writes, overlay, write } = await open('old');
		draw(view({ isInside: false }));
		const before = writes.length;
		await write(`${begin}\rnew`);
		overlay.changed(1);
		const started = Date.now();
		await until(() => writes.length > before);
		expect(Date.now() - started).toBeGreaterThan(50);
		expect(writes.slice(before).join('')).toContain('new');
		const { draw: again, writes: written, overlay: other, write: print } = await open('old');
		again(view({ isInside: false }));
		await print(`${begin}\rnew`);
		other.changed(1);
		await print(`er${end}`);
		other.changed(1);
		await until(() => written.length > 1);
		expect(written[1]).toContain('newer');
	});
});

describe('what lies over it', () => {
	const cover = { left: 5, top: 2, width: 4, height: 2 };

	it('is not painted on', async () => {
		const { draw, seen, print } = await open('abcdefghij\r\nabcdefghij\r\nabcdefghi');
		draw(view({ cover, isInside: false }));
		const expected = [
			'..abcdefghij........',
			'..abc....hij........',
			'..abc....hi ........',
			'....................',
		];
		expect((await seen()).lines.slice(1, 5)).toEqual(expected);
		await print('\x1b[2;1HABCDEFGHIJ', 'HIJ');
		expect((await seen()).lines.slice(1, 3)).toEqual(['..abcdefghij........', '..ABC....HIJ........']);
	});

	it.each([
		[{ left: 0, top: 0, width: 20, height: 6 }, ['', '', '']],
		[{ left: 0, top: 1, width: 5, height: 1 }, ['defghij', 'abcdefghij', 'abcdefghij']],
		[{ left: 9, top: 3, width: 11, height: 1 }, ['abcdefghij', 'abcdefghij', 'abcdefg']],
		[{ left: 14, top: 1, width: 6, height: 3 }, ['abcdefghij', 'abcdefghij', 'abcdefghij']],
		[{ left: 0, top: 5, width: 20, height: 1 }, ['abcdefghij', 'abcdefghij', 'abcdefghij']],
	])('wherever it lies: %o', async (card, rows) => {
		const { draw, seen } = await open('abcdefghij\x1b[2Habcdefghij\x1b[3Habcdefghij');
		draw(view({ cover: card, isInside: false }));
		const { lines } = await seen();
		expect(lines.slice(1, 4).map((line) => line.replaceAll('.', ''))).toEqual(rows);
		for (const line of lines) expect(line).toHaveLength(20);
	});
});

describe('reading', () => {
	const text = Array.from({ length: 20 }, (_, index) => `row ${index}`).join('\r\n');

	it('shows what is there, whatever the program prints meanwhile', async () => {
		const { draw, seen, overlay, write, writes } = await open(text);
		draw(view({ isInside: false, reading: { at: { row: 5, column: 0 }, top: 4 } }));
		const rows = async () => (await seen()).lines.slice(1, 4).map((line) => line.slice(2, 12).trimEnd());
		expect(await rows()).toEqual(['row 4', 'row 5', 'row 6']);
		const before = writes.length;
		await write('\r\nmore');
		overlay.changed(1);
		for (let step = 0; step < 10; step++) await turn();
		expect(await rows()).toEqual(['row 4', 'row 5', 'row 6']);
		expect(writes.slice(before).join('')).not.toContain('more');
	});

	it('shows the oldest that is kept where the row was forgotten', async () => {
		const { draw, seen, emulator } = await open(text, 5);
		draw(view({ isInside: false, reading: { at: { row: 0, column: 0 }, top: 0 } }));
		expect((await seen()).lines[1]).toContain(`row ${emulator.first()}`);
	});

	it('marks the cursor, what is marked, and what was found', async () => {
		const { draw, writes } = await open(text);
		draw(
			view({
				isInside: false,
				search: 'row',
				reading: { at: { row: 18, column: 4 }, top: 17, mark: { row: 18, column: 0, isLines: false } },
			}),
		);
		// Black on yellow, and the other way round where it is marked.
		expect(writes[0]).toContain('\x1b[30;43mrow\x1b[m');
		expect(writes[0]).toMatch(/\x1b\[7;30;43mrow/);
		const before = writes.length;
		draw(view({ isInside: false }));
		expect(writes.slice(before).join('')).not.toContain('43m');
	});

	it('marks what is found in what was printed meanwhile', async () => {
		const { draw, print } = await open('a hit\r\n');
		draw(view({ isInside: false, search: 'hit' }));
		expect(await print('one hit', 'one')).toContain('one \x1b[30;43mhit');
	});
});

it('of a terminal that is larger than its place the part around the cursor is shown', async () => {
	const { draw, seen } = await open('one\r\ntwo\r\nthree');
	draw(view({ place: { ...place, height: 2 } }));
	expect((await seen()).lines.slice(1, 3).map((line) => line.slice(2, 7).trimEnd())).toEqual([
		'two',
		'three',
	]);
});

describe('the mouse', () => {
	const on = '\x1b[?1002h\x1b[?1006h';

	it('is reported as the program asked for, while somebody is inside', async () => {
		const { draw, print, writes } = await open('');
		draw(view());
		expect(writes.join('')).not.toContain('\x1b[?100');
		expect(await print('\x1b[?1002h', on)).toContain(mouseOff);
		expect(await print('x')).not.toContain(on);
		expect(await print('\x1b[?1002l', mouseOff)).not.toContain(on);
	});

	it('is the terminal’s own again outside, under a card, and without a terminal', async () => {
		for (const next of [view({ isInside: false }), undefined]) {
			const { draw, writes } = await open('\x1b[?1002h');
			draw(view());
			expect(writes.at(-1)).toContain(on);
			draw(next);
			expect(writes.at(-1)).toContain(mouseOff);
			draw(view());
			expect(writes.at(-1)).toContain(on);
		}
	});
});

describe('closing', () => {
	it('leaves nothing switched on', async () => {
		const { draw, writes, overlay } = await open('\x1b[?1003h');
		draw(view());
		overlay.close();
		expect(isCursorShown(writes)).toBe(false);
		expect(writes.at(-1)).toContain('\x1b8');
		expect(writes.at(-1)).toContain(mouseOff);
	});

	it('is the end of painting', async () => {
		const { draw, writes, overlay, write } = await open('');
		draw(view());
		await write('late');
		overlay.changed(1);
		overlay.close();
		const count = writes.length;
		overlay.changed(1);
		const later = Date.now() + 40;
		await until(() => Date.now() > later);
		expect(writes.slice(count)).toEqual([]);
	});
});

describe('a slow screen', () => {
	it('gets the newest when it has read, and not everything', async () => {
		const { draw, writes, overlay, write, out } = await open('');
		draw(view());
		const before = writes.length;
		out.writableNeedDrain = true;
		for (let step = 0; step < 30; step++) {
			await write(`\r${step}`);
			overlay.changed(1);
		}
		await until(() => out.listenerCount('drain') > 0);
		expect(writes.length).toBe(before);
		out.writableNeedDrain = false;
		out.emit('drain');
		await until(() => writes.length > before);
		expect(writes.slice(before).join('')).toContain('29');
	});

	// At eleven listeners Node warns of a leak, in the middle of the screen.
	it('is waited for once', async () => {
		const { draw, overlay, out } = await open('');
		draw(view());
		out.writableNeedDrain = true;
		overlay.changed(1);
		await until(() => out.listenerCount('drain') > 0);
		for (const late = Date.now() + 200; Date.now() < late; await turn()) {
			overlay.changed(1);
			expect(out.listenerCount('drain')).toBe(1);
		}
	});
});
