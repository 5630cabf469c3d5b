// The context of a build before it is sent: what is in it, how much that is, and what speaks against sending it.
import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { grouped } from '../model/words.ts';
import { amountWarnings, dockerfileProblems, folderWarnings, whyNoFolder } from './context-doubts.ts';
import { ignoreFiles, readIgnoreRules } from './ignore.ts';
import { type ContextEntry, mostEntries, walk } from './walk.ts';

export type ContextListing = {
	/** Absolute, without links. */
	readonly context: string;
	/** In the order in which they are sent: a folder stands before what is in it. */
	readonly entries: readonly ContextEntry[];
	readonly files: number;
	readonly bytes: number;
	/** What the engine is to be told as the Dockerfile's name. */
	readonly dockerfileInContext: string;
	/** Where it is read from, if it lies outside of the context. */
	readonly dockerfileOutside?: string;
	/** The ignore file that applies. */
	readonly ignoreFile?: string;
	/** What makes the build fail, or differ from what was wished: docker would send nothing. */
	readonly problems: readonly string[];
	/** What is worth knowing: docker would send it all the same. */
	readonly warnings: readonly string[];
};

export type ContextProgress = { readonly entries: number; readonly bytes: number };

type Options = {
	readonly context: string;
	readonly dockerfile: string;
	/** The home folder, which is hardly ever meant. */
	readonly home?: string | undefined;
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: ((progress: ContextProgress) => void) | undefined;
};

/** Throws only when the signal ends it. */
export const listContext = async ({
	context,
	dockerfile,
	home,
	signal,
	onProgress,
}: Options): Promise<ContextListing> => {
	const problems: string[] = [];
	const missing = await whyNoFolder(context);
	if (missing !== undefined) return nothing(context, dockerfile, missing);
	const root = await realpath(context);
	const file = await realpath(dockerfile).catch(() => dockerfile);
	problems.push(...(await dockerfileProblems(file)));

	// Rules lie beside the name that was given, even if that is a link.
	const named = join(await realpath(dirname(dockerfile)).catch(() => dirname(file)), basename(dockerfile));
	const rules = await readIgnoreRules(root, isWithin(root, named) ? named : file);
	if (rules.problem !== undefined) problems.push(rules.problem);
	const kept = [file, named, ...ignoreFiles(root, named)].map((path) => slashed(relative(root, path)));
	const isIgnored = (path: string): boolean => !kept.includes(path) && rules.isIgnored(path);
	const onFolder = (found: { entries: readonly unknown[]; bytes: number }): void =>
		onProgress?.({ entries: found.entries.length, bytes: found.bytes });
	const found = await walk(root, { rules: { ...rules, isIgnored }, signal, onFolder }).catch((error) => {
		if (!(error instanceof RangeError)) throw error;
		return undefined;
	});
	if (found === undefined) {
		const sentence = `${context} has more than ${grouped(mostEntries)} files: choose a smaller folder, or exclude some in .dockerignore.`;
		return nothing(context, dockerfile, sentence);
	}

	const entries = found.entries.sort((one, other) => (one.path < other.path ? -1 : 1));
	const files = entries.filter(({ type }) => type === 'file').length;
	const isOutside = !isWithin(root, file);
	return {
		context: root,
		entries,
		files,
		bytes: found.bytes,
		dockerfileInContext: isOutside ? freeName(entries) : slashed(relative(root, file)),
		...(isOutside && { dockerfileOutside: file }),
		...(rules.file !== undefined && { ignoreFile: rules.file }),
		problems: [...problems, ...found.problems],
		warnings: [...folderWarnings(root, home), ...amountWarnings(files, found.bytes), ...found.skipped],
	};
};

/** Files by their size, and by their path where that is the same. */
export const largestFirst = (entries: readonly ContextEntry[]): ContextEntry[] =>
	entries
		.filter(({ type }) => type === 'file')
		.sort((one, other) => other.size - one.size || (one.path < other.path ? -1 : 1));

const nothing = (context: string, dockerfile: string, problem: string): ContextListing => ({
	context,
	entries: [],
	files: 0,
	bytes: 0,
	dockerfileInContext: basename(dockerfile),
	problems: [problem],
	warnings: [],
});

/** The same name each time: the name of a file that is copied with others is part of the cache's key. */
const freeName = (entries: readonly ContextEntry[]): string => {
	const taken = new Set(entries.map(({ path }) => path));
	let name = '.portside.Dockerfile';
	for (let number = 2; taken.has(name); number++) name = `.portside-${number}.Dockerfile`;
	return name;
};

const isWithin = (folder: string, path: string): boolean => {
	const way = relative(folder, path);
	return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

const slashed = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));
