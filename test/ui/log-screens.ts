// Screens of a log, by name: what happened until they look so.
import type { Event } from '../../source/model/event.ts';
import type { LogLine } from '../../source/model/items.ts';
import { laidOut } from '../../source/model/listing-texts.ts';
import { lineTexts } from '../../source/model/log/card.ts';
import type { State } from '../../source/model/state.ts';
import { after, container, detail, idOf, now, second } from '../model/things.ts';
import { look } from './look.ts';
import { connected, type Size } from './sample-state.ts';

const small: Size = { columns: 60, rows: 15 };
const usual: Size = { columns: 80, rows: 24 };
const good: Size = { columns: 120, rows: 36 };
const large: Size = { columns: 200, rows: 60 };

const stamped = (at: number, fraction = '000000000'): string =>
	`${new Date(at).toISOString().slice(0, 19)}.${fraction}Z`;

/** So many seconds before now. */
const line = (ago: number, text: string, news: Partial<LogLine> = {}): LogLine => ({
	source: 'stdout',
	text,
	stamp: stamped(now - ago * second, '123456789'),
	...news,
});

const requests = (from: number, count: number): LogLine[] =>
	Array.from({ length: count }, (_, index) =>
		line(from - index, `GET /assets/${from - index}.css 200 ${1000 + (from - index) * 37} bytes in 3 ms`),
	);

const json = (ago: number, level: string, message: string, more: object = {}): LogLine =>
	line(ago, JSON.stringify({ time: stamped(now - ago * second), level, msg: message, ...more }));

const printed: readonly LogLine[] = [
	...requests(300, 60),
	line(200, 'ERROR connection to db:5432 refused, trying again in 5 seconds', { source: 'stderr' }),
	line(199, '    at connect (/srv/app/db.js:42:11)', { source: 'stderr' }),
	line(190, 'WARN the pool has 0 of 10 connections left'),
	...requests(180, 10),
	line(
		160,
		'요청을 처리했습니다: 사용자 김철수, 걸린 시간 12ms — 컨테이너가 정상적으로 동작하고 있습니다. 🚀 다음 요청을 기다립니다.',
	),
	json(150, 'info', 'order accepted', { order: 4711, user: '김철수', items: [1, 2] }),
	json(149, 'error', 'payment failed', { order: 4711, reason: 'card declined' }),
	json(148, 'debug', 'cache miss', { key: 'user:1' }),
	line(120, '\x1b[32mok\x1b[0m  all \x1b[1;36m12\x1b[0m checks passed \x1b]0;owned\x07\x1b[2J'),
	...requests(100, 12),
];

const focused: Event = { type: 'detail-focused', isFocused: true };
const logged = (lines: readonly LogLine[], id = idOf('web')): Event => ({ type: 'logged', id, lines });
const viewed = (news: Extract<Event, { type: 'log-viewed' }>['news']): Event => ({
	type: 'log-viewed',
	news,
});
const up = (by: number, unit: 'row' | 'page' | 'end' = 'row'): Event => ({ type: 'moved', by: -by, unit });

const web = container('web', { createdAt: now - second, project: 'shop', service: 'web' });
const db = container('shop-db-1', { image: 'postgres:17', project: 'shop', service: 'db' });
const worker = container('웹-작업자', { image: 'shop/worker', project: 'shop', service: 'worker' });

/** With the log of web, which goes on. */
export const logState = (size: Size, lines: readonly LogLine[], ...events: readonly Event[]): State =>
	look(
		after(
			connected(size),
			{ type: 'listed', containers: [web, db, worker], images: [], at: now },
			...[web, db, worker].map(({ id }): Event => ({ type: 'inspected', detail: detail(id) })),
			{ type: 'log-opened', id: idOf('web') },
			logged(lines),
			focused,
		),
		...events,
	);

const gap: LogLine = {
	source: 'stdout',
	text: '',
	stamp: stamped(now - 100 * second),
	note: 'Lines are missing here: the engine dropped them when the log was rotated.',
};

/** Three containers as one stream. */
const merged = (size: Size, ...events: readonly Event[]): State =>
	look(
		logState(size, []),
		{ type: 'log-scope-chosen', scope: { kind: 'project', name: 'shop' } },
		{ type: 'log-opened', id: 'project:shop', ids: [web.id, db.id, worker.id] },
		logged(
			[
				line(9, 'GET / 200', { container: web.id }),
				line(8, 'LOG:  checkpoint starting: time', { container: db.id, source: 'stderr' }),
				line(7, '작업 17을 시작합니다', { container: worker.id }),
				line(6, 'FATAL:  password authentication failed for user "shop"', {
					container: db.id,
					source: 'stderr',
				}),
				line(5, 'GET /orders 500', { container: web.id }),
				line(
					4,
					'작업 17이 끝났습니다: 주문 4711, 영수증을 보냈고 창고에 알렸습니다. 다음 작업을 기다립니다.',
					{
						container: worker.id,
					},
				),
			],
			'project:shop',
		),
		...events,
	);

