// A wish made ready for the engine: paths absolute, files read, and what `-e NAME` means looked up.
import { isAbsolute, join, resolve } from 'node:path';
import { withSource } from '../engine/create/mounts.ts';
import { csvFields, splitPair } from '../engine/create/values.ts';
import type { RunWish } from '../model/run.ts';
import { readEnvFile } from './env-file.ts';

export type RunSurroundings = {
	/** Rejects as Node does (`ENOENT` …). */
	readonly readFile: (path: string) => Promise<string>;
	readonly cwd: string;
	readonly home?: string | undefined;
	readonly env: Readonly<Record<string, string | undefined>>;
};

export type Resolved = { readonly wish: RunWish } | { readonly problem: string };

/** Files come before what was given by hand, so that this counts. */
export const resolved = async (wish: RunWish, around: RunSurroundings): Promise<Resolved> => {
	const env: string[] = [];
	const labels: string[] = [];
	for (const [files, entries] of [
		[wish.envFiles, env],
		[labelFiles(wish), labels],
	] as const) {
		for (const file of files) {
			const read = await readEntries(file, around);
			if ('problem' in read) return read;
			entries.push(...read.entries);
		}
	}
	const lookedUp = (name: string): string | undefined =>
		name.includes('=') || around.env[name] === undefined ? undefined : `${name}=${around.env[name]}`;
	// Of a name without a value docker forgets those in files, and hands over those that were given by hand.
	const fromFiles = env.flatMap((entry) => (entry.includes('=') ? [entry] : (lookedUp(entry) ?? [])));
	// Of a name that was given twice, the last value counts.
	const byHand = new Map(wish.env.map((entry) => [splitPair(entry)[0], lookedUp(entry) ?? entry]));
	return {
		wish: {
			...wish,
			env: [...fromFiles, ...byHand.values()],
			envFiles: [],
			// In files docker forgets labels without a value, too.
			labels: [...labels.filter((label) => label.includes('=')), ...wish.labels],
			others: wish.others.filter((other) => !other.startsWith(labelFile)),
			volumes: wish.volumes.map((volume) => absoluteVolume(volume, around)),
			mounts: wish.mounts.map((mount) => absoluteMount(mount, around)),
		},
	};
};

const labelFile = '--label-file=';

export const labelFiles = ({ others }: RunWish): string[] =>
	others.filter((other) => other.startsWith(labelFile)).map((other) => other.slice(labelFile.length));

type Place = Pick<RunSurroundings, 'cwd' | 'home'>;

/** Only what is written as a path is one: another word is the name of a volume. */
export const isPath = (source: string): boolean => /^(\/|~($|\/)|\.{1,2}($|\/))/.test(source);

export const absolute = (path: string, { cwd, home }: Place): string => {
	if (home !== undefined && /^~($|\/)/.test(path)) return join(home, path.slice(1));
	return isAbsolute(path) ? path : resolve(cwd, path);
};

const absoluteVolume = (volume: string, place: Place): string => {
	const colon = volume.indexOf(':');
	const source = colon === -1 ? '' : volume.slice(0, colon);
	return isPath(source) ? `${absolute(source, place)}${volume.slice(colon)}` : volume;
};

const absoluteMount = (mount: string, place: Place): string => {
	const fields = csvFields(mount).map((field) => splitPair(field));
	if (!fields.some(([name, value]) => name === 'type' && value === 'bind')) return mount;
	const source = fields.find(([name]) => name === 'source' || name === 'src')?.[1];
	return source === undefined || isAbsolute(source) ? mount : withSource(mount, absolute(source, place));
};

const readEntries = async (
	file: string,
	around: RunSurroundings,
): Promise<{ entries: readonly string[] } | { problem: string }> => {
	let content: string;
	try {
		content = await around.readFile(absolute(file, around));
	} catch (error) {
		const { code = 'unknown' } = error as NodeJS.ErrnoException;
		const why =
			code === 'ENOENT'
				? 'there is no such file.'
				: code === 'EACCES'
					? 'you may not read this file.'
					: code === 'EISDIR'
						? 'it is a folder.'
						: `reading it fails (${code}).`;
		return { problem: `${file} cannot be used: ${why}` };
	}
	const read = readEnvFile(content);
	return 'problem' in read ? { problem: `${file} cannot be used. ${read.problem}` } : read;
};
