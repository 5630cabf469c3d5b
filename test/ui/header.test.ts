// The totals in the first line: what is followed now, and whether that is all.
import './surroundings.ts';
import { expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import { headerLine } from '../../source/ui/header.ts';
import { after, container, idOf, listed, sample, sampled } from '../model/things.ts';

const use: Readonly<Record<string, ReturnType<typeof sample>>> = {
	web: sample({ cpu: 2, memory: 100 << 20 }),
	api: sample({ cpu: 5, memory: 300 << 20 }),
};
const followed = (...names: readonly string[]): Event =>
	sampled(
		new Map(Object.entries(use).flatMap(([name, one]) => (names.includes(name) ? [[idOf(name), one]] : []))),
	);
const totals = (...events: readonly Event[]): string => {
	const state = listed([container('web'), container('api'), container('old', { state: 'exited' })]);
	const line = headerLine(after(state, ...events)).replace(/\x1b\[[0-9;]*m/g, '');
	return /CPU.*(?= \/)/.exec(line)?.[0] ?? '';
};

it('the totals are those of all that run, where all are followed', () => {
	expect(totals(followed('web', 'api'))).toBe('CPU 7.0%  MEM 400MiB');
});

it('the totals are a lower bound where one that runs is not followed', () => {
	expect(totals(followed('web'))).toBe('CPU ≥2.0%  MEM ≥100MiB');
});

it('what was followed once counts no longer', () => {
	expect(totals(followed('web', 'api'), followed('api'))).toBe('CPU ≥5.0%  MEM ≥300MiB');
});
