// One look at a port: does it accept, does it greet, does it speak HTTP or TLS, and if nothing answers, why not.
import type { Socket } from 'node:net';
import type { PortCheck } from '../model/ports.ts';
import type { Facts } from './certificate.ts';
import type { CheckWish } from './check-wish.ts';
import { hear, open } from './connection.ts';
import {
	closedAtOnce,
	type Found,
	hangsUp,
	http2Only,
	ms,
	overHttp,
	silent,
	speaksElse,
} from './findings.ts';
import { isEnough, isHttp2, wantsTls } from './http-answer.ts';
import { notForBrowsers, requestOf } from './request.ts';
import { secured } from './secure.ts';

/** Milliseconds for all of it. */
export const checkLimit = 3000;
/** Docker's proxy accepts before it knows whether anybody listens inside, and hangs up within this time if not. */
const proxyPatience = 150;
/** Milliseconds for a handshake where TLS is only likely: some of the limit is left to ask in the clear. */
const tlsPatience = 1000;

const failures: Readonly<Record<string, readonly [brief: string, sentence: string]>> = {
	ECONNREFUSED: ['refused', 'Nobody accepts connections there.'],
	ETIMEDOUT: ['no answer', 'Nobody answered within 3 seconds.'],
	EHOSTUNREACH: ['unreachable', 'The host cannot be reached.'],
	ENETUNREACH: ['unreachable', 'Its network cannot be reached from here.'],
	EADDRNOTAVAIL: ['no address', 'This machine does not have that address.'],
	ENOTFOUND: ['unknown host', 'The name of the host is not known.'],
};

/** Asked over HTTP, in the clear. */
const asked = async (wish: CheckWish, socket: Socket, signal: AbortSignal, facts: Facts): Promise<Found> => {
	socket.write(requestOf(wish));
	const heard = await hear(socket, 0, signal, isEnough);
	const isSilent = heard.bytes.length === 0;
	if (isSilent ? heard.isClosed : wantsTls(heard.bytes)) {
		socket.destroy();
		// Some who want TLS hang up without a word.
		const found = await secured(wish, signal, facts, isSilent ? tlsPatience : undefined);
		if (found) return found;
	}
	if (isSilent) return heard.isClosed ? hangsUp(wish, facts, 'HTTP') : silent(facts);
	if (isHttp2(heard.bytes)) return http2Only(facts);
	return overHttp(heard, facts) ?? speaksElse(heard, facts);
};

/** As its number makes likely; what is no TLS after all is asked in the clear. */
const askedOverTls = async (wish: CheckWish, signal: AbortSignal, facts: Facts): Promise<Found> => {
	const found = await secured(wish, signal, facts, tlsPatience);
	if (found) return found;
	const opened = await open(wish, false, signal);
	if (!('socket' in opened)) return signal.aborted ? silent(facts) : hangsUp(wish, facts, 'TLS');
	try {
		return await asked(wish, opened.socket, signal, facts);
	} finally {
		opened.socket.destroy();
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
		const { bytes, isClosed } = await hear(socket, proxyPatience, signal, () => true);
		if (isHttp2(bytes)) return http2Only(facts);
		if (bytes.length > 0) return openAs([['greets with', bytes.toString('utf8', 0, 200)]]);
		if (isClosed) return await closedAtOnce(wish, signal, facts);
		if (wish.isTls) {
			socket.destroy();
			return await askedOverTls(wish, signal, facts);
		}
		if (notForBrowsers.has(wish.containerPort))
			return openAs([], `On ${wish.containerPort} a browser has no business: nothing was asked.`);
		return await asked(wish, socket, signal, facts);
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
