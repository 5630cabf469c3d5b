// How a container starts and ends, with the events a real engine sends, in its order.

import { announce, mountEvents, networkEvent } from './announce.ts';
import { argvOf, type Container, filesOf, isAlive, notify } from './container.ts';
import { speakOpening } from './daemon.ts';
import { watchHealth } from './health.ts';
import { launchMain } from './main-process.ts';
import { findNetwork } from './network.ts';
import { allocatePorts } from './ports.ts';
import { envOf } from './process.ts';
import { Refusal, refuse } from './refusal.ts';
import { remove } from './removal.ts';
import { whyNotStart } from './shell/lookup.ts';
import { later } from './timers.ts';
import { newId, newPid, type World } from './world.ts';

const connectNetworks = (world: World, container: Container): void => {
	for (const [name, endpoint] of container.endpoints) {
		const network = findNetwork(world, name);
		endpoint.networkId = network.id;
		if (!network.subnet) continue;
		const host = network.nextHost++;
		endpoint.id = newId(world);
		endpoint.gateway = network.gateway;
		endpoint.ip = network.subnet.replace('0.0/16', `${(host >> 8) & 255}.${host & 255}`);
		endpoint.mac = `02:42:${endpoint.ip
			.split('.')
			.map((part) => Number(part).toString(16).padStart(2, '0'))
			.join(':')}`;
	}
};

/** A start that the runtime refuses: the container keeps the reason and stays as it was. */
const failStart = (
	world: World,
	container: Container,
	status: number,
	exitCode: number,
	error: string,
): never => {
	container.exitCode = exitCode;
	container.error = error;
	networkEvent(world, container, 'connect');
	networkEvent(world, container, 'disconnect');
	if (container.hostConfig.AutoRemove) remove(world, container);
	return refuse(status, error);
};

export const start = (
	world: World,
	container: Container,
	startedAt = world.now(),
	isQuiet = false,
): boolean => {
	if (container.status === 'paused') refuse(409, 'cannot start a paused container, try unpause instead');
	if (isAlive(container)) return false;
	const argv = argvOf(container);
	const directory = container.config.WorkingDir || '/';
	try {
		connectNetworks(world, container);
		container.ports = allocatePorts(world, container);
	} catch (error) {
		const { status, message } = error instanceof Refusal ? error : { status: 500, message: String(error) };
		failStart(world, container, status, 128, message);
	}
	const why = isQuiet
		? undefined
		: whyNotStart(filesOf(world, container), argv[0] ?? '', envOf(container), directory);
	if (why)
		failStart(
			world,
			container,
			400,
			why.includes('permission denied') ? 126 : 127,
			`failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${why}: unknown`,
		);
	container.status = 'running';
	container.pid = newPid(world);
	container.startedAt = startedAt;
	container.exitCode = 0;
	container.error = '';
	container.pausedFor = 0;
	container.isStopWanted = false;
	if (!isQuiet) {
		networkEvent(world, container, 'connect');
		mountEvents(world, container, 'mount');
		announce(world, container, 'start');
	}
	const main = launchMain(world, container);
	container.main = main;
	speakOpening(container);
	void main.running.exited.then((code) => ended(world, container, main, code));
	watchHealth(world, container, isQuiet);
	notify(container, 'started');
	return true;
};

const ended = (world: World, container: Container, main: Container['main'], code: number): void => {
	if (container.main !== main || !isAlive(container)) return;
	const wasPaused = container.status === 'paused';
	container.main = undefined;
	container.status = 'exited';
	container.exitCode = code;
	container.finishedAt = world.now();
	container.pid = 0;
	const others = [...container.processes.values()].filter((process) => !process.isFirst);
	container.processes.clear();
	for (const process of others) process.signal(9);
	if (wasPaused) container.pausedFor = 0;
	const seconds = Math.floor((container.finishedAt - container.startedAt) / 1000);
	announce(world, container, 'die', { execDuration: String(seconds), exitCode: String(code) });
	networkEvent(world, container, 'disconnect');
	mountEvents(world, container, 'unmount');
	container.ports = {};
	for (const endpoint of container.endpoints.values())
		Object.assign(endpoint, { id: '', gateway: '', ip: '', mac: '' });
	const { Name: policy, MaximumRetryCount: retries } = container.hostConfig.RestartPolicy;
	const isRestarted =
		!container.isStopWanted &&
		(policy === 'always' ||
			policy === 'unless-stopped' ||
			(policy === 'on-failure' && code !== 0 && (retries === 0 || container.restartCount < retries)));
	if (isRestarted) {
		container.status = 'restarting';
		const wait = seconds >= 10 ? 100 : Math.min(60_000, 100 * 2 ** Math.min(10, container.restartCount));
		later(world.timers, wait, () => restartByPolicy(world, container));
	}
	notify(container, 'ended');
	if (container.hostConfig.AutoRemove && !isRestarted) remove(world, container);
};

const restartByPolicy = (world: World, container: Container): void => {
	if (container.status !== 'restarting') return;
	container.restartCount++;
	container.status = 'exited';
	try {
		start(world, container);
	} catch {
		// The reason is in container.error, where inspect shows it; there is nobody to answer.
		container.status = 'exited';
	}
};
