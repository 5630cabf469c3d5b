// What a person does in the program and sees on it: actions by their id, so that the key comes from the table; rows, not text.
import { randomBytes } from 'node:crypto';
import { actionById } from '../../source/actions/table.ts';
import type { Session } from '../helpers/terminal.ts';

export type ShownRow = { name: string; sign: string; isSelected: boolean; isMarked: boolean; text: string };

/** A name that no other test uses, short enough for every list. */
export const unique = (name: string): string => `${name}-${randomBytes(2).toString('hex')}`;

export function keyOf(id: string): string {
	const key = actionById(id)?.keys[0];
	if (key === undefined) throw new Error(`There is no action ${id}`);
	return key;
}

/** Esc must be the last of them: with the next key it would be Alt and that key on a busy machine. */
export async function act(session: Session, ...ids: string[]): Promise<void> {
	for (const id of ids) await session.press(keyOf(id));
}

/** The rows of a list pane: of all its inner lines, those that begin with cursor, sign, mark and a name. */
export function rowsIn(lines: readonly string[], title: 'Containers' | 'Images' | 'Ports'): ShownRow[] {
	const top = lines.findIndex((line) => line.startsWith('╭') && line.includes(` ${title} `));
	if (top < 0) return [];
	const height = lines.slice(top).findIndex((line) => line.startsWith('╰'));
	return lines.slice(top + 1, top + height).flatMap((line) => {
		const found = /^│([> ])(.)([* ]) *(([^\s│]+)[^│]*)│/u.exec(line);
		if (!found || !(found[1] === '>' || found[2]?.trim() || title === 'Images')) return [];
		const [, cursor, sign = '', mark, text = '', name = ''] = found;
		return [{ name, sign, isSelected: cursor === '>', isMarked: mark === '*', text: text.trimEnd() }];
	});
}

export const containersIn = (lines: readonly string[]): ShownRow[] => rowsIn(lines, 'Containers');

export const rowOf = (lines: readonly string[], name: string): ShownRow | undefined =>
	containersIn(lines).find((row) => row.name === name);

/** A sight: the container has this sign, or with undefined, is not in the list. */
export const isShown = (name: string, sign: string | undefined) => (lines: string[]) =>
	rowOf(lines, name)?.sign === sign;

/** The name in the upper edge of the details, and the tab: whose they are. */
export const detailsOf = (name: string) => (lines: string[]) =>
	lines.some((line) => line.includes(`╭ ${name} ─`));

/** The line below the panes: the docker line and how it went. */
export const actionLineIn = (lines: readonly string[]): string => lines.at(-2) ?? '';

/** Types a filter for the focused list and goes back to its rows. */
export async function filter(session: Session, text: string): Promise<void> {
	await act(session, 'list.filter');
	await session.waitFor('▏');
	session.type(text);
	await session.waitFor(`/${text}▏`);
	await act(session, 'filter.keep');
	await session.waitGone('▏');
}

/** Moves the cursor onto a container that the filter can single out by its name. */
export async function select(session: Session, name: string): Promise<void> {
	await session.waitFor((lines) => rowOf(lines, name) !== undefined);
	await filter(session, name);
	await session.waitFor((lines) => rowOf(lines, name)?.isSelected === true);
	await session.waitFor(detailsOf(name));
}

/** Tabs are a ring: goes on until the one that shows this is there. */
export async function openTab(session: Session, tab: 'Stats' | 'Config' | 'Top' | 'Diff'): Promise<void> {
	const steps = ['Logs', 'Stats', 'Config', 'Top', 'Diff'].indexOf(tab);
	for (let step = 0; step < steps; step++) await act(session, 'app.next-tab');
}

/** What a promise in milliseconds is held against on a machine that does other things too: the best of three. */
export async function bestOf(limit: number, measure: () => Promise<number>): Promise<number> {
	let best = Number.POSITIVE_INFINITY;
	for (let tries = 0; tries < 3 && best > limit; tries++) best = Math.min(best, await measure());
	return best;
}
