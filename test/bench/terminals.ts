// A shell in a container through Portside's pane, beside the same shell on a bare stream of the same engine: keys,
// full-screen redraws, a flood, and what else still answers meanwhile.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dockerOn } from '../helpers/docker-cli.ts';
import { apiOn } from './api.ts';
import { type BareExec, openBareExec } from './bare-exec.ts';
import type { Fleet } from './fleet.ts';
import { paintAfter } from './keys.ts';
import { between, round, type Summary, sleep, summary } from './numbers.ts';
import type { Program } from './program.ts';
import { frameSign, writeFrames } from './redraws.ts';
import { marked, openShell, prompt, rowsBeside, type ShellPane } from './shell-pane.ts';

export type Redraws = {
	/** Of one core. */
	readonly cpuPercent: number;
	/** Frames on the screen per second, no two alike. */
	readonly rate: number;
	readonly bytesPerSecond: number;
};

export type Terminals = {
	/** Milliseconds from a typed key to its echo. */
	readonly echo: Summary | undefined;
	readonly bareEcho: Summary | undefined;
	readonly mixed: Redraws;
	/** With a colour of its own for each cell. */
	readonly cells: Redraws;
	/** MB per second: what 50 MB take until the prompt is back, the median. */
	readonly flood: number;
	readonly bareFlood: number;
	/** Milliseconds of CPU for one MB. */
	readonly floodCpu: number;
	/** Milliseconds: a key of the lists to its paint while 50 MB after 50 MB come. */
	readonly paint: Summary | undefined;
	/** Milliseconds from Ctrl+C to the prompt. */
	readonly interrupt: Summary | undefined;
	readonly missed: number;
};

export type Amount = {
	readonly echoes: number;
	readonly redrawSeconds: number;
	readonly floods: number;
	readonly presses: number;
	readonly interrupts: number;
};

// before the fleet by name
const name = 'a-bench';
const megabytes = 50;
const rows = 36;
/** Of a full-screen terminal: one line is Portside's own. */
const fullRows = rows - 1;
const columns = 120;
/** Beside a terminal the lists are narrower. */
const cursor = [1, 2, 43, 15] as const;
const interruptKey = '\x03';
const eraseLine = '\x15';

export async function measureTerminals(
	program: Program,
	fleet: Fleet,
	homes: string,
	amount: Amount,
	settle: () => Promise<void>,
): Promise<Terminals> {
	const api = apiOn(fleet.socketPath);
	let shell: ShellPane | undefined;
	let bare: BareExec | undefined;
	try {
		await api.start(await api.create(name));
		await fill(fleet.socketPath, join(homes, 'bench'));
		shell = await openShell({ ...program, size: { columns, rows } }, fleet, homes);
		bare = await openBareExec(api, fleet.socketPath, name, ['sh'], shell.size);
		const { echo, bareEcho, missed } = await measureEchoes(shell, bare, amount.echoes);
		await settle();
		const mixed = await measureRedraws(shell, 'mixed', amount.redrawSeconds);
		const cells = await measureRedraws(shell, 'cells', amount.redrawSeconds);
		await settle();
		const floods = await measureFloods(shell, bare, amount.floods);
		const keys = await measureKeysMeanwhile(shell, { ...program, cursor }, amount.presses);
		const interrupts = await measureInterrupts(shell, amount.interrupts);
		return {
			...{ echo, bareEcho, mixed, cells },
			...floods,
			paint: keys.paint,
			interrupt: interrupts.interrupt,
			missed: missed + keys.missed + interrupts.missed,
		};
	} finally {
		bare?.close();
		await shell?.screen.close();
		await api.remove(name).catch(() => {}); // it is not there if it was not made
		api.close();
	}
}

/** Puts what is shown into the container, as /bench. */
async function fill(socketPath: string, folder: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	writeFrames(folder, columns, fullRows);
	let lines = '';
	for (let line = 0; lines.length < 1e6; line++) {
		const time = new Date(line * 977).toISOString();
		lines += `${time} INFO request ${line} GET /api/v1/items/${line * 31}?page=${line % 9} ${'200 '.repeat(line % 8)}ok\n`;
	}
	writeFileSync(join(folder, 'big'), lines.slice(0, 999_999).concat('\n').repeat(megabytes));
	await dockerOn(socketPath)('cp', folder, `${name}:/`);
	rmSync(folder, { recursive: true });
}

