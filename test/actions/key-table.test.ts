// `portside keys` and the help are made from the table.
import { expect, it } from 'vitest';
import type { Action } from '../../source/actions/action.ts';
import { keyLabel } from '../../source/actions/key-label.ts';
import { keyTable, keyText } from '../../source/actions/key-table.ts';
import { actions } from '../../source/actions/table.ts';

const withKey = actions.filter(({ keys }) => keys.length > 0);

const words = ({ keys, title, help }: Action) => [...keys, title, help].join(' ');

it('has every action, but for those that no key does', () => {
	const rows = keyTable.flatMap((section) => section.actions);
	expect(new Set(rows.map(words))).toEqual(new Set(withKey.map(words)));
	expect(new Set(rows).size).toBe(rows.length);
});

it('has what several listings share once', () => {
	for (const { title, actions: rows } of keyTable)
		expect(new Set(rows.map(words)).size, title).toBe(rows.length);
	expect(keyText().match(/^ {2}u +Pull it\./gm)).toHaveLength(1);
});

it('prints every key with what it does', () => {
	const text = keyText();
	for (const { keys, title, help } of withKey) {
		const line = text
			.split('\n')
			.find(
				(row) => row.startsWith(`  ${keys.map(keyLabel).join(' ')}`) && row.endsWith(`${title}. ${help}`),
			);
		expect(line, title).toBeDefined();
	}
	for (const { title } of keyTable) expect(text).toMatch(new RegExp(`^${title}$`, 'm'));
	expect(text).not.toMatch(/\x1b/);
});

it('leaves room between the keys and what they do', () => {
	for (const { keys, title } of withKey)
		expect(keyText()).not.toContain(`${keys.map(keyLabel).join(' ')}${title}.`);
});
