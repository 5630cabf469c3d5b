// One sample of an engine's stats, reduced exactly as `docker stats` does it.
import type { Sample } from '../model/items.ts';
import { type Json, number, record, records, text, time } from './json.ts';

/** Totals that the next sample is compared with. */
export type Totals = { readonly cpu: number; readonly system: number };

/** Undefined for a container that is not running: engines go on sending then, dated in the year 1. */
export function sampleOf(stats: Json, before: Totals | undefined, hostMemory: number): Sample | undefined {
	const at = time(stats.read);
	if (at === undefined) return undefined;
	const memory = record(stats.memory_stats);
	const now = totals(stats);
	const earlier = totals({ cpu_stats: stats.precpu_stats }) ?? before;
	const cpu = now && earlier && percent(record(stats.cpu_stats), now, earlier);
	const networks = Object.values(record(stats.networks)).map(record);
	const blocks = records(record(stats.blkio_stats).io_service_bytes_recursive);
	return {
		at,
		...(cpu !== undefined && { cpu }),
		memory: memoryInUse(memory),
		memoryLimit: number(memory.limit) || hostMemory,
		received: sum(networks, 'rx_bytes'),
		sent: sum(networks, 'tx_bytes'),
		read: sum(
			blocks.filter((block) => /^r/i.test(text(block.op))),
			'value',
		),
		written: sum(
			blocks.filter((block) => /^w/i.test(text(block.op))),
			'value',
		),
		processes: number(record(stats.pids_stats).current),
	};
}

/** Undefined in the empty `precpu_stats` of a first sample. */
export function totals(stats: Json): Totals | undefined {
	const cpu = record(stats.cpu_stats);
	const system = number(cpu.system_cpu_usage);
	return system === 0 ? undefined : { cpu: number(record(cpu.cpu_usage).total_usage), system };
}

function percent(cpuStats: Json, now: Totals, before: Totals): number {
	const cpu = now.cpu - before.cpu;
	const system = now.system - before.system;
	// cgroup v2 has no numbers by core, old engines have no `online_cpus`.
	const usage = record(cpuStats.cpu_usage).percpu_usage;
	const cores = number(cpuStats.online_cpus) || (Array.isArray(usage) ? usage.length : 0);
	return cpu > 0 && system > 0 ? (cpu / system) * cores * 100 : 0;
}

/** Without the page cache that the kernel would drop at once: named differently by cgroup v1 and v2. */
function memoryInUse(memory: Json): number {
	const usage = number(memory.usage);
	const details = record(memory.stats);
	for (const name of ['total_inactive_file', 'inactive_file']) {
		if (name in details && number(details[name]) < usage) return usage - number(details[name]);
	}
	return usage;
}

const sum = (items: readonly Json[], field: string): number =>
	items.reduce((total, item) => total + number(item[field]), 0);
