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

/** Undefined: it is no answer of HTTP. */
export const overHttp = (heard: Heard, facts: Facts, tls?: Certificate): Found | undefined => {
	const answer = httpAnswer(heard.bytes.toString('utf8'));
	const told = certificateBrief(tls);
	if (!answer) return undefined;
	const { status, reason, server, location, title } = answer;
	return {
		brief: told ?? `${status} ${ms(heard.firstAfter)}`,
		tone: tls?.isExpired || status >= 500 ? 'bad' : told !== undefined || status >= 400 ? 'busy' : 'good',
		isTls: tls !== undefined,
		facts: [
			...facts,
			[tls ? 'HTTPS' : 'HTTP', `${status}${reason ? ` ${reason}` : ''} after ${ms(heard.firstAfter)}`],
			...(title ? [['title', title] as const] : []),
			...(server ? [['server', server] as const] : []),
			...(location ? [['points to', `${location} (not followed)`] as const] : []),
		],
	};
};

/** What of a certificate cannot wait. */
const certificateBrief = (tls?: Certificate): string | undefined => {
	if (!tls) return undefined;
	if (tls.isExpired) return 'tls expired';
	return tls.days < 30 ? `tls ${tls.days} d left` : undefined;
};
