// The title of a page, in whatever it was written.

const named: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

const decoded = (text: string): string =>
	text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]+);/gi, (whole, name: string) => {
		if (!name.startsWith('#')) return named[name.toLowerCase()] ?? whole;
		const code = Number(name[1]?.toLowerCase() === 'x' ? `0${name.slice(1)}` : name.slice(1));
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});

/** What looks like a part of a page there is none, even where it does not end. */
const elsewhere = /<!--[\s\S]*?(?:-->|$)|<(script|style|svg|template|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;

export const withoutScripts = (page: string): string => page.replace(elsewhere, '');

/** Where a page says in itself how it is written, it does so at its beginning. */
const charsetWithin = (page: Buffer): string | undefined =>
	/<meta\b[^>]{0,200}\bcharset\s*=\s*["']?\s*([\w-]+)/i.exec(
		withoutScripts(page.toString('latin1', 0, 4096)),
	)?.[1];

const textOf = (page: Buffer, charset = charsetWithin(page)): string => {
	try {
		return new TextDecoder(charset).decode(page);
	} catch {
		return page.toString('utf8');
	}
};

/** `charset` as the headers have it. */
export const titleOf = (page: Buffer, charset?: string): string | undefined => {
	const text = withoutScripts(textOf(page, charset));
	const title = /<title(?:\s[^>]{0,200})?>([^<]{0,500})/i.exec(text)?.[1];
	return title === undefined ? undefined : decoded(title).replace(/\s+/g, ' ').trim() || undefined;
};
