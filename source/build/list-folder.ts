// One folder of the person's machine, for a picker.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDockerfileName } from './find-dockerfiles.ts';
import { inParallel } from './in-parallel.ts';

export type FolderItem = {
	readonly name: string;
	/** Also of a link that leads to a folder. */
	readonly isFolder: boolean;
	readonly isDockerfile: boolean;
	/** Bytes; absent of a folder, and of what cannot be looked at. */
	readonly size?: number;
	readonly modifiedAt?: number;
};

export type FolderListing = {
	readonly items: readonly FolderItem[];
	/** How many there are beyond those. */
	readonly more: number;
	readonly problem?: string;
};

const most = 2000;

/** Folders first, hidden ones last among their kind, else by name. */
export const listFolder = async (folder: string): Promise<FolderListing> => {
	let names: string[];
	try {
		names = await readdir(folder);
	} catch (error) {
		return { items: [], more: 0, problem: sentence(folder, error as NodeJS.ErrnoException) };
	}
	names.sort(byName);
	const items: FolderItem[] = [];
	await inParallel(names.slice(0, most), 8, async (name) => {
		const stats = await stat(join(folder, name)).catch(() => undefined);
		const isFolder = stats?.isDirectory() ?? false;
		items.push({
			name,
			isFolder,
			isDockerfile: !isFolder && isDockerfileName(name),
			...(stats !== undefined && { modifiedAt: stats.mtimeMs }),
			...(stats?.isFile() && { size: stats.size }),
		});
	});
	items.sort((one, other) => Number(other.isFolder) - Number(one.isFolder) || byName(one.name, other.name));
	return { items, more: Math.max(0, names.length - most) };
};

const isHidden = (name: string): boolean => name.startsWith('.');

const byName = (one: string, other: string): number =>
	Number(isHidden(one)) - Number(isHidden(other)) || (one < other ? -1 : one > other ? 1 : 0);

const sentence = (folder: string, { code }: NodeJS.ErrnoException): string => {
	if (code === 'ENOENT') return `There is no folder ${folder}.`;
	if (code === 'ENOTDIR') return `${folder} is not a folder.`;
	if (code === 'EACCES' || code === 'EPERM') return `You may not look into ${folder}.`;
	return `${folder} cannot be read (${code}).`;
};
