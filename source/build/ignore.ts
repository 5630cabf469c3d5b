// Which files of a context are not sent: the .dockerignore file that applies, read as docker reads it.

import { basename, join, relative, sep } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { readPlainText } from './read-file.ts';

export type IgnoreRules = {
	/** Absolute path of the file they were read from, if there is one. */
	readonly file?: string;
	/** A path relative to the context, with slashes. */
	readonly isIgnored: (path: string) => boolean;
	/** Whether nothing beneath an ignored folder can be sent. */
	readonly isPruned: (folder: string) => boolean;
	/** Why the file could not be used. */
	readonly problem?: string;
};

/** The file next to the Dockerfile and named after it wins over the one of the context. */
export const ignoreFiles = (context: string, dockerfile: string): string[] => [
	`${dockerfile}.dockerignore`,
	join(context, '.dockerignore'),
];

export const readIgnoreRules = async (context: string, dockerfile: string): Promise<IgnoreRules> => {
	const kept = [dockerfile, ...ignoreFiles(context, dockerfile)].map((file) =>
		slashed(relative(context, file)),
	);
	for (const file of ignoreFiles(context, dockerfile)) {
		try {
			return { file, ...ignoreRules(await readPlainText(file), kept) };
		} catch (error) {
			if (error instanceof SyntaxError) {
				return {
					...ignoreRules('', kept),
					file,
					problem: `${basename(file)} has a pattern that cannot be read: ${error.message}.`,
				};
			}
			const { code } = error as NodeJS.ErrnoException;
			if (code !== 'ENOENT' && code !== 'ENOTDIR') {
				return { ...ignoreRules('', kept), file, problem: `${file} cannot be read (${code}).` };
			}
		}
	}
	return ignoreRules('', kept);
};

/** The builder needs the files in `kept`, whatever the rules say. */
export const ignoreRules = (text: string, kept: readonly string[] = []): IgnoreRules => {
	const patterns = text.replace(/^\ufeff/, '').split(/\r?\n/);
	const rules = dockerignore.default({ ignorecase: false }).add(patterns.map(literal));
	// It remembers in an object that knows `constructor` from birth, and so would send every file of that name.
	Object.assign(rules, { _cache: Object.create(null) });
	// A pattern is compiled when it is first used; what cannot be is to be told now.
	rules.ignores('.portside');
	const exceptions = patterns.flatMap((line) =>
		line.trim().startsWith('!') ? [segments(line.trim().slice(1))] : [],
	);
	const always = new Set(kept);
	return {
		isIgnored: (path) => !always.has(path) && rules.ignores(path),
		isPruned: (folder) =>
			!exceptions.some((exception) => reaches(exception, folder.split('/'))) &&
			!kept.some((path) => path.startsWith(`${folder}/`)),
	};
};

/** The library hands these on to a regular expression; to docker they are letters. (Windows has no escaping.) */
const literal = (pattern: string): string =>
	sep === '/'
		? pattern.replace(/\\[\s\S]|[+(){}|]/g, (found) => (found.length > 1 ? found : `\\${found}`))
		: pattern;

const segments = (pattern: string): string[] =>
	slashed(pattern.trim())
		.split('/')
		.filter((segment) => segment !== '' && segment !== '.');

/** Whether an exception may mean something beneath a folder; where it has wildcards, it is taken to. */
const reaches = (exception: readonly string[], folder: readonly string[]): boolean => {
	for (const [index, name] of folder.entries()) {
		const segment = exception[index];
		if (segment === undefined) return false;
		if (segment.includes('**') || segment === '..') return true;
		if (!/[*?[\\]/.test(segment) && segment !== name) return false;
	}
	return exception.length > folder.length;
};

const slashed = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));
