// Builds in Portside: a step that prints as fast as it can, what else still answers meanwhile, and a context that is far
// larger than the memory it may take.
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareBuild, startSwallower } from './bare-build.ts';
import { type Fleet, fleetRow } from './fleet.ts';
import { paintAfter } from './keys.ts';
import { between, round, type Summary, sleep, summary } from './numbers.ts';
import { residentOf } from './process-cost.ts';
import type { Program } from './program.ts';
import type { Screen } from './screen.ts';
import { openList } from './startup.ts';

export type Builds = {
	/** Milliseconds from the start of a build to the last of 100,000 lines. */
	readonly shown: Summary | undefined;
	readonly bareShown: Summary | undefined;
	/** Milliseconds: a key of the lists to its paint while lines come without end. */
	readonly paint: Summary | undefined;
	/** MB above what it has at rest, at the most: while lines come, and while a context is sent. */
	readonly floodMemory: number;
	/** MB that half a minute more of it adds; below 0 where there is less in the end. */
	readonly floodGrowth: number;
	readonly contextMemory: number;
	/** MB per second that are packed and sent. */
	readonly contextRate: number;
	readonly missed: number;
};

export type BuildAmount = { readonly floods: number; readonly presses: number };

/** Beside a build the lists are narrower. */
const cursor = [1, 2, 43, 15] as const;
const size = { columns: 120, rows: 36 };
const cancelKey = '\x03';
const erase = '\x15';
const last = 'the-last-line';

const dockerfiles = {
	// the last line is made of two, because the engine repeats the command
	flood: "FROM busybox\nRUN seq 1 100000; echo the-last''-line; sleep 0.5\n",
	endless: 'FROM busybox\nRUN while :; do seq 1 100000; done\n',
	context: 'FROM busybox\n',
};
type Context = keyof typeof dockerfiles;

const files = 20_000;
const folders = 200;
/** Of each file, and of the one that makes it 500 MB. */
const usual = 5000;
const largest = 400e6;

export async function measureBuilds(
	program: Program,
	fleet: Fleet,
	homes: string,
	{ floods, presses }: BuildAmount,
	settle: () => Promise<void>,
): Promise<Builds> {
	const sized: Program = { ...program, size };
	// its working folder: they are named as a person would
	const home = join(homes, program.name);
	try {
		for (const context of Object.keys(dockerfiles) as Context[]) writeContext(home, context);
		const lines = await measureFloods(sized, fleet, homes, floods);
		await settle();
		const keys = await measureKeysMeanwhile(sized, fleet, homes, presses);
		await settle();
		return { ...lines, ...keys, ...(await measureContext(sized, fleet, homes)) };
	} finally {
		for (const context of Object.keys(dockerfiles))
			rmSync(join(home, context), { recursive: true, force: true });
	}
}

function writeContext(home: string, context: Context): void {
	const folder = join(home, context);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'Dockerfile'), dockerfiles[context]);
	if (context !== 'context') return;
	// holes: nothing is on the disk, and zeros are read
	const sparse = (name: string, bytes: number) => {
		writeFileSync(join(folder, name), '');
		truncateSync(join(folder, name), bytes);
	};
	for (let index = 0; index < folders; index++) mkdirSync(join(folder, String(index)));
	for (let index = 0; index < files; index++) sparse(`${index % folders}/${index}`, usual);
	sparse('largest', largest);
}

async function until(screen: Screen, sight: RegExp, patience: number): Promise<number> {
	const at = await screen.until(() => sight.test(screen.lines().join('\n')), patience);
	if (at === undefined) throw new Error(`${sight} was never seen:\n${screen.lines().join('\n')}`);
	return at;
}

/** By the form, with the classic builder; when Enter was pressed. */
async function build(screen: Screen, context: Context): Promise<number> {
	screen.write('b');
	await until(screen, /folder: .*▏/, 5000);
	screen.write(`${erase}${context}`);
	await until(screen, new RegExp(`folder: +${context}▏[^]*docker build .*${context}`), 5000);
	// what it asks for is looked up in the folder once more
	await sleep(1000);
	for (let field = 0; field < 8; field++) {
		if (/│ > builder: /.test(screen.lines().join('\n'))) break;
		screen.write('\t');
		await sleep(100);
	}
	screen.write(' ');
	await until(screen, /\$ DOCKER_BUILDKIT=0 docker build /, 2000);
	const start = performance.now();
	screen.write('\r');
	return start;
}

