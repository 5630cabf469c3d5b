// Bytes of our terminal, and what a program in the pane gets of them.
import { describe, expect, it } from 'vitest';
import type { Modes } from '../../source/terminal/emulator.ts';
import { createKeyboard, type Input } from '../../source/terminal/keyboard.ts';
import { bytesOf } from '../helpers/keys.ts';

const plain: Modes = {
	applicationCursor: false,
	bracketedPaste: false,
	focusReports: false,
	mouse: 'none',
	isMouseSgr: false,
	isAlternate: false,
};
const pane = { left: 10, top: 5, columns: 40, rows: 10 };
const told = (inputs: readonly Input[]): string[] =>
	inputs.map((input) => {
		if (input.type === 'bytes') return input.bytes.toString('latin1');
		return 'rest' in input ? `<${input.type} ${input.rest.toString('latin1')}>` : `<${input.type}>`;
	});
const keyboard = (modes: Partial<Modes> = {}) => {
	const made = createKeyboard(() => 0x1d);
	const read = (text: string | Buffer) =>
		told(
			made.read(typeof text === 'string' ? Buffer.from(text, 'latin1') : text, { ...plain, ...modes }, pane),
		);
	return { read, flush: () => told(made.flush()), isHolding: made.isHolding };
};

describe('keys', () => {
	it('are passed on byte for byte', () => {
		const { read } = keyboard();
		const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => 255 - index)).filter(
			(byte) => ![0x03, 0x1d, 0x1b].includes(byte),
		);
		expect(read(Buffer.from(bytes))).toEqual([Buffer.from(bytes).toString('latin1')]);
		expect(read(Buffer.from('컨테이너 👍'))).toEqual([Buffer.from('컨테이너 👍').toString('latin1')]);
	});

	it.each([
		'enter',
		'tab',
		'shift+tab',
		'f1',
		'f5',
		'delete',
		'pageup',
		'ctrl+up',
		'alt+x',
		'ctrl+q',
		'backspace',
	])('%s is passed on as it is', (key) => {
		const { read } = keyboard({ applicationCursor: true });
		expect(read(bytesOf(key))).toEqual([bytesOf(key)]);
	});

	it.each(['up', 'down', 'left', 'right', 'home', 'end'])('%s is what the program asked for', (key) => {
		expect(keyboard().read(bytesOf(key))).toEqual([bytesOf(key)]);
		expect(keyboard({ applicationCursor: true }).read(bytesOf(key))).toEqual([bytesOf(key, true)]);
		const { read } = keyboard({ applicationCursor: true });
		expect([...read('\x1b'), ...read(bytesOf(key).slice(1))].join('')).toBe(bytesOf(key, true));
	});

	it('ctrl+] leaves, and what follows it is not for the program', () => {
		expect(keyboard().read('ab\x1dcd\x1d')).toEqual(['ab', '<leave cd\x1d>']);
		expect(keyboard().read('\x1b\x1d')).toEqual(['\x1b', '<leave >']);
	});

	it('ctrl+c is told between what was typed before and after', () => {
		expect(keyboard().read('ab\x03c')).toEqual(['ab', '<interrupt>', 'c']);
	});

	it('ctrl+p is passed on at once, and ctrl+q after it detaches', () => {
		const { read } = keyboard();
		expect(read('\x10')).toEqual(['\x10']);
		expect(read('\x11x')).toEqual(['<detach x>']);
		expect(read('\x11')).toEqual(['\x11']);
		expect(read('\x10\x11')).toEqual(['\x10', '<detach >']);
		expect(read('\x10x\x11')).toEqual(['\x10x\x11']);
		expect(read('\x10\x1b[A\x11')).toEqual(['\x10\x1b[A\x11']);
		expect(read('\x10\x10\x11')).toEqual(['\x10\x10', '<detach >']);
		expect(read('\x10\x03\x11')).toEqual(['\x10', '<interrupt>', '\x11']);
	});

	it('focus reports go only to who asked for them', () => {
		expect(keyboard().read('a\x1b[Ib\x1b[O')).toEqual(['ab']);
		expect(keyboard({ focusReports: true }).read('a\x1b[Ib\x1b[O')).toEqual(['a\x1b[Ib\x1b[O']);
	});
});

