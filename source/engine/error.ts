// Every failure of an engine as one sentence a person can act on, made from the status code or errno, never from prose.

/**
 * What went wrong, as far as it is known. `code` is an errno, or one of ours: `ETIMEOUT`, `ECLOSED`, `EANSWER` of the
 * connection; `ELOGIN`: a registry wants a login, or another one; `ENOIMAGE`: the image must be pulled first; `EFILE`:
 * what was to be sent could not be read.
 */
export type Failure = {
	readonly statusCode?: number | undefined;
	readonly code?: string | undefined;
	/** The engine's own words (or Node's), to be shown after our sentence. */
	readonly engineMessage?: string | undefined;
};

export class EngineError extends Error {
	override readonly name = 'EngineError';
	readonly statusCode: number | undefined;
	readonly code: string | undefined;
	readonly engineMessage: string | undefined;

	constructor(sentence: string, failure: Failure = {}) {
		super(sentence);
		this.statusCode = failure.statusCode;
		this.code = failure.code;
		this.engineMessage = failure.engineMessage;
	}
}

const byCode: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'Nothing listens there: the engine is not running.',
	ENOENT: 'The socket file of the engine is not there.',
	EACCES: 'You may not use the socket of the engine.',
	EPERM: 'You may not use the socket of the engine.',
	ECONNRESET: 'The engine broke the connection off.',
	EPIPE: 'The engine broke the connection off.',
	EAGAIN: 'The engine takes no more connections: it seems to hang.',
	ETIMEOUT: 'The engine did not answer in time.',
	ETIMEDOUT: 'The host of the engine did not answer.',
	EHOSTUNREACH: 'The host of the engine cannot be reached.',
	ENETUNREACH: 'The network of the engine cannot be reached.',
	EHOSTDOWN: 'The host of the engine is down.',
	ENOTFOUND: 'The name of the engine’s host is not known.',
	EAI_AGAIN: 'The name of the engine’s host cannot be looked up now.',
	ENOTSOCK: 'What is there is a file, not the socket of an engine.',
	EPROTO: 'The engine and Portside do not agree on TLS.',
	EANSWER: 'What came back is not an answer of a container engine.',
	EEND: 'The engine ended the connection.',
	ECLOSED: 'The connection to the engine ended before it answered.',
	ESSH: 'ssh could not reach the engine.',
};

const byStatus: Readonly<Record<number, string>> = {
	400: 'The engine did not accept this request.',
	401: 'This needs a login.',
	403: 'The engine does not allow this.',
	404: 'The engine does not have this any more.',
	409: 'The engine cannot do this in the state things are in.',
	429: 'Too many requests: wait a little and try again.',
	500: 'The engine tried and failed.',
	501: 'This engine cannot do that.',
	502: 'A proxy before the engine got no answer from it.',
	503: 'The engine cannot do this now.',
	504: 'A proxy before the engine waited too long for it.',
};

const isTls = (code: string): boolean =>
	/^ERR_(SSL|TLS|OSSL)_|CERT|UNABLE_TO_(GET|VERIFY)_|SELF_SIGNED/.test(code);

/** Codes that mean: the other side speaks, but not as an engine does. */
const isGibberish = (code: string): boolean => code.startsWith('HPE_');

/** The family of a code: what sentences and remedies are looked up by. */
export const family = (code: string): string =>
	isTls(code) ? 'EPROTO' : isGibberish(code) ? 'EANSWER' : code;

export function sentence({ statusCode, code }: Failure): string {
	if (code !== undefined) return byCode[family(code)] ?? `The engine cannot be reached (${code}).`;
	if (statusCode === undefined) return 'The engine failed.';
	if (statusCode >= 300 && statusCode < 400)
		return 'The engine pointed elsewhere, which Portside does not follow.';
	return byStatus[statusCode] ?? `The engine refused (${statusCode}).`;
}

const losses: Readonly<Record<string, string>> = {
	ECLOSED: 'The engine does not answer any more; the connection to it was given up.',
	EEND: 'The engine ended the connection: it was stopped or restarted.',
	ECONNRESET: 'The engine broke the connection off: it was killed or restarted.',
	EPIPE: 'The engine broke the connection off: it was killed or restarted.',
	ETIMEOUT: 'The engine does not answer any more: its process hangs or is stopped.',
	ENOENT: 'The socket file of the engine is gone.',
	ECONNREFUSED: 'The engine is not running any more.',
};

/** Why an engine that answered before does not now. */
export const lossReason = (failure: Failure): string => losses[failure.code ?? ''] ?? sentence(failure);

export const engineError = (failure: Failure): EngineError => new EngineError(sentence(failure), failure);

/** Whatever Node threw, as an EngineError. A bug (an error without a code) is left as it is. */
export function fromNode(error: unknown): unknown {
	if (error instanceof EngineError || !(error instanceof Error)) return error;
	const { code } = error as NodeJS.ErrnoException;
	return typeof code === 'string' ? engineError({ code, engineMessage: error.message }) : error;
}

/** Our sentence, and the engine's own words after it where they say more. */
export const told = (error: unknown): string => {
	const { message } = error as Error;
	const words = error instanceof EngineError ? error.engineMessage : undefined;
	return !words || message.includes(words) ? message : `${message} (${words})`;
};
