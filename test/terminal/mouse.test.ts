// Which mouse reports a program gets, and where it believes the mouse to be.
import { describe, expect, it } from 'vitest';
import type { Modes } from '../../source/terminal/emulator.ts';
import { createMouse, mouseModes, mouseOff, report } from '../../source/terminal/mouse.ts';
import { emulator } from '../helpers/emulator.ts';

const pane = { left: 10, top: 5, columns: 40, rows: 10 };
const reader = (mouse: Modes['mouse'], isMouseSgr = true, place = pane) => {
	const made = createMouse();
	return (sequence: string): string => {
		const of = report(sequence.slice(0, -1), sequence.slice(-1));
		return of ? made.told(of, { mouse, isMouseSgr }, place) : 'no report';
	};
};

const press = '<0;20;10M';
const release = '<0;20;10m';
const drag = '<32;21;10M';
const move = '<35;21;10M';
const wheel = '<64;20;10M';

describe('a program is told', () => {
	it.each<[Modes['mouse'], string[]]>([
		['none', []],
		['x10', [press]],
		['vt200', [press, release, wheel]],
		['drag', [press, drag, release, wheel]],
		['any', [press, drag, release, move, wheel]],
	])('%s', (mouse, expected) => {
		const read = reader(mouse);
		const told = [press, drag, release, move, wheel].filter((sequence) => read(sequence) !== '');
		expect(told).toEqual(expected);
	});

	it('nothing of the world outside its pane', () => {
		const read = reader('any');
		for (const place of ['10;10', '51;10', '20;5', '20;16'])
			for (const code of [0, 35, 64]) expect(read(`<${code};${place}M`)).toBe('');
		expect(read('<0;50;15M')).toBe('\x1b[<0;40;10M');
	});

	it('of the end of a drag that began inside, at the edge', () => {
		const read = reader('drag');
		read(press);
		expect(read('<32;100;10M')).toBe('');
		expect(read('<0;100;1m')).toBe('\x1b[<0;40;1m');
		expect(read('<0;100;1m')).toBe('');
	});

	it('nothing of a drag that began outside', () => {
		const read = reader('any');
		read('<0;1;1M');
		expect(read(drag)).toBe('');
	});

	it('in bytes, if it did not ask for more', () => {
		expect(reader('vt200', false)('<0;11;6M')).toBe('\x1b[M !!');
		expect(reader('vt200', false)('<20;11;6m')).toBe('\x1b[M7!!');
		expect(reader('x10', false)('<20;11;6M')).toBe('\x1b[M !!');
		const wide = { left: 0, top: 0, columns: 500, rows: 10 };
		expect(reader('vt200', false, wide)('<0;223;1M')).toBe('\x1b[M \xff!');
		expect(reader('vt200', false, wide)('<0;224;1M')).toBe('');
	});

	it('modifiers too', () => {
		expect(reader('vt200')('<20;11;6M')).toBe('\x1b[<20;1;1M');
	});
});

describe('our terminal', () => {
	it.each(['none', 'x10', 'vt200', 'drag', 'any'] as const)(
		'reports what was asked for: %s',
		async (mouse) => {
			const terminal = emulator(10, 2);
			const write = (text: string) => new Promise<void>((done) => terminal.write(text, done));
			await write('\x1b[?1003h');
			await write(mouseModes({ mouse }));
			expect(terminal.modes.mouseTrackingMode).toBe(mouse === 'x10' ? 'vt200' : mouse);
			await write(mouseOff);
			expect(terminal.modes.mouseTrackingMode).toBe('none');
		},
	);

	it('reports nothing else', () => {
		for (const parameters of ['<1;2', '0;1;1', '<a;1;1', '<1;2;3;4', '<999999;1;1'])
			expect(report(parameters, 'M')).toBeUndefined();
	});
});
