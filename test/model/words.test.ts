// The words of docker: durations and sizes as its own library tests them.
import { describe, expect, it } from 'vitest';
import {
	age,
	brief,
	duration,
	grouped,
	memory,
	memoryBrief,
	percent,
	plural,
	shellWord,
	shortId,
	size,
	sparkline,
	status,
} from '../../source/model/words.ts';
import { container, day, detail, hour, minute, now, second } from './things.ts';

const week = 7 * day;
const month = 30 * day;
const year = 365 * day;

describe('duration', () => {
	// The table of docker/go-units, duration_test.go.
	it.each([
		[450, 'Less than a second', '0 s'],
		[second, '1 second', '1 s'],
		[47 * second, '47 seconds', '47 s'],
		[minute, 'About a minute', '1 min'],
		[119 * second, 'About a minute', '1 min'],
		[3 * minute, '3 minutes', '3 min'],
		[35 * minute, '35 minutes', '35 min'],
		[35 * minute + 40 * second, '35 minutes', '35 min'],
		[45 * minute, '45 minutes', '45 min'],
		[45 * minute + 40 * second, '45 minutes', '45 min'],
		[hour, 'About an hour', '1 h'],
		[hour + 29 * minute, 'About an hour', '1 h'],
		[hour + 31 * minute, '2 hours', '2 h'],
		[hour + 59 * minute, '2 hours', '2 h'],
		[3 * hour, '3 hours', '3 h'],
		[3 * hour + 29 * minute, '3 hours', '3 h'],
		[3 * hour + 31 * minute, '4 hours', '4 h'],
		[30 * hour, '30 hours', '30 h'],
		[48 * hour, '2 days', '2 d'],
		[58 * hour, '2 days', '2 d'],
		[week, '7 days', '7 d'],
		[week + 5 * hour, '7 days', '7 d'],
		[2 * week, '2 weeks', '2 wk'],
		[2 * week + 4 * day, '2 weeks', '2 wk'],
		[3 * week, '3 weeks', '3 wk'],
		[4 * week, '4 weeks', '4 wk'],
		[4 * week + 3 * day, '4 weeks', '4 wk'],
		[month, '4 weeks', '4 wk'],
		[month + 2 * week, '6 weeks', '6 wk'],
		[2 * month, '2 months', '2 mo'],
		[2 * month + 2 * week, '2 months', '2 mo'],
		[3 * month, '3 months', '3 mo'],
		[5 * month + 2 * week, '5 months', '5 mo'],
		[13 * month, '13 months', '13 mo'],
		[23 * month, '23 months', '23 mo'],
		[24 * month, '24 months', '24 mo'],
		[24 * month + 2 * week, '2 years', '2 y'],
		[3 * year + 2 * month, '3 years', '3 y'],
	])('%i ms is %s', (milliseconds, words, short) => {
		expect(duration(milliseconds)).toBe(words);
		expect(brief(words)).toBe(short);
	});

	it('of a clock that runs behind is not negative', () => {
		expect(duration(-5 * second)).toBe('Less than a second');
	});
});

describe('an age', () => {
	it.each([
		[0, 'Less than a second'],
		[9 * second, '9 seconds'],
		[12 * second, '12 seconds'],
		[59 * second, '59 seconds'],
		[minute, 'About a minute'],
		[3 * minute, '3 minutes'],
		[-second, 'Less than a second'],
	])('of %i ms is %s', (passed, words) => {
		expect(age(now - passed, now)).toBe(words);
	});

	// The moment of all tests is a full ten seconds.
	it('stays as it was worded until the next full ten seconds', () => {
		const since = now - 12 * second;
		expect([0, 1, 9, 10, 19].map((later) => age(since, now + later * second))).toEqual([
			'12 seconds',
			'12 seconds',
			'12 seconds',
			'22 seconds',
			'22 seconds',
		]);
		expect([9, 10, 14, 15].map((passed) => age(now - 5 * second, now + (passed - 5) * second))).toEqual([
			'9 seconds',
			'10 seconds',
			'10 seconds',
			'15 seconds',
		]);
	});

	it('moves on in the same moment for all, and is never below ten seconds again', () => {
		const births = Array.from({ length: 40 }, (_, index) => now + index * 700);
		const agesAt = (at: number) => births.map((birth) => (at - birth < 10 * second ? '' : age(birth, at)));
		let changes = 0;
		for (let at = now + 40 * second; at < now + 60 * second; at += second) {
			const [before, next] = [agesAt(at - second), agesAt(at)];
			if (before.some((words, index) => words !== '' && words !== next[index])) changes++;
			for (const words of next.filter(Boolean)) expect(words).toMatch(/^([1-5]\d seconds|About a minute)$/);
		}
		// On the tens, and where one becomes a minute old.
		expect(changes).toBeLessThanOrEqual(2);
	});
});

