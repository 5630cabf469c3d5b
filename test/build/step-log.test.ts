// What the steps of a build print: all of it can be read back, and hardly any of it is in memory.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type BuildLog, openLog } from '../../source/build/step-log.ts';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

let folder = '';
let log: BuildLog;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'portside-log-'));
	log = openLog(folder);
});
afterEach(() => {
	log.close();
	rmSync(folder, { recursive: true });
});

const files = (): string[] =>
	readdirSync(folder).flatMap((name) =>
		readdirSync(join(folder, name)).map((file) => join(folder, name, file)),
	);
const numbered = (from: number, count: number): string[] =>
	Array.from({ length: count }, (_, index) => `줄 ${from + index} ${'x'.repeat((from + index) % 90)}`);
const whole = (step: string): string[] => log.read(step, 0, log.count(step));

describe('a hundred thousand lines', () => {
	const all = numbered(0, 100_000);
	const printed = (chunk: number) => {
		const text = `${all.join('\n')}\n`;
		for (let at = 0; at < text.length; at += chunk) log.append('a', text.slice(at, at + chunk));
	};

	it('any window of them reads back as it was', () => {
		printed(4099);
		expect(log.count('a')).toBe(all.length);
		for (const from of [0, 1, 255, 256, 257, 511, 1000, 50_000, 97_999, 98_000, 98_500, 99_400, 99_999])
			for (const most of [1, 2, 40, 255, 256, 257, 3000])
				expect(log.read('a', from, most), `${most} from ${from}`).toEqual(all.slice(from, from + most));
		expect(log.read('a', 0, 1_000_000)).toEqual(all);
		expect(log.read('a', all.length, 10)).toEqual([]);
		expect(log.tail('a', 40)).toEqual(all.slice(-40));
	});

	it('are in a file but for the newest, for nobody else to read', () => {
		printed(4099);
		const [file = '', ...others] = files();
		expect(others).toEqual([]);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		const written = readFileSync(file, 'utf8').split('\n').slice(0, -1);
		expect(written.length).toBeGreaterThanOrEqual(98_000);
		expect(written).toEqual(all.slice(0, written.length));
	});

	it('also when they come as one piece', () => {
		printed(Number.MAX_SAFE_INTEGER);
		expect(whole('a')).toEqual(all);
		expect(readFileSync(files()[0] ?? '', 'utf8').split('\n').length).toBeGreaterThan(98_000);
	});

	it('of many steps that print in the same millisecond', () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		onTestFinished(() => void vi.useRealTimers());
		const steps = ['a', 'b', 'c', 'd'];
		for (const step of steps) log.append(step, 'first\n');
		for (let from = 0; from < 6000; from += 3000)
			for (const step of steps) log.append(step, `${numbered(from, 3000).join(`${step}\n`)}${step}\n`);
		expect(files()).toHaveLength(4);
		for (const step of steps)
			expect(whole(step)).toEqual(['first', ...numbered(0, 6000).map((line) => `${line}${step}`)]);
	});
});

describe('a line', () => {
	it('without an end is one that may still grow', () => {
		log.append('a', 'one\ntw');
		expect([whole('a'), log.tail('a', 1), log.count('a')]).toEqual([['one', 'tw'], ['tw'], 2]);
		log.append('a', 'o');
		log.append('a', '\n');
		expect([whole('a'), log.count('a')]).toEqual([['one', 'two'], 2]);
		log.append('a', '\n\nfour');
		expect(whole('a')).toEqual(['one', 'two', '', '', 'four']);
	});

	it('that is open while older ones go to the file stays open', () => {
		log.append('a', `${numbered(0, 4000).join('\n')}\nop`);
		log.append('a', 'en');
		expect(log.read('a', 3999, 5)).toEqual([...numbered(3999, 1), 'open']);
	});

	it.each([
		['10%\r20%\r30%\n', ['30%']],
		['10%\r20%\r', ['20%']],
		['10%\r20', ['20']],
		['windows\r\nends\r\n', ['windows', 'ends']],
		['of a terminal\r\r\n', ['of a terminal']],
		['done\r\r\r', ['done']],
		['\r\n', ['']],
		['\rover\n', ['over']],
	])('that is written over shows what a terminal would: %j', (text, lines) => {
		log.append('whole', text);
		expect(whole('whole')).toEqual(lines);
		for (const character of text) log.append('bit by bit', character);
		expect(whole('bit by bit')).toEqual(lines);
	});

	it('far too long is cut, always at the same place', () => {
		const long = Array.from({ length: 6000 }, (_, index) => index).join(' ');
		log.append('whole', `${long}\nnext\n`);
		for (let at = 0; at < long.length; at += 700) log.append('pieces', long.slice(at, at + 700));
		expect(log.tail('pieces', 1)).toEqual([long.slice(0, 2000)]);
		expect(whole('pieces')).toEqual([long.slice(0, 10_000)]);
		log.append('pieces', '\nnext\n');
		expect(whole('whole')).toEqual([long.slice(0, 10_000), 'next']);
		expect(whole('pieces')).toEqual([long.slice(0, 10_000), 'next']);
	});

	it('that writes itself over for hours takes no more room than the last of it', () => {
		for (let percent = 0; percent < 5000; percent++) log.append('a', `\r${'='.repeat(50)} ${percent}%`);
		expect(whole('a')).toEqual([`${'='.repeat(50)} 4999%`]);
	});

	it('may be cut in the middle of a character, and those around it are as they were', () => {
		const long = `${'x'.repeat(9999)}\u{1f600}tail`;
		const lines = [...numbered(0, 300), long, ...numbered(300, 3000)];
		log.append('a', `${lines.join('\n')}\n`);
		expect(log.read('a', 299, 1)).toEqual(numbered(299, 1));
		expect(log.read('a', 301, 600)).toEqual(numbered(300, 600));
		expect(log.read('a', 300, 1)[0]?.slice(0, 9999)).toBe('x'.repeat(9999));
	});
});

