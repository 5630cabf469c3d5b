// What a process has cost so far, and what the machine has done for others, read from /proc.
import { readdirSync, readFileSync } from 'node:fs';

const tick = 10;

/** Milliseconds of CPU, to the nanosecond where the kernel counts them for threads. */
export function cpuOf(pid: number): number {
	try {
		const threads = readdirSync(`/proc/${pid}/task`);
		return threads.reduce((sum, thread) => sum + threadTime(`/proc/${pid}/task/${thread}/schedstat`), 0);
	} catch {
		return 0; // it has ended
	}
}

function threadTime(file: string): number {
	return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
}

export type Memory = { readonly pss: number; readonly rss: number };

/** In MB, of 2^20 bytes. */
export function memoryOf(pid: number): Memory {
	const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
	const read = (name: string) => Number(text.match(new RegExp(`^${name}:\\s+(\\d+)`, 'm'))?.[1] ?? 0) / 1024;
	return { pss: read('Pss'), rss: read('Rss') };
}

/** Resident, in MB, read from where it costs the process nothing. */
export const residentOf = (pid: number): number =>
	(Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 2 ** 20;

type Stat = { readonly parent: number; readonly used: number };

function statOf(pid: string): Stat | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = text
			.slice(text.lastIndexOf(')') + 2)
			.split(' ')
			.map(Number);
		const [user = 0, system = 0, waitedUser = 0, waitedSystem = 0] = fields.slice(11, 15);
		return { parent: fields[1] ?? 0, used: (user + system + waitedUser + waitedSystem) * tick };
	} catch {
		return undefined; // it has ended
	}
}

/** Milliseconds of CPU of this process and everything below it. */
function ownTime(): number {
	const stats = new Map<number, Stat>();
	for (const name of readdirSync('/proc')) {
		const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
		if (stat) stats.set(Number(name), stat);
	}
	const isOwn = (pid: number): boolean => {
		if (pid === process.pid) return true;
		const stat = stats.get(pid);
		return stat !== undefined && stat.parent > 1 && isOwn(stat.parent);
	};
	let used = 0;
	for (const [pid, stat] of stats) if (isOwn(pid)) used += stat.used;
	return used;
}

function busyTime(): number {
	const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
	const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] = line
		.trim()
		.split(/\s+/)
		.slice(1)
		.map(Number);
	return (user + nice + system + irq + soft + steal) * tick;
}

/** Starts counting; the result says how much of one core, in percent, others have used since. */
export function countOthers(): () => number {
	const from = { at: performance.now(), busy: busyTime(), own: ownTime() };
	return () => {
		const spent = busyTime() - from.busy - (ownTime() - from.own);
		return Math.max(0, (spent / (performance.now() - from.at)) * 100);
	};
}
