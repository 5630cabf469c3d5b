// Servers on the loopback that a test looks at, closed when it ends.
import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach } from 'vitest';
import { checkPort } from '../../source/ports/check.ts';
import type { CheckWish } from '../../source/ports/check-wish.ts';

const open: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
	for (const socket of sockets.splice(0)) socket.destroy();
	for (const server of open.splice(0)) server.close();
});

export const portOf = async (server: Server): Promise<number> => {
	open.push(server.listen(0, '127.0.0.1'));
	server.on('connection', (socket: Socket) => sockets.push(socket.on('error', () => {})));
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
};

export const wish = (port: number, more: Partial<CheckWish> = {}): CheckWish => ({
	host: '127.0.0.1',
	name: 'localhost',
	port,
	protocol: 'tcp',
	containerPort: 80,
	containerName: 'web',
	isTls: false,
	isProxied: true,
	version: '1.2.3',
	now: Date.now,
	...more,
});

const never = new AbortController().signal;
export const look = (port: number, more: Partial<CheckWish> = {}) => checkPort(wish(port, more), never);

export const factsOf = async (port: number, more: Partial<CheckWish> = {}) => {
	const check = await look(port, more);
	return { ...check, facts: Object.fromEntries(check?.facts ?? []) };
};
