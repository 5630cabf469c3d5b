// Health checks: a probe some time after the start, and from then on while somebody listens.

import { attributesOf, type Container } from './container.ts';
import { emit } from './events.ts';
import { runQuietly } from './exec.ts';
import { later } from './timers.ts';
import type { World } from './world.ts';

const keptProbes = 5;

const settle = (world: World, container: Container, status: 'healthy' | 'unhealthy'): void => {
	if (!container.health || container.health.status === status) return;
	container.health.status = status;
	emit(world, 'container', `health_status: ${status}`, container.id, attributesOf(container));
};

const probe = async (world: World, container: Container, argv: string[], retries: number): Promise<void> => {
	const begun = world.now();
	const { code, output } = await runQuietly(world, container, argv);
	const { health } = container;
	if (!health || container.status !== 'running') return;
	health.log.push({
		Start: new Date(begun).toISOString(),
		End: new Date(world.now()).toISOString(),
		ExitCode: code,
		Output: output.slice(0, 4096),
	});
	if (health.log.length > keptProbes) health.log.shift();
	health.failingStreak = code === 0 ? 0 : health.failingStreak + 1;
	if (code === 0) settle(world, container, 'healthy');
	else if (health.failingStreak >= retries) settle(world, container, 'unhealthy');
};

/** The command a check runs: `CMD-SHELL` goes through the shell. */
const argvOfTest = (test: readonly string[]): string[] =>
	test[0] === 'CMD-SHELL' ? ['/bin/sh', '-c', test.slice(1).join(' ')] : test.slice(1);

export const watchHealth = (world: World, container: Container, isQuiet: boolean): void => {
	const check = container.config.Healthcheck;
	if (!check?.Test?.length) return;
	const interval = Math.max(100, (check.Interval ?? 0) / 1e6 || 30_000);
	const retries = check.Retries || 3;
	const { main } = container;
	container.health = { status: 'starting', failingStreak: 0, log: [] };
	const next = (ms: number) => {
		later(world.timers, ms, () => {
			if (container.main !== main) return;
			const isSettled = container.health?.status !== 'starting';
			const isWatched = world.events.listeners.size > 0;
			if (container.status !== 'running' || (isSettled && !isWatched)) return next(interval);
			void probe(world, container, argvOfTest(check.Test ?? []), retries).then(() => next(interval));
		});
	};
	if (!(isQuiet && world.isFrozen)) next(interval);
};
