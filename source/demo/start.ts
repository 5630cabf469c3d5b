// The embedded demo engine: an HTTP server on a private socket that speaks the Docker Engine API over a world in memory.

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answer } from './http.ts';
import { createRouter } from './router.ts';
import { routes } from './routes/all.ts';
import { seed } from './seed.ts';
import { closeTimers } from './timers.ts';
import { createWorld, type World } from './world.ts';

export type DemoOptions = {
	/** Where to listen; by default in a fresh private folder that goes away at close. */
	socketPath?: string;
	/** Extra running containers named bench-00000 and on, at most 10 000. */
	containers?: number;
	/** No containers and no images. */
	empty?: boolean;
	/** Nothing happens by itself: the same clock, identities, stats and logs in every run. */
	frozen?: boolean;
	/** Milliseconds since 1970. */
	now?: () => number;
};

export type DemoEngine = {
	socketPath: string;
	world: World;
	/** Breaks every open connection and goes on listening. */
	drop(): void;
	/** While on, connections are accepted and nothing is answered. */
	hang(isOn: boolean): void;
	close(): Promise<void>;
};

const frozenAt = Date.UTC(2026, 2, 14, 9, 26, 53);

export const startDemo = async (options: DemoOptions = {}): Promise<DemoEngine> => {
	const isFrozen = options.frozen ?? false;
	const world = createWorld({ now: options.now ?? (isFrozen ? () => frozenAt : Date.now), isFrozen });
	seed(world, { isEmpty: options.empty ?? false, bench: options.containers ?? 0 });

	// A socket's path may have 107 bytes, and is cut without a word beyond that.
	const base = Buffer.byteLength(tmpdir()) > 70 ? '/tmp' : tmpdir();
	const folder = options.socketPath === undefined ? await mkdtemp(join(base, 'portside-demo-')) : undefined;
	const socketPath = options.socketPath ?? join(folder ?? '', 'docker.sock');
	const router = createRouter(routes);
	const sockets = new Set<Socket>();
	let hung: (() => void)[] | undefined;
	const whenAwake = (serve: () => void) => (hung ? void hung.push(serve) : serve());

	const server = createServer({ keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0, noDelay: true });
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('request', (request, response) => whenAwake(() => void answer(world, router, request, response)));
	server.on('upgrade', (request, socket: Socket, head) => {
		const response = new ServerResponse(request);
		response.shouldKeepAlive = false;
		response.assignSocket(socket);
		response.on('finish', () => socket.end());
		whenAwake(() => void answer(world, router, request, response, socket, head));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(socketPath, resolve);
	}).catch(async (error) => {
		if (folder) await rm(folder, { recursive: true, force: true });
		throw error;
	});

	const drop = () => {
		for (const socket of sockets) socket.destroy();
	};
	return {
		socketPath,
		world,
		drop,
		hang: (isOn) => {
			const waiting = hung ?? [];
			hung = isOn ? waiting : undefined;
			if (!isOn) for (const serve of waiting) serve();
		},
		close: async () => {
			closeTimers(world.timers);
			drop();
			await new Promise<void>((resolve) => server.close(() => resolve()));
			if (folder) await rm(folder, { recursive: true, force: true });
		},
	};
};
