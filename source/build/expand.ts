// The variables of a Dockerfile's word replaced by their values: $X, ${X}, ${X:-otherwise}, ${X:+instead}.

/** `''` for a variable that is not set, undefined for one whose value cannot be known: then the word cannot either. */
export type ValueOf = (name: string) => string | undefined;

const variable = /\\(.)|\$(\w+)|\$\{(\w+)(?:(:?[-+?])((?:[^{}]|\{[^{}]*\})*))?\}/g;

export const expand = (word: string, look: ValueOf): string | undefined => {
	let isKnown = true;
	const fill = (text: string): string =>
		text.replace(
			variable,
			(_, escaped, short, long, operator: string | undefined, other: string | undefined) => {
				if (escaped !== undefined) return escaped;
				const value = look(short ?? long);
				if (operator?.endsWith('-')) return value === undefined || value === '' ? fill(other ?? '') : value;
				if (value === undefined) isKnown = false;
				if (operator?.endsWith('+')) return value === '' ? '' : fill(other ?? '');
				return value ?? '';
			},
		);
	const filled = fill(word);
	return isKnown ? filled : undefined;
};
