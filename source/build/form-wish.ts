// What was filled into the form of a build, read as a wish, and a wish as what would be filled in for it.
import { basename, relative, resolve } from 'node:path';
import type { BuildWish } from '../model/build.ts';
import type { Answers } from '../model/question.ts';
import { near } from './build-line.ts';
import { pathOf, tagProblem } from './build-options.ts';

/** Where Portside was started, and what `~` means. */
export type Around = { readonly cwd: string; readonly home?: string | undefined };

export const text = (answers: Answers, id: string): string => String(answers[id] ?? '').trim();

/** Answers of fields for build arguments begin with it, and those for the files of secrets. */
export const argument = 'arg ';
export const secret = 'secret ';

const folderOf = (answers: Answers, around: Around): string => pathOf(text(answers, 'folder') || '.', around);

/** As docker wants a repository: small letters, no odd signs at the ends. */
export const suggestedTag = (folder: string, around: Around): string =>
	basename(pathOf(folder || '.', around))
		.toLowerCase()
		.replace(/[^a-z0-9._-]+/g, '-')
		.replace(/[._-]{2,}/g, '-')
		.replace(/^[._-]+|[._-]+$/g, '');

/** What the form stands for: when this changes, other things are to be asked. */
export const subjectOf = (answers: Answers): string =>
	`${text(answers, 'folder')}\n${text(answers, 'dockerfile')}`;

/** What was filled into fields whose ids begin so, by the rest of the id. */
export const filled = (answers: Answers, kind: string): [string, string][] =>
	Object.entries(answers)
		.filter(([id, value]) => id.startsWith(kind) && value !== '')
		.map(([id, value]) => [id.slice(kind.length), String(value)]);

export const wishOf = (answers: Answers, around: Around): BuildWish => {
	const context = folderOf(answers, around);
	const secrets = filled(answers, secret).map(([id, path]) => [id, pathOf(path.trim(), around)] as const);
	const target = text(answers, 'target');
	const platform = text(answers, 'platform');
	const builder = text(answers, 'builder');
	return {
		context,
		dockerfile: resolve(context, text(answers, 'dockerfile') || 'Dockerfile'),
		tags: tagsOf(answers),
		args: Object.fromEntries(filled(answers, argument)),
		isUncached: answers.uncached === true,
		pullsBases: answers.pull === true,
		secrets: Object.fromEntries(secrets),
		...(target && { target }),
		...(platform && { platform }),
		...(builder === 'classic' && { builder }),
	};
};

/** The answers that would have come to it. */
export const answersOf = (wish: BuildWish, { cwd }: Around): Answers => ({
	folder: relative(cwd, wish.context) || '.',
	dockerfile: relative(wish.context, wish.dockerfile),
	tag: wish.tags.join(' '),
	...Object.fromEntries(Object.entries(wish.args).map(([name, value]) => [`${argument}${name}`, value])),
	...Object.fromEntries(
		Object.entries(wish.secrets).map(([id, path]) => [`${secret}${id}`, near(path, cwd)]),
	),
	target: wish.target ?? '',
	platform: wish.platform ?? '',
	builder: wish.builder ?? '',
	uncached: wish.isUncached,
	pull: wish.pullsBases,
});

/** What is wrong with it, in a sentence. */
export const problemOf = (answers: Answers): string | undefined => tagProblem(tagsOf(answers));

const tagsOf = (answers: Answers): string[] =>
	text(answers, 'tag')
		.split(/[\s,]+/)
		.filter(Boolean);
