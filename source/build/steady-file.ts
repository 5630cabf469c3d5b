// A file that is sent with its size first, and so must not become shorter or longer while it is read.
import { open } from 'node:fs/promises';

export type SteadyFile = {
	/** Bytes, when it was opened. */
	readonly size: number;
	/** Milliseconds since the epoch. */
	readonly modifiedAt: number;
	/** The next piece, of at most so many bytes; undefined at the end. */
	readonly read: (most: number) => Promise<Uint8Array | undefined>;
	readonly close: () => Promise<void>;
};

/** Fails with a sentence that has the name in it. */
export const openSteady = async (file: string, name: string): Promise<SteadyFile> => {
	const fail = (error: unknown): never => {
		throw sendingFailure(name, error);
	};
	const handle = await open(file).catch(fail);
	const stats = await handle.stat().catch(async (error) => {
		await handle.close();
		return fail(error);
	});
	const { size } = stats;
	let left = size;
	let isOver = false;
	// (An asynchronous generator would read better, but each of them leaves a kilobyte for the next big collection.)
	const read = async (most: number): Promise<Uint8Array | undefined> => {
		if (isOver) return undefined;
		// The one byte that should not be there shows in the same read that the file has grown.
		const bytes = Buffer.allocUnsafe(Math.min(most, left + 1));
		const { bytesRead } = await handle.read(bytes, 0, bytes.length).catch(fail);
		if (bytesRead > left) throw new Error(changed(name, 'longer'));
		if (bytesRead === 0 && left > 0) throw new Error(changed(name, 'shorter'));
		left -= bytesRead;
		isOver = left === 0 && bytesRead < bytes.length;
		return bytesRead === 0 ? undefined : bytes.subarray(0, bytesRead);
	};
	return { size, modifiedAt: stats.mtimeMs, read, close: () => handle.close() };
};

const changed = (name: string, how: string): string =>
	`${name} became ${how} while it was sent. Build again when nothing writes to it, or exclude it in .dockerignore.`;

export const sendingFailure = (name: string, error: unknown): Error => {
	const { code } = error as NodeJS.ErrnoException;
	const sentence =
		code === 'ENOENT'
			? `${name} was removed before it was sent.`
			: code === 'EACCES' || code === 'EPERM'
				? `${name} cannot be sent: you may not read this file.`
				: `${name} cannot be sent: reading it fails (${code ?? (error as Error).message}).`;
	return new Error(sentence, { cause: error });
};
