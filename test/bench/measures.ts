// Everything that is printed, one row a number, with the budget of issue 2 beside it.
import type { Builds } from './builds.ts';
import type { Events } from './events.ts';
import type { Idle } from './idle.ts';
import type { Keys } from './keys.ts';
import type { Logs } from './logs.ts';
import type { Startup } from './startup.ts';
import type { Terminals } from './terminals.ts';

export type Result = {
	readonly startup?: Startup;
	readonly keys?: Keys;
	readonly events?: Events;
	readonly idle?: Idle;
	readonly terminals?: Terminals;
	readonly builds?: Builds;
	readonly logs?: Logs;
};

export type Measure = {
	readonly label: string;
	readonly unit: string;
	readonly digits: number;
	readonly of: (result: Result) => number | undefined;
	/** The most that Portside may have; in times of bare Node where it says so. */
	readonly budget?: number;
	readonly isTimesBare?: boolean;
	/** The budget is the least that it may have. */
	readonly isLeast?: boolean;
	/** Fleets the budget is for; all, if not given. */
	readonly budgetFor?: readonly number[];
	/** Left out where it is 0. */
	readonly isTrouble?: boolean;
};

export const measures: readonly Measure[] = [
	{
		label: 'first row, median',
		unit: 'ms',
		digits: 0,
		of: ({ startup }) => startup?.firstRow?.p50,
		budget: 4,
		isTimesBare: true,
	},
	{ label: 'first row, p95', unit: 'ms', digits: 0, of: ({ startup }) => startup?.firstRow?.p95 },
	{ label: 'CPU until the first row', unit: 'ms', digits: 0, of: ({ startup }) => startup?.cpu?.p50 },
	{
		label: 'starts without a row',
		unit: '',
		digits: 0,
		of: ({ startup }) => startup?.missed,
		isTrouble: true,
	},
	{ label: 'key to paint, p50', unit: 'ms', digits: 1, of: ({ keys }) => keys?.paint?.p50 },
	{ label: 'key to paint, p99', unit: 'ms', digits: 1, of: ({ keys }) => keys?.paint?.p99, budget: 16 },
	{ label: 'held key, lag', unit: 'ms', digits: 1, of: ({ keys }) => keys?.heldLag?.p50, budget: 20 },
	{ label: 'frames of 60 presses', unit: '', digits: 0, of: ({ keys }) => keys?.heldFrames },
	{ label: 'CPU per press', unit: 'ms', digits: 1, of: ({ keys }) => keys?.cpuPerPress },
	{ label: 'bytes per press', unit: 'B', digits: 0, of: ({ keys }) => keys?.bytesPerPress },
	{ label: 'presses not seen', unit: '', digits: 0, of: ({ keys }) => keys?.missed, isTrouble: true },
	{ label: 'changes without a key', unit: '/s', digits: 1, of: ({ keys }) => keys?.noise, isTrouble: true },
	{ label: 'event to paint, p50', unit: 'ms', digits: 1, of: ({ events }) => events?.paint?.p50 },
	{ label: 'event to paint, p95', unit: 'ms', digits: 1, of: ({ events }) => events?.paint?.p95, budget: 60 },
	{ label: '  appears, p50', unit: 'ms', digits: 1, of: ({ events }) => events?.appear?.p50 },
	{ label: '  stops, p50', unit: 'ms', digits: 1, of: ({ events }) => events?.stop?.p50 },
	{ label: '  is gone, p50', unit: 'ms', digits: 1, of: ({ events }) => events?.vanish?.p50 },
	{ label: 'events not seen', unit: '', digits: 0, of: ({ events }) => events?.missed, isTrouble: true },
	{
		label: 'idle, CPU of a core',
		unit: '%',
		digits: 2,
		of: ({ idle }) => idle?.cpuPercent,
		budget: 0.6,
		budgetFor: [10],
	},
	{
		label: 'idle, to the terminal',
		unit: 'B/s',
		digits: 0,
		of: ({ idle }) => idle?.bytesPerSecond,
		budget: 200,
		budgetFor: [10],
	},
	{ label: 'idle, requests', unit: '/s', digits: 2, of: ({ idle }) => idle?.requestsPerSecond },
	{ label: 'requests of the first 5 s', unit: '', digits: 0, of: ({ idle }) => idle?.requestsAtStart },
	{ label: 'connections', unit: '', digits: 0, of: ({ idle }) => idle?.connections },
	{ label: 'memory, PSS', unit: 'MB', digits: 0, of: ({ idle }) => idle?.pss, budget: 110 },
	{ label: 'memory, RSS', unit: 'MB', digits: 0, of: ({ idle }) => idle?.rss },
	{
		label: 'shell at 120×36, key to echo, p50',
		unit: 'ms',
		digits: 1,
		of: ({ terminals }) => terminals?.echo?.p50,
	},
	{ label: '  key to echo, p99', unit: 'ms', digits: 1, of: ({ terminals }) => terminals?.echo?.p99 },
	{
		label: '  bare engine, p50',
		unit: 'ms',
		digits: 1,
		of: ({ terminals }) => terminals?.bareEcho?.p50,
	},
	{
		label: '  bare engine, p99',
		unit: 'ms',
		digits: 1,
		of: ({ terminals }) => terminals?.bareEcho?.p99,
	},
	{
		label: '  p99 above the bare engine',
		unit: 'ms',
		digits: 1,
		of: ({ terminals }) =>
			terminals?.echo && terminals.bareEcho && terminals.echo.p99 - terminals.bareEcho.p99,
		budget: 16,
	},
	{
		label: 'redraws at 30 fps, CPU of a core',
		unit: '%',
		digits: 1,
		of: ({ terminals }) => terminals?.mixed.cpuPercent,
		budget: 25,
	},
	{
		label: '  frames on the screen',
		unit: '/s',
		digits: 1,
		of: ({ terminals }) => terminals?.mixed.rate,
		budget: 29,
		isLeast: true,
	},
	{
		label: '  CPU, another colour in each cell',
		unit: '%',
		digits: 1,
		of: ({ terminals }) => terminals?.cells.cpuPercent,
	},
	{
		label: '  frames of these',
		unit: '/s',
		digits: 1,
		of: ({ terminals }) => terminals?.cells.rate,
	},
	{ label: 'cat of 50 MB', unit: 'MB/s', digits: 1, of: ({ terminals }) => terminals?.flood },
	{ label: '  bare engine', unit: 'MB/s', digits: 1, of: ({ terminals }) => terminals?.bareFlood },
	{
		label: '  share of the bare engine',
		unit: '',
		digits: 2,
		of: ({ terminals }) => terminals?.bareFlood && terminals.flood / terminals.bareFlood,
		budget: 0.9,
		isLeast: true,
	},
	{ label: '  CPU per MB', unit: 'ms', digits: 1, of: ({ terminals }) => terminals?.floodCpu },
	{
		label: '  key to paint meanwhile, p99',
		unit: 'ms',
		digits: 1,
		of: ({ terminals }) => terminals?.paint?.p99,
		budget: 50,
	},
	{
		label: '  Ctrl+C to prompt, p50',
		unit: 'ms',
		digits: 1,
		of: ({ terminals }) => terminals?.interrupt?.p50,
	},
	{
		label: '  Ctrl+C to prompt, p95',
		unit: 'ms',
		digits: 1,
		of: ({ terminals }) => terminals?.interrupt?.p95,
		budget: 200,
	},
	{
		label: 'keys of terminals not seen',
		unit: '',
		digits: 0,
		of: ({ terminals }) => terminals?.missed,
		isTrouble: true,
	},
	{
		label: 'build, 100,000 lines until the last is shown',
		unit: 'ms',
		digits: 0,
		of: ({ builds }) => builds?.shown?.p50,
	},
	{ label: '  bare engine', unit: 'ms', digits: 0, of: ({ builds }) => builds?.bareShown?.p50 },
	{
		label: '  above the bare engine',
		unit: 'ms',
		digits: 0,
		of: ({ builds }) => builds?.shown && builds.bareShown && builds.shown.p50 - builds.bareShown.p50,
		budget: 1000,
	},
	{
		label: '  key to paint while lines come, p99',
		unit: 'ms',
		digits: 1,
		of: ({ builds }) => builds?.paint?.p99,
		budget: 50,
	},
	{
		label: '  RSS above idle meanwhile',
		unit: 'MB',
		digits: 0,
		of: ({ builds }) => builds?.floodMemory,
		budget: 120,
	},
	{
		label: '  added by half a minute more of it',
		unit: 'MB',
		digits: 0,
		of: ({ builds }) => builds?.floodGrowth,
		budget: 40,
	},
	{
		label: 'context of 20,000 files and 500 MB, RSS above idle',
		unit: 'MB',
		digits: 0,
		of: ({ builds }) => builds?.contextMemory,
		budget: 60,
	},
	{ label: '  packed and sent', unit: 'MB/s', digits: 0, of: ({ builds }) => builds?.contextRate },
	{
		label: 'builds not seen',
		unit: '',
		digits: 0,
		of: ({ builds }) => builds?.missed,
		isTrouble: true,
	},
	{
		label: 'log lines per second into the view, from an engine without limits',
		unit: '',
		digits: 0,
		of: ({ logs }) => logs?.rate,
		budget: 100_000,
		isLeast: true,
	},
	{
		label: '  CPU for 100,000 lines per second',
		unit: '% of a core',
		digits: 0,
		of: ({ logs }) => logs?.cpuPercent,
		budget: 100,
	},
	{
		label: '  key to paint while they come, p99',
		unit: 'ms',
		digits: 1,
		of: ({ logs }) => logs?.paint?.p99,
		budget: 50,
	},
	{
		label: '  RSS in their second half, above the first',
		unit: 'MB',
		digits: 0,
		of: ({ logs }) => logs?.growth,
		budget: 30,
	},
	{ label: '  RSS above idle, at the most', unit: 'MB', digits: 0, of: ({ logs }) => logs?.memory },
	{
		label: 'logs not seen',
		unit: '',
		digits: 0,
		of: ({ logs }) => logs?.missed,
		isTrouble: true,
	},
];
