// Tags in the order somebody looks for them: latest, then versions from the newest on, then names.

type Version = { readonly tag: string; readonly numbers?: readonly number[]; readonly rest: string };

/** Made when it is first needed: 6 ms, as it loads the world's languages. */
let collator: Intl.Collator | undefined;
const byNumbers = (a: string, b: string): number => {
	collator ??= new Intl.Collator('en', { numeric: true });
	return collator.compare(a, b);
};
const isHash = (tag: string): boolean => /^(?=.*[a-f])[0-9a-f]{7,}$/.test(tag);

export const newestFirst = (tags: readonly string[]): string[] =>
	tags
		.map(versionOf)
		.sort(compare)
		.map(({ tag }) => tag);

const versionOf = (tag: string): Version => {
	const [, digits, rest = ''] = (isHash(tag) ? null : /^v?(\d+(?:\.\d+)*)(.*)$/.exec(tag)) ?? [];
	return digits === undefined
		? { tag, rest: tag.replace(/\d+/g, '') }
		: { tag, numbers: digits.split('.').map(Number), rest };
};

const compare = (a: Version, b: Version): number => {
	if ((a.tag === 'latest') !== (b.tag === 'latest')) return a.tag === 'latest' ? -1 : 1;
	if (a.numbers && b.numbers) {
		const differs = compareNumbers(a.numbers, b.numbers);
		if (differs !== 0) return differs;
		// 1.2 before 1.2-alpine
		if ((a.rest === '') !== (b.rest === '')) return a.rest === '' ? -1 : 1;
		return byNumbers(b.rest, a.rest);
	}
	if (a.numbers || b.numbers) return a.numbers ? -1 : 1;
	return byNumbers(a.rest, b.rest) || byNumbers(b.tag, a.tag);
};

/** 1.2 before 1.2.9: it is moved to the newest of them. */
const compareNumbers = (a: readonly number[], b: readonly number[]): number => {
	for (let i = 0; i < Math.max(a.length, b.length); i++) {
		const [one, other] = [a[i] ?? Infinity, b[i] ?? Infinity];
		if (one !== other) return one > other ? -1 : 1;
	}
	return 0;
};
