// Files that hold what a test expects. UPDATE=1 writes them anew.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const isUpdate = process.env.UPDATE === '1';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Fails where the file is not there or is not this text, and shows both where `isShown`. */
export const expectFile = (path: string, text: string, isShown = true): void => {
	const file = `${root}/${path}`;
	const name = relative(root, file);
	if (isUpdate) {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
		return;
	}
	if (!existsSync(file))
		throw new Error(`There is no ${name}: UPDATE=1 npx vitest run writes it.\n${isShown ? text : ''}`);
	const expected = readFileSync(file, 'utf8');
	if (expected === text) return;
	const both = isShown ? `\n--- expected\n${expected}\n--- but it is\n${text}` : '';
	throw new Error(
		`${name} is not what is drawn now. If that is meant, UPDATE=1 npx vitest run writes it anew.${both}`,
	);
};
