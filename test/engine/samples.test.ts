// The arithmetic of `docker stats`.
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../source/engine/samples.ts';

const cpu = (total: number, system: number, more: object = {}) => ({
	cpu_usage: { total_usage: total },
	system_cpu_usage: system,
	...more,
});

const base = {
	read: '2026-11-20T20:05:57.035102310Z',
	cpu_stats: cpu(300, 2000, { online_cpus: 4 }),
	precpu_stats: cpu(200, 1000),
	memory_stats: { usage: 1000, limit: 5000, stats: { total_inactive_file: 100, inactive_file: 50 } },
	networks: { eth0: { rx_bytes: 1, tx_bytes: 2 }, eth1: { rx_bytes: 10, tx_bytes: 20 } },
	blkio_stats: {
		io_service_bytes_recursive: [
			{ op: 'Read', value: 5 },
			{ op: 'write', value: 7 },
			{ op: 'Sync', value: 100 },
			{ op: 'read', value: 5 },
		],
	},
	pids_stats: { current: 3 },
};

describe('sampleOf', () => {
	it('computes as the docker CLI does', () => {
		expect(sampleOf(base, undefined, 1)).toEqual({
			at: Date.parse('2026-11-20T20:05:57.035Z'),
			cpu: (100 / 1000) * 4 * 100,
			memory: 900,
			memoryLimit: 5000,
			received: 11,
			sent: 22,
			read: 10,
			written: 7,
			processes: 3,
		});
	});

	it('takes the cache of cgroup v2 by its name there, and none that is larger than the usage', () => {
		const memory = (stats: object) =>
			sampleOf({ ...base, memory_stats: { usage: 1000, stats } }, undefined, 8000);
		expect(memory({ inactive_file: 50 })).toMatchObject({ memory: 950, memoryLimit: 8000 });
		expect(memory({ total_inactive_file: 2000 })).toMatchObject({ memory: 1000 });
	});

	it('counts the cores where `online_cpus` is absent', () => {
		const stats = { cpu_usage: { total_usage: 300, percpu_usage: [1, 2] }, system_cpu_usage: 2000 };
		expect(sampleOf({ ...base, cpu_stats: stats }, undefined, 0)?.cpu).toBeCloseTo(20);
	});

	it('has no CPU in a first sample, and compares with the one before where the engine does not', () => {
		const first = { ...base, precpu_stats: { cpu_usage: { total_usage: 0 } } };
		expect(sampleOf(first, undefined, 0)).not.toHaveProperty('cpu');
		expect(sampleOf(first, { cpu: 200, system: 1000 }, 0)?.cpu).toBeCloseTo(40);
	});

	it('is 0 % after a restart, when the totals begin anew', () => {
		expect(sampleOf({ ...base, precpu_stats: cpu(900, 1000) }, undefined, 0)?.cpu).toBe(0);
	});

	it('is nothing for a container that does not run', () => {
		expect(sampleOf({ ...base, read: '0001-01-01T00:00:00Z' }, undefined, 0)).toBeUndefined();
	});

	it('survives every absent and null field', () => {
		const bare = {
			read: base.read,
			blkio_stats: { io_service_bytes_recursive: null },
			memory_stats: {},
			networks: null,
		};
		expect(sampleOf(bare, undefined, 7)).toEqual({
			at: expect.any(Number),
			memory: 0,
			memoryLimit: 7,
			received: 0,
			sent: 0,
			read: 0,
			written: 0,
			processes: 0,
		});
	});
});
