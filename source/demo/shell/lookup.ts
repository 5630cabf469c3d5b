// Finding a program: along PATH, or at the path that was typed.

import { baseName, type Files, follow, resolvePath } from '../files.ts';

type Found = { name: string; path: string } | { why: 'not found' | 'Permission denied' };

export const findProgram = (
	files: Files,
	typed: string,
	env: Map<string, string>,
	directory: string,
): Found => {
	const places = typed.includes('/')
		? [resolvePath(directory, typed)]
		: (env.get('PATH') ?? '')
				.split(':')
				.slice(0, 32)
				.map((folder) => resolvePath('/', `${folder}/${typed}`));
	for (const place of typed ? places : []) {
		const { node } = follow(files, place);
		if (node?.kind === 'file' && node.mode & 0o111) return { name: baseName(place), path: place };
		if (node && typed.includes('/')) return { why: 'Permission denied' };
	}
	return { why: 'not found' };
};

/** Why the runtime cannot start a program, in its words; undefined when it can. */
export const whyNotStart = (
	files: Files,
	typed: string,
	env: Map<string, string>,
	directory: string,
): string | undefined => {
	const found = findProgram(files, typed, env, directory);
	if (!('why' in found)) return undefined;
	if (found.why === 'Permission denied') return `exec: "${typed}": permission denied`;
	return typed.includes('/')
		? `exec: "${typed}": stat ${typed}: no such file or directory`
		: `exec: "${typed}": executable file not found in $PATH`;
};
