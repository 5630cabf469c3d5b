// The key table of the README is the table of the program. UPDATE=1 writes it between its markers.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { keyLabel } from '../source/actions/key-label.ts';
import { keyTable } from '../source/actions/key-table.ts';
import { actions } from '../source/actions/table.ts';
import { isUpdate } from './ui/expected-file.ts';

const markers = /(<!-- keys -->\n)[\s\S]*?(<!-- \/keys -->)/;
const cell = (text: string) => text.replaceAll('|', '\\|');

/** The key table as Markdown. */
const readmeKeys = (): string =>
	keyTable
		.map(({ title, actions: rows }) =>
			[
				`**${title}**\n`,
				'| key | | |',
				'|---|---|---|',
				...rows.map(
					({ keys, title: name, help }) =>
						`| ${keys.map((key) => `\`${cell(keyLabel(key))}\``).join(' ')} | ${cell(name)} | ${cell(help)} |`,
				),
				'',
			].join('\n'),
		)
		.join('\n');

const readme = existsSync('README.md') ? readFileSync('README.md', 'utf8') : '';

it.skipIf(!markers.test(readme))('the README has the keys of the program', () => {
	const expected = readme.replace(
		markers,
		(_, from: string, to: string) => `${from}\n${readmeKeys()}\n${to}`,
	);
	if (isUpdate) writeFileSync('README.md', expected);
	else expect(readme, 'UPDATE=1 npx vitest run test/readme.test.ts writes it anew').toBe(expected);
});

it('the table has a row for every action that a key does', () => {
	const rows = new Set(readmeKeys().match(/^\| `.*$/gm));
	for (const { keys, title, help } of actions.filter((action) => action.keys.length > 0)) {
		const row = keys.map((key) => `\`${cell(keyLabel(key))}\``).join(' ');
		expect(rows).toContain(`| ${row} | ${cell(title)} | ${cell(help)} |`);
	}
});
