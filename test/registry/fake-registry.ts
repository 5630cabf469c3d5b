// A server that answers as a test wants a registry to, and writes down what it was asked.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterEach } from 'vitest';
import { serverCertificate, serverKey } from '../engine/certificates.ts';

export type Reply = {
	status?: number;
	headers?: Record<string, string>;
	/** An object becomes JSON; undefined: nothing is ever answered. */
	body?: unknown;
};

export type Asked = { method: string; path: string; authorization: string | undefined; body: string };

const open = new Set<Server & { closeAllConnections(): void }>();

afterEach(() => {
	for (const server of open) server.close().closeAllConnections();
	open.clear();
});

/** It is gone after the test. */
export async function startFake(reply: (asked: Asked) => Reply | undefined, { isTls = false } = {}) {
	const asked: Asked[] = [];
	const listener: RequestListener = async (request: IncomingMessage, response: ServerResponse) => {
		let body = '';
		for await (const chunk of request) body += chunk;
		const { method = '', url: path = '' } = request;
		const one = { method, path, authorization: request.headers.authorization, body };
		asked.push(one);
		const given = path === '/v2/' ? (reply(one) ?? { body: {} }) : reply(one);
		if (!given) return;
		const { status = 200, headers = {}, body: text = '' } = given;
		response.writeHead(status, headers).end(typeof text === 'string' ? text : JSON.stringify(text));
	};
	const server = isTls
		? createTlsServer({ cert: serverCertificate, key: serverKey }, listener)
		: createServer(listener);
	open.add(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { host: `127.0.0.1:${port}`, port, asked };
}
