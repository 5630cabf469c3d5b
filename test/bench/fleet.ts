// What the programs list: real containers in an engine of our own, or many in the embedded one.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Dockerd, startDockerd } from '../helpers/dockerd.ts';
import { apiOn } from './api.ts';

export type Fleet = {
	readonly containers: number;
	readonly socketPath: string;
	/** By performance.now(): when the youngest has been up for more than a minute, after which words like `Up 59 seconds` rest. */
	readonly isOldAt: number;
	close(): Promise<void>;
};

/** On the screen when a container of a fleet is. */
export const fleetRow = /bench-0/;

const nameOf = (index: number) => `bench-${String(index).padStart(5, '0')}`;
const atOnce = 4;

export type RealFleets = {
	/** Never fewer than before. */
	grow(containers: number): Promise<Fleet>;
	stop(): Promise<void>;
};

export async function startRealFleets(): Promise<RealFleets> {
	const engine: Dockerd = await startDockerd({ name: 'bench' });
	const api = apiOn(engine.socketPath);
	let made = 0;
	let isOldAt = 0;
	return {
		async grow(containers) {
			const isLarger = made < containers;
			const add = async () => {
				while (made < containers) await api.start(await api.create(nameOf(made++)));
			};
			await Promise.all(Array.from({ length: atOnce }, add));
			if (isLarger) isOldAt = performance.now() + 62_000;
			return { containers, socketPath: engine.socketPath, isOldAt, close: async () => {} };
		},
		async stop() {
			api.close();
			await engine.stop();
		},
	};
}

/** The demo engine in a process of its own, so that what it costs is not counted as anybody's. */
export async function startEmbeddedFleet(containers: number, folder: string): Promise<Fleet> {
	const socketPath = join(folder, 'embedded.sock');
	const child = fork(process.argv[1] as string, ['embedded', String(containers), socketPath]);
	await Promise.race([
		once(child, 'message'),
		once(child, 'exit').then(() => {
			throw new Error('the embedded engine has ended');
		}),
	]);
	return {
		containers,
		socketPath,
		isOldAt: 0,
		async close() {
			const exit = once(child, 'exit');
			child.disconnect();
			await exit;
		},
	};
}
