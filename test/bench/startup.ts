// From the spawn to the first row on the screen, all programs in turn, so that the machine's moods fall on all alike.
import { type Fleet, fleetRow } from './fleet.ts';
import { type Summary, sleep, summary } from './numbers.ts';
import type { Program } from './program.ts';
import { openScreen, type Screen } from './screen.ts';

export type Startup = {
	/** Milliseconds. */
	readonly firstRow: Summary | undefined;
	readonly cpu: Summary | undefined;
	readonly missed: number;
};

const patience = 10_000;

/** Whether a screen shows the list: a row, or that there is none. */
export const isListed = (screen: Screen, program: Program, fleet: Fleet) => {
	const sign = fleet.containers > 0 ? fleetRow : program.whenEmpty;
	const region = fleet.containers > 0 ? program.list : undefined;
	return () => sign.test(screen.lines(region).join('\n'));
};

export async function measureStartup(
	programs: readonly Program[],
	fleet: Fleet,
	homes: string,
	runs: number,
): Promise<Map<Program, Startup>> {
	const times = new Map(
		programs.map((program) => [program, { row: [] as number[], cpu: [] as number[], missed: 0 }]),
	);
	// the first run of each warms the caches and does not count
	for (let run = -1; run < runs; run++) {
		for (const program of programs) {
			const found = times.get(program);
			// what never shows its list is not asked ten times
			if (!found || found.missed > 1) continue;
			const screen = openScreen(program, fleet.socketPath, homes);
			const at = await screen.until(isListed(screen, program, fleet), patience);
			const cpu = screen.cpu();
			await screen.close();
			await sleep(60);
			if (at === undefined) found.missed++;
			else if (run >= 0) {
				found.row.push(at - screen.startedAt);
				found.cpu.push(cpu);
			}
		}
	}
	return new Map(
		[...times].map(([program, { row, cpu, missed }]) => [
			program,
			{ firstRow: summary(row), cpu: program.isOneShot ? undefined : summary(cpu), missed },
		]),
	);
}

/** A screen that shows its list. */
export async function openList(program: Program, fleet: Fleet, homes: string): Promise<Screen> {
	const screen = openScreen(program, fleet.socketPath, homes);
	if ((await screen.until(isListed(screen, program, fleet), patience)) !== undefined) return screen;
	const text = screen.lines().filter(Boolean).join('\n');
	await screen.close();
	throw new Error(`it never showed its list; its screen: ${text || 'empty'}`);
}
