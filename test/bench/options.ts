// The command line of the benchmark.
import { parseArgs } from 'node:util';
import type { BuildAmount } from './builds.ts';
import type { LogAmount } from './logs.ts';
import type { Amount } from './terminals.ts';

const phases = ['startup', 'keys', 'events', 'idle', 'terminals', 'builds', 'logs'] as const;
export type Phase = (typeof phases)[number];

export type Options = {
	readonly only: ReadonlySet<Phase>;
	/** In this order, except that real ones only grow. */
	readonly fleets: readonly number[];
	readonly runs: number;
	readonly presses: number;
	readonly holds: number;
	readonly rounds: number;
	readonly idleSeconds: number;
	readonly terminals: Amount;
	readonly builds: BuildAmount;
	readonly logs: LogAmount;
	/** After so many minutes nothing more is begun. */
	readonly minutes: number;
	readonly out: string | undefined;
};

const all: Amount = { echoes: 200, redrawSeconds: 5, floods: 3, presses: 80, interrupts: 10 };
const fewer: Amount = { echoes: 60, redrawSeconds: 5, floods: 1, presses: 30, interrupts: 4 };

export const usage = `npm run bench -- [options]
  --only startup,keys,events,idle   some of the measurements; terminals, builds and logs are the others
  --fleet 0,10,100,10000            containers: real ones, from 1000 on those of the embedded engine
  --runs 10                         starts of each program
  --quick                           10 and 10,000 containers, fewer of everything, under three minutes
  --out FILE                        the numbers as JSON too`;

export function optionsOf(args: readonly string[]): Options {
	const { values } = parseArgs({
		args: [...args],
		options: {
			only: { type: 'string', default: phases.join(',') },
			fleet: { type: 'string' },
			runs: { type: 'string' },
			quick: { type: 'boolean', default: false },
			out: { type: 'string' },
		},
	});
	const only = values.only.split(',');
	const unknown = only.find((phase) => !(phases as readonly string[]).includes(phase));
	if (unknown) throw new Error(`There is no measurement ${unknown}: ${phases.join(', ')}`);
	// embedded ones first when there is little time: the real ones get older meanwhile
	const fleets = values.fleet
		? values.fleet
				.split(',')
				.map(Number)
				.sort((a, b) => a - b)
		: values.quick
			? [10_000, 10]
			: [0, 10, 100, 10_000];
	const runs = Number(values.runs ?? (values.quick ? 5 : 10));
	if (![...fleets, runs].every((number) => Number.isInteger(number) && number >= 0)) {
		throw new Error('--fleet and --runs take whole numbers');
	}
	const amounts = values.quick
		? {
				presses: 40,
				holds: 1,
				rounds: 5,
				idleSeconds: 8,
				minutes: 3,
				terminals: fewer,
				builds: { floods: 2, presses: 60 },
				logs: { lines: 1e6, presses: 60 },
			}
		: {
				presses: 100,
				holds: 3,
				rounds: 10,
				idleSeconds: 20,
				minutes: 9,
				terminals: all,
				builds: { floods: 3, presses: 120 },
				logs: { lines: 10e6, presses: 120 },
			};
	return { only: new Set(only as Phase[]), fleets, runs, ...amounts, out: values.out };
}
