// Text from outside must not be able to do anything to the screen but be read.
import { describe, expect, it } from 'vitest';
import { clean, fit, shorten, width, wrap, wrapWords } from '../../source/model/text.ts';
import { emulator } from '../helpers/emulator.ts';

const forbidden =
	/[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u20e3]/u;

describe('clean', () => {
	it.each([
		['CSI', 'a\x1b[31mred\x1b[0mb', 'aredb'],
		['CSI with parameters and intermediates', 'a\x1b[?25l\x1b[2 q\x1b[1;31;4mb', 'ab'],
		['CSI in 8 bit', 'a\x9b31mb', 'ab'],
		['CSI cut off', 'a\x1b[31', 'a'],
		['a clipboard write', 'a\x1b]52;c;cm0gLXJmIC8=\x07b', 'ab'],
		['a title, ended by ST', 'a\x1b]0;owned\x1b\\b', 'ab'],
		['a title in 8 bit', 'a\x9d0;owned\x9cb', 'ab'],
		['a title that never ends, which hides nothing', 'a\x1b]0;owned', 'a0;owned'],
		['the same in 8 bit', 'a\x9d0;owned', 'a0;owned'],
		['a title broken off by the next sequence', 'a\x1b]0;owned\x1b[31mb', 'a0;ownedb'],
		['a title that never ends before one that does', 'a\x1b]0;b\x1b]0;owned\x07c', 'a0;bc'],
		['a hyperlink', '\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\', 'text'],
		['DCS, APC, PM and SOS', 'a\x1bPq#0\x1b\\b\x1b_G\x1b\\c\x1b^p\x07d\x1bXs\x1b\\e', 'abcde'],
		['DCS in 8 bit', 'a\x90q\x9cb\x9fG\x9cc', 'abc'],
		['two byte escapes', 'a\x1bcb\x1b7c\x1b(0d', 'abcd'],
		['a lone escape', 'a\x1b', 'a'],
		['an escape in an escape', 'a\x1b\x1b[31mb', 'ab'],
		['backspaces', 'a\b\bb', 'ab'],
		['line ends, which are spaces', 'a\nb\r\nc\rd', 'a b c d'],
		['C1 controls', 'a\x84\x85\x8d\x8e\x9ab', 'ab'],
		['delete and null', 'a\x7f\0b', 'ab'],
		['bidi overrides', 'a\u202egpj.exe\u202cb\u2066c\u2069\u200e\u061c', 'agpj.exebc'],
		['line separators', 'a\u2028b\u2029c', 'abc'],
		['tabs', 'a\tb', 'a    b'],
		['a variation selector', '\u2764\ufe0f!', '\u2764!'],
		['joined emoji', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', '\u{1f468}\u{1f469}\u{1f467}'],
		['a keycap', '1\ufe0f\u20e3', '1'],
		['a flag, which is its letters', 'a \u{1f1f0}\u{1f1f7}!', 'a KR!'],
		['a skin tone', '\u{1f44d}\u{1f3fd}', '\u{1f44d}'],
		['a byte order mark', '\ufeffa', 'a'],
		['Korean, which stays', '컨테이너', '컨테이너'],
	])('%s', (_, text, expected) => {
		expect(clean(text)).toBe(expected);
	});

	it('puts decomposed Korean together, as wide as a terminal shows it', async () => {
		const safe = clean('컨테이너-값'.normalize('NFD'));
		expect(safe).toBe('컨테이너-값');
		expect(width(safe)).toBe(11);
		expect(await columnsOf(safe)).toBe(11);
	});

	it('drops Hangul vowels and finals that no syllable took up', () => {
		expect(clean('a\u1161b\u11a8c\ud7b0d\ud7cbe')).toBe('abcde');
	});

	it('leaves a letter four marks of half a million', () => {
		expect(clean(`z${'\u0316'.repeat(500_000)}!`)).toBe(`z${'\u0316'.repeat(4)}!`);
	});

	it('does not take forever on an escape that opens many times', () => {
		const started = performance.now();
		clean('\x1b]'.repeat(100_000));
		clean('\x1b['.repeat(100_000));
		clean('\x9d'.repeat(500_000));
		clean('\x9da\x90\x1b]'.repeat(100_000));
		expect(performance.now() - started).toBeLessThan(2000);
	});
});

describe('fit', () => {
	it.each([
		['web', 6, 'left', 'end', 'web   '],
		['web', 6, 'right', 'end', '   web'],
		['a-long-name', 6, 'left', 'end', 'a-lon…'],
		['registry.example/team/app', 11, 'left', 'middle', 'regis…m/app'],
		['컨테이너', 8, 'left', 'end', '컨테이너'],
		['컨테이너', 7, 'left', 'end', '컨테이…'],
		['컨테이너', 6, 'left', 'end', '컨테… '],
		['컨테이너', 6, 'right', 'end', ' 컨테…'],
		['아주긴컨테이너이름', 9, 'left', 'middle', '아주…이름'],
		['아주긴컨테이너이름', 10, 'left', 'middle', '아주…이름 '],
		['anything', 1, 'left', 'end', '…'],
		['anything', 0, 'left', 'end', ''],
	] as const)('%s in %i columns, %s, cut at the %s', (text, columns, align, cut, expected) => {
		expect(fit(text, columns, align, cut)).toBe(expected);
	});

	it('cuts a text of megabytes at its ends', () => {
		const long = `начало${'ж'.repeat(5 << 20)}конец`;
		expect(fit(long, 12)).toBe('началожжжжж…');
		expect(fit(long, 12, 'left', 'start')).toBe('…жжжжжжконец');
		expect(fit(long, 12, 'left', 'middle')).toBe('начало…конец');
		expect(width(shorten(long, 12))).toBe(12);
	});

	it('shows what stands before and behind a title that never ends, megabytes long', () => {
		const long = `имя\x1b]0;${'ж'.repeat(5 << 20)}конец`;
		expect(shorten(long, 12)).toBe('имя0;жжжжжж…');
		expect(fit(long, 12, 'left', 'middle')).toBe('имя0;ж…конец');
	});

	it('is always exactly as wide as asked, and harmless', () => {
		const random = randomNumbers(7);
		for (let round = 0; round < 20_000; round++) {
			const text = randomText(random);
			const columns = random(40);
			for (const cut of ['end', 'middle'] as const) {
				const line = fit(text, columns, round % 2 ? 'left' : 'right', cut);
				if (width(line) !== columns || forbidden.test(line)) {
					expect.fail(`${JSON.stringify(text)} in ${columns} columns became ${JSON.stringify(line)}`);
				}
			}
		}
	});
});

describe('wrap', () => {
	it('breaks by character, and never inside a wide one', () => {
		expect(wrap('abcdef', 4)).toEqual(['abcd', 'ef']);
		expect(wrap('컨테이너', 5)).toEqual(['컨테', '이너']);
		expect(wrap('', 5)).toEqual(['']);
	});

	it('leaves room for what is put before the rows that go on', () => {
		expect(wrap('abcdefghij', 4, 2)).toEqual(['abcd', 'ef', 'gh', 'ij']);
		expect(wrap('abcd', 4, 2)).toEqual(['abcd']);
		expect(wrap('컨테이너abc', 5, 2)).toEqual(['컨테', '이', '너a', 'bc']);
	});

	it('ends and loses nothing where there is no room at all', () => {
		for (const text of ['abcdef ghi', '컨테이너 로그', 'e\u0301\u{1f433}abc']) {
			for (let columns = -3; columns <= 3; columns++) {
				for (const indent of [0, 3, 9]) expect(wrap(text, columns, indent).join('')).toBe(clean(text));
			}
		}
	});

	it('loses nothing and exceeds nothing', () => {
		const random = randomNumbers(11);
		for (let round = 0; round < 5000; round++) {
			const text = randomText(random);
			const columns = 4 + random(30);
			const indent = round % 3;
			const [first = '', ...more] = wrap(text, columns, indent);
			expect([first, ...more].join('')).toBe(clean(text));
			expect(width(first)).toBeLessThanOrEqual(columns);
			for (const row of more) expect(width(row)).toBeLessThanOrEqual(columns - indent);
		}
	});

	// Lines of a log are up to 1 MiB long.
	it('takes time in proportion to the length', () => {
		const started = performance.now();
		wrap('x'.repeat(1 << 19), 60);
		wrap('로그'.repeat(1 << 15), 60);
		expect(performance.now() - started).toBeLessThan(300);
	});

	it('keeps a wide character whole even where it has no room', () => {
		expect(wrap('\u{1f40b}', 1).every((row) => !/\p{Surrogate}/u.test(row))).toBe(true);
	});
});

describe('wrapWords', () => {
	it('breaks at spaces, and words that are too long by character', () => {
		expect(wrapWords('a sentence to read', 10)).toEqual(['a sentence', 'to read']);
		expect(wrapWords('see unix:///var/run/docker.sock now', 12)).toEqual([
			'see',
			'unix:///var/',
			'run/docker.s',
			'ock now',
		]);
		expect(wrapWords('', 10)).toEqual(['']);
	});
});

it('shorten leaves what fits as it is', () => {
	expect(shorten('web', 3)).toBe('web');
	expect(shorten('web\x1b[31m', 3)).toBe('web');
});

describe('width', () => {
	it.each([
		'web',
		'컨테이너',
		'한글',
		'コンテナ名',
		'容器',
		'ｶﾀｶﾅ',
		'…→●○◌◐‖↻✕✓⠋▁█',
		'é',
		'אבג',
		'\u{1f433}',
	])('of %s is what a terminal takes', async (text) => {
		expect(width(text)).toBe(await columnsOf(text));
	});
});

// string-width takes these for nothing, and terminals do not: they are cleaned away.
describe('width', () => {
	it.each([
		['soft hyphen', 'a\u00adb'],
		['Hangul fillers', '\u115f\u3164\uffa0'],
		['half a flag', '\u{1f1f0}'],
	])('after clean, of %s, is what a terminal takes', async (_, text) => {
		expect(width(clean(text))).toBe(await columnsOf(clean(text)));
	});
});

/** Columns that an emulated terminal with Unicode 11 tables moves its cursor by. */
async function columnsOf(text: string): Promise<number> {
	const terminal = emulator(80, 2);
	await new Promise<void>((resolve) => terminal.write(text, resolve));
	const { cursorX } = terminal.buffer.active;
	terminal.dispose();
	return cursorX;
}

/** The same whole numbers below a limit in every run. */
function randomNumbers(seed: number) {
	let state = seed;
	return (limit: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
}

function randomText(random: (limit: number) => number): string {
	const pieces = [
		...[
			'a',
			'Z9',
			' ',
			'-',
			'한',
			'글자',
			'ㄱ',
			'\u1100\u1161\u11a8',
			'コ',
			'ｶ',
			'\u{1f433}',
			'\u{1f1f0}\u{1f1f7}',
			'\u2764\ufe0f',
			'e\u0301',
			'\u0301',
			'क्षि',
		],
		...[
			'\x1b[31m',
			'\x1b]52;c;x\x07',
			'\x1b]0;t',
			'\x9b1m',
			'\x9d',
			'\x90',
			'\x9c',
			'\x1b',
			'\x07',
			'\t',
			'\n',
			'\r',
			'\0',
			'\x7f',
			'\x85',
		],
		...[
			'\u202e',
			'\u2066',
			'\u200b',
			'\u200d',
			'\ufeff',
			'\u20e3',
			'\u{1f3fd}',
			'\ud83d',
			'\udc33',
			'…',
			'─',
			'ก็',
			'א',
		],
	];
	return Array.from({ length: random(24) }, () => pieces[random(pieces.length)]).join('');
}
