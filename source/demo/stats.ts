// Readings of processor, memory, network and disk: smooth curves over the time a container has run, the same for the same container.

import { type Container, isAlive } from './container.ts';
import { activeMs, type Load } from './daemon.ts';
import { memoryTotal, processors } from './machine.ts';
import { zeroTime } from './words.ts';
import type { World } from './world.ts';

const noLoad: Load = { cpu: 0.002, wobble: 0.001, memory: 3, network: 60, disk: 0, processes: 1 };
const periodSeconds = 47;

const cpuOf = (nanoseconds: number, system: number | undefined) => {
	const total = Math.round(nanoseconds);
	return {
		cpu_usage: {
			total_usage: total,
			usage_in_kernelmode: Math.round(total * 0.22),
			usage_in_usermode: Math.round(total * 0.78),
		},
		...(system !== undefined && { system_cpu_usage: Math.round(system), online_cpus: processors }),
		throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
	};
};

const empty = {
	pids_stats: {},
	blkio_stats: {
		io_service_bytes_recursive: null,
		io_serviced_recursive: null,
		io_queue_recursive: null,
		io_service_time_recursive: null,
		io_wait_time_recursive: null,
		io_merged_recursive: null,
		io_time_recursive: null,
		sectors_recursive: null,
	},
	num_procs: 0,
	storage_stats: {},
};

/** Where on the curve a container is: seconds of work, and of the machine. In a frozen world every sample is one second on. */
type Moment = { active: number; machine: number; at: number };

const momentOf = (world: World, container: Container, sample: number): Moment => {
	const step = world.isFrozen ? sample : 0;
	const isPaused = container.status === 'paused';
	return {
		active: activeMs(world, container) / 1000 + (isPaused ? 0 : step),
		machine: 100_000 + (world.now() - world.startedAt) / 1000 + step,
		at: world.now() + step * 1000,
	};
};

const readingAt = (container: Container, load: Load, isFrozen: boolean, moment: Moment) => {
	const phase = Number.parseInt(container.id.slice(0, 4), 16) / 10_000;
	const speed = (2 * Math.PI) / periodSeconds;
	const wobble = isFrozen ? 0 : load.wobble;
	// The integral of load + wobble·sin: it never falls.
	const seconds =
		load.cpu * moment.active + (wobble / speed) * (Math.cos(phase) - Math.cos(speed * moment.active + phase));
	const wave = isFrozen ? 0 : Math.sin(speed * moment.active * 0.6 + phase) * 0.06;
	return {
		cpu: seconds * 1e9,
		system: moment.machine * processors * 1e9,
		memory: Math.round(load.memory * (1 + wave) * 1e6),
		received: Math.round(1400 + load.network * moment.active),
		sent: Math.round(900 + load.network * 0.8 * moment.active),
		read: Math.round(load.disk * 40 + load.disk * 0.2 * moment.active),
		written: Math.round(load.disk * moment.active),
	};
};

/** A sample as /stats sends it; `sample` counts within one stream, and the one before it fills precpu unless there is none. */
export const statsOf = (world: World, container: Container, sample: number, hasBefore: boolean) => {
	const name = { name: `/${container.name}`, id: container.id };
	if (!isAlive(container))
		return {
			read: zeroTime,
			preread: zeroTime,
			...empty,
			cpu_stats: cpuOf(0, undefined),
			precpu_stats: cpuOf(0, undefined),
			memory_stats: {},
			...name,
		};
	const load = container.main?.chat?.daemon.load ?? noLoad;
	const moment = momentOf(world, container, sample);
	const now = readingAt(container, load, world.isFrozen, moment);
	const isPaused = container.status === 'paused';
	const earlier = {
		active: Math.max(0, moment.active - (isPaused ? 0 : 1)),
		machine: moment.machine - 1,
		at: moment.at - 1000,
	};
	const before = readingAt(container, load, world.isFrozen, earlier);
	const inactive = Math.round(now.memory * 0.12);
	const block = (op: string, value: number) => ({ major: 259, minor: 0, op, value });
	return {
		read: new Date(moment.at).toISOString(),
		preread: hasBefore ? new Date(earlier.at).toISOString() : zeroTime,
		pids_stats: { current: load.processes + container.processes.size - 1 },
		blkio_stats: {
			...empty.blkio_stats,
			io_service_bytes_recursive:
				load.disk > 0 ? [block('read', now.read), block('write', now.written)] : null,
		},
		num_procs: 0,
		storage_stats: {},
		cpu_stats: cpuOf(now.cpu, now.system),
		precpu_stats: hasBefore ? cpuOf(before.cpu, before.system) : cpuOf(0, undefined),
		memory_stats: {
			usage: now.memory + inactive,
			stats: {
				active_anon: Math.round(now.memory * 0.8),
				active_file: Math.round(now.memory * 0.1),
				anon: Math.round(now.memory * 0.8),
				file: inactive * 2,
				inactive_anon: 0,
				inactive_file: inactive,
				kernel_stack: 98_304,
				pgfault: 4000,
				pgmajfault: 2,
				shmem: 0,
				slab: 400_000,
				sock: 0,
				unevictable: 0,
			},
			limit: container.hostConfig.Memory || memoryTotal,
		},
		...name,
		...(container.hostConfig.NetworkMode !== 'host' && {
			networks: {
				eth0: {
					rx_bytes: now.received,
					rx_packets: Math.round(now.received / 180),
					rx_errors: 0,
					rx_dropped: 0,
					tx_bytes: now.sent,
					tx_packets: Math.round(now.sent / 210),
					tx_errors: 0,
					tx_dropped: 0,
				},
			},
		}),
	};
};