describe('a sequence that is cut', () => {
	it('is held, and passed on whole', () => {
		const { read, isHolding } = keyboard({ applicationCursor: true });
		expect(read('a\x1b[1;')).toEqual(['a']);
		expect(isHolding()).toBe(true);
		expect(read('5C')).toEqual(['\x1b[1;5C']);
		expect(isHolding()).toBe(false);
	});

	it('is not held when it is the Esc key', () => {
		const { read, isHolding, flush } = keyboard();
		expect(read('\x1b')).toEqual(['\x1b']);
		expect(isHolding()).toBe(false);
		expect(flush()).toEqual([]);
		expect(read('x')).toEqual(['x']);
		expect(read('\x1b\x1b')).toEqual(['\x1b\x1b']);
	});

	it('is passed on by a flush', () => {
		const { read, flush, isHolding } = keyboard();
		expect(read('\x1b[')).toEqual([]);
		expect(flush()).toEqual(['\x1b[']);
		expect(isHolding()).toBe(false);
		expect(read('\x1b')).toEqual(['\x1b']);
		expect(read('[')).toEqual([]);
		expect(flush()).toEqual(['[']);
		expect(read('\x1bO')).toEqual([]);
		expect(read('P')).toEqual(['\x1bOP']);
	});

	it('does not swallow what is no part of it', () => {
		expect(keyboard().read('\x1b[1\x1dx')).toEqual(['\x1b[1', '<leave x>']);
		expect(keyboard().read('\x1b[1\x1b[A')).toEqual(['\x1b[1\x1b[A']);
		expect(keyboard().read(`\x1b[${'1'.repeat(100)}`)).toEqual([`\x1b[${'1'.repeat(100)}`]);
	});
});

describe('a paste', () => {
	const body = 'one\r\ntwo\nthree\rㅎ';
	const bytes = Buffer.from(`\x1b[200~${body}\x1b[201~`);
	const latin = (text: string) => Buffer.from(text).toString('latin1');

	it('has its markers for a program that asked for them', () => {
		expect(keyboard({ bracketedPaste: true }).read(bytes)).toEqual([bytes.toString('latin1')]);
	});

	it('has none for any other, and lines end as Enter does', () => {
		expect(keyboard().read(bytes)).toEqual([latin('one\rtwo\rthree\rㅎ')]);
	});

	it.each([true, false])('may arrive cut anywhere (bracketed: %s)', (bracketedPaste) => {
		const whole = keyboard({ bracketedPaste }).read(bytes).join('');
		for (let at = 1; at < bytes.length; at++) {
			const { read } = keyboard({ bracketedPaste });
			const pieces = [...read(bytes.subarray(0, at)), ...read(bytes.subarray(at)), ...read('\x1d')];
			const sent = at === 1 && !bracketedPaste ? '\x1b' : '';
			expect(pieces.join('')).toBe(`${sent}${whole}<leave >`);
		}
		const { read } = keyboard({ bracketedPaste });
		const one = [...bytes].flatMap((byte) => read(Buffer.of(byte))).join('');
		expect(one.replace(/^\x1b(?!\[200~)/, '')).toBe(whole);
	});

	it('has no keys in it', () => {
		const { read, isHolding, flush } = keyboard({ bracketedPaste: true, mouse: 'any' });
		expect(read('\x1b[200~a\x1d\x03\x10')).toEqual(['\x1b[200~a\x1d\x03\x10']);
		expect(read('\x11\x1b[A\x1b[<0;20;10M\x1b[I')).toEqual(['\x11[A[<0;20;10M[I']);
		expect(read('x\x1b[20')).toEqual(['x']);
		expect(isHolding()).toBe(false);
		expect(flush()).toEqual([]);
		expect(read('1~\x1d')).toEqual(['\x1b[201~', '<leave >']);
	});

	it('ends where our terminal ends it, not where the text pretends to', () => {
		const { read } = keyboard({ bracketedPaste: true });
		expect(read('\x1b[200~a\x1b[201~rm -rf\r\x1b[201~b')).toEqual(['\x1b[200~a[201~rm -rf\r\x1b[201~b']);
		expect(read('\x1b[200~a\x1b[201~x\x1b[200~b\x1b[201~')).toEqual([
			'\x1b[200~a\x1b[201~x\x1b[200~b\x1b[201~',
		]);
		expect(read('x\x1b[201~')).toEqual(['x']);
	});
});

describe('mouse reports', () => {
	it('are ours unless the program asked for them', () => {
		expect(keyboard().read('a\x1b[<0;20;10Mb')).toEqual(['ab']);
		expect(keyboard().read('\x10\x1b[<0;20;10M\x11')).toEqual(['\x10', '<detach >']);
	});

	it('are told in columns of the pane', () => {
		const { read } = keyboard({ mouse: 'vt200', isMouseSgr: true });
		expect(read('a\x1b[<0;11;6Mb')).toEqual(['a\x1b[<0;1;1Mb']);
	});

	it('may arrive cut anywhere', () => {
		const report = '\x1b[<0;11;6M';
		for (let at = 1; at < report.length; at++) {
			const { read } = keyboard({ mouse: 'vt200', isMouseSgr: true });
			expect([...read(report.slice(0, at)), ...read(report.slice(at))].join('')).toBe('\x1b[<0;1;1M');
		}
		const { read, flush } = keyboard();
		read('\x1b[<0;1');
		expect(flush()).toEqual([]);
	});
});
