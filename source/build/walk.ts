// The files of a context, found folder by folder without blocking, with what cannot be sent said by name.
import { constants, type Dirent } from 'node:fs';
import { access, lstat, readdir, readlink } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import type { IgnoreRules } from './ignore.ts';
import { inParallel } from './in-parallel.ts';

export type ContextEntry = {
	/** Relative to the context, with slashes. */
	readonly path: string;
	readonly type: 'file' | 'folder' | 'link';
	/** Bytes; 0 of what is no file. */
	readonly size: number;
	/** Permissions, without the type. */
	readonly mode: number;
	/** Milliseconds since the epoch. */
	readonly modifiedAt: number;
	/** Where a link leads, as it is written in it. */
	readonly target?: string;
};

export type Walk = {
	/** In no order. */
	readonly entries: ContextEntry[];
	readonly problems: string[];
	readonly skipped: string[];
	bytes: number;
};

/** More than that is nobody's context, but may well be a whole disk. */
export const mostEntries = 1_000_000;

type Options = {
	readonly rules: IgnoreRules;
	readonly signal?: AbortSignal | undefined;
	/** After each folder. */
	readonly onFolder: (walk: Walk) => void;
};

export const walk = async (context: string, { rules, signal, onFolder }: Options): Promise<Walk> => {
	const found: Walk = { entries: [], problems: [], skipped: [], bytes: 0 };
	// Ignored folders that were entered for an exception; they are sent only if one of their files is.
	const unsent = new Map<string, ContextEntry>();
	let folders = [''];
	while (folders.length > 0) {
		const next: string[] = [];
		const visit = async (folder: string): Promise<void> => {
			const inside = await list(context, folder, found);
			const look = async (item: Dirent): Promise<void> => {
				const path = folder === '' ? item.name : `${folder}/${item.name}`;
				const isIgnored = rules.isIgnored(path);
				if (isIgnored && !(item.isDirectory() && !rules.isPruned(path))) return;
				if (item.isDirectory()) next.push(path);
				const entry = await read(context, path, found);
				if (entry === undefined) return;
				if (isIgnored) {
					unsent.set(path, entry);
					return;
				}
				for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
					const parent = unsent.get(path.slice(0, at));
					if (parent === undefined) break;
					unsent.delete(parent.path);
					found.entries.push(parent);
				}
				found.entries.push(entry);
				found.bytes += entry.size;
			};
			await inParallel(inside, 8, look, signal);
			if (found.entries.length > mostEntries) throw new RangeError('too many files');
			onFolder(found);
		};
		await inParallel(folders, 4, visit, signal);
		folders = next;
	}
	return found;
};

const list = async (context: string, folder: string, { problems }: Walk): Promise<Dirent[]> => {
	try {
		return await readdir(join(context, folder), { withFileTypes: true });
	} catch (error) {
		problems.push(unreadable(folder, 'folder', error));
		return [];
	}
};

const read = async (
	context: string,
	path: string,
	{ problems, skipped }: Walk,
): Promise<ContextEntry | undefined> => {
	const file = join(context, path);
	try {
		const stats = await lstat(file);
		// docker, too, makes all of them executable where the file system does not tell.
		const mode = platform() === 'win32' ? 0o755 : stats.mode & 0o7777;
		const common = { path, mode, modifiedAt: stats.mtimeMs };
		if (stats.isSymbolicLink()) return { ...common, type: 'link', size: 0, target: await readlink(file) };
		if (stats.isDirectory()) return { ...common, type: 'folder', size: 0 };
		if (!stats.isFile()) {
			const kind = stats.isSocket() ? 'a socket' : stats.isFIFO() ? 'a pipe' : 'a device';
			skipped.push(`${path} is ${kind}, which is not sent.`);
			return undefined;
		}
		// Asking costs as much as the rest together, and most files can be read by everyone.
		if ((mode & 0o444) !== 0o444) await access(file, constants.R_OK);
		return { ...common, type: 'file', size: stats.size };
	} catch (error) {
		problems.push(unreadable(path, 'file', error));
		return undefined;
	}
};

const unreadable = (path: string, kind: 'file' | 'folder', error: unknown): string => {
	const { code } = error as NodeJS.ErrnoException;
	if (path === '') return `The context cannot be read (${code}).`;
	const remedy = `If the build does not need it, add a line to .dockerignore: ${pattern(path)}`;
	if (path.includes('\ufffd')) return `${path} cannot be sent, because its name is not UTF-8. ${remedy}`;
	if (code === 'ENOENT') return `${path} was removed while the context was read.`;
	const reason =
		code === 'EACCES' || code === 'EPERM' ? `you may not read this ${kind}` : `reading it fails (${code})`;
	return `${path} cannot be sent: ${reason}. ${remedy}`;
};

/** A path as the pattern that means it and nothing else. */
const pattern = (path: string): string =>
	path
		.replace(/[*?[\\]/g, (letter) => (platform() === 'win32' ? '?' : `\\${letter}`))
		.replaceAll('\ufffd', '*');
