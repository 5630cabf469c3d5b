// What came back on a request over HTTP, as far as it was read: status, where it points to, and the title of the page.

export type HttpAnswer = {
	readonly status: number;
	readonly reason: string;
	readonly server?: string;
	readonly location?: string;
	readonly title?: string;
};

const header = (head: string, name: string): string | undefined =>
	new RegExp(`^${name}:(.*)$`, 'im').exec(head)?.[1]?.trim();

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

/** Undefined: it is no answer of HTTP. */
export const httpAnswer = (text: string): HttpAnswer | undefined => {
	const [, code, reason = ''] = /^HTTP\/\d(?:\.\d)? (\d{3})(?: ([^\r\n]*))?/.exec(text) ?? [];
	if (code === undefined) return undefined;
	const end = text.search(/\r?\n\r?\n/);
	const head = end < 0 ? text : text.slice(0, end);
	const server = header(head, 'server');
	const location = header(head, 'location');
	const body = end < 0 ? '' : text.slice(end);
	const title = /<title[^>]{0,200}>([^<]{0,500})/i.exec(body)?.[1];
	return {
		status: Number(code),
		reason: reason.trim(),
		...(server && { server }),
		...(location && { location }),
		...(title?.trim() && { title: decoded(title).replace(/\s+/g, ' ').trim() }),
	};
};

/** It speaks TLS and was spoken to in the clear: an alert of TLS, or the words of those who are polite. */
export const wantsTls = (bytes: Buffer): boolean =>
	(bytes[0] === 0x15 && bytes[1] === 0x03) ||
	(/^HTTP\/1\.\d 400 /.test(bytes.toString('latin1', 0, 16)) &&
		/https? (?:server|port)|to an? (?:tls|ssl|https)/i.test(bytes.toString('latin1', 0, 4096)) &&
		/plain|HTTP request to an HTTPS server|speak(?:ing)? plain|requires? TLS/i.test(
			bytes.toString('latin1', 0, 4096),
		));

/** Read far enough: the title of the page, or the end of what is not one. */
export const isEnough = (bytes: Buffer): boolean => {
	const text = bytes.toString('latin1');
	if (!text.startsWith('HTTP/')) return bytes.length > 512 || text.includes('\n');
	const end = text.indexOf('\r\n\r\n');
	if (/<\/title>|<body/i.test(text)) return true;
	if (end < 0) return false;
	const head = text.slice(0, end);
	const length = /^content-length:\s*(\d+)/im.exec(head)?.[1];
	// Not everybody hangs up when asked to.
	if (length !== undefined && text.length - end - 4 >= Number(length)) return true;
	return !/^content-type:[^\r]*html/im.test(head) || text.endsWith('\r\n0\r\n\r\n');
};
