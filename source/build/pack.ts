// A listed context as the tar that an engine takes, read from the disk no faster than it is sent.
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Pack } from 'tar-stream';
import type { Builder } from '../model/build.ts';
import type { ContextListing } from './context.ts';
import { readPlainText } from './read-file.ts';
import { openSteady, sendingFailure } from './steady-file.ts';
import { add, begin, block, type Room, tarOf } from './tar-flow.ts';
import type { ContextEntry } from './walk.ts';

export type PackedContext = {
	/** Destroying it closes the file that is open; if it fails, the error's message is a sentence. */
	readonly stream: Readable;
	/** What the engine is to be told as the Dockerfile's name. */
	readonly dockerfileInContext: string;
};

type Options = {
	/** Whom it is for, where that is known. */
	readonly builder?: Builder | undefined;
	/** Told how many bytes of files were packed so far. */
	readonly onBytes?: ((bytes: number) => void) | undefined;
};

export const packContext = (listing: ContextListing, { builder, onBytes }: Options = {}): PackedContext => {
	const { context, entries, dockerfileOutside, dockerfileInContext } = listing;
	// The classic builder takes away again before the first COPY what the ignore file names; BuildKit reads none in a tar.
	const isHidden = dockerfileOutside !== undefined && builder !== 'buildkit';
	let packed = 0;
	const fill = async (tar: Pack, room: Room): Promise<void> => {
		if (entries[0] && !isPlain(entries[0])) await add(tar, headerOf(root), []);
		for (const entry of entries) {
			await room();
			if (entry.type !== 'file') await add(tar, headerOf(entry), []);
			else if (!isHidden || entry.path !== ignoreFile) {
				await addFile(tar, context, entry, async (bytes) => {
					packed += bytes;
					onBytes?.(packed);
					await room();
				});
			}
		}
		if (isHidden) {
			const own = entries.find(({ path }) => path === ignoreFile);
			const rules = own === undefined ? ignoreFile : await readText(join(context, ignoreFile));
			await addText(tar, { path: ignoreFile, ...own }, `${rules}\n${dockerfileInContext}\n`);
		}
		if (dockerfileOutside !== undefined) {
			await addText(tar, { path: dockerfileInContext }, await readText(dockerfileOutside));
		}
		tar.finalize();
	};
	return { stream: tarOf(fill), dockerfileInContext };
};

/** Whether its header is one block: another name has a block or two of its own before it. */
const isPlain = ({ path, target = '' }: ContextEntry): boolean =>
	/^[\x20-\x7e]{1,99}$/.test(path) && /^[\x20-\x7e]{0,99}$/.test(target);

/** BuildKit takes a tar for a Dockerfile unless it finds a whole header in its first kilobyte. */
const root = { path: '.', type: 'folder', mode: 0o755, modifiedAt: 0 } as const;

const ignoreFile = '.dockerignore';

/** As the docker command does it, everything belongs to root. */
const headerOf = ({ path, type, mode, modifiedAt, target }: Omit<ContextEntry, 'size'>) => ({
	name: path,
	type: ({ file: 'file', folder: 'directory', link: 'symlink' } as const)[type],
	mode,
	uid: 0,
	gid: 0,
	// The library counts seconds in 32 bits.
	mtime: new Date(Math.min(Math.max(0, modifiedAt), 0x7fffffff * 1000)),
	...(target !== undefined && { linkname: target }),
});

const addFile = async (
	tar: Pack,
	context: string,
	entry: ContextEntry,
	count: (bytes: number) => Promise<void>,
): Promise<void> => {
	const file = await openSteady(join(context, entry.path), entry.path);
	try {
		const { size, modifiedAt } = file;
		const { sink, end } = begin(tar, { ...headerOf({ ...entry, modifiedAt }), size });
		for (let bytes = await file.read(block); bytes !== undefined; bytes = await file.read(block)) {
			sink.write(bytes);
			await count(bytes.length);
		}
		sink.end();
		await end;
	} finally {
		await file.close();
	}
};

const addText = async (
	tar: Pack,
	entry: Partial<ContextEntry> & { path: string },
	text: string,
): Promise<void> => {
	const bytes = Buffer.from(text);
	const header = headerOf({ mode: 0o600, modifiedAt: 0, ...entry, type: 'file' });
	await add(tar, { ...header, size: bytes.length }, [bytes]);
};

const readText = async (file: string): Promise<string> => {
	try {
		return await readPlainText(file);
	} catch (error) {
		throw sendingFailure(file, error);
	}
};
