// What a person does inside a container, and sees there: the pane of a terminal, its tabs and its cells.
import { expect, vi } from 'vitest';
import type { Cell } from '../helpers/cells.ts';
import { launchPortside } from '../helpers/portside.ts';
import type { Session, Sight } from '../helpers/terminal.ts';
import type { TestEngine } from '../helpers/with-engine.ts';
import { act, filter, rowOf, select } from './driving.ts';

/** The cells of a terminal on our screen, without the frame around it. */
export type Pane = { left: number; top: number; columns: number; rows: number };

/** A main process that buries the orphans it gets, as an init does, so that what ended is gone. */
export const reaping = ['sh', '-c', 'while :; do sleep 100000 & wait; done'];

const isFull = (lines: readonly string[]) => !lines[0]?.startsWith(' portside');

/** Of the terminal in front: with the whole screen there is one line above it, else the frame of the details. */
export function paneIn(lines: readonly string[], columns: number): Pane {
	if (isFull(lines)) return { left: 0, top: 1, columns, rows: lines.length - 1 };
	const frame = lines[1] ?? '';
	const left = frame.lastIndexOf('╭');
	const bottom = lines.findIndex((line, y) => y > 1 && line[left] === '╰');
	return { left: left + 1, top: 2, columns: [...frame].length - left - 2, rows: bottom - 2 };
}

/** What the terminal in front shows. */
export function inside(lines: readonly string[]): string[] {
	const { left, top, rows } = paneIn(lines, 0);
	const shown = lines.slice(top, top + rows);
	const cut = isFull(lines) ? shown : shown.map((line) => line.slice(left, line.lastIndexOf('│')));
	return cut.map((line) => line.replaceAll('\u00a0', ' ').trimEnd());
}

/** A sight: this is inside the terminal in front. */
export const shows = (text: string | RegExp) => (lines: string[]) => {
	const all = inside(lines).join('\n').trimEnd();
	return typeof text === 'string' ? all.includes(text) : text.test(all);
};

/** The last line that is not empty. */
export const lastOf = (lines: readonly string[]): string =>
	inside(lines).findLast((line) => line !== '') ?? '';

