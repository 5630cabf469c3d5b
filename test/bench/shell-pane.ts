// A shell in a container, inside Portside: how it is opened, left and entered, and what its pane shows.
import { type Fleet, fleetRow } from './fleet.ts';
import { sleep } from './numbers.ts';
import type { Program, Region } from './program.ts';
import type { Screen } from './screen.ts';
import { openList } from './startup.ts';

export type ShellPane = {
	readonly screen: Screen;
	/** With the lists beside it: the columns and rows that the shell is told. */
	readonly size: { readonly columns: number; readonly rows: number };
	/** Of the pane, without blanks at their ends. */
	lines(): string[];
	/** The shell waits for a command, and nothing is typed yet. */
	isAtPrompt(): boolean;
	/** A command line on a clear screen: when it was sent, and when it was on the screen that it has ended. */
	run(command: string, patience: number): Promise<{ start: number; at: number | undefined }>;
	/** Out of it, and into the list of containers. */
	leave(): Promise<void>;
	enter(): Promise<void>;
	/** The whole screen for it, or no longer. */
	zoom(): Promise<void>;
};

export const prompt = '/ #';
const leaveKey = '\x1d';
/** Printed by `mark`, which does not contain it. */
const sign = 'IT-IS-OVER';
const mark = "echo IT-IS''-OVER";
const steps = 150;

/** Of the first container; the cursor is there at the start. */
export async function openShell(program: Program, fleet: Fleet, homes: string): Promise<ShellPane> {
	const screen = await openList(program, fleet, homes);
	try {
		await sleep(600);
		screen.write('g');
		await sleep(steps);
		screen.write('e');
		if ((await screen.until(() => /\/ # *│/.test(screen.lines().join('\n')), 10_000)) === undefined) {
			throw new Error(`no shell was opened:\n${screen.lines().join('\n')}`);
		}
		await sleep(500);
		return shellIn(screen);
	} catch (error) {
		await screen.close();
		throw error;
	}
}

function shellIn(screen: Screen): ShellPane {
	const all = screen.lines();
	const top = all.findIndex((line) => line.includes('╮╭')) + 1;
	const bottom = all.findLastIndex((line) => line.includes('╯╰'));
	const left = (all[top - 1]?.indexOf('╮╭') ?? 0) + 2;
	const right = (all[top - 1]?.length ?? 0) - 1;
	const pane: Region = [left, top, right, bottom];
	const lines = () => screen.lines(pane).map((line) => line.trimEnd());
	const isAtPrompt = () => lines().findLast((line) => line !== '') === prompt;
	const press = async (...keys: string[]) => {
		for (const key of keys) {
			screen.write(key);
			await sleep(steps);
		}
	};
	return {
		screen,
		size: { columns: right - left, rows: bottom - top },
		lines,
		isAtPrompt,
		async run(command, patience) {
			await press('clear\r');
			const seen = screen.until(() => lines().includes(sign), patience);
			const start = performance.now();
			screen.write(`${command}; ${mark}\r`);
			return { start, at: await seen };
		},
		leave: () => press(leaveKey, '1'),
		enter: () => press(leaveKey),
		zoom: () => press(leaveKey, 'z', '\r'),
	};
}

/** For a bare shell: the same command line, and what its output ends in. */
export const marked = (command: string) => ({ line: `${command}; ${mark}\r`, end: `${sign}\r\n` });

/** Rows of the fleet beside the shell. */
export const rowsBeside = ({ screen }: ShellPane, list: Region | undefined): number =>
	screen.lines(list).filter((line) => fleetRow.test(line)).length;
