// A look over TLS: whose certificate it is, what is answered through it, and why nothing is.
import type { TLSSocket } from 'node:tls';
import { certificateFacts, type Facts } from './certificate.ts';
import type { CheckWish } from './check-wish.ts';
import { hear, open } from './connection.ts';
import {
	certificateBrief,
	type Found,
	hangsUp,
	http2Only,
	ms,
	overHttp,
	silent,
	speaksElse,
} from './findings.ts';
import { isEnough, isHttp2 } from './http-answer.ts';
import { notForBrowsers, requestOf } from './request.ts';

const ownCertificate =
	'It answers only those who show a certificate of their own: curl -k --cert FILE --key FILE shows more.';

/** It does speak TLS, but not with us. */
const refused = (code: string, facts: Facts): Found => ({
	brief: 'tls refused',
	tone: 'bad',
	isTls: true,
	facts: [
		...facts,
		[
			'TLS',
			`refused: ${code
				.replace(/^ERR_SSL_|_/g, ' ')
				.trim()
				.toLowerCase()}`,
		],
	],
	advice: /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/.test(code)
		? 'It speaks only versions of TLS that are too old to be safe.'
		: 'It may want a certificate of the client, or another name than it was asked by.',
});

/** `patience` is for the handshake alone, in milliseconds. Undefined: it does not speak TLS, as far as can be told. */
export const secured = async (
	wish: CheckWish,
	signal: AbortSignal,
	before: Facts,
	patience?: number,
): Promise<Found | undefined> => {
	const tooLong = new AbortController();
	const timer = patience === undefined ? undefined : setTimeout(() => tooLong.abort(), patience);
	const opened = await open(wish, true, AbortSignal.any([signal, tooLong.signal]));
	clearTimeout(timer);
	if (!('socket' in opened))
		return /_ALERT_|UNSUPPORTED_PROTOCOL/.test(opened.code) ? refused(opened.code, before) : undefined;
	const socket = opened.socket as TLSSocket;
	try {
		const certificate = certificateFacts(socket, wish.now());
		const told = certificateBrief(certificate);
		const facts: Facts = [
			...before,
			['TLS', `${socket.getProtocol() ?? ''} after ${ms(opened.milliseconds)}`],
			...certificate.facts,
		];
		/** What ends a certificate is worse than what is said through it. */
		const over = (found: Found): Found => ({ ...found, isTls: true, ...(told?.tone === 'bad' ? told : {}) });
		if (notForBrowsers.has(wish.containerPort))
			return over({
				...(told ?? { brief: `tls ${certificate.days} d left`, tone: 'good' }),
				isTls: true,
				facts,
			});
		socket.write(requestOf(wish));
		const heard = await hear(socket, 0, signal, isEnough);
		if (isHttp2(heard.bytes)) return over(http2Only(facts));
		if (heard.bytes.length > 0) return overHttp(heard, facts, certificate) ?? over(speaksElse(heard, facts));
		if (heard.code?.includes('CERTIFICATE_REQUIRED'))
			return over({
				brief: 'wants a cert',
				tone: 'busy',
				isTls: true,
				facts: [...facts, ['HTTPS', 'refused: it wants a certificate of the client']],
				advice: ownCertificate,
			});
		if (!heard.isClosed) return over(silent(facts));
		return over((await prefersHttp2(wish, signal)) ? http2Only(facts) : hangsUp(wish, facts, 'HTTPS'));
	} finally {
		socket.destroy();
	}
};

/** Some speak nothing else over TLS, and hang up on who does not offer it. */
const prefersHttp2 = async (wish: CheckWish, signal: AbortSignal): Promise<boolean> => {
	const opened = await open(wish, true, signal, ['h2']);
	if (!('socket' in opened)) return false;
	const { alpnProtocol } = opened.socket as TLSSocket;
	opened.socket.destroy();
	return alpnProtocol === 'h2';
};
