// One look at a port: does it accept, does it greet, does it speak HTTP or TLS, and if nothing answers, why not.
import type { TLSSocket } from 'node:tls';
import { hostText } from '../model/port-address.ts';
import type { PortCheck } from '../model/ports.ts';
import { certificateFacts, type Facts } from './certificate.ts';
import type { CheckWish } from './check-wish.ts';
import { hear, open } from './connection.ts';
import { closedAtOnce, type Found, ms, overHttp } from './findings.ts';
import { isEnough, wantsTls } from './http-answer.ts';

/** Milliseconds for all of it. */
export const checkLimit = 3000;
/** Docker's proxy accepts before it knows whether anybody listens inside, and hangs up within this time if not. */
const proxyPatience = 150;

/** Who speaks first there, or is disturbed by a request it does not know: it is enough that they accept. */
const notForBrowsers = new Set([
	21, 22, 23, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1521, 1883, 3306, 3389, 4222, 5432, 5672,
	6379, 9042, 9092, 11211, 27017,
]);

const requestOf = ({ name, port, version }: CheckWish): string =>
	[
		'GET / HTTP/1.1',
		`Host: ${hostText({ name, port })}`,
		`User-Agent: portside/${version} (a check of this port by its operator)`,
		'Accept: */*',
		'Accept-Encoding: identity',
		'Connection: close',
		'',
		'',
	].join('\r\n');

const failures: Readonly<Record<string, readonly [brief: string, sentence: string]>> = {
	ECONNREFUSED: ['refused', 'Nobody accepts connections there.'],
	ETIMEDOUT: ['no answer', 'Nobody answered within 3 seconds.'],
	EHOSTUNREACH: ['unreachable', 'The host cannot be reached.'],
	ENETUNREACH: ['unreachable', 'Its network cannot be reached from here.'],
	EADDRNOTAVAIL: ['no address', 'This machine does not have that address.'],
	ENOTFOUND: ['unknown host', 'The name of the host is not known.'],
};

const secured = async (wish: CheckWish, signal: AbortSignal, before: Facts): Promise<Found | undefined> => {
	const opened = await open(wish, true, signal);
	if (!('socket' in opened)) return undefined;
	const socket = opened.socket as TLSSocket;
	try {
		const certificate = certificateFacts(socket, wish.now());
		const { facts, days, isExpired } = certificate;
		const all: Facts = [
			...before,
			['TLS', `${socket.getProtocol() ?? ''} after ${ms(opened.milliseconds)}`],
			...facts,
		];
		const plain: Found = {
			brief: isExpired ? 'tls expired' : `tls ${days} d left`,
			tone: isExpired ? 'bad' : days < 30 ? 'busy' : 'good',
			isTls: true,
			facts: all,
		};
		if (notForBrowsers.has(wish.containerPort)) return plain;
		socket.write(requestOf(wish));
		const heard = await hear(socket, 0, signal, isEnough);
		return overHttp(heard, all, certificate) ?? plain;
	} finally {
		socket.destroy();
	}
};

const look = async (wish: CheckWish, signal: AbortSignal): Promise<Found> => {
	if (wish.protocol !== 'tcp')
		return {
			brief: `${wish.protocol}: ?`,
			tone: 'dim',
			isTls: false,
			facts: [['protocol', wish.protocol]],
			advice:
				wish.protocol === 'udp'
					? 'Nobody can tell from outside whether a UDP port is listened to: most programs answer only what they understand.'
					: 'Only TCP can be checked from here.',
		};
	const opened = await open(wish, false, signal);
	if (!('socket' in opened)) {
		const [brief, sentence] = failures[opened.code] ?? ['no answer', `${opened.message}.`];
		return { brief, tone: 'bad', isTls: false, facts: [['TCP', sentence]] };
	}
	const { socket, milliseconds } = opened;
	const facts: Facts = [['TCP', `accepted after ${ms(milliseconds)}`]];
	const openAs = (more: Facts = [], advice?: string): Found => ({
		brief: `open ${ms(milliseconds)}`,
		tone: 'good',
		isTls: false,
		facts: [...facts, ...more],
		...(advice === undefined ? {} : { advice }),
	});
	try {
		const first = await hear(socket, proxyPatience, signal, () => true);
		if (first.bytes.length > 0) return openAs([['greets with', first.bytes.toString('utf8', 0, 200)]]);
		if (first.isClosed) return await closedAtOnce(wish, signal, facts);
		if (wish.isTls) {
			socket.destroy();
			// The number only made it likely.
			return (await secured(wish, signal, facts)) ?? (await look({ ...wish, isTls: false }, signal));
		}
		if (notForBrowsers.has(wish.containerPort))
			return openAs([], `On ${wish.containerPort} a browser has no business: nothing was asked.`);
		socket.write(requestOf(wish));
		const heard = await hear(socket, 0, signal, isEnough);
		if (heard.bytes.length === 0 || wantsTls(heard.bytes)) {
			socket.destroy();
			// Some who want TLS hang up without a word.
			const found = heard.isClosed || heard.bytes.length > 0 ? await secured(wish, signal, facts) : undefined;
			if (found) return found;
			if (heard.isClosed) return openAs([['HTTP', 'closed without an answer']]);
			return {
				brief: 'no answer',
				tone: 'bad',
				isTls: false,
				facts: [...facts, ['HTTP', 'no answer within 3 seconds']],
				advice: 'It accepts, but says nothing: it may not speak HTTP, hang, or be paused.',
			};
		}
		return (
			overHttp(heard, facts) ??
			openAs([['says', heard.bytes.toString('utf8', 0, 200)]], 'It answers, but not in HTTP.')
		);
	} finally {
		socket.destroy();
	}
};

/** Never rejects. Undefined: the signal came. */
export const checkPort = async (wish: CheckWish, signal: AbortSignal): Promise<PortCheck | undefined> => {
	const limit = AbortSignal.timeout(checkLimit);
	const found = await look(wish, AbortSignal.any([signal, limit]));
	return signal.aborted ? undefined : { ...found, at: wish.now() };
};
