// The files that images are saved to and loaded from. What is written is written beside its place, and put there when it
// is whole; every failure is a sentence.
import { once } from 'node:events';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { link, lstat, rename, stat, unlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EngineError } from '../engine/error.ts';

/** What paths as they are typed are read against. */
export type Around = { readonly cwd: string; readonly home: string };

export const placeOf = (path: string, { cwd, home }: Around): string => {
	if (home !== '' && (path === '~' || path.startsWith('~/'))) return join(home, path.slice(1));
	return isAbsolute(path) ? path : resolve(cwd, path);
};

/** As it goes into a docker line: no shell would read a quoted `~`, and docker would take `-x` for an option. */
export const pathWord = (path: string, around: Around): string => {
	if (path.startsWith('~')) return placeOf(path, around);
	return path.startsWith('-') ? `./${path}` : path;
};

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

const saveProblem = (error: unknown, place: string): Error => {
	const code = codeOf(error);
	const folder = dirname(place);
	const sentences: Readonly<Record<string, string>> = {
		ENOENT: `There is no folder ${folder}.`,
		ENOTDIR: `${folder} is not a folder.`,
		EACCES: `You may not write into ${folder}.`,
		EPERM: `You may not write into ${folder}.`,
		EROFS: `${folder} can only be read.`,
		ENOSPC: `The disk is full: ${place} could not be written, and nothing of it was kept.`,
		EDQUOT: `Your share of the disk is used up: ${place} could not be written, and nothing of it was kept.`,
		ENAMETOOLONG: 'The name of the file is too long.',
		EEXIST: `${place}.part is in the way: another save writes it, or left it behind. Choose another name, or remove it.`,
	};
	// Not of the file.
	if (error instanceof EngineError || !code.startsWith('E')) return error as Error;
	return new Error(sentences[code] ?? `${place} could not be written (${code}).`, { cause: error });
};

const refuseExisting = async (place: string): Promise<void> => {
	const found = await lstat(place).catch(() => undefined);
	if (found?.isDirectory()) throw new Error(`${place} is a folder: add the name of a file.`);
	if (found) throw new Error(`${place} is there already, and is not overwritten: choose another name.`);
};

/** Under its name, which nothing else has taken meanwhile. */
const settle = async (part: string, place: string): Promise<void> => {
	try {
		await link(part, place);
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return refuseExisting(place);
		// Not every file system has links.
		await refuseExisting(place);
		return rename(part, place);
	}
	await unlink(part);
};

/**
 * Writes what `open` answers with, as fast as the disk takes it. `onOpen` is given a way to ask how many bytes were written.
 * Rejects with a sentence, or with what the stream broke with; then, and where the signal ends it, nothing is left.
 */
export const writeFile = async (
	place: string,
	open: () => Promise<Readable>,
	signal: AbortSignal,
	onOpen: (written: () => number) => void,
): Promise<void> => {
	await refuseExisting(place);
	const part = `${place}.part`;
	const file = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true });
	try {
		await once(file, 'open');
	} catch (error) {
		throw saveProblem(error, place);
	}
	onOpen(() => file.bytesWritten);
	try {
		await pipeline(await open(), file, { signal });
		await settle(part, place);
	} catch (error) {
		file.destroy();
		await unlink(part).catch(() => {});
		throw saveProblem(error, place);
	}
};

const readProblem = (error: unknown, place: string): Error => {
	const code = codeOf(error);
	if (code === 'ENOENT' || code === 'ENOTDIR') return new Error(`There is no file ${place}.`);
	if (code === 'EACCES' || code === 'EPERM') return new Error(`You may not read ${place}.`);
	return new Error(`${place} could not be read (${code}).`, { cause: error });
};

/** Of a file that can be read, and its size. `broken`: why it could not be read to its end. */
export const openFile = async (
	place: string,
): Promise<{
	readonly file: ReadStream;
	readonly size: number;
	readonly broken: () => Error | undefined;
}> => {
	const found = await stat(place).catch((error: unknown) => {
		throw readProblem(error, place);
	});
	if (found.isDirectory()) throw new Error(`${place} is a folder, not a file.`);
	// A pipe would hold whoever opens it.
	if (!found.isFile()) throw new Error(`${place} is not a file.`);
	const file = createReadStream(place, { highWaterMark: 1 << 18 });
	let problem: Error | undefined;
	file.on('error', (error) => {
		problem = codeOf(error).startsWith('E') ? readProblem(error, place) : undefined;
	});
	try {
		await once(file, 'open');
	} catch (error) {
		throw readProblem(error, place);
	}
	return { file, size: found.size, broken: () => problem };
};
