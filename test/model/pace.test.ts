// How often the clock moves: no more often than what is on screen needs.
import { expect, it } from 'vitest';
import { pace } from '../../source/model/pace.ts';
import { after, blank, container, detail, idOf, listed, minute, now, second } from './things.ts';

const state = listed([container('web')]);
const started = (ago: number) =>
	after(state, { type: 'inspected', detail: detail(idOf('web'), { startedAt: now - ago }) });

it('rests where nothing on screen counts', () => {
	expect(pace(state)).toBe(10 * second);
	expect(pace(started(minute))).toBe(10 * second);
	expect(pace(started(10 * second))).toBe(10 * second);
});

it('moves once a second while seconds are counted', () => {
	expect(pace(started(9 * second))).toBe(second);
	const ended = after(state, {
		type: 'inspected',
		detail: detail(idOf('web'), { startedAt: now - minute, finishedAt: now - second }),
	});
	expect(pace(ended)).toBe(second);
	expect(pace(after(state, { type: 'noticed', text: 'No.', tone: 'bad', at: now }))).toBe(second);
	expect(pace(after(blank(), { type: 'unavailable', attempts: [], retryAt: now }))).toBe(second);
});

it('is fast while something spins', () => {
	expect(pace(blank())).toBeLessThan(100);
	expect(
		pace(after(state, { type: 'preparing', actionId: 'x', title: 'x', token: 1, at: now })),
	).toBeLessThan(100);
});
