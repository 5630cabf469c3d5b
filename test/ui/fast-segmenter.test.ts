// The fast way to split text into graphemes gives what the native one gives.
import { describe, expect, it } from 'vitest';

const Native = Intl.Segmenter;
const { FastSegmenter } = await import('../../source/ui/fast-segmenter.ts');

const native = new Native('en', { granularity: 'grapheme' });
const fast = new FastSegmenter('en', { granularity: 'grapheme' });
const parts = (segmenter: Intl.Segmenter, text: string) =>
	[...segmenter.segment(text)].map(({ segment, index }) => `${index}${segment}`).join('|');

const contexts: readonly (readonly [string, (character: string) => string])[] = [
	['alone', (character) => character],
	['between letters', (character) => `a${character}b`],
	['after Korean', (character) => `한${character}`],
	['before Korean', (character) => `${character}글`],
	['twice', (character) => character + character],
	['before a line feed', (character) => `${character}\n`],
];

describe('over the whole basic plane', () => {
	it.each(contexts)(
		'%s',
		(_, make) => {
			const different: string[] = [];
			for (let code = 0; code < 0x10000; code++) {
				const text = make(String.fromCharCode(code));
				if (parts(fast, text) !== parts(native, text)) different.push(code.toString(16));
			}
			expect(different).toEqual([]);
		},
		60_000,
	);
});

it.each([
	'',
	'web',
	'웹서버',
	'\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u{1f1f0}\u{1f1f7}',
	'e\u0301',
	'\r\n',
	'\u1100\u1161\u11a8',
	'क्षि',
	'1\ufe0f\u20e3',
])('%o is split alike', (text) => {
	expect([...fast.segment(text)]).toEqual([...native.segment(text)]);
	expect(fast.segment(text).containing(0)).toEqual(native.segment(text).containing(0));
});

it('takes the place of the native one, and does all else as it does', () => {
	expect(Intl.Segmenter).toBe(FastSegmenter);
	expect(
		[...new Intl.Segmenter('en', { granularity: 'word' }).segment('two words')].map(({ segment }) => segment),
	).toEqual(['two', ' ', 'words']);
	expect(new Intl.Segmenter('en').resolvedOptions()).toEqual(new Native('en').resolvedOptions());
	expect(Intl.Segmenter.supportedLocalesOf(['en', 'ko'])).toEqual(['en', 'ko']);
});