describe('status', () => {
	const { id } = container('web');
	const up = detail(id, { startedAt: now - 4 * minute });

	it.each([
		['running', {}, 'Up 4 minutes'],
		['running', { health: 'healthy' }, 'Up 4 minutes (healthy)'],
		['running', { health: 'unhealthy' }, 'Up 4 minutes (unhealthy)'],
		['running', { health: 'starting' }, 'Up 4 minutes (health: starting)'],
		['paused', {}, 'Up 4 minutes (Paused)'],
	] as const)('%s %o', (state, news, expected) => {
		expect(status(container('web', { state, status: 'listed', ...news }), up, now)).toBe(expected);
	});

	it('ages as docker would word it', () => {
		const web = container('web', { status: 'Up 1 second' });
		expect(status(web, up, now + hour)).toBe('Up About an hour');
		const gone = container('web', { state: 'exited', status: 'Exited (137) 1 second ago' });
		const end = detail(id, { exitCode: 137, finishedAt: now - 3 * day });
		expect(status(gone, end, now)).toBe('Exited (137) 3 days ago');
	});

	it('is the list’s until the times are known, and for states without one', () => {
		expect(status(container('web'), undefined, now)).toBe('Up 4 minutes');
		expect(
			status(container('web', { state: 'exited', status: 'Exited (0) 2 hours ago' }), undefined, now),
		).toBe('Exited (0) 2 hours ago');
		for (const state of ['created', 'restarting', 'removing', 'dead'] as const) {
			expect(status(container('web', { state, status: 'As listed' }), up, now)).toBe('As listed');
		}
	});
});

describe('numbers', () => {
	it.each([
		[0, '0B'],
		[999, '999B'],
		[1000, '1kB'],
		[1_234, '1.23kB'],
		[922_000_000, '922MB'],
		[1_190_000_000, '1.19GB'],
		[2e15, '2PB'],
		[2e19, '20000PB'],
	])('%i bytes are %s', (bytes, words) => {
		expect(size(bytes)).toBe(words);
	});

	it('memory has binary units and four digits', () => {
		expect(memory(0)).toBe('0B');
		expect(memory(13_012_828)).toBe('12.41MiB');
		expect(memory(25_200_000_000)).toBe('23.47GiB');
		expect(memoryBrief(13_012_828)).toBe('12.4M');
	});

	it('percent has a width that five columns hold', () => {
		expect([0, 0.04, 9.96, 99.94, 100, 799.6].map(percent)).toEqual([
			'0.0%',
			'0.0%',
			'10.0%',
			'99.9%',
			'100%',
			'800%',
		]);
	});

	it('percent has it just below a hundred, too', () => {
		expect(percent(99.96)).toBe('100%');
	});

	it('words around them', () => {
		expect([plural(0, 'image'), plural(1, 'image'), plural(2, 'image')]).toEqual([
			'0 images',
			'1 image',
			'2 images',
		]);
		expect(shortId('sha256:1f231e7127a1aaaaaaaa')).toBe('1f231e7127a1');
		expect(shortId('1f231e7127a1aaaaaaaa')).toBe('1f231e7127a1');
	});
});

it.each([
	[0, '0'],
	[999, '999'],
	[1000, '1,000'],
	[50_000, '50,000'],
	[1_234_567, '1,234,567'],
])('%d is read as %s', (count, text) => {
	expect(grouped(count)).toBe(text);
});

it('a sparkline reaches from zero to its highest value', () => {
	expect(sparkline([0, 1, 2, 4, 8], 5)).toBe('▁▁▂▄█');
	expect(sparkline([1, 2, 3], 2)).toBe('▆█');
	expect(sparkline([0, 0], 2)).toBe('▁▁');
	expect(sparkline([], 5)).toBe('');
});

it.each([
	['web', 'web'],
	['registry:5000/team/app@sha256:ab', 'registry:5000/team/app@sha256:ab'],
	['two words', "'two words'"],
	["it's", "'it'\\''s'"],
	['$(rm)', "'$(rm)'"],
	['', "''"],
])('the shell reads %o as %o', (word, quoted) => {
	expect(shellWord(word)).toBe(quoted);
});
