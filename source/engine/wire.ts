// The way to one engine: opens its connections with settings of our own making, knows which requests are under way,
// and ends them all at once. Everything that leaves this program for an engine leaves here.
import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type { Endpoint } from '../model/connection.ts';
import { engineError, fromNode } from './error.ts';
import { type Address, readHost } from './host.ts';
import { dialSsh } from './ssh.ts';

export type Outgoing = {
	readonly method: string;
	readonly path: string;
	readonly headers?: http.OutgoingHttpHeaders;
	/**
	 * `shared`: may wait for, and reuse, one of a few kept connections. `own`: a new one, now. `upgraded`: a new one,
	 * and the engine is asked to leave it to us.
	 */
	readonly connection: 'shared' | 'own' | 'upgraded';
};

export type Wire = {
	readonly endpoint: Endpoint;
	/** The request is not ended: the caller listens first, then writes. */
	begin(outgoing: Outgoing): http.ClientRequest;
	/** Every request under way and every upgraded connection fails with ECLOSED, and so does every later one. */
	close(): void;
};

export function openWire(endpoint: Endpoint): Wire {
	const reading = readHost(endpoint.host, endpoint.tls !== undefined);
	if ('problem' in reading) throw engineError({ code: 'EADDRESS', engineMessage: reading.problem });
	const { address } = reading;
	const { settings, agent, start } = transport(address, endpoint);
	const prefix = address.via === 'tcp' ? address.prefix : '';
	const underWay = new Set<http.ClientRequest | Duplex>();
	let isClosed = false;

	function track(part: http.ClientRequest | Duplex): void {
		underWay.add(part);
		part.on('close', () => underWay.delete(part));
		if (isClosed) part.destroy(engineError({ code: 'ECLOSED' }));
	}

	return {
		endpoint,
		begin({ method, path, headers, connection }) {
			const request = started(start, {
				...settings,
				method,
				path: prefix + path,
				headers: {
					...headers,
					...(connection === 'upgraded' && { Connection: 'Upgrade', Upgrade: 'tcp' }),
					Host: address.via === 'tcp' ? address.host : 'docker',
				},
				...(connection === 'shared' ? { agent } : fresh(address)),
			});
			track(request);
			// Only where it is expected: whoever listens takes the connection away from the request for good.
			if (connection === 'upgraded') {
				request.on('upgrade', (_, socket) => {
					// It may fail before anybody else listens.
					socket.on('error', () => {});
					track(socket);
				});
			}
			return request;
		},
		close() {
			isClosed = true;
			for (const part of underWay) {
				part.destroy(engineError({ code: 'ECLOSED' }));
			}
			agent.destroy();
		},
	};
}

/** Node throws at once for what it cannot even try: a certificate that is none, a path with a blank. */
function started(start: Transport['start'], options: https.RequestOptions): http.ClientRequest {
	try {
		return start(options);
	} catch (error) {
		throw fromNode(error);
	}
}

type Transport = {
	readonly settings: https.RequestOptions;
	readonly agent: http.Agent;
	readonly start: (options: https.RequestOptions) => http.ClientRequest;
};

// The engine answers most calls within a millisecond, so a few connections are enough, and 500 at once hurt it.
const pool: http.AgentOptions = { keepAlive: true, maxSockets: 6 };

// Without it Node asks what name a certificate would have, and compiles what an IPv6 address looks like: 4 ms.
const plain = { servername: '' };

function transport(address: Address, { tls }: Endpoint): Transport {
	if (address.via === 'socket') {
		const settings = { ...plain, socketPath: address.path };
		return { settings, agent: new http.Agent(pool), start: http.request };
	}
	if (address.via === 'ssh') {
		const agent = new http.Agent(pool);
		agent.createConnection = () => dialSsh(address);
		return { settings: plain, agent, start: http.request };
	}
	const place = { host: address.host, port: address.port };
	if (!address.isTls)
		return { settings: { ...plain, ...place }, agent: new http.Agent(pool), start: http.request };
	const { verify = true, ...files } = tls ?? {};
	const settings = { ...place, ...files, rejectUnauthorized: verify };
	return { settings, agent: new https.Agent(pool), start: https.request };
}

function fresh(address: Address): https.RequestOptions {
	if (address.via !== 'ssh') return { agent: false };
	return { createConnection: (): Duplex => dialSsh(address) };
}