/** The same build on both, in turn. */
async function measureFloods(program: Program, fleet: Fleet, homes: string, floods: number) {
	const screen = await openList(program, fleet, homes);
	const times = { pane: [] as number[], bare: [] as number[] };
	let missed = 0;
	try {
		await build(screen, 'flood');
		await until(screen, / FINISHED/, 15_000);
		for (let flood = 0; flood < floods; flood++) {
			const bare = await bareBuild(fleet.socketPath, join(homes, program.name, 'flood'), last);
			if (bare === undefined) missed++;
			else times.bare.push(bare);
			const start = performance.now();
			screen.write('R');
			await screen.until(() => !/FINISHED/.test(screen.lines().join('\n')), 2000);
			// and all that was before it
			const at = await until(screen, new RegExp(`100000 +│\\n.*${last} +│`), 15_000);
			times.pane.push(at - start);
			await until(screen, / FINISHED/, 10_000);
			await sleep(300);
		}
		return { shown: summary(times.pane), bareShown: summary(times.bare), missed };
	} finally {
		await screen.close();
	}
}

async function measureKeysMeanwhile(program: Program, fleet: Fleet, homes: string, presses: number) {
	const screen = await openList(program, fleet, homes);
	const times: number[] = [];
	try {
		await sleep(1500);
		const memory = watchMemory(screen.pid);
		await build(screen, 'endless');
		await until(screen, /… \d{5,} lines above/, 10_000);
		screen.write('1');
		await sleep(500);
		const rows = screen.lines(program.list).filter((line) => fleetRow.test(line)).length;
		const span = Math.max(1, Math.min(8, rows - 1));
		for (let press = 0; press < presses; press++) {
			const at = performance.now();
			const painted = await paintAfter(screen, { ...program, cursor }, press, span);
			if (painted !== undefined) times.push(painted - at);
			await sleep(between(50, 120));
		}
		const floodMemory = memory();
		const floodGrowth = await growthOf(screen.pid);
		screen.write('6');
		await sleep(200);
		screen.write(cancelKey);
		await until(screen, /CANCELED/, 5000);
		return { paint: summary(times), floodMemory, floodGrowth };
	} finally {
		await screen.close();
	}
}

async function measureContext(program: Program, fleet: Fleet, homes: string) {
	const engine = await startSwallower(join(homes, 'swallower.sock'), fleet.socketPath);
	try {
		const screen = await openList(program, { ...fleet, socketPath: engine.socketPath }, homes);
		try {
			await sleep(1500);
			const memory = watchMemory(screen.pid);
			const start = await build(screen, 'context');
			const at = await until(screen, / FINISHED/, 30_000);
			const contextMemory = memory();
			const least = files * usual + largest;
			if (engine.bytes() < least) throw new Error(`only ${engine.bytes()} bytes of ${least} were sent`);
			return { contextMemory, contextRate: round(engine.bytes() / 1e6 / ((at - start) / 1000), 1) };
		} finally {
			await screen.close();
		}
	} finally {
		engine.close();
	}
}

/** Between two looks of some seconds: it goes up and down with every collection of garbage. */
async function growthOf(pid: number): Promise<number> {
	const usual = async (): Promise<number> => {
		const seen: number[] = [];
		for (let look = 0; look < 100; look++) {
			seen.push(residentOf(pid));
			await sleep(50);
		}
		return summary(seen)?.p50 ?? 0;
	};
	const before = await usual();
	await sleep(25_000);
	return round((await usual()) - before, 1);
}

/** The result says how many MB it had more than now, at the most. */
function watchMemory(pid: number): () => number {
	const idle = residentOf(pid);
	let most = idle;
	const look = () => {
		most = Math.max(most, residentOf(pid));
	};
	const timer = setInterval(look, 20);
	return () => {
		clearInterval(timer);
		look();
		return round(most - idle, 1);
	};
}
