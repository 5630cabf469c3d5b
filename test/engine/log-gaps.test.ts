// Where lines are missing is told from what the engine still has, and never because a container paused.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogOptions } from '../../source/engine/contract.ts';
import { gapWatch } from '../../source/engine/log/gaps.ts';
import type { LogLine } from '../../source/model/items.ts';

const start = Date.UTC(2026, 10, 20, 20);
const stampOf = (milliseconds: number) =>
	new Date(start + milliseconds).toISOString().replace('Z', '123457Z');
const line = (milliseconds: number): LogLine => ({
	source: 'stdout',
	text: `line ${milliseconds}`,
	stamp: stampOf(milliseconds),
});

const rotation = { bytesOf: () => 100 };

describe('a follower', () => {
	/** What the engine has when it is asked. */
	let kept: LogLine[];
	let asked: LogOptions[];
	let told: LogLine[];
	let stop: AbortController;

	const engine = {
		logs: async (
			_: string,
			options: LogOptions,
			__: AbortSignal,
			onLines: (lines: LogLine[]) => void,
		): Promise<void> => {
			asked.push(options);
			const { since = '', until = '' } = options;
			onLines(kept.filter(({ stamp }) => stamp >= since && stamp <= until));
		},
	};
	const watching = () =>
		gapWatch(engine, { id: 'web', tty: false, rotation }, stop.signal, (lines) => told.push(...lines));
	const settled = () => vi.waitFor(() => expect(told.at(-1)?.text).toBe('line 3000'));
	const texts = () => told.map(({ text, note }) => note ?? text);

	beforeEach(() => {
		vi.useFakeTimers({ toFake: ['performance', 'Date'], now: start });
		kept = [];
		asked = [];
		told = [];
		stop = new AbortController();
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it('that is in time has no gap in ten minutes with pauses, and asks for nothing', () => {
		const watch = watching();
		let at = 0;
		for (let count = 0; at < 600_000; count++) {
			const pause = [1, 3, 40, 700, 1, 5000][count % 6] ?? 0;
			at += pause;
			vi.advanceTimersByTime(pause);
			watch.take([line(at)]);
		}
		expect(asked).toEqual([]);
		expect(told.filter(({ note }) => note !== undefined)).toEqual([]);
	});

	it('that was held up itself has no gap', async () => {
		const watch = watching();
		watch.take([line(0)]);
		vi.advanceTimersByTime(3000);
		kept = [line(1000), line(2000), line(3000)];
		watch.take(kept);
		await settled();
		expect(texts()).toEqual(['line 0', 'line 1000', 'line 2000', 'line 3000']);
		expect(asked.length).toBeGreaterThan(0);
	});

	it('gets the lines that were left out, where they are still there', async () => {
		const watch = watching();
		watch.take([line(0)]);
		vi.advanceTimersByTime(3000);
		kept = [line(1000), line(1500), line(2000), line(3000)];
		watch.take([line(1000), line(2000), line(3000)]);
		await settled();
		expect(texts()).toEqual(['line 0', 'line 1000', 'line 1500', 'line 2000', 'line 3000']);
	});

	it('is told how many are missing, where there are too many', async () => {
		const watch = watching();
		watch.take([line(0)]);
		vi.advanceTimersByTime(3000);
		const many = Array.from({ length: 2500 }, (_, index) => line(250 + index));
		kept = [line(100), ...many, line(3000)];
		watch.take([line(100), line(3000)]);
		await settled();
		expect(texts()).toEqual([
			'line 0',
			'line 100',
			'More than 2,000 lines are missing here: the engine dropped them while it rotated the log.',
			'line 3000',
		]);
	});

	it('is told that lines are missing, where those before them are gone, too', async () => {
		const watch = watching();
		watch.take([line(0)]);
		vi.advanceTimersByTime(3000);
		kept = [line(3000)];
		watch.take([line(100), line(3000)]);
		await settled();
		expect(texts()).toEqual([
			'line 0',
			'line 100',
			'Lines seem to be missing here: the engine dropped them while it rotated the log.',
			'line 3000',
		]);
	});

	it('has what was printed before it came without questions', () => {
		const watch = watching();
		watch.take([line(0), line(1000), line(3000)]);
		expect(texts()).toEqual(['line 0', 'line 1000', 'line 3000']);
		expect(asked).toEqual([]);
	});
});
