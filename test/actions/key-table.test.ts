// `portside keys` and the help are made from the table.
import { expect, it } from 'vitest';
import { keyLabel } from '../../source/actions/key-label.ts';
import { keyTable, keyText } from '../../source/actions/key-table.ts';
import { actions } from '../../source/actions/table.ts';

const withKey = actions.filter(({ keys }) => keys.length > 0);

it('has every action once, but for those that no key does', () => {
	expect(keyTable.flatMap((section) => section.actions.map(({ id }) => id)).sort()).toEqual(
		withKey.map(({ id }) => id).sort(),
	);
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
