// Searching, filtering and drawing a log of fifty thousand lines: no engine, only what a key costs. Medians.
import { performance } from 'node:perf_hooks';
import type { Event } from '../../source/model/event.ts';
import type { LogLine } from '../../source/model/items.ts';
import { countOf } from '../../source/model/log/lenses.ts';
import { appended, emptyRing, type LogRing } from '../../source/model/log/ring.ts';
import { hitLens, initialLogView, type LogView, shownLens } from '../../source/model/log/view.ts';
import type { State } from '../../source/model/state.ts';
import { update } from '../../source/model/update.ts';
import { logContent } from '../../source/ui/tabs/logs.ts';
import { after, container, idOf, listed } from '../model/things.ts';
import { summary } from './numbers.ts';

const lines = 50_000;
const columns = 200;
const rounds = 7;

const kinds = {
	plain: (index: number) =>
		`2026-11-21 12:00:00.${index} INFO  [worker-${index % 16}] GET /orders/${index * 7919} 200 in ${index % 97} ms for user ${index * 31} from 10.0.${index % 256}.${(index * 7) % 256} `,
	JSON: (index: number) =>
		`{"time":"2026-11-21T12:00:00.000Z","level":"${index % 500 ? 'info' : 'error'}","msg":"order ${index} accepted","user":${index * 31},"path":"/orders/${index}","padding":"`,
	Korean: (index: number) => `주문 ${index * 7919}을 처리했습니다: 사용자 김철수, 걸린 시간 ${index % 97}ms `,
} as const;

/** New ones each time: nothing is known of them. */
const freshRing = (kind: keyof typeof kinds): LogRing => {
	let ring = emptyRing;
	for (let from = 0; from < lines; from += 500) {
		const chunk = Array.from({ length: 500 }, (_, index): LogLine => {
			// In one piece, as what came from the engine is.
			const text = Buffer.from(kinds[kind](from + index).padEnd(columns, 'x')).toString();
			return { source: 'stdout', stamp: '2026-11-21T12:00:00.000000000Z', text };
		});
		ring = appended(ring, chunk);
	}
	return ring;
};

const median = (measure: () => number): number =>
	summary(Array.from({ length: rounds }, measure))?.p50 ?? Number.NaN;

const timed = (work: () => unknown): number => {
	const start = performance.now();
	work();
	return performance.now() - start;
};

const finding = (kind: keyof typeof kinds, news: Partial<LogView>): number =>
	median(() => {
		const ring = freshRing(kind);
		const view = { ...initialLogView, ...news };
		return timed(() => countOf(ring, view.search === '' ? shownLens(view) : hitLens(view)));
	});

const size = { columns: 200, rows: 60 };

const stateWith = (ring: LogRing, news: Partial<LogView>): State => {
	const id = idOf('web');
	const state = after(
		listed([container('web')], [], size),
		{ type: 'log-opened', id },
		{ type: 'zoomed', isZoomed: true },
		{ type: 'log-viewed', news },
	);
	const { log } = state.known;
	return log ? { ...state, known: { ...state.known, log: { ...log, ring } } } : state;
};

/** A key and the frame after it. */
const keyAndFrame = (kind: keyof typeof kinds, news: Partial<LogView>, event: Event): number => {
	let state = stateWith(freshRing(kind), news);
	const draw = () => logContent(state, true, size.columns);
	draw();
	return median(() =>
		timed(() => {
			state = update(state, event);
			draw();
		}),
	);
};

const up: Event = { type: 'moved', by: -1, unit: 'row' };
const pageUp: Event = { type: 'moved', by: -1, unit: 'page' };
const found: Partial<LogView> = { search: 'user 1', filter: '!heartbeat', times: 'utc' };

/** Budgets in milliseconds. */
const measures: readonly (readonly [string, number, () => number])[] = [
	['search, a text', 50, () => finding('plain', { search: 'user 31000' })],
	['search, a pattern', 50, () => finding('plain', { search: 'orders/\\d+1 .*ms' })],
	['search in JSON', 50, () => finding('JSON', { search: 'order 4711' })],
	['search in Korean', 50, () => finding('Korean', { search: '김철수, 걸린 시간 9' })],
	['filter', 50, () => finding('plain', { filter: 'worker-7' })],
	['filter, inverse', 50, () => finding('plain', { filter: '!worker-7' })],
	['errors only, JSON', 250, () => finding('JSON', { threshold: 'error' })],
	['line up and its frame', 5, () => keyAndFrame('plain', found, up)],
	['page up and its frame', 10, () => keyAndFrame('plain', found, pageUp)],
	['page up and its frame, Korean', 15, () => keyAndFrame('Korean', found, pageUp)],
	['page up and its frame, JSON', 10, () => keyAndFrame('JSON', {}, pageUp)],
];

/** Also what is over its budget. */
export function measureLogSearch(): { readonly text: string; readonly over: readonly string[] } {
	const over: string[] = [];
	const rows = measures.map(([label, budget, measure]) => {
		const value = measure();
		const isOver = !(value <= budget);
		if (isOver) over.push(`${label} ${value.toFixed(1)} ms`);
		return `  ${label.padEnd(32)}${value.toFixed(1).padStart(8)} ms  ≤ ${budget} ms ${isOver ? 'OVER' : 'ok'}`;
	});
	return { text: [`a log of ${lines.toLocaleString('en')} lines`, ...rows].join('\n'), over };
}
