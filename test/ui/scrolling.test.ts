// What moves and where it ends: the details, logs, and what lies over the panes.
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import { detailSize, layoutOf } from '../../source/model/layout.ts';
import type { State } from '../../source/model/state.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { after, idOf, logLines, minute, now } from '../model/things.ts';
import { look } from './look.ts';
import { sampleState } from './sample-state.ts';

const plain = (painted: string) => painted.replace(/\x1b\[[0-9;]*m/g, '');
const size = { columns: 120, rows: 36 };
const journalled = (count: number): Event[] =>
	Array.from({ length: count }, (_, index) => ({
		type: 'began',
		sequence: index + 1,
		line: `docker stop c${index}`,
		doing: 'stopping',
		ids: [],
		at: now + index * minute,
	}));

describe('scrolling', () => {
	const detailsOf = (state: ReturnType<typeof sampleState>) => frameOf(state).details?.lines.map(plain);
	const config = sampleState(
		size,
		{ type: 'tab-chosen', tab: 'Config' },
		{ type: 'detail-focused', isFocused: true },
	);
	const log = sampleState(size, { type: 'detail-focused', isFocused: true });
	const up = { type: 'moved', by: -1, unit: 'row' } as const;
	const end = { type: 'moved', by: 1, unit: 'end' } as const;
	const start = { type: 'moved', by: -1, unit: 'end' } as const;

	it('down moves by a line', () => {
		expect(detailsOf(look(config, { type: 'moved', by: 1, unit: 'row' }))?.[0]).toBe(detailsOf(config)?.[1]);
	});

	it('up from the end of the details moves at once', () => {
		const last = look(config, end);
		expect(last.details.top).toBe(frameOf(config).ends.details);
		expect(detailsOf(last)?.at(-1)).not.toMatch(/^ *$/);
		expect(detailsOf(look(last, up))?.slice(1)).toEqual(detailsOf(last)?.slice(0, -1));
	});

	it('to the beginning of a log fills the pane', () => {
		const lines = detailsOf(look(log, start)) ?? [];
		expect(lines.length).toBe(detailsOf(log)?.length);
		expect(detailsOf(look(log, start, up))).toEqual(lines);
		expect(detailsOf(look(log, start, { type: 'moved', by: 1, unit: 'row' }))).not.toEqual(lines);
		expect(detailsOf(look(log, start, end))).toEqual(detailsOf(log));
	});

	it('to the beginning of a log shows its first line from the start', () => {
		expect(detailsOf(look(log, start))?.[0]).toContain('15/Jan/2026:11:59:10');
	});

	it('the further rows of a long line of a log are set in', () => {
		const long = 'x'.repeat(130);
		const text = after(log, { type: 'logged', id: idOf('web'), lines: logLines([long]) });
		// The signs of a line stand before it.
		const columns = detailSize(layoutOf(text)).width - 2;
		const rows = (detailsOf(text) ?? []).filter((line) => line.includes('xxx'));
		expect(rows[0]).toBe(`>  ${'x'.repeat(columns)} `);
		for (const row of rows.slice(1)) expect(row).toMatch(/^ {5}x+ +$/);
		expect(rows.join('').replace(/[> ]/g, '')).toBe(long);
		expect(rows.length).toBe(1 + Math.ceil((130 - columns) / (columns - 2)));
	});

	it.each(['help', 'journal'] as const)('away from the end of the %s moves at once', (overlay) => {
		const away = { help: -1, journal: 1 }[overlay];
		const far = look(
			sampleState(size, ...journalled(40)),
			{ type: 'opened', overlay },
			{ type: 'overlay-moved', by: -away * 500 },
		);
		const linesOfCard = (state: State) => frameOf(state).card?.lines.slice(1, -1).map(plain) ?? [];
		const next = look(far, { type: 'overlay-moved', by: away });
		const [from, to] =
			away < 0 ? [linesOfCard(next), linesOfCard(far)] : [linesOfCard(far), linesOfCard(next)];
		expect(from.slice(1)).toEqual(to.slice(0, -1));
		expect(linesOfCard(look(far, { type: 'overlay-moved', by: -away }))).toEqual(linesOfCard(far));
	});

	it('a question with a long body ends where its body does', () => {
		const long = look(
			sampleState(size, {
				type: 'asked',
				actionId: 'container.stop',
				itemIds: [idOf('web')],
				question: {
					title: 'Sure?',
					body: Array.from({ length: 60 }, (_, index) => `line ${index}`),
					fields: [],
					yes: 'stop',
					isDestructive: false,
				},
			}),
			{ type: 'overlay-moved', by: 500 },
		);
		const linesOfCard = (state: State) => frameOf(state).card?.lines.map(plain).join('\n') ?? '';
		expect(linesOfCard(long)).toContain('line 59');
		expect(linesOfCard(look(long, { type: 'overlay-moved', by: -1 }))).not.toContain('line 59');
	});
});
