// The frame around a transfer: its tabs, its rows and its edges, whatever moves, and however little room there is.
import './surroundings.ts';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import type { State } from '../../source/model/state.ts';
import { width } from '../../source/model/text.ts';
import type { Transfer } from '../../source/model/transfers.ts';
import { boxed } from '../../source/ui/border.ts';
import { footer } from '../../source/ui/footer.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { headerLine } from '../../source/ui/header.ts';
import { after, second, transferOf } from '../model/things.ts';
import { now, sampleState } from './sample-state.ts';
import { transferScreens } from './transfer-screens.ts';

const plain = (painted: string) => painted.replace(/\x1b\[[0-9;]*m/g, '');
const of = (transfer: Transfer, ...events: readonly Event[]): State =>
	sampleState({ columns: 120, rows: 36 }, { type: 'transfer-started', transfer }, ...events);
const lines = (state: State): string[] => (frameOf(state).details?.lines ?? []).map(plain);
const head = (transfer: Transfer): string => (lines(of(transfer))[0] ?? '').trim().replace(/ {2,}/g, '  ');
const barOf = (transfer: Transfer): number => {
	// What is done is painted, the rest is dim.
	const line = frameOf(of(transfer)).details?.lines[1] ?? '';
	const painted = /^ \x1b\[3\dm(━*)/.exec(line)?.[1] ?? '';
	return painted.length / (plain(line).length - 2);
};

describe('every line is exactly as wide as the pane', () => {
	it.each(Object.keys(transferScreens))('of %s, at every size, with and without the focus', (name) => {
		const state = transferScreens[name]?.() as State;
		for (let columns = 60; columns <= 200; columns += 7) {
			for (const rows of [15, 19, 24, 36, 60]) {
				for (const isFocused of [true, false]) {
					const resized = after(
						state,
						{ type: 'resized', columns, rows },
						{ type: 'detail-focused', isFocused },
					);
					const { details } = frameOf(resized);
					if (!details) continue;
					const { width: whole, height } = details.rectangle;
					expect(details.lines.length).toBeLessThanOrEqual(height - 2);
					for (const line of details.lines)
						expect(width(plain(line)), `${columns}×${rows} ${plain(line)}`).toBe(whole - 2);
					for (const edge of [0, height - 1]) {
						const drawn = plain(boxed({ ...details, width: whole, height })[edge] ?? '');
						expect(width(drawn)).toBe(whole);
						expect(drawn).not.toMatch(/…[╮╯]/);
					}
				}
			}
		}
	});
});

describe('the first line', () => {
	const moving = transferOf({
		current: 12_300_000,
		total: 45_600_000,
		speed: 8_100_000,
		startedAt: now - 3.1 * second,
	});

	it.each([
		['is all that is known', {}, 'Pulling httpd  12.3MB of 45.6MB  8.1MB/s  5s left  3.1s'],
		[
			'owns up to what is not known',
			{ isTotalLeast: true },
			'Pulling httpd  12.3MB of at least 45.6MB  8.1MB/s  3.1s',
		],
		['has no time left where nothing moves', { speed: 0 }, 'Pulling httpd  12.3MB of 45.6MB  0B/s  3.1s'],
		['has minutes', { speed: 100_000 }, 'Pulling httpd  12.3MB of 45.6MB  100kB/s  5m 33s left  3.1s'],
		[
			'says what goes on afterwards',
			{ kind: 'load', current: 45_600_000 },
			'Loading httpd  45.6MB of 45.6MB  the engine reads it  3.1s',
		],
		['is over', { status: 'done', endedAt: now - second }, 'Pulled httpd  2.1s'],
		[
			'has failed',
			{ kind: 'push', status: 'failed', endedAt: now },
			'The push of httpd failed  12.3MB of 45.6MB  3.1s',
		],
	] as const)('%s', (_, news, text) => {
		const { speed, ...rest } = moving;
		const isOver = 'endedAt' in news;
		expect(head({ ...rest, ...(isOver ? {} : { speed: speed ?? 0 }), ...news })).toBe(text);
	});

	it('names what is extracted when everything is here', () => {
		const layer = (id: string, isDone: boolean) => ({
			id,
			state: isDone ? 'Pull complete' : 'Extracting',
			isDone,
		});
		const here = {
			...moving,
			current: 45_600_000,
			layers: [layer('a', true), layer('b', false), layer('c', false)],
		};
		expect(head(here)).toContain('1 of 3 extracted');
	});

	it('does not jump while the numbers run', () => {
		const texts = [9_000_000, 9_010_000, 12_300_000, 45_500_000].map(
			(current) => lines(of({ ...moving, current, total: 45_600_000 }))[0] ?? '',
		);
		expect(new Set(texts.map((text) => text.indexOf(' of ')))).toHaveLength(1);
	});
});

describe('the bar', () => {
	it('is full at the end, and not before', () => {
		expect(barOf(transferOf())).toBe(0);
		expect(barOf(transferOf({ share: 0.5 }))).toBeCloseTo(0.5, 1);
		expect(barOf(transferOf({ share: 1 }))).toBeLessThan(1);
		expect(barOf(transferOf({ status: 'done' }))).toBe(1);
	});
});

it('the docker line of the one in front stands below, and the header counts them', () => {
	const line = 'docker pull --platform linux/arm64 httpd';
	const state = of(transferOf({ line }));
	expect(plain(footer(state).action)).toContain(line);
	expect(plain(headerLine(state))).toContain('7 Transfers 1 …');
	const done = after(state, { type: 'transfer-changed', transfer: transferOf({ status: 'done' }) });
	expect(plain(headerLine(done))).toMatch(/7 Transfers 1 {2}/);
});
