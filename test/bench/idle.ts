// What a program costs while nothing happens: CPU, bytes to the terminal, requests to the engine, memory.
import { join } from 'node:path';
import type { Fleet } from './fleet.ts';
import { round, sleep } from './numbers.ts';
import { memoryOf } from './process-cost.ts';
import type { Program } from './program.ts';
import { startProxy } from './proxy.ts';
import { openList } from './startup.ts';

export type Idle = {
	/** Of one core. */
	readonly cpuPercent: number;
	readonly bytesPerSecond: number;
	readonly requestsPerSecond: number;
	/** Per second. */
	readonly routes: Readonly<Record<string, number>>;
	readonly requestsAtStart: number;
	readonly connections: number;
	/** MB. */
	readonly pss: number;
	readonly rss: number;
};

const warmUp = 5000;

export async function measureIdle(
	program: Program,
	fleet: Fleet,
	homes: string,
	seconds: number,
): Promise<Idle> {
	await sleep(fleet.isOldAt - performance.now());
	const proxy = await startProxy(join(homes, 'proxy.sock'), fleet.socketPath);
	try {
		const screen = await openList(program, { ...fleet, socketPath: proxy.socketPath }, homes);
		try {
			await sleep(warmUp);
			const before = {
				cpu: screen.cpu(),
				bytes: screen.bytes,
				at: performance.now(),
				...(await proxy.counts()),
			};
			await sleep(seconds * 1000);
			const elapsed = (performance.now() - before.at) / 1000;
			const cpu = screen.cpu();
			const after = await proxy.counts();
			const perSecond = (count: number) => round(count / elapsed, 2);
			const routes = Object.entries(after.routes)
				.map(([route, count]) => [route, perSecond(count - (before.routes[route] ?? 0))] as const)
				.filter(([, rate]) => rate > 0);
			return {
				cpuPercent: round((cpu - before.cpu) / elapsed / 10, 2),
				bytesPerSecond: round((screen.bytes - before.bytes) / elapsed, 0),
				requestsPerSecond: perSecond(after.requests - before.requests),
				routes: Object.fromEntries(routes),
				requestsAtStart: before.requests,
				connections: after.open,
				...memoryOf(screen.pid),
			};
		} finally {
			await screen.close();
		}
	} finally {
		await proxy.stop();
	}
}
