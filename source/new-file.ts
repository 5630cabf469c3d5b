// A file that is there as a whole, or not at all.
import { rm, writeFile } from 'node:fs/promises';

/** Never over another one; of one that cannot be finished, as on a full disk, nothing stays. */
export const writeNew = async (
	path: string,
	text: string | Iterable<string>,
	mode: number,
): Promise<void> => {
	try {
		await writeFile(path, text, { mode, flag: 'wx' });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(path, { force: true });
		throw error;
	}
};
