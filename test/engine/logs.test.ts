// Log lines out of frames: partial ones, mixed streams, UTF-8 in pieces, terminals.
import { describe, expect, it } from 'vitest';
import { logReader } from '../../source/engine/log/reader.ts';
import type { LogLine } from '../../source/model/items.ts';
import { frame, stamp } from './frames.ts';

function read(isTty: boolean, chunks: readonly Buffer[]): LogLine[] {
	const lines: LogLine[] = [];
	const reader = logReader(isTty, (batch) => lines.push(...batch));
	for (const chunk of chunks) reader.push(chunk);
	reader.end();
	return lines;
}

const later = '2026-11-20T20:06:00.000000000Z';

describe('a framed log', () => {
	const bytes = Buffer.concat([
		frame(1, `${stamp} one é€\n`),
		frame(1, `${stamp} ${'a'.repeat(16_384)}`),
		frame(2, `${later} oops\n`),
		frame(1, `${stamp} ${'b'.repeat(10)}\n`),
		frame(1, `${later} \n`),
		frame(2, `${later} no end`),
	]);
	const lines: LogLine[] = [
		{ source: 'stdout', text: 'one é€', stamp },
		{ source: 'stderr', text: 'oops', stamp: later },
		{ source: 'stdout', text: 'a'.repeat(16_384) + 'b'.repeat(10), stamp },
		{ source: 'stdout', text: '', stamp: later },
		{ source: 'stderr', text: 'no end', stamp: later },
	];

	it('gives whole lines by stream, with one stamp each', () => {
		expect(read(false, [bytes])).toEqual(lines);
	});

	it('gives the same wherever the bytes are split', () => {
		for (let at = 0; at <= bytes.length; at += at > 100 && at < 16_400 ? 997 : 1) {
			expect(read(false, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(lines);
		}
		const each = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) =>
			bytes.subarray(i * 7, i * 7 + 7),
		);
		expect(read(false, each)).toEqual(lines);
	});

	it('joins a character that two pieces share', () => {
		const [head, tail] = [Buffer.from('€').subarray(0, 1), Buffer.from('€').subarray(1)];
		const first = Buffer.concat([Buffer.from(`${stamp} `), head]);
		const second = Buffer.concat([Buffer.from(`${stamp} `), tail, Buffer.from('\n')]);
		expect(read(false, [frame(1, first), frame(1, second)])).toEqual([
			{ source: 'stdout', text: '€', stamp },
		]);
	});

	it('takes stamps of whole seconds, as Podman 4 writes them', () => {
		const line = frame(1, '2026-11-20T20:05:57+01:00 hi\n');
		expect(read(false, [line])).toEqual([
			{ source: 'stdout', text: 'hi', stamp: '2026-11-20T20:05:57+01:00' },
		]);
	});

	it('cuts a line without end at 1 MiB, says so, and goes on with the next', () => {
		const piece = frame(1, `${stamp} ${'a'.repeat(16_384)}`);
		const lines = read(false, [
			...Array.from({ length: 200 }, () => piece),
			frame(1, `${stamp} z\n`),
			frame(1, `${stamp} next\n`),
		]);
		expect(lines.map(({ text }) => text.replace(/^a+/, ({ length }) => `${length}`))).toEqual([
			`${1 << 20} … 2.23 MB of this line are left out`,
			'next',
		]);
		const odd = frame(1, `${stamp} ${'é'.repeat(8191)}`);
		const [line] = read(false, [frame(1, `${stamp} x`), ...Array.from({ length: 100 }, () => odd)]);
		expect(line?.text).toMatch(/é … 590 kB of this line are left out$/);
	});

	it('keeps a line of a megabyte, and one that never ends', () => {
		const piece = (bytes: number, end = '') => frame(1, `${stamp} ${'x'.repeat(bytes)}${end}`);
		const whole = [...Array.from({ length: 63 }, () => piece(16_384)), piece(16_384, '\n')];
		expect(read(false, whole)).toEqual([{ source: 'stdout', text: 'x'.repeat(1 << 20), stamp }]);
		expect(read(false, [piece(5)])).toEqual([{ source: 'stdout', text: 'xxxxx', stamp }]);
	});

	it('shows what is no UTF-8 as such, and nothing else of the line', () => {
		const line = Buffer.concat([Buffer.from(`${stamp} a`), Buffer.from([0xff, 0xc3]), Buffer.from('b\n')]);
		expect(read(false, [frame(1, line), frame(1, `${stamp} 한글\n`)]).map(({ text }) => text)).toEqual([
			'a\ufffd\ufffdb',
			'한글',
		]);
	});

	it('keeps lines of the same moment in their order', () => {
		const lines = ['b', 'a', 'b', 'c'].map((text) => frame(1, `${stamp} ${text}\n`));
		expect(read(false, [Buffer.concat(lines)]).map(({ text }) => text)).toEqual(['b', 'a', 'b', 'c']);
	});

	it('finds back to the frames after something that is none, and says so', () => {
		const good = frame(1, `${stamp} good\n`);
		const torn = Buffer.from('"stream":"stdout","time":"2026-11-20T20:05:57Z"}\n');
		const bytes = Buffer.concat([good, torn, good, good]);
		for (const chunks of [[bytes], [...bytes].map((byte) => Buffer.from([byte]))]) {
			const lines = read(false, chunks);
			expect(lines.map(({ text, note }) => (note === undefined ? text : 'gap'))).toEqual([
				'good',
				'gap',
				'good',
				'good',
			]);
		}
	});

	it('ends with the engine’s own words where it could not go on, after the lines before', () => {
		const lines: LogLine[] = [];
		const reader = logReader(false, (batch) => lines.push(...batch));
		const broken = Buffer.concat([frame(1, `${stamp} last\n`), frame(3, 'Error grabbing logs: gone\n')]);
		expect(() => reader.push(broken)).toThrow('could not read this log any further');
		expect(lines.map(({ text }) => text)).toEqual(['last']);
	});

	it('tells the lines of one chunk together', () => {
		const batches: number[] = [];
		const reader = logReader(false, (batch) => batches.push(batch.length));
		reader.push(Buffer.concat(Array.from({ length: 50 }, () => frame(1, `${stamp} x\n`))));
		expect(batches).toEqual([50]);
	});
});

