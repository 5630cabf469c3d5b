// Measures all programs with one fleet: the start of all in turn, then the rest of each.
import { measureBuilds } from './builds.ts';
import { measureEvents } from './events.ts';
import type { Fleet } from './fleet.ts';
import { measureIdle } from './idle.ts';
import { measureKeys } from './keys.ts';
import { measureLogs } from './logs.ts';
import type { Result } from './measures.ts';
import type { Options, Phase } from './options.ts';
import { countOthers } from './process-cost.ts';
import type { Program } from './program.ts';
import type { FleetReport } from './report.ts';
import { measureStartup } from './startup.ts';
import { measureTerminals } from './terminals.ts';

export type Run = {
	readonly options: Options;
	/** Portside, bare Node, and the peers. */
	readonly programs: readonly Program[];
	readonly homes: string;
	readonly settle: () => Promise<void>;
	/** So many containers has the fleet that terminals, builds and logs are measured with: no other program has them as we do, and one fleet is enough. */
	readonly oursWith: number | undefined;
	/** By performance.now(): after the first nothing more is begun, after the second nothing of the peers. */
	readonly end: number;
	readonly peersEnd: number;
	readonly say: (text: string) => void;
};

export async function measureFleet(run: Run, fleet: Fleet, engine: string): Promise<FleetReport> {
	const { options, programs, homes, settle, say } = run;
	const others = countOthers();
	const results = new Map<string, Result>(programs.map(({ name }) => [name, {}]));
	const skipped: string[] = [];
	const add = (program: Program, result: Result) =>
		results.set(program.name, { ...results.get(program.name), ...result });

	if (options.only.has('startup')) {
		say(`${fleet.containers} containers: starting ${programs.length} programs ${options.runs} times`);
		await settle();
		const startups = await measureStartup(programs, fleet, homes, options.runs);
		for (const [program, startup] of startups) add(program, { startup });
	}
	for (const [index, program] of programs.entries()) {
		if (program.isOneShot) continue;
		// what is measured to compare with need not be as exact
		const amount = index === 0 ? options : { ...options, presses: 40, holds: 1, rounds: 4, idleSeconds: 8 };
		const phases: [Exclude<Phase, 'startup'>, () => Promise<Result>][] = [
			[
				'keys',
				async () => ({ keys: await measureKeys(program, fleet, homes, amount.presses, amount.holds) }),
			],
			['events', async () => ({ events: await measureEvents(program, fleet, homes, amount.rounds) })],
			['idle', async () => ({ idle: await measureIdle(program, fleet, homes, amount.idleSeconds) })],
			[
				'terminals',
				async () => ({
					terminals: await measureTerminals(program, fleet, homes, options.terminals, settle),
				}),
			],
			[
				'builds',
				async () => ({ builds: await measureBuilds(program, fleet, homes, options.builds, settle) }),
			],
			['logs', async () => ({ logs: await measureLogs(program, fleet, homes, options.logs, settle) })],
		];
		for (const [phase, measure] of phases) {
			if (!options.only.has(phase) || (phase === 'keys' && fleet.containers < 2)) continue;
			const isOurs = phase === 'terminals' || phase === 'builds' || phase === 'logs';
			if (isOurs && !(index === 0 && fleet.containers === run.oursWith)) continue;
			if (performance.now() > (index === 0 ? run.end : Math.min(run.end, run.peersEnd))) {
				skipped.push(`${phase} of ${program.name}, for want of time`);
				continue;
			}
			say(`${fleet.containers} containers: ${phase} of ${program.name}`);
			await settle();
			try {
				add(program, await measure());
			} catch (error) {
				skipped.push(`${phase} and what follows of ${program.name}: ${(error as Error).message}`);
				break;
			}
		}
	}
	return { containers: fleet.containers, engine, results, others: others(), skipped };
}
