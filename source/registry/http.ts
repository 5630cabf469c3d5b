// One request to a registry with limits: of time, of bytes, and of where a login may go.
import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { registryError } from './error.ts';

export type Answer = {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly text: string;
};

export type Ask = {
	readonly authorization?: string | undefined;
	/** Makes it a POST. */
	readonly form?: URLSearchParams | undefined;
	readonly signal: AbortSignal;
	/** Milliseconds for everything together. */
	readonly timeout?: number | undefined;
	/** Certificate authorities in PEM; undefined: those that are trusted anyway. */
	readonly authorities?: readonly string[] | undefined;
};

const mostBytes = 8 << 20;
const mostRedirects = 5;

/** Rejects with a RegistryError, or with the reason of the signal. */
export const ask = async (address: URL, given: Ask): Promise<Answer> => {
	const { signal, timeout = 10_000 } = given;
	signal.throwIfAborted();
	const end = new AbortController();
	const cancel = () => end.abort();
	signal.addEventListener('abort', cancel);
	let isLate = false;
	const timer = setTimeout(() => {
		isLate = true;
		end.abort();
	}, timeout);
	let url = address;
	try {
		return await follow();
	} catch (error) {
		signal.throwIfAborted();
		if (isLate) throw registryError('ETIMEOUT', url.host);
		const code = codeOf(error);
		throw code === undefined ? error : registryError(code, url.host);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', cancel);
	}

	async function follow(): Promise<Answer> {
		let { authorization } = given;
		for (let redirects = 0; redirects <= mostRedirects; redirects++) {
			const response = await send(url, { ...given, authorization }, end.signal);
			const { statusCode: status = 0, headers } = response;
			const isElsewhere = status >= 301 && status <= 308 && status !== 304 && headers.location !== undefined;
			if (!isElsewhere || given.form) return { status, headers, text: await bounded(response) };
			response.destroy();
			const next = URL.canParse(headers.location ?? '', url.href)
				? new URL(headers.location ?? '', url)
				: url;
			// Not to where others can listen.
			if (!isHttp(next) || (url.protocol === 'https:' && next.protocol !== 'https:')) break;
			if (next.origin !== url.origin) authorization = undefined;
			url = next;
		}
		throw registryError('EANSWER', url.host);
	}
};

const isHttp = ({ protocol }: URL): boolean => protocol === 'http:' || protocol === 'https:';

const send = (
	url: URL,
	{ authorization, form, authorities }: Ask,
	signal: AbortSignal,
): Promise<IncomingMessage> =>
	new Promise((resolve, reject) => {
		const headers = {
			accept: 'application/json',
			'user-agent': 'portside',
			...(authorization !== undefined && { authorization }),
			...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
		};
		const options = { method: form ? 'POST' : 'GET', headers, signal, agent: false as const };
		const request =
			url.protocol === 'https:'
				? tlsRequest(url, { ...options, ...(authorities && { ca: [...authorities] }) })
				: plainRequest(url, options);
		request.on('response', resolve);
		request.on('error', reject);
		request.end(form?.toString());
	});

const bounded = async (response: IncomingMessage): Promise<string> => {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of response) {
		bytes += chunk.length;
		if (bytes > mostBytes) throw Object.assign(new Error(), { code: 'ETOOBIG' });
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
};

/** A name with several addresses fails with several errors. */
const codeOf = (error: unknown): string | undefined => {
	const { code, errors } = error as NodeJS.ErrnoException & { errors?: readonly NodeJS.ErrnoException[] };
	const found = code ?? errors?.[0]?.code;
	return error instanceof Error && error.name !== 'RegistryError' && typeof found === 'string'
		? found
		: undefined;
};