const sinceAsked: readonly Event[] = [
	{
		type: 'asked',
		actionId: 'log.range',
		itemIds: [],
		question: {
			title: 'Lines of which time?',
			body: ['10m or 1h30m ago, 08:15, 2026-11-21, 2026-11-21T10:00; empty for no end.'],
			fields: [
				{ kind: 'text', id: 'since', label: 'since', value: '10m' },
				{ kind: 'text', id: 'until', label: 'until', value: '' },
			],
			yes: 'read',
			isDestructive: false,
		},
	},
];

const opened = (overlay: 'log-search' | 'log-filter'): Event => ({ type: 'opened', overlay });
const later = requests(50, 12);

/** The card over a line, with the cursor so many rows down. */
const lineOpened = (size: Size, opened: LogLine, by = 0): State =>
	look(
		logState(size, [...printed, opened]),
		{
			type: 'listing-opened',
			listing: laidOut(
				{
					id: 0,
					kind: 'log-line',
					title: 'Line of web',
					line: '',
					about: web.id,
					columns: [],
					rows: [],
					texts: lineTexts(opened, 'web'),
					status: 'ready',
					notes: [],
					selected: 0,
				},
				size.columns,
			),
		},
		{ type: 'overlay-moved', by },
	);

const failed = line(
	3,
	`{"time":"${stamped(now - 3 * second)}","level":"error","msg":"결제에 실패했습니다: card declined","order":12345678901234567890,"amount":19.90,"user":{"id":7,"name":"김철수","roles":["buyer","tester"]},"http":{"method":"POST","status":502,"headers":{"user-agent":"curl/8.5.0 \\u001b[2J"}},"items":[{"sku":"A-1","count":2},{"sku":"B-7","count":1}],"err":{"stack":"Error: card declined\\n\\tat pay (/srv/app/pay.js:42:11)\\n\\tat process.processTicksAndRejections (node:internal/process/task_queues:105:5)\\n\\tat async Server.handle (/srv/app/server.js:118:3)"},"trace":null}`,
	{ source: 'stderr' },
);

const pairs = line(
	3,
	'ts=2026-01-15T11:59:57Z level=warn msg="slow query: \\"SELECT * FROM orders WHERE customer = $1 ORDER BY id DESC\\"" took=1.250s rows=10000 caller=db/query.go:88',
);

const sentence = line(
	3,
	`WARN ${'the pool has no connection left, and 12 requests wait for one: 연결을 기다립니다. '.repeat(3)}`,
);

export const logScreens: Readonly<Record<string, () => State>> = {
	'log-following-120x36': () => logState(good, printed),
	'log-following-80x24': () => logState(usual, printed),
	'log-following-60x15': () => logState(small, printed),
	'log-below-120x36': () => logState(good, printed, up(3), logged(later)),
	'log-divider-120x36': () => logState(good, printed, up(3), logged(later), up(-14)),
	'log-search-120x36': () => logState(good, printed, viewed({ search: 'assets/1' }), up(5)),
	'log-searching-80x24': () =>
		logState(usual, printed, opened('log-search'), viewed({ search: 'trying again|사용자' })),
	'log-filter-120x36': () => logState(good, printed, viewed({ filter: '!GET' })),
	'log-filtering-60x15': () => logState(small, printed, opened('log-filter'), viewed({ filter: '(/srv' })),
	'log-line-120x36': () => lineOpened(good, failed, 19),
	'log-line-80x24': () => lineOpened(usual, pairs, 8),
	'log-line-60x15': () => lineOpened(small, sentence),
	'log-help-120x36': () => look(logState(good, printed), { type: 'opened', overlay: 'help' }),
	'log-stderr-80x24': () => logState(usual, printed, viewed({ source: 'stderr' })),
	'log-levels-120x36': () => logState(good, printed, viewed({ threshold: 'warning' }), up(1)),
	'log-json-120x36': () => logState(good, printed, viewed({ filter: 'order|cache' })),
	'log-json-whole-80x24': () => logState(usual, printed, viewed({ foldsJson: false, filter: 'order|cache' })),
	'log-merged-120x36': () => merged(good),
	'log-merged-60x15': () => merged(small, viewed({ times: 'relative' })),
	'log-times-120x36': () => logState(good, printed, viewed({ times: 'utc' }), up(1)),
	'log-times-80x24': () => logState(usual, printed, viewed({ times: 'relative' })),
	'log-unwrapped-80x24': () => logState(usual, printed, viewed({ wraps: false, left: 25 })),
	'log-gap-80x24': () => logState(usual, [...requests(130, 8), gap, ...requests(90, 8)], up(2)),
	'log-since-80x24': () => logState(usual, printed, ...sinceAsked),
	'log-selected-120x36': () =>
		logState(
			good,
			printed,
			up(6),
			{ type: 'log-selected', from: printed.length - 10 },
			viewed({ marks: new Set([printed.length - 1, printed.length - 12]) }),
		),
	'log-over-80x24': () => logState(usual, requests(5, 4), { type: 'log-ended', id: idOf('web') }),
	'log-nothing-passes-60x15': () => logState(small, printed, viewed({ filter: 'nowhere' })),
	'log-large-200x60': () =>
		logState(large, printed, viewed({ times: 'utc', search: 'error' }), up(2, 'page')),
};
