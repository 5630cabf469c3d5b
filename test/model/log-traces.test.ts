// What belongs to a line above it: which lines are one failure, so that they are shown and sought together.
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../source/model/items.ts';
import { countOf, headAt, nextAfter } from '../../source/model/log/lenses.ts';
import { appended, emptyRing, type LogRing, lineAt, prepended } from '../../source/model/log/ring.ts';
import { errorLens, initialLogView, type LogView, shownLens } from '../../source/model/log/view.ts';
import { logLines } from './things.ts';

const view = (news: Partial<LogView> = {}): LogView => ({ ...initialLogView, ...news });
const ringOf = (...chunks: readonly (readonly LogLine[])[]): LogRing => chunks.reduce(appended, emptyRing);

const found = (ring: LogRing, lens: ReturnType<typeof shownLens>): readonly string[] => {
	const texts: string[] = [];
	for (let at = nextAfter(ring, lens, ring.dropped - 1); at !== undefined; at = nextAfter(ring, lens, at))
		texts.push(lineAt(ring, at)?.text ?? '');
	return texts;
};
const failures = (ring: LogRing, news: Partial<LogView> = {}) => found(ring, errorLens(view(news)));
const loud = (ring: LogRing, threshold: LogView['threshold'] = 'error') =>
	found(ring, shownLens(view({ threshold })));

const python = `INFO start
2026-11-21 06:00:00 ERROR in app: cannot pay
Traceback (most recent call last):
  File "/app/pay.py", line 3, in pay
    cards[name]  # ERROR: not found
KeyError: 'visa'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/main.py", line 9, in <module>
    raise Http404()
app.errors.Http404: no such card

INFO next`;

const java = `2026-11-21 06:00:00 INFO ready
2026-11-21 06:00:01 ERROR c.e.Shop - order failed
java.lang.IllegalStateException: no connection
	at com.example.Shop.order(Shop.java:41)
	at com.example.Main.main(Main.java:7)
Caused by: java.sql.SQLException: timeout
	at com.example.Pool.get(Pool.java:12)
	... 12 more
2026-11-21 06:00:02 INFO ready`;

const go = `listening
panic: boom

goroutine 1 [running]:
main.work({0xc000012345, 0x3})
	/app/main.go:12 +0x1d
main.main()
	/app/main.go:5 +0x1d
exit status 2

goodbye`;

const node = `listening
Error: connect ECONNREFUSED
    at TCPConnectWrap.afterConnect (node:net:1555:16) {
  errno: -111
}

Node.js v20.20.2`;

const rust = `listening
thread 'main' panicked at src/main.rs:2:5:
boom
stack backtrace:
   0: rust_begin_unwind
             at /rustc/1/library/std/src/panicking.rs:647:5
note: run with \`RUST_BACKTRACE=full\` for a verbose backtrace.
goodbye`;

const between = (text: string, from: number, to: number) => text.split('\n').slice(from, to);

describe('one failure', () => {
	it.each([
		['of Python, with what was raised meanwhile', python, 1, 13],
		['of Java, with its causes', java, 1, 8],
		['of Go, with its goroutines', go, 1, 9],
		['of Node, with its fields', node, 1, 5],
		['of Rust', rust, 1, 7],
	])('%s is shown whole and sought once', (_, text, from, to) => {
		const lines = between(text, from, to);
		const ring = ringOf(logLines(text.split('\n')));
		expect(loud(ring)).toEqual(lines);
		expect(failures(ring)).toEqual(lines.slice(0, 1));
	});

	it('is not two that follow each other', () => {
		const twice = ['Traceback (most recent call last):', '  File "a.py", line 1', 'app.Gone: x'];
		expect(failures(ringOf(logLines([...twice, ...twice])))).toEqual([twice[0], twice[0]]);
		expect(failures(ringOf(logLines(['TypeError: a', 'TypeError: b'])))).toHaveLength(2);
		expect(failures(ringOf(logLines(['ERROR a', 'ERROR b'])))).toHaveLength(2);
	});

	it('is told of, too, where nothing above says that it is an error', () => {
		const lines = ['INFO retry', 'Caused by: java.sql.SQLException: timeout', '\tat a.B.c(B.java:1)', 'done'];
		expect(loud(ringOf(logLines(lines)))).toEqual(lines.slice(1, 3));
		// A crash is no part of the warning before it.
		const crash = ['WARN old', 'Traceback (most recent call last):', '  File "a.py"', 'app.Gone'];
		expect(loud(ringOf(logLines(crash)))).toEqual(crash.slice(1));
	});

	it('is sought by what is shown of it', () => {
		const ring = ringOf(logLines(java.split('\n')));
		const cause = 'Caused by: java.sql.SQLException: timeout';
		expect(failures(ring, { filter: 'SQLException' })).toEqual([cause]);
	});
});

