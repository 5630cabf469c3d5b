// A container that prints as fast as it can, in Portside's log: how fast it is taken, what that costs, what the keys do
// meanwhile, and whether memory grows.
import { join } from 'node:path';
import type { Fleet } from './fleet.ts';
import { fleetRow } from './fleet.ts';
import { paintAfter } from './keys.ts';
import { lastLine, startLogSource } from './log-source.ts';
import { between, round, type Summary, sleep, summary } from './numbers.ts';
import { residentOf } from './process-cost.ts';
import type { Program } from './program.ts';
import { openList } from './startup.ts';

export type Logs = {
	/** Lines per second, until the last one is on the screen. */
	readonly rate: number;
	/** Of one core, for 100,000 lines per second. */
	readonly cpuPercent: number;
	/** Milliseconds: a key of the lists to its paint while lines come without end. */
	readonly paint: Summary | undefined;
	/** MB that the second half of the lines took more than the first; and at the most, more than at rest. */
	readonly growth: number;
	readonly memory: number;
	readonly missed: number;
};

export type LogAmount = { readonly lines: number; readonly presses: number };

const size = { columns: 120, rows: 36 };

export async function measureLogs(
	program: Program,
	fleet: Fleet,
	homes: string,
	{ lines, presses }: LogAmount,
	settle: () => Promise<void>,
): Promise<Logs> {
	const sized: Program = { ...program, size };
	const flood = await measureFlood(sized, fleet, homes, lines);
	await settle();
	return { ...flood, ...(await measureKeysMeanwhile(sized, fleet, homes, presses)) };
}

async function measureFlood(program: Program, fleet: Fleet, homes: string, lines: number) {
	const source = await startLogSource(join(homes, 'flood.sock'), fleet.socketPath);
	const screen = await openList(program, { ...fleet, socketPath: source.socketPath }, homes);
	try {
		await sleep(1500);
		const idle = residentOf(screen.pid);
		const start = performance.now();
		const cpu = screen.cpu();
		const samples: number[] = [];
		const timer = setInterval(() => samples.push(residentOf(screen.pid)), 100);
		source.flood(lines);
		const at = await screen.until(() => screen.lines().some((line) => line.includes(lastLine)), 180_000);
		clearInterval(timer);
		if (at === undefined) throw new Error(`the last line was never seen:\n${screen.lines().join('\n')}`);
		const spent = screen.cpu() - cpu;
		// The collector lets the heap breathe: what matters is the height it breathes at, once it is warm.
		const half = Math.ceil(samples.length / 2);
		const before = Math.max(...samples.slice(0, half));
		const after = Math.max(...samples.slice(half));
		return {
			rate: round(lines / ((at - start) / 1000), 0),
			cpuPercent: round((spent / lines) * 10_000, 1),
			growth: round(Math.max(0, after - before), 1),
			memory: round(Math.max(...samples) - idle, 1),
		};
	} finally {
		await screen.close();
		await source.stop();
	}
}

async function measureKeysMeanwhile(program: Program, fleet: Fleet, homes: string, presses: number) {
	const source = await startLogSource(join(homes, 'flood.sock'), fleet.socketPath);
	const screen = await openList(program, { ...fleet, socketPath: source.socketPath }, homes);
	const times: number[] = [];
	try {
		await sleep(1500);
		source.flood(1e12);
		await screen.until(() => screen.lines().some((line) => line.includes('of the flood')), 5000);
		await sleep(500);
		const rows = screen.lines(program.list).filter((line) => fleetRow.test(line)).length;
		const span = Math.max(1, Math.min(8, rows - 1));
		for (let press = 0; press < presses; press++) {
			const at = performance.now();
			const painted = await paintAfter(screen, program, press, span);
			if (painted !== undefined) times.push(painted - at);
			await sleep(between(50, 120));
		}
		return { paint: summary(times), missed: presses - times.length };
	} finally {
		await screen.close();
		await source.stop();
	}
}
