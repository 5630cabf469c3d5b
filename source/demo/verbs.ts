// What people do to a container that is there: stop, restart, kill, pause, remove.

import { announce } from './announce.ts';
import { type Container, isAlive, notify } from './container.ts';
import { catchUp } from './daemon.ts';
import { start } from './lifecycle.ts';
import { signalNumber } from './process.ts';
import { refuse } from './refusal.ts';
import { remove } from './removal.ts';
import { later } from './timers.ts';
import type { World } from './world.ts';

/** Sends a signal to the first process, waking the container first when it is paused and must end. */
export const sendSignal = (world: World, container: Container, signal: number): void => {
	announce(world, container, 'kill', { signal: String(signal) });
	if (container.status === 'paused') {
		catchUp(world, container);
		unpause(world, container);
	}
	container.main?.running.signal(signal);
};

export const untilEnded = (world: World, container: Container, ms?: number): Promise<boolean> =>
	new Promise((resolve) => {
		if (!isAlive(container)) return resolve(true);
		const finish = (isEnded: boolean) => {
			cancel();
			container.watchers.delete(watcher);
			resolve(isEnded);
		};
		const watcher = (what: string) => {
			if (what !== 'started') finish(true);
		};
		container.watchers.add(watcher);
		const cancel = ms === undefined ? () => {} : later(world.timers, ms, () => finish(false));
	});

export const stop = async (
	world: World,
	container: Container,
	seconds?: number,
	signal?: string,
): Promise<boolean> => {
	if (container.status === 'restarting') {
		container.status = 'exited';
		announce(world, container, 'stop');
		return true;
	}
	if (!isAlive(container)) return false;
	container.isStopWanted = true;
	const grace = seconds ?? container.config.StopTimeout ?? 10;
	sendSignal(world, container, signalNumber(signal || container.config.StopSignal || 'TERM'));
	if (!(await untilEnded(world, container, grace < 0 ? undefined : grace * 1000))) {
		announce(world, container, 'kill', { signal: '9' });
		container.main?.running.signal(9);
		await untilEnded(world, container);
	}
	announce(world, container, 'stop');
	return true;
};

export const restart = async (
	world: World,
	container: Container,
	seconds?: number,
	signal?: string,
): Promise<void> => {
	// AutoRemove waits: docker restarts such a container instead of losing it.
	const isRemovedAfter = container.hostConfig.AutoRemove;
	container.hostConfig.AutoRemove = false;
	await stop(world, container, seconds, signal);
	container.hostConfig.AutoRemove = isRemovedAfter;
	start(world, container);
	announce(world, container, 'restart');
};

export const kill = async (world: World, container: Container, signal: string): Promise<void> => {
	const number = signalNumber(signal || 'KILL');
	if (!isAlive(container))
		refuse(409, `cannot kill container: ${container.name}: container ${container.id} is not running`);
	if (number === 9) container.isStopWanted = true;
	sendSignal(world, container, number);
	if (number === 9) await untilEnded(world, container, 10_000);
};

export const pauseContainer = (world: World, container: Container): void => {
	if (container.status === 'paused') refuse(409, `container ${container.id} is already paused`);
	if (container.status === 'restarting')
		refuse(409, `Container ${container.id} is restarting, wait until the container is running`);
	if (container.status !== 'running') refuse(409, `container ${container.id} is not running`);
	catchUp(world, container);
	container.status = 'paused';
	container.pausedAt = world.now();
	announce(world, container, 'pause');
};

export const unpause = (world: World, container: Container): void => {
	if (container.status !== 'paused') refuse(500, `Container ${container.id} is not paused`);
	container.pausedFor += world.now() - container.pausedAt;
	container.status = 'running';
	announce(world, container, 'unpause');
	notify(container, 'started');
};

export const removeContainer = async (
	world: World,
	container: Container,
	isForced: boolean,
	withVolumes: boolean,
): Promise<void> => {
	if (container.isRemoving) refuse(409, `removal of container ${container.name} is already in progress`);
	if (isAlive(container) && !isForced)
		refuse(
			409,
			`cannot remove container "/${container.name}": container is ${container.status}: ${container.status === 'paused' ? 'unpause and then stop' : 'stop'} the container before removing or force remove`,
		);
	container.isRemoving = true;
	container.isStopWanted = true;
	const isRemovedAfter = container.hostConfig.AutoRemove;
	container.hostConfig.AutoRemove = false;
	if (isAlive(container)) {
		sendSignal(world, container, 9);
		await untilEnded(world, container, 10_000);
	}
	container.status = 'dead';
	remove(world, container, withVolumes || isRemovedAfter);
};