describe('what is set in', () => {
	it('is as loud as the line above it, and changes nothing under one without a level', () => {
		const lines = [
			'plain',
			'  set in',
			'WARN disk',
			'  90 %',
			'DEBUG query',
			'  select 1',
			'INFO done',
			'  all',
		];
		const ring = ringOf(logLines(lines));
		expect(loud(ring, 'warning')).toEqual(['WARN disk', '  90 %']);
		expect(loud(ring, 'info')).toEqual(lines.filter((_, index) => index < 4 || index > 5));
	});

	it('has its own level, where it says one', () => {
		const lines = [' ERROR a', '  INFO b', ' ERROR c', '   more'];
		expect(loud(ringOf(logLines(lines)))).toEqual([' ERROR a', ' ERROR c', '   more']);
	});

	it('belongs to its own container and stream', () => {
		const line = (text: string, container: string, source: LogLine['source'] = 'stdout'): LogLine => ({
			source,
			text,
			stamp: '',
			container,
		});
		const ring = ringOf([
			line('ERROR one', 'a'),
			line('INFO two', 'b'),
			line('  of two', 'b'),
			line('  of one', 'a'),
			line('  of neither', 'a', 'stderr'),
		]);
		expect(loud(ring)).toEqual(['ERROR one', '  of one']);
		expect(headAt(ring, 3)?.text).toBe('ERROR one');
		expect(headAt(ring, 4)?.text).toBe('  of neither');
	});

	it('does not belong to what stands before missing lines', () => {
		const gap: LogLine = { source: 'stdout', text: '', stamp: '', note: 'Lines are missing here.' };
		const ring = ringOf([...logLines(['ERROR a']), gap, ...logLines(['  of what?'])]);
		expect(loud(ring)).toEqual(['ERROR a', '']);
	});
});

describe('across the pieces of a log', () => {
	const frames = Array.from({ length: 600 }, (_, index) => `\tat a.B.c(B.java:${index})`);

	it('lines belong to what is in the piece before', () => {
		const head = logLines([...frames.slice(0, 400), 'INFO ready', 'ERROR broken', ...frames.slice(0, 100)]);
		const ring = ringOf(head, logLines([...frames.slice(0, 100), 'INFO ready']));
		expect(ring.chunks.length).toBe(2);
		expect(loud(ring)).toHaveLength(201);
		expect(failures(ring)).toEqual(['ERROR broken']);
	});

	it('they belong to it also when it is read later', () => {
		const ring = ringOf(logLines(['  of what?', 'INFO ready', ...frames]));
		expect(countOf(ring, shownLens(view({ threshold: 'error' })))).toBe(0);
		const older = prepended(ring, logLines(['ERROR broken']));
		expect(loud(older)).toEqual(['ERROR broken', '  of what?']);
	});

	it('fifty thousand lines are looked into in a moment', () => {
		const texts = Array.from({ length: 50_000 }, (_, index) =>
			index % 5
				? `\tat com.example.Shop.order(Shop.java:${index})`
				: `2026-11-21 06:00:00 ERROR order ${index}`,
		);
		const ring = ringOf(logLines(texts));
		const start = performance.now();
		expect(countOf(ring, errorLens(view()))).toBe(10_000);
		expect(performance.now() - start).toBeLessThan(1000);
	});

	it('a megabyte that looks like a frame takes no time', () => {
		const ring = ringOf(
			logLines(['panic: x', 'goroutine 1 [running]:', '('.repeat(1 << 20), ' '.repeat(1 << 20)]),
		);
		const start = performance.now();
		countOf(ring, errorLens(view()));
		expect(performance.now() - start).toBeLessThan(300);
	});
});