describe('a colour', () => {
	const lineOf = (text: string, stream = 1) => frame(stream, `${stamp} ${text}\n`);
	const stylesOf = (texts: readonly string[]) =>
		read(
			false,
			texts.map((text) => lineOf(text)),
		).map(({ style }) => style);

	it('that was left open is on the lines behind it, until it is closed', () => {
		const red = { colour: 1 };
		const texts = ['before', '\x1b[31mopens', 'still', '\x1b[1mand bold', 'third\x1b[0m', 'plain'];
		expect(stylesOf(texts)).toEqual([undefined, undefined, red, red, { ...red, isBold: true }, undefined]);
		expect(stylesOf(['a \x1b[31mb\x1b[39m c', 'plain'])).toEqual([undefined, undefined]);
	});

	it('is of its own stream', () => {
		const lines = read(false, [lineOf('\x1b[31mred'), lineOf('oops', 2), lineOf('red')]);
		expect(lines.map(({ style }) => style)).toEqual([undefined, undefined, { colour: 1 }]);
		const ofTerminal = read(true, [Buffer.from(`${stamp} \x1b[31mred\r\n${stamp} red\r\n`)]);
		expect(ofTerminal.map(({ style }) => style)).toEqual([undefined, { colour: 1 }]);
	});

	it('that was forgotten does not stay for ever', () => {
		const styles = stylesOf(['\x1b[31mred', ...Array.from({ length: 300 }, () => 'x')]);
		expect(styles.filter((style) => style !== undefined)).toHaveLength(200);
		expect(styles.at(-1)).toBeUndefined();
	});
});

describe('the log of a terminal', () => {
	const long = `${'a'.repeat(16_384)}`;
	const bytes = Buffer.from(
		`${stamp} one é€\r\n${stamp} ${long}${stamp} ${long}${stamp} end\r\n${later} progress 1\rprogress 2\r\n${later} no end`,
	);

	it('gives whole lines, without the stamps inside them and the carriage return at their end', () => {
		const lines: LogLine[] = [
			{ source: 'tty', text: 'one é€', stamp },
			{ source: 'tty', text: `${long}${long}end`, stamp },
			{ source: 'tty', text: 'progress 1\rprogress 2', stamp: later },
			{ source: 'tty', text: 'no end', stamp: later },
		];
		expect(read(true, [bytes])).toEqual(lines);
		for (let at = 0; at <= bytes.length; at += 211) {
			expect(read(true, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(lines);
		}
	});

	it('says what it left out of a line that is too long, wherever the bytes are split', () => {
		const whole = Buffer.from(`${stamp} ${'x'.repeat(5_000_000)}\r\n${stamp} next\r\n`);
		for (const step of [65_536, 100_003]) {
			const count = Math.ceil(whole.length / step);
			const chunks = Array.from({ length: count }, (_, index) =>
				whole.subarray(index * step, (index + 1) * step),
			);
			expect(read(true, chunks).map(({ text }) => text.replace(/^x+/, ({ length }) => `${length}`))).toEqual([
				`${1 << 20} … 3.95 MB of this line are left out`,
				'next',
			]);
		}
	});

	it('joins pieces that became longer: each byte that is no UTF-8 is three then', () => {
		const odd = `${'a'.repeat(16_000)}${'\ufffd'.repeat(384)}`;
		expect(read(true, [Buffer.from(`${stamp} ${odd}${stamp} end\r\n`)])).toEqual([
			{ source: 'tty', text: `${odd}end`, stamp },
		]);
	});
});
