// Reads a file that is one. A pipe in its place would hold the reading thread, and with it the end of the program.
import { readFile, stat } from 'node:fs/promises';

/** Rejects with what Node says, or ENOTFILE. */
export const readPlainFile = async (path: string): Promise<Buffer> => {
	const found = await stat(path);
	if (!found.isFile()) throw Object.assign(new Error(`${path} is not a file.`), { code: 'ENOTFILE' });
	return readFile(path);
};

export const readPlainText = async (path: string): Promise<string> => (await readPlainFile(path)).toString();
