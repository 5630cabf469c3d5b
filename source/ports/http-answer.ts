// What came back on a request over HTTP, as far as it was read: status, where it points to, and the title of the page.
import { titleOf, withoutScripts } from './page.ts';

export type HttpAnswer = {
	readonly status: number;
	readonly reason: string;
	readonly server?: string;
	readonly location?: string;
	readonly title?: string;
	/** Its headers came to an end. */
	readonly isWhole: boolean;
};

const header = (head: string, name: string): string | undefined =>
	new RegExp(`^${name}:(.*)$`, 'im').exec(head)?.[1]?.trim();

type Parts = {
	readonly head: string;
	/** Absent while the headers have not ended. */
	readonly body?: Buffer;
};

/** The answer itself: others may go before it (100 Continue, 103 Early Hints). */
const partsOf = (bytes: Buffer): Parts => {
	let text = bytes.toString('latin1');
	while (true) {
		const end = /\r?\n\r?\n/.exec(text);
		if (!end) return { head: text };
		const head = text.slice(0, end.index);
		const rest = text.slice(end.index + end[0].length);
		if (!/^HTTP\/1\.\d 1(?!01)\d\d\b/.test(head)) return { head, body: Buffer.from(rest, 'latin1') };
		if (rest === '') return { head };
		text = rest;
	}
};

/** Undefined: it is no answer of HTTP. */
export const httpAnswer = (bytes: Buffer): HttpAnswer | undefined => {
	const { head: latin, body } = partsOf(bytes);
	const head = Buffer.from(latin, 'latin1').toString('utf8');
	const [, code, reason = ''] = /^HTTP\/\d(?:\.\d)? (\d{3})(?: ([^\r\n]*))?/.exec(head) ?? [];
	if (code === undefined) return undefined;
	const server = header(head, 'server');
	const location = header(head, 'location');
	const charset = /charset\s*=\s*"?\s*([\w-]+)/i.exec(header(head, 'content-type') ?? '')?.[1];
	const title = body && titleOf(body, charset);
	return {
		status: Number(code),
		reason: reason.trim(),
		isWhole: body !== undefined,
		...(server && { server }),
		...(location && { location }),
		...(title && { title }),
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

/** It begins as HTTP/2 does, with a frame of settings: six bytes each, for the whole connection. */
export const isHttp2 = (bytes: Buffer): boolean =>
	bytes.length >= 9 &&
	bytes[3] === 4 &&
	bytes.readUIntBE(0, 3) % 6 === 0 &&
	bytes.readUIntBE(0, 3) < 1024 &&
	bytes.readUInt32BE(5) === 0;

/** Read far enough: the title of the page, or the end of what is not one. */
export const isEnough = (bytes: Buffer): boolean => {
	const start = bytes.toString('latin1', 0, 512);
	if (!start.startsWith('HTTP/')) return isHttp2(bytes) || bytes.length > 512 || start.includes('\n');
	const { head, body } = partsOf(bytes);
	if (body === undefined) return false;
	const page = body.toString('latin1');
	if (/<\/title>|<body/i.test(withoutScripts(page))) return true;
	const length = /^content-length:\s*(\d+)/im.exec(head)?.[1];
	// Not everybody hangs up when asked to.
	if (length !== undefined && body.length >= Number(length)) return true;
	return !/^content-type:[^\r\n]*html/im.test(head) || /(?:^|\r\n)0\r\n\r\n$/.test(page);
};
