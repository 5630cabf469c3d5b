// What a person types to find lines: a pattern, or a text that looks like one. Capitals matter once there is one.
import { patiently, tried } from './patience.ts';

type Hit = readonly [number, number];

export type Pattern = {
	/** Lines without it are meant: it was typed with a `!` before it. */
	readonly isInverse: boolean;
	/** `slow` and `broken` are taken as the text they are; of long lines `partial` is tried on the beginning only. */
	readonly kind: 'text' | 'pattern' | 'partial' | 'slow' | 'broken';
	/** It may take long: see `patience`. */
	readonly takesTime: boolean;
	readonly test: (text: string) => boolean;
	/** Beginnings and ends of what is found, in code units. */
	readonly hits: (text: string, from: number, to: number) => readonly Hit[];
	readonly first: (text: string) => Hit | undefined;
	/** False: a text made of the words of this one cannot have it. */
	readonly mayFit: (text: string) => boolean;
};

const special = /[\\^$.*+?()[\]{}|]/;
const repeats = /[*+?{]/;
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Characters of a long line that a pattern is tried on which takes too long on all of it. */
const mostTried = 1024;
/** Around what is on screen, as far as a hit may reach. */
const reach = 4096;

const isValid = (text: string): boolean => {
	try {
		return new RegExp(text) !== undefined;
	} catch {
		return false;
	}
};

/** Words that are in whatever it finds, for each of its alternatives; one without any words finds what nobody can tell. */
const wordsOf = (text: string, isPattern: boolean): readonly (readonly string[])[] => {
	const words = (source: string) => source.split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== '');
	if (!isPattern) return [words(text)];
	const bare = text
		.replace(/\\(?:x..|u\{[^}]*\}|u....|c.|[pP]\{[^}]*\}|.)/g, ' ')
		.replace(/\[[^\]]*\]/g, '.')
		.replace(/.(?:[*?]|\{[^}]*\})/gu, ' ');
	return /[([]/.test(bare) ? [[]] : bare.split('|').map(words);
};

const read = (typed: string, isInverse: boolean): Pattern => {
	const text = isInverse ? typed.slice(1) : typed.startsWith('\\!') ? typed.slice(1) : typed;
	const isAnyCase = !/\p{Lu}/u.test(text.replace(/\\./g, '')) && /\p{Ll}/u.test(text);
	const flags = isAnyCase ? 'gi' : 'g';
	const literal = new RegExp(escaped(text), flags);
	const isPattern = special.test(text) && isValid(text);
	// Who looks for `/api?x=1` has copied it from a log.
	const pattern = isPattern ? new RegExp(`${text}|${escaped(text)}`, flags) : literal;
	const takesTime = isPattern && repeats.test(text);
	let kind: Pattern['kind'] = isPattern
		? 'pattern'
		: /[\\^$*+?()[\]{}|]/.test(text) && text.length > 1
			? 'broken'
			: 'text';
	let strikes = 0;

	/** A machine that stood still for a moment is no fault of the pattern's. */
	const tooLong = (length: number) => {
		strikes++;
		if (strikes < 2) return;
		// What asks for the end of a line is not to be told of another one.
		if (kind === 'pattern' && length > mostTried && !/(?<!\\)\$/.test(text)) {
			kind = 'partial';
			strikes = 1;
		} else kind = 'slow';
	};

	/** The first hit that begins at a place or behind it. */
	const next = (expression: RegExp, whole: string, at: number): Hit | undefined => {
		expression.lastIndex = at;
		const hit =
			takesTime && expression === pattern
				? tried(
						() => expression.exec(whole),
						() => tooLong(whole.length),
					)
				: expression.exec(whole);
		return hit ? [hit.index, hit.index + hit[0].length] : undefined;
	};
	const isText = () => kind === 'slow' || !isPattern;
	/** Begun again where the pattern was found to take too long. */
	const patient = <Result>(whole: string, work: () => Result): Result => {
		if (!takesTime || kind === 'slow') return work();
		let result: Result | undefined;
		patiently(whole.length, () => {
			result = work();
		});
		return result as Result;
	};

	const firstOf = (whole: string): Hit | undefined => {
		if (isText()) return next(literal, whole, 0);
		const isCut = kind === 'partial' && whole.length > mostTried;
		const hit = next(pattern, isCut ? whole.slice(0, mostTried) : whole, 0);
		return hit ?? (isCut ? next(literal, whole, 0) : undefined);
	};
	const hitsOf = (whole: string, from: number, to: number): readonly Hit[] => {
		const expression = isText() ? literal : pattern;
		const all = isText() ? whole : whole.slice(0, to + reach);
		const result: Hit[] = [];
		// A hit is found where it begins on another row, too.
		let at = Math.max(0, from - (isText() ? text.length : reach));
		for (let hit = next(expression, all, at); hit; hit = next(expression, all, at)) {
			if (hit[0] >= to) break;
			at = Math.max(hit[1], hit[0] + 1);
			if (hit[1] > Math.max(from, hit[0])) result.push(hit);
		}
		return result;
	};
	const first = (whole: string) => patient(whole, () => firstOf(whole));
	const alternatives = wordsOf(text, isPattern).map((words) =>
		words.map((word) => new RegExp(escaped(word), isAnyCase ? 'i' : '')),
	);

	return {
		isInverse,
		get kind() {
			return kind;
		},
		get takesTime() {
			return takesTime && kind !== 'slow';
		},
		test: (whole) => first(whole) !== undefined,
		hits: (whole, from, to) => patient(whole, () => hitsOf(whole, from, to)),
		first,
		mayFit: (whole) => alternatives.some((words) => words.every((word) => word.test(whole))),
	};
};

const patterns = new Map<string, Pattern>();
const mostPatterns = 16;

/** Undefined where nothing is looked for. `!` before it: only where `mayBeInverse`. */
export const patternOf = (typed: string, mayBeInverse = false): Pattern | undefined => {
	const isInverse = mayBeInverse && typed.startsWith('!');
	if (typed === '' || (isInverse && typed === '!')) return undefined;
	const key = `${isInverse}:${typed}`;
	const pattern = patterns.get(key) ?? read(typed, isInverse);
	// The one that was not used for the longest time is the first to go: which take too long is not to be found out anew.
	patterns.delete(key);
	patterns.set(key, pattern);
	const [oldest] = patterns.keys();
	if (patterns.size > mostPatterns && oldest !== undefined) patterns.delete(oldest);
	return pattern;
};
