// The fields of a dialog on the screen, and the cursor among them.
import type { Session } from '../helpers/terminal.ts';
import { act } from './driving.ts';

/** The field that the cursor is on, as `label: value▏`. Values stand below each other: the space between says nothing. */
export const fieldIn = (lines: readonly string[]): string =>
	lines
		.map((line) => /│ > (.*?) *│/u.exec(line)?.[1])
		.find((text) => text !== undefined)
		?.replace(/: +/, ': ') ?? '';

/** Puts the cursor on the field that begins so. */
export async function focusField(session: Session, label: string): Promise<void> {
	await session.waitFor((lines) => fieldIn(lines) !== '');
	for (let tries = 0; tries < 24; tries++) {
		const at = fieldIn(await session.screen());
		if (at.replace(/^\[.\] /, '').startsWith(label)) return;
		await act(session, 'question.next');
		await session.waitFor((lines) => fieldIn(lines) !== at);
	}
	throw new Error(`There is no field ${label}:\n${await session.text()}`);
}
