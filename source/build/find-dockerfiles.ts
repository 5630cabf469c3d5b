// The Dockerfiles beneath a folder, for a picker: near ones first, without reading a whole disk.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type FoundDockerfile = {
	/** Absolute. */
	readonly path: string;
	/** Relative to the folder that was searched, with slashes. */
	readonly name: string;
	/** 0 for one in the folder itself. */
	readonly depth: number;
	readonly modifiedAt: number;
};

export type Search = {
	readonly found: readonly FoundDockerfile[];
	/** Whether there may be more, because the search was given up. */
	readonly isCut: boolean;
};

type Options = {
	readonly signal?: AbortSignal | undefined;
	readonly mostDepth?: number;
	readonly mostFolders?: number;
	readonly mostFound?: number;
};

/** What belongs to tools, and has Dockerfiles of other people. */
const skipped = new Set(['node_modules', '.git', '.hg', '.svn', '.cache', '.venv', 'venv', '__pycache__']);

/** `Dockerfile`, `Dockerfile.web`, `web.Dockerfile`, `Containerfile`, in any case; not their ignore files and backups. */
export const isDockerfileName = (name: string): boolean =>
	/^(dockerfile|containerfile)(\.[^~]+)?$|^.+\.dockerfile$/i.test(name) &&
	!/\.(dockerignore|containerignore|md|orig|bak|swp|rej)$/i.test(name);

/** Nearest first, of those the newest first. Folders that cannot be read are passed over. */
export const findDockerfiles = async (
	folder: string,
	{ signal, mostDepth = 6, mostFolders = 5000, mostFound = 200 }: Options = {},
): Promise<Search> => {
	const found: FoundDockerfile[] = [];
	let folders = [''];
	let looked = 0;
	for (let depth = 0; folders.length > 0 && depth <= mostDepth; depth++) {
		const next: string[] = [];
		for (const beneath of folders) {
			signal?.throwIfAborted();
			if (++looked > mostFolders || found.length >= mostFound) {
				return { found: sorted(found).slice(0, mostFound), isCut: true };
			}
			const items = await readdir(join(folder, beneath), { withFileTypes: true }).catch(() => []);
			for (const item of items) {
				const name = beneath === '' ? item.name : `${beneath}/${item.name}`;
				if (item.isDirectory() && !skipped.has(item.name)) next.push(name);
				if (item.isDirectory() || !isDockerfileName(item.name)) continue;
				const path = join(folder, name);
				// A link may lead to one.
				const stats = await stat(path).catch(() => undefined);
				if (stats?.isFile()) found.push({ path, name, depth, modifiedAt: stats.mtimeMs });
			}
		}
		folders = next;
	}
	return { found: sorted(found).slice(0, mostFound), isCut: folders.length > 0 || found.length > mostFound };
};

const sorted = (found: readonly FoundDockerfile[]): FoundDockerfile[] =>
	[...found].sort(
		(one, other) =>
			one.depth - other.depth || other.modifiedAt - one.modifiedAt || (one.name < other.name ? -1 : 1),
	);
