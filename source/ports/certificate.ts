// What a certificate says of itself, and whether this machine trusts it.
import type { TLSSocket } from 'node:tls';

export type Facts = readonly (readonly [label: string, text: string])[];

const day = 24 * 60 * 60 * 1000;

const list = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''));

const why: Readonly<Record<string, string>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: 'not trusted: it signed itself',
	SELF_SIGNED_CERT_IN_CHAIN: 'not trusted: its authority is not known here',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'not trusted: its authority is not known here',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'not trusted: its authority is not known here',
	CERT_HAS_EXPIRED: 'not trusted: it has expired',
	CERT_NOT_YET_VALID: 'not trusted: it is not valid yet',
};

export type Certificate = {
	readonly facts: Facts;
	/** It is still valid for. */
	readonly days: number;
	readonly isExpired: boolean;
};

export const certificateFacts = (socket: TLSSocket, now: number): Certificate => {
	const { subject, issuer, subjectaltname, valid_to: validTo } = socket.getPeerCertificate();
	const left = Date.parse(validTo) - now;
	const days = Math.max(0, Math.floor(left / day));
	const end = Number.isNaN(left) ? validTo : new Date(Date.parse(validTo)).toISOString().slice(0, 10);
	const error = socket.authorizationError as unknown;
	const code = typeof error === 'string' ? error : String((error as Error | undefined)?.message ?? '');
	const trust = socket.authorized ? 'trusted here' : (why[code] ?? `not trusted: ${code}`);
	return {
		days,
		isExpired: left <= 0,
		facts: [
			['certificate', list(subject?.CN) || list(subjectaltname) || 'without a name'],
			...(subjectaltname ? [['for', subjectaltname.replace(/\b(DNS|IP Address):/g, '')] as const] : []),
			['issued by', list(issuer?.CN) || list(issuer?.O)],
			[left <= 0 ? 'expired' : 'expires', left <= 0 ? end : `${end}, in ${days} days`],
			['trust', trust],
		],
	};
};