/** The same keys to both, in turn, so that the machine's moods fall on both alike. */
async function measureEchoes(shell: ShellPane, bare: BareExec, echoes: number) {
	const times = { pane: [] as number[], bare: [] as number[] };
	let missed = 0;
	let typed = '';
	await shell.run('true', 2000);
	const note = (list: number[], start: number, at: number | undefined) => {
		if (at === undefined) missed++;
		else list.push(at - start);
	};
	for (let press = 0; press < echoes; press++) {
		const key = String.fromCharCode(97 + (press % 26));
		typed += key;
		const intoPane = async () => {
			const shown = `${prompt} ${typed}`;
			const seen = shell.screen.until(() => shell.lines().includes(shown), 1000);
			const start = performance.now();
			shell.screen.write(key);
			note(times.pane, start, await seen);
		};
		const intoBare = async () => {
			const seen = bare.until(key, 1000);
			const start = performance.now();
			bare.write(key);
			note(times.bare, start, await seen);
		};
		for (const type of press % 2 === 0 ? [intoPane, intoBare] : [intoBare, intoPane]) {
			await type();
			await sleep(between(30, 80));
		}
		// rather no number than minutes of waiting
		if (missed > 4) throw new Error(`what was typed was not seen:\n${shell.lines().join('\n')}`);
		if (typed.length < 40) continue;
		typed = '';
		shell.screen.write(eraseLine);
		bare.write(eraseLine);
		await sleep(100);
	}
	shell.screen.write(eraseLine);
	bare.write(eraseLine);
	await sleep(100);
	return { echo: summary(times.pane), bareEcho: summary(times.bare), missed };
}

async function measureRedraws(shell: ShellPane, kind: string, seconds: number): Promise<Redraws> {
	const { screen } = shell;
	await shell.zoom();
	screen.write(`sh /bench/redraw ${kind}\r`);
	await sleep(1500);
	let shown = '';
	let count = 0;
	const stop = screen.onPaint(() => {
		const [frame = ''] = frameSign.exec(screen.lines([0, 1, 3, 2])[0] ?? '') ?? [];
		if (frame !== shown) count++;
		shown = frame;
	});
	const before = { cpu: screen.cpu(), bytes: screen.bytes, at: performance.now() };
	await sleep(seconds * 1000);
	const spent = (performance.now() - before.at) / 1000;
	const cpu = screen.cpu() - before.cpu;
	stop();
	const bytesPerSecond = round((screen.bytes - before.bytes) / spent, 0);
	screen.write(interruptKey);
	await sleep(200);
	await shell.zoom();
	return { cpuPercent: round(cpu / spent / 10, 2), rate: round(count / spent, 2), bytesPerSecond };
}

const cat = 'cat /bench/big';

async function measureFloods(shell: ShellPane, bare: BareExec, floods: number) {
	const rates = { pane: [] as number[], bare: [] as number[] };
	const { line, end } = marked(cat);
	let cpu = 0;
	for (let flood = 0; flood < floods; flood++) {
		await sleep(200);
		const seen = bare.until(end, 20_000);
		const start = performance.now();
		bare.write(line);
		rates.bare.push(rateOf(start, await seen));

		await sleep(200);
		const before = shell.screen.cpu();
		const flooded = await shell.run(cat, 20_000);
		cpu += shell.screen.cpu() - before;
		rates.pane.push(rateOf(flooded.start, flooded.at));
	}
	return {
		flood: summary(rates.pane)?.p50 ?? 0,
		bareFlood: summary(rates.bare)?.p50 ?? 0,
		floodCpu: round(cpu / floods / megabytes, 2),
	};
}

const rateOf = (start: number, at: number | undefined) =>
	at === undefined ? 0 : megabytes / ((at - start) / 1000);

async function measureKeysMeanwhile(shell: ShellPane, program: Program, presses: number) {
	const { screen } = shell;
	screen.write(`while :; do ${cat}; done\r`);
	await sleep(300);
	await shell.leave();
	const span = Math.max(1, Math.min(8, rowsBeside(shell, program.list) - 1));
	const times: number[] = [];
	for (let press = 0; press < presses; press++) {
		const at = performance.now();
		const painted = await paintAfter(screen, program, press, span);
		if (painted !== undefined) times.push(painted - at);
		await sleep(between(50, 120));
	}
	await shell.enter();
	screen.write(interruptKey);
	await screen.until(shell.isAtPrompt, 3000);
	return { paint: summary(times), missed: presses - times.length };
}

async function measureInterrupts(shell: ShellPane, interrupts: number) {
	const { screen } = shell;
	const times: number[] = [];
	let missed = 0;
	for (let round = 0; round < interrupts; round++) {
		screen.write(`${cat} /bench/big\r`);
		await sleep(between(200, 600));
		const isOver = shell.isAtPrompt();
		const seen = screen.until(shell.isAtPrompt, 5000);
		const start = performance.now();
		screen.write(interruptKey);
		const at = await seen;
		if (at === undefined || isOver) missed++;
		else times.push(at - start);
		await sleep(100);
	}
	return { interrupt: summary(times), missed };
}