it('a step that printed nothing has no lines', () => {
	expect([log.count('a'), log.tail('a', 3), log.read('a', 0, 3)]).toEqual([0, [], []]);
	log.append('a', '');
	expect([log.count('a'), whole('a')]).toEqual([0, []]);
});

describe('more than is kept', () => {
	const few = 1_000_000;
	const all = numbered(0, 100_000);
	const { length } = all;
	/** Lines of a log that keeps so little; between the first and the newest of them there is a gap. */
	const flooded = () => {
		const small = openLog(folder, few);
		onTestFinished(small.close);
		for (let at = 0; at < length; at += 1000) small.append('a', `${all.slice(at, at + 1000).join('\n')}\n`);
		return small;
	};

	it('does not fill the disk: the first and the newest lines are there, and how many there were', () => {
		const small = flooded();
		expect(files().reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThanOrEqual(few);
		expect(small.count('a')).toBe(length);
		const [from, to] = small.gap('a');
		expect(from).toBeGreaterThan(8000);
		expect(small.read('a', from - 40, 40)).toEqual(all.slice(from - 40, from));
		expect(small.read('a', to, 1_000_000)).toEqual(all.slice(to));
		expect(length - to).toBeGreaterThanOrEqual(500);
		expect(small.tail('a', 40)).toEqual(all.slice(-40));
		const [before, lost, ...others] = small.read('a', from - 1, 3);
		expect([before, others]).toEqual([all[from - 1], [lost]]);
		expect(lost).toMatch(/^\(not kept: .* 1MB /);
		expect(small.read('a', to - 1, 2)).toEqual([lost, all[to]]);
	});

	it('of one step leaves no room for the others, whose newest lines are there all the same', () => {
		const small = flooded();
		small.append('b', `${all.join('\n')}\n`);
		expect([small.count('b'), small.gap('b')[0]]).toEqual([length, 0]);
		expect(small.tail('b', 3)).toEqual(all.slice(-3));
	});

	it('where nothing can be written the same holds', () => {
		const nowhere = openLog(join(folder, 'is-not-there'));
		nowhere.append('a', `${all.join('\n')}\n`);
		expect([nowhere.count('a'), nowhere.gap('a')]).toEqual([length, [0, length - 500]]);
		expect(nowhere.read('a', length - 500, 1000)).toEqual(all.slice(-500));
	});
});

it('places that are remembered do not become more with the lines', () => {
	const block = 'y\n'.repeat(16_000);
	const grown = (): number => {
		gc();
		const before = process.memoryUsage().heapUsed;
		for (let count = 0; count < 1500; count++) log.append('a', block);
		gc();
		return process.memoryUsage().heapUsed - before;
	};
	grown();
	expect(log.count('a')).toBe(24_000_000);
	expect(grown()).toBeLessThan(500_000);
	expect(log.read('a', 30_000_000, 3)).toEqual(['y', 'y', 'y']);
	expect(log.count('a')).toBe(48_000_000);
});

it('lines that were cut do not keep what was cut off', () => {
	gc();
	const before = process.memoryUsage().heapUsed;
	for (let count = 0; count < 90; count++) log.append('a', `${`${count}`.repeat(500_000)}\n`);
	gc();
	expect(process.memoryUsage().heapUsed - before).toBeLessThan(5_000_000);
	expect(log.read('a', 89, 1)).toEqual(['89'.repeat(5000)]);
});

describe('closing', () => {
	it('removes the files', () => {
		log.append('a', 'x\n'.repeat(5000));
		expect(files()).toHaveLength(1);
		log.close();
		expect(readdirSync(folder)).toEqual([]);
		expect(log.count('a')).toBe(0);
		log.close();
	});

	it('leaves nothing behind, whatever comes later', () => {
		log.append('a', 'x\n'.repeat(5000));
		log.close();
		log.append('a', 'x\n'.repeat(5000));
		log.append('b', 'x\n'.repeat(5000));
		expect([readdirSync(folder), log.count('a'), log.read('b', 0, 5)]).toEqual([[], 0, []]);
		const other = openLog(folder);
		other.close();
		other.append('a', 'x\n'.repeat(5000));
		expect(readdirSync(folder)).toEqual([]);
	});
});
