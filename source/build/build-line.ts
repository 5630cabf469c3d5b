// A wish as the shortest `docker build …` line that means the same.
import { isAbsolute, join, relative } from 'node:path';
import type { BuildWish } from '../model/build.ts';
import { shellWord } from '../model/words.ts';

/** `cwd` is where the line is to be run: paths are relative to it. */
export const buildLine = (wish: BuildWish, cwd: string): string => {
	const words = ['docker', 'build'];
	for (const tag of wish.tags) words.push('-t', tag);
	if (wish.dockerfile !== join(wish.context, 'Dockerfile')) words.push('-f', near(wish.dockerfile, cwd));
	for (const [name, value] of Object.entries(wish.args)) words.push('--build-arg', `${name}=${value}`);
	if (wish.target !== undefined) words.push('--target', wish.target);
	if (wish.platform !== undefined) words.push('--platform', wish.platform);
	if (wish.isUncached) words.push('--no-cache');
	if (wish.pullsBases) words.push('--pull');
	for (const [id, path] of Object.entries(wish.secrets)) {
		words.push('--secret', [`id=${id}`, `src=${near(path, cwd)}`].map(field).join(','));
	}
	words.push(near(wish.context, cwd));
	const line = words.map(shellWord).join(' ');
	return wish.builder === 'classic' ? `DOCKER_BUILDKIT=0 ${line}` : line;
};

/** Relative, unless that is the longer way; never what could be taken for an option or an address. */
export const near = (path: string, cwd: string): string => {
	const way = relative(cwd, path);
	if (way === '') return '.';
	if (isAbsolute(way) || way.length > path.length) return path;
	return /^[-~]|:/.test(way) ? `./${way}` : way;
};

/** docker reads a secret as a line of CSV. */
const field = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
