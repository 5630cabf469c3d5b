// What a look at a port comes to: in two words for the list, and in facts for the card.
import { isLoopback } from '../model/kinds/address.ts';
import type { PortCheck } from '../model/ports.ts';
import type { Certificate, Facts } from './certificate.ts';
import type { CheckWish } from './check-wish.ts';
import type { Heard } from './connection.ts';
import { httpAnswer } from './http-answer.ts';

export type Found = Omit<PortCheck, 'at'>;

export const ms = (milliseconds: number): string =>
	`${milliseconds < 10 ? Math.max(0.1, Math.round(milliseconds * 10) / 10) : Math.round(milliseconds)} ms`;

const ended = (signal: AbortSignal): Promise<undefined> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve(undefined);
		signal.addEventListener('abort', () => resolve(undefined), { once: true });
	});

/** What listens inside, unless that takes too long to find out. */
const seenInside = ({ inside }: CheckWish, signal: AbortSignal) =>
	inside && Promise.race([inside().catch(() => undefined), ended(signal)]);

/** Accepted, and hung up on without a word: the engine does so for a container in which nobody listens. */
export const closedAtOnce = async (wish: CheckWish, signal: AbortSignal, facts: Facts): Promise<Found> => {
	const { containerPort: port, containerName: name, isProxied } = wish;
	const seen = isProxied ? await seenInside(wish, signal) : undefined;
	const isHeard = seen?.some((address) => !isLoopback(address)) === true;
	if (!isProxied || isHeard)
		return {
			brief: 'closes at once',
			tone: 'busy',
			isTls: false,
			facts: [...facts, ['then', 'closed at once']],
			...(isHeard
				? { advice: `Something listens inside on ${port}, and hangs up. The logs of ${name} may say why.` }
				: {}),
		};
	const where =
		seen === undefined
			? `nothing listens inside the container on ${port}: does it listen on 127.0.0.1 only?`
			: seen.length === 0
				? `nothing listens inside the container on ${port}. The logs of ${name} may say why.`
				: `inside, it listens on ${seen.join(', ')} only: ${port} must be listened to on 0.0.0.0.`;
	return {
		brief: 'nothing inside',
		tone: 'bad',
		isTls: false,
		facts: [...facts, ['inside', 'closed at once']],
		advice: `Published, but ${where}`,
	};
};

/** It accepts, and takes the question, but gives no answer. */
export const hangsUp = ({ containerName: name }: CheckWish, facts: Facts, over: string): Found => ({
	brief: 'hangs up',
	tone: 'busy',
	isTls: false,
	facts: [...facts, [over, 'closed without an answer']],
	advice: `It hangs up when it is asked: it may not speak HTTP, or fail. The logs of ${name} may say why.`,
});

export const silent = (facts: Facts): Found => ({
	brief: 'no answer',
	tone: 'bad',
	isTls: false,
	facts: [...facts, ['HTTP', 'no answer within 3 seconds']],
	advice: 'It accepts, but says nothing: it may not speak HTTP, hang, or be paused.',
});

export const http2Only = (facts: Facts): Found => ({
	brief: 'HTTP/2 only',
	tone: 'good',
	isTls: false,
	facts: [...facts, ['HTTP', 'speaks HTTP/2 only']],
	advice: 'It speaks HTTP/2 only, as gRPC does: its status cannot be asked from here.',
});

export const speaksElse = ({ bytes, firstAfter }: Heard, facts: Facts): Found => ({
	brief: `open ${ms(firstAfter)}`,
	tone: 'good',
	isTls: false,
	facts: [...facts, ['says', bytes.toString('utf8', 0, 200)]],
	advice: 'It answers, but not in HTTP.',
});

/** What of an answer did not come. */
const missing = (isWhole: boolean, { isLate, isClosed }: Heard): string | undefined => {
	if (isWhole) return isLate ? 'its page did not end within 3 seconds' : undefined;
	if (isLate) return 'its headers did not end within 3 seconds';
	return isClosed ? 'it hung up within its headers' : 'its headers do not end';
};

/** Undefined: it is no answer of HTTP. */
export const overHttp = (heard: Heard, facts: Facts, tls?: Certificate): Found | undefined => {
	const answer = httpAnswer(heard.bytes);
	if (!answer) return undefined;
	const { status, reason, server, location, title, isWhole } = answer;
	const told = tls && certificateBrief(tls);
	const lack = missing(isWhole, heard);
	const after = `after ${ms(heard.firstAfter)}${lack === undefined ? '' : `, but ${lack}`}`;
	const state = lack === undefined ? (told ? 'untrusted' : ms(heard.firstAfter)) : 'unfinished';
	const isFine = told === undefined && lack === undefined && status < 400;
	return {
		brief: told && told.brief !== untrusted.brief ? told.brief : `${status} ${state}`,
		tone: told?.tone === 'bad' || status >= 500 ? 'bad' : isFine ? 'good' : 'busy',
		isTls: tls !== undefined,
		facts: [
			...facts,
			[tls ? 'HTTPS' : 'HTTP', `${status}${reason ? ` ${reason}` : ''} ${after}`],
			...(title ? [['title', title] as const] : []),
			...(server ? [['server', server] as const] : []),
			...(location ? [['points to', `${location} (not followed)`] as const] : []),
		],
	};
};

const untrusted: Brief = { brief: 'tls untrusted', tone: 'busy' };

type Brief = Pick<Found, 'brief' | 'tone'>;

/** What of a certificate cannot wait. */
export const certificateBrief = ({ days, isExpired, isEarly, isTrusted }: Certificate): Brief | undefined => {
	if (isExpired) return { brief: 'tls expired', tone: 'bad' };
	if (isEarly) return { brief: 'tls not yet valid', tone: 'bad' };
	if (days < 30) return { brief: `tls ${days} d left`, tone: 'busy' };
	return isTrusted ? undefined : untrusted;
};
