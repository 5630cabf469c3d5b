// What a person types to find lines: a pattern, or a text that looks like one. Capitals matter once there is one.

export type Pattern = {
	/** Lines without it are meant: it was typed with a `!` before it. */
	readonly isInverse: boolean;
	readonly isRegex: boolean;
	readonly test: (text: string) => boolean;
	/** Beginnings and ends of what is found, in code units. */
	readonly hits: (text: string, from: number, to: number) => readonly (readonly [number, number])[];
};

const special = /[\\^$.*+?()[\]{}|]/;
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * Characters of a line that a pattern is tried on: some patterns take time with the square of it, and lines may be a
 * megabyte long.
 */
const mostTried = 4096;

const expressionOf = (text: string, flags: string): { expression: RegExp; isRegex: boolean } => {
	const literal = escaped(text);
	if (special.test(text)) {
		try {
			// Who looks for `/api?x=1` has copied it from a log.
			const expression = new RegExp(`${text}|${literal}`, flags);
			return { expression, isRegex: true };
		} catch {}
	}
	return { expression: new RegExp(literal, flags), isRegex: false };
};

const read = (typed: string, isInverse: boolean): Pattern => {
	const text = isInverse ? typed.slice(1) : typed.startsWith('\\!') ? typed.slice(1) : typed;
	const isAnyCase = !/\p{Lu}/u.test(text.replace(/\\./g, '')) && /\p{Ll}/u.test(text);
	const flags = isAnyCase ? 'gi' : 'g';
	const { expression, isRegex } = expressionOf(text, flags);
	const tried = (whole: string) => (isRegex && whole.length > mostTried ? whole.slice(0, mostTried) : whole);
	const test = (whole: string) => {
		expression.lastIndex = 0;
		return expression.test(tried(whole));
	};
	const hits = (whole: string, from: number, to: number) => {
		const result: [number, number][] = [];
		const all = tried(whole);
		// A literal is found where it begins on another row, too.
		expression.lastIndex = isRegex ? 0 : Math.max(0, from - text.length);
		for (let hit = expression.exec(all); hit; hit = expression.exec(all)) {
			if (hit.index >= to) break;
			const end = hit.index + hit[0].length;
			if (end === hit.index) expression.lastIndex++;
			else if (end > from) result.push([hit.index, end]);
		}
		return result;
	};
	return { isInverse, isRegex, test, hits };
};

const patterns = new Map<string, Pattern>();

/** Undefined where nothing is looked for. `!` before it: only where `mayBeInverse`. */
export const patternOf = (typed: string, mayBeInverse = false): Pattern | undefined => {
	const isInverse = mayBeInverse && typed.startsWith('!');
	if (typed === '' || (isInverse && typed === '!')) return undefined;
	const key = `${isInverse}:${typed}`;
	const known = patterns.get(key);
	if (known) return known;
	const pattern = read(typed, isInverse);
	if (patterns.size > 16) patterns.clear();
	patterns.set(key, pattern);
	return pattern;
};
