// What speaks against a context as a whole, apart from what is in it.
import { access, stat } from 'node:fs/promises';
import { parse, relative } from 'node:path';
import { grouped, size } from '../model/words.ts';

/** Known before anything is read, which may take long there. */
export const folderWarnings = (context: string, home?: string): string[] => {
	if (parse(context).root === context)
		return ['The context is the whole disk: everything on it would be sent to the engine.'];
	return home !== undefined && relative(home, context) === ''
		? ['The context is your home folder: keys and everything else in it would be sent to the engine.']
		: [];
};

export const amountWarnings = (files: number, bytes: number): string[] => {
	const remedy = 'Exclude what the build does not need in .dockerignore.';
	if (bytes > 2 ** 30) return [`The context has ${size(bytes)}, which are sent with every build. ${remedy}`];
	if (files > 100_000)
		return [`The context has ${grouped(files)} files, which are sent with every build. ${remedy}`];
	return [];
};

export const whyNoFolder = async (context: string): Promise<string | undefined> => {
	try {
		return (await stat(context)).isDirectory() ? undefined : `${context} is a file: a context is a folder.`;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return code === 'ENOENT' ? `There is no folder ${context}.` : `${context} cannot be read (${code}).`;
	}
};

export const dockerfileProblems = async (file: string): Promise<string[]> => {
	try {
		if (!(await stat(file)).isFile()) return [`${file} is not a file.`];
		await access(file);
		return [];
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return [code === 'ENOENT' ? `There is no ${file}.` : `${file} cannot be read (${code}).`];
	}
};
