// What a certificate says of itself, and whether this machine trusts it.
import type { TLSSocket } from 'node:tls';

export type Facts = readonly (readonly [label: string, text: string])[];

const day = 24 * 60 * 60 * 1000;

const list = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''));

/** Ports are asked by the address of the host, which is hardly ever in a certificate. */
const otherName = 'ERR_TLS_CERT_ALTNAME_INVALID';

const why: Readonly<Record<string, string>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: 'not trusted: it signed itself',
	SELF_SIGNED_CERT_IN_CHAIN: 'not trusted: its authority is not known here',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'not trusted: its authority is not known here',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'not trusted: its authority is not known here',
	CERT_HAS_EXPIRED: 'not trusted: it has expired',
	CERT_NOT_YET_VALID: 'not trusted: it is not valid yet',
	[otherName]: 'trusted here, but made for another name than it was asked by',
};

export type Certificate = {
	readonly facts: Facts;
	/** It is still valid for. */
	readonly days: number;
	readonly isExpired: boolean;
	readonly isEarly: boolean;
	readonly isTrusted: boolean;
};

export const certificateFacts = (socket: TLSSocket, now: number): Certificate => {
	const {
		subject,
		issuer,
		subjectaltname,
		valid_from: validFrom,
		valid_to: validTo,
	} = socket.getPeerCertificate();
	const left = Date.parse(validTo) - now;
	const days = Math.max(0, Math.floor(left / day));
	const dateOf = (text: string): string =>
		Number.isNaN(Date.parse(text)) ? text : new Date(Date.parse(text)).toISOString().slice(0, 10);
	const end = dateOf(validTo);
	const isEarly = Date.parse(validFrom) > now;
	const error = socket.authorizationError as unknown;
	const code = typeof error === 'string' ? error : String((error as Error | undefined)?.message ?? '');
	const trust = socket.authorized ? 'trusted here' : (why[code] ?? `not trusted: ${code}`);
	return {
		days,
		isExpired: left <= 0,
		isEarly,
		isTrusted: socket.authorized || code === otherName,
		facts: [
			['certificate', list(subject?.CN) || list(subjectaltname) || 'without a name'],
			...(subjectaltname ? [['for', subjectaltname.replace(/\b(DNS|IP Address):/g, '')] as const] : []),
			['issued by', list(issuer?.CN) || list(issuer?.O)],
			...(isEarly ? [['valid from', dateOf(validFrom)] as const] : []),
			[left <= 0 ? 'expired' : 'expires', left <= 0 ? end : `${end}, in ${days} days`],
			['trust', trust],
		],
	};
};