/** A sight: the shell waits for a command. */
export const hasPrompt = (lines: string[]) => /^\S* [#$]$/.test(lastOf(lines));

/** The upper edge: the names of the tabs. */
export const tabsIn = (lines: readonly string[]): string =>
	isFull(lines) ? (lines[0] ?? '') : (lines[1]?.slice(lines[1].lastIndexOf('╭')) ?? '');

/** A sight: the upper edge says so. */
export const hasTab = (text: string) => (lines: string[]) => tabsIn(lines).includes(text);

/** The lower edge: where the person is, and what leads on. */
export const statusIn = (lines: readonly string[]): string =>
	isFull(lines)
		? (lines[0] ?? '')
		: (lines.findLast((line) => line.includes('╰'))?.replace(/^.*╰/, '') ?? '');

export const hasStatus = (text: string) => (lines: string[]) => statusIn(lines).includes(text);

/** Both edges and the lists: all that no program inside may touch. */
export async function around(session: Session): Promise<Cell[][]> {
	const { left, top, columns, rows } = paneIn(await session.screen(), session.terminal.cols);
	return (await session.cells())
		.slice(top, top + rows)
		.map((row) => [...row.slice(0, left), ...row.slice(left + columns)]);
}

/** The cells inside. */
export async function cellsInside(session: Session): Promise<Cell[][]> {
	const { left, top, columns, rows } = paneIn(await session.screen(), session.terminal.cols);
	return (await session.cells()).slice(top, top + rows).map((row) => row.slice(left, left + columns));
}

/** Where our terminal has its cursor, in the columns and rows of the one inside. */
export async function cursorInside(session: Session): Promise<{ x: number; y: number }> {
	const { left, top } = paneIn(await session.screen(), session.terminal.cols);
	const { x, y } = session.cursor();
	return { x: x - left, y: y - top };
}

/** Starts Portside with the cursor on this container. */
export async function openAt(
	{ host }: Pick<TestEngine, 'host'>,
	name: string,
	options: Parameters<typeof launchPortside>[1] = {},
): Promise<Session> {
	const session = launchPortside(['--host', host], options);
	try {
		// on a small screen there are no details beside the list
		if ((options.columns ?? 120) >= 100) await select(session, name);
		else {
			await session.waitFor((lines) => rowOf(lines, name) !== undefined);
			await filter(session, name);
			await session.waitFor((lines) => rowOf(lines, name)?.isSelected === true);
		}
	} catch (error) {
		await session.close();
		throw error;
	}
	return session;
}

/** Opens a shell in the container that the cursor is on. */
export async function openShell(session: Session, name: string): Promise<void> {
	await act(session, 'container.shell');
	await session.waitFor(hasTab(`${name}: ash`));
	await session.waitFor(hasPrompt);
}

const squeezed = (text: string) => text.replace(/\s/g, '');

/**
 * Types a command line to the shell, and waits for what it leads to. Not faster than a person: ash asks the terminal for
 * its cursor behind each prompt, and for 50 ms it throws away what is typed right after the answer.
 */
export async function run(session: Session, command: string, sight: Sight = hasPrompt): Promise<string[]> {
	await session.settled({ quiet: 80 });
	session.type(command);
	await session.waitFor((lines) => squeezed(inside(lines).join('')).endsWith(squeezed(`# ${command}`)));
	await session.press('enter');
	return session.waitFor(sight);
}

/** From inside to the scope in front of the terminal. */
export async function leave(session: Session): Promise<void> {
	await act(session, 'inside.leave');
	await session.waitFor((lines) => !statusIn(lines).includes('Portside'));
}

/** From in front of the terminal to the lists, which it gives the place it took from them. */
export async function leaveForLists(session: Session): Promise<void> {
	await act(session, 'terminal.back');
	await session.waitFor((lines) => / [/] filter /.test(`${lines.at(-1)} `));
}

/** Answers the question about what runs: ended, unless it is left. */
export async function chooseFate(session: Session, fate: 'end' | 'leave'): Promise<void> {
	await session.waitFor('what runs in it: (•) is ended');
	if (fate === 'leave') {
		await act(session, 'question.turn');
		await session.waitFor('(•) goes on');
	}
	await act(session, 'question.yes');
}

/** A key that means something again: where a program has just ended, keys are held back as long as somebody types. */
export async function actAfterEnd(session: Session, id: string): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, 450));
	await act(session, id);
}

/** What runs in a container beside its main process and the children of that: `STATE COMMAND`, as the machine counts. */
export async function visitors({ docker }: Pick<TestEngine, 'docker'>, name: string): Promise<string[]> {
	const lines = (await docker('top', name, '-eo', 'pid,stat,args')).trim().split('\n').slice(1);
	return lines
		.map((line) => line.trim().split(/\s+/).slice(1).join(' '))
		.filter((line) => !line.includes('sleep 100000'));
}

/** Resolves when these are all the visitors, by their command. */
export async function waitForVisitors(
	engine: Pick<TestEngine, 'docker'>,
	name: string,
	expected: (string | RegExp)[],
): Promise<void> {
	await vi.waitFor(
		async () => {
			const found = await visitors(engine, name);
			expect(found.toSorted()).toHaveLength(expected.length);
			for (const one of expected) expect(found.join('\n')).toMatch(one);
		},
		{ timeout: 8000, interval: 50 },
	);
}

/** Puts a text file into a container. */
export async function writeFileIn(
	{ docker }: Pick<TestEngine, 'docker'>,
	name: string,
	path: string,
	text: string,
): Promise<void> {
	const encoded = Buffer.from(text, 'latin1').toString('base64');
	await docker('exec', name, 'sh', '-c', `echo '${encoded}' | base64 -d > ${path}`);
}
