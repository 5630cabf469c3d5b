// What is found of a log, by what was typed: whatever the pattern, and wherever in the line.
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../source/model/items.ts';
import { countOf } from '../../source/model/log/lenses.ts';
import { setWatchdog } from '../../source/model/log/patience.ts';
import { patternOf } from '../../source/model/log/pattern.ts';
import { appended, emptyRing, type LogRing } from '../../source/model/log/ring.ts';
import { hitLens, initialLogView, type LogView, shownLens } from '../../source/model/log/view.ts';
import { watchdog } from '../../source/watchdog.ts';
import { logLines } from './things.ts';

setWatchdog(watchdog);

const view = (news: Partial<LogView>): LogView => ({ ...initialLogView, ...news });
const ringOf = (lines: readonly LogLine[]): LogRing => {
	let ring = emptyRing;
	for (let from = 0; from < lines.length; from += 500) ring = appended(ring, lines.slice(from, from + 500));
	return ring;
};
const hitsIn = (texts: readonly string[], search: string) =>
	countOf(ringOf(logLines(texts)), hitLens(view({ search })));

describe('a pattern that would take for ever', () => {
	const patterns = ['(a+)+$', '(a|a)*c', '(.*,){20}x', '^(\\w+\\s?)*$', '(x+x+)+y', '([a-z]+)*\\d$'];
	const nasty = [`${'a'.repeat(4095)}b`, 'a,'.repeat(2048), `${'word '.repeat(819)}!`, 'x'.repeat(4096)];

	it.each(patterns)('%s is ended, on one line and on fifty thousand', (pattern) => {
		const one = logLines(nasty);
		const many = ringOf(
			logLines(Array.from({ length: 50_000 }, (_, index) => nasty[index % 4]?.slice(0, 600) ?? '')),
		);
		for (const ring of [ringOf(one), many])
			for (const news of [
				{ search: pattern },
				{ filter: `!${pattern}` },
				{ search: pattern, filter: pattern },
			]) {
				const start = performance.now();
				countOf(ring, hitLens(view(news)));
				countOf(ring, shownLens(view(news)));
				for (const text of nasty) patternOf(pattern)?.hits(text, 0, 200);
				expect(performance.now() - start, JSON.stringify(news)).toBeLessThan(1500);
			}
	});

	it('is read as the text it is from then on', () => {
		const texts = [`${'x'.repeat(3000)}${'a'.repeat(30)}b`, 'never (a+)+$ here', 'a'];
		expect(hitsIn(texts, '(a+)+$')).toBe(1);
		expect(patternOf('(a+)+$')?.kind).toBe('slow');
		expect(patternOf('(a+)+$')?.hits(texts[1] ?? '', 0, 40)).toEqual([[6, 12]]);
	});

	it('on long lines alone is tried on their beginning, and says so', () => {
		const long = 'a'.repeat(300_000);
		expect(hitsIn([long, 'b1c', `${long}.*b.*c`], '.*b.*c')).toBe(2);
		expect(patternOf('.*b.*c')?.kind).toBe('partial');
	});

	it('stays judged, whatever else is typed meanwhile', () => {
		const pattern = '(b+)+$';
		const judge = () => hitsIn([`${'b'.repeat(3000)}c`], pattern);
		judge();
		for (let index = 0; index < 40; index++) {
			patternOf(`other ${index}`);
			patternOf(pattern);
		}
		expect(patternOf(pattern)?.kind).toBe('slow');
	});
});

it.each([
	'orders/\\d+1 .*ms',
	'(GET|POST) .* (200|404)',
	'^.*user (\\d+).*$',
	'\\bworker-[0-9]+\\b.*\\b200\\b',
])('the pattern %s is left as it is', (search) => {
	const texts = Array.from(
		{ length: 50_000 },
		(_, index) =>
			`12:00:00.${index} INFO [worker-${index % 16}] GET /orders/${index * 7919} 200 in ${index % 97} ms for user ${index * 31} ${'x'.repeat(100)}`,
	);
	hitsIn(texts, search);
	expect(patternOf(search)?.kind).toBe('pattern');
});

describe('the end of a long line', () => {
	const line = `${'z'.repeat(5000)} needle.here end`;
	it.each(['needle.here', 'needle..ere end$', 'z needle', 'here\\s+end'])('has %s', (search) => {
		expect(hitsIn([line], search)).toBe(1);
	});

	it('is lit on the row it is on', () => {
		const long = `${'z '.repeat(200_000)}needle end`;
		expect(patternOf('ne+dle')?.hits(long, 399_900, 400_010)).toEqual([[400_000, 400_006]]);
	});
});

describe('what is on screen is found', () => {
	const json = '{"level":"info","msg":"hit me","user":5,"path":"/x y"}';
	it.each([
		[json, 'user=5'],
		[json, 'hit me user=5'],
		[json, 'path="/x y"'],
		[json, 'me user=\\d'],
		[json, '^hit me'],
		[json, 'nothing|user=5'],
		[json, '"user":5'],
		['{"level":"info","msg":"caf\\u00e9 \\"au\\" lait"}', 'café "au"'],
		['level=warn msg="disk is full" path=/data', 'disk is full path=/data'],
		['a\tb', 'a       b'],
		['zero\u200bwidth', 'zerowidth'],
		['か\u3099っこう', 'がっこう'],
		['\x1b[31mred\x1b[0m alert', 'red alert'],
		['한글 로그', '글 로'],
	])('%j: %s', (text, search) => {
		expect(hitsIn([text, 'other'], search)).toBe(1);
		expect(countOf(ringOf(logLines([text, 'other'])), shownLens(view({ filter: search })))).toBe(1);
		expect(countOf(ringOf(logLines([text, 'other'])), shownLens(view({ filter: `!${search}` })))).toBe(1);
	});

	it('and nothing that is not', () => {
		const lens = hitLens(view({ search: 'user=5', foldsJson: false }));
		expect(countOf(ringOf(logLines([json])), lens)).toBe(0);
		expect(hitsIn(['\x1b[31mred\x1b[0m'], '31m')).toBe(0);
	});
});
