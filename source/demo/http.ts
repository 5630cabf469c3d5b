// From a request to its route and back: versions, headers, errors in docker's words, bodies of bounded size.

import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Answer, Call } from './call.ts';
import { Refusal, refuse } from './refusal.ts';
import type { Router } from './router.ts';
import { apiMinor, minimumApiMinor, serverHeaders } from './version.ts';
import type { World } from './world.ts';

const largestBody = 16 << 20;

const readBody = (
	request: IncomingMessage,
	socket: Duplex | undefined,
	head: Buffer,
	limit: number,
): Promise<Buffer> =>
	new Promise((resolve, reject) => {
		const source = socket ?? request;
		const wanted = socket ? Number(request.headers['content-length'] ?? 0) : Number.POSITIVE_INFINITY;
		const chunks: Buffer[] = [];
		let length = 0;
		const finish = () => {
			source.off('data', take);
			source.off('end', finish);
			source.off('error', fail);
			const all = Buffer.concat(chunks);
			if (socket) socket.pause();
			// What came after the body belongs to the stream that follows.
			if (socket && all.length > wanted) socket.unshift(all.subarray(wanted));
			resolve(all.subarray(0, Math.min(wanted, all.length)));
		};
		const fail = (error: Error) => reject(error);
		const take = (chunk: Buffer) => {
			chunks.push(chunk);
			length += chunk.length;
			if (length > limit) {
				source.off('data', take);
				reject(new Refusal(413, 'request body is too large'));
			} else if (length >= wanted) finish();
		};
		if (socket && head.length > 0) take(head);
		if (length >= wanted) return length === 0 || head.length === 0 ? finish() : undefined;
		source.on('data', take);
		source.on('end', finish);
		source.on('error', fail);
	});

const send = (response: ServerResponse, answer: Answer): void => {
	const body = answer.json !== undefined ? `${JSON.stringify(answer.json)}\n` : answer.text;
	const type = answer.json !== undefined ? 'application/json' : 'text/plain; charset=utf-8';
	response.writeHead(answer.status, {
		...(body !== undefined && { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }),
		...(body === undefined && answer.status === 200 && { 'Content-Length': 0 }),
		...answer.headers,
	});
	response.end(body);
};

/** Splits `/v1.41/containers/json`; refuses versions this engine does not speak. */
const splitVersion = (path: string): { path: string; api: number } => {
	const match = /^\/v(\d+)\.(\d+)(\/.*)$/.exec(path);
	if (!match) return { path, api: apiMinor };
	const [major, minor] = [Number(match[1]), Number(match[2])];
	if (major > 1 || minor > apiMinor)
		refuse(
			400,
			`client version ${major}.${minor} is too new. Maximum supported API version is 1.${apiMinor}`,
		);
	if (major < 1 || minor < minimumApiMinor)
		refuse(
			400,
			`client version ${major}.${minor} is too old. Minimum supported API version is 1.${minimumApiMinor}, please upgrade your client to a newer version`,
		);
	return { path: match[3] ?? '/', api: minor };
};

export const answer = async (
	world: World,
	router: Router,
	request: IncomingMessage,
	response: ServerResponse,
	socket?: Duplex,
	head: Buffer = Buffer.alloc(0),
): Promise<void> => {
	for (const [name, value] of Object.entries(serverHeaders)) response.setHeader(name, value);
	const gone = new AbortController();
	setMaxListeners(0, gone.signal);
	(socket ?? response).on('close', () => gone.abort());
	try {
		const [rawPath = '/', rawQuery = ''] = (request.url ?? '/').split('?', 2);
		if (rawPath.includes('//'))
			return send(response, { status: 301, headers: { Location: rawPath.replace(/\/{2,}/g, '/') } });
		const { path, api } = splitVersion(rawPath);
		const method = request.method ?? 'GET';
		const found = router(method, path) ?? (method === 'HEAD' ? router('GET', path) : undefined);
		if (!found) return send(response, { status: 404, json: { message: 'page not found' } });
		const call: Call = {
			world,
			request,
			response,
			socket,
			parts: found.parts,
			query: new URLSearchParams(rawQuery),
			api,
			body: (limit = largestBody) => readBody(request, socket, head, limit),
			signal: gone.signal,
		};
		const answered = await found.handler(call);
		if (answered) send(response, answered);
	} catch (error) {
		const status = error instanceof Refusal ? error.status : 500;
		const message = error instanceof Error ? error.message : String(error);
		if (response.headersSent || gone.signal.aborted) response.destroy();
		else send(response, { status, json: { message } });
	}
};
