// Every failure with a registry or a login as one sentence a person can act on, made from the status code or errno.

/**
 * `ELOGIN`: it wants a login, or another one. `ENOCATALOG`: it has no list of its repositories. `ENOREPOSITORY`: there is no
 * such repository. `EANSWER`: what answers is no registry. `ETIMEOUT`, `ECONFIG`, `EHELPER`, or an errno.
 */
export class RegistryError extends Error {
	override readonly name = 'RegistryError';
	readonly code: string | undefined;

	constructor(sentence: string, code?: string) {
		super(sentence);
		this.code = code;
	}
}

export const isTls = (code: string): boolean => /^ERR_(SSL|TLS|OSSL)_|^EPROTO$/.test(code);

/** Codes of Node that mean: there is TLS, but whose it is cannot be proved. */
export const isDistrust = (code: string): boolean =>
	/CERT|UNABLE_TO_(GET|VERIFY)_|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|CRL_/.test(code);

const byCode: Readonly<Record<string, (host: string) => string>> = {
	ECONNREFUSED: (host) => `Nothing listens at ${host}: is the registry running?`,
	ENOTFOUND: (host) => `The name ${host} is not known: check how it is spelt, and the network.`,
	EAI_AGAIN: (host) => `The name ${host} cannot be looked up now: is there a network?`,
	EHOSTUNREACH: (host) => `${host} cannot be reached: is there a network?`,
	ENETUNREACH: (host) => `${host} cannot be reached: is there a network?`,
	ETIMEDOUT: (host) => `${host} did not answer in time.`,
	ETIMEOUT: (host) => `${host} did not answer in time.`,
	ECONNRESET: (host) => `${host} broke the connection off.`,
	EPIPE: (host) => `${host} broke the connection off.`,
	ETOOBIG: (host) => `${host} answered with more than Portside takes in.`,
	EANSWER: (host) => `What answers at ${host} is not a registry.`,
	ELOGIN: (host) => `${host} wants a login.`,
};

export const sentenceOf = (code: string, host: string): string => {
	if (isDistrust(code)) return `The certificate of ${host} is not trusted on this machine.`;
	if (isTls(code)) return `${host} does not speak TLS as a registry does.`;
	if (code.startsWith('HPE_')) return sentenceOf('EANSWER', host);
	return byCode[code]?.(host) ?? `${host} cannot be reached (${code}).`;
};

export const registryError = (code: string, host: string): RegistryError =>
	new RegistryError(sentenceOf(code, host), code);
