// What a build is asked for: where it is, and what its Dockerfile leaves open.
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { BuildWish } from '../model/build.ts';
import type { Answers, Field, Question } from '../model/question.ts';
import { isReference } from '../model/words.ts';
import { type Dockerfile, readDockerfile } from './dockerfile.ts';
import { findDockerfiles } from './find-dockerfiles.ts';
import { listFolder } from './list-folder.ts';
import { readPlainText } from './read-file.ts';

const text = (answers: Answers, id: string): string => String(answers[id] ?? '').trim();

/** Answers of fields for build arguments begin with it. */
const argument = 'arg ';

/** As docker wants a repository: small letters, no odd signs at the ends. */
export const suggestedTag = (folder: string, cwd: string): string =>
	basename(resolve(cwd, folder || '.'))
		.toLowerCase()
		.replace(/[^a-z0-9._-]+/g, '-')
		.replace(/[._-]{2,}/g, '-')
		.replace(/^[._-]+|[._-]+$/g, '');

/** What the form stands for: when this changes, other things are to be asked. */
export const subjectOf = (answers: Answers): string =>
	`${text(answers, 'folder')}\n${text(answers, 'dockerfile')}`;

export const wishOf = (answers: Answers, cwd: string): BuildWish => {
	const context = resolve(cwd, text(answers, 'folder') || '.');
	const args = Object.entries(answers)
		.filter(([id, value]) => id.startsWith(argument) && value !== '')
		.map(([id, value]) => [id.slice(argument.length), String(value)] as const);
	const target = text(answers, 'target');
	const platform = text(answers, 'platform');
	const builder = text(answers, 'builder');
	return {
		context,
		dockerfile: join(context, text(answers, 'dockerfile') || 'Dockerfile'),
		tags: text(answers, 'tag')
			.split(/[\s,]+/)
			.filter(Boolean),
		args: Object.fromEntries(args),
		isUncached: answers.uncached === true,
		pullsBases: answers.pull === true,
		secrets: {},
		...(target && { target }),
		...(platform && { platform }),
		...(builder === 'classic' && { builder }),
	};
};

/** The answers that would have come to it. */
export const answersOf = (wish: BuildWish, cwd: string): Answers => ({
	folder: relative(cwd, wish.context) || '.',
	dockerfile: relative(wish.context, wish.dockerfile),
	tag: wish.tags.join(' '),
	...Object.fromEntries(Object.entries(wish.args).map(([name, value]) => [`${argument}${name}`, value])),
	target: wish.target ?? '',
	platform: wish.platform ?? '',
	builder: wish.builder ?? '',
	uncached: wish.isUncached,
	pull: wish.pullsBases,
});

/** What is wrong with it, in a sentence. */
export const problemOf = (answers: Answers): string | undefined => {
	const odd = text(answers, 'tag')
		.split(/[\s,]+/)
		.find((tag) => tag !== '' && !isReference(tag));
	if (odd === undefined) return undefined;
	return `${odd} is no tag: a name has small letters, digits and . _ - / in it, and may end in :VERSION.`;
};

const argumentFields = ({ args }: Dockerfile, answers: Answers): Field[] => {
	const first = new Map(args.map((arg) => [arg.name, arg]));
	return [...first.values()].slice(0, 12).map(({ name, default: usual = '' }) => ({
		kind: 'text',
		id: `${argument}${name}`,
		label: `--build-arg ${name}${usual ? ` (${usual} if empty)` : ''}`,
		value: text(answers, `${argument}${name}`),
	}));
};

const choice = (
	id: string,
	label: string,
	answers: Answers,
	options: readonly { value: string; label: string }[],
): Field => {
	const wanted = text(answers, id);
	const value = options.some((option) => option.value === wanted) ? wanted : (options[0]?.value ?? '');
	return { kind: 'choice', id, label, options, value };
};

/** Folders to go on with, for who does not know where it is. */
const folderHint = async (folder: string): Promise<string[]> => {
	const { items, problem } = await listFolder(folder);
	if (problem !== undefined) return [problem];
	const folders = items
		.filter(({ isFolder, name }) => isFolder && !name.startsWith('.'))
		.map(({ name }) => name);
	return [
		`There is no Dockerfile in ${folder} or beneath it.`,
		...(folders.length
			? [`Folders in it: ${folders.slice(0, 12).join('  ')}${folders.length > 12 ? ' …' : ''}`]
			: []),
	];
};

/** The form for these answers. Rejects nothing: what cannot be read is said in it. */
export const buildForm = async (
	answers: Answers,
	{ cwd, hasBuildKit }: { readonly cwd: string; readonly hasBuildKit: boolean },
): Promise<Question> => {
	let written = answers.folder === undefined ? '.' : text(answers, 'folder');
	let { found } = await findDockerfiles(resolve(cwd, written || '.'));
	// Nothing was chosen yet, and there is none here: the folder of the nearest one is meant.
	if (answers.folder === undefined && found[0] && found[0].depth > 0) {
		written = dirname(found[0].name);
		({ found } = await findDockerfiles(resolve(cwd, written)));
	}
	const folder = resolve(cwd, written || '.');
	// The one that docker takes unasked comes first.
	const usual = found.filter(({ name }) => name === 'Dockerfile');
	const names = [...new Set([...usual, ...found])].map(({ name }) => ({ value: name, label: name }));
	const dockerfiles = names.length ? names : [{ value: 'Dockerfile', label: 'Dockerfile' }];
	const which = choice('dockerfile', 'Dockerfile', answers, dockerfiles);
	const source = await readPlainText(join(folder, String(which.value))).catch(() => undefined);
	const dockerfile = readDockerfile(source ?? '');
	const stages = dockerfile.stages.map(({ name, number }) => name ?? String(number));
	const body =
		source === undefined
			? await folderHint(folder)
			: dockerfile.problems.slice(0, 3).map(({ line, sentence }) => `Line ${line}: ${sentence}`);
	return {
		title: 'Build an image',
		body,
		about: subjectOf({ folder: written, dockerfile: which.value }),
		yes: 'build',
		isDestructive: false,
		fields: [
			{ kind: 'text', id: 'folder', label: 'folder', value: written },
			which,
			{
				kind: 'text',
				id: 'tag',
				label: 'tag',
				value: answers.tag === undefined ? suggestedTag(written, cwd) : text(answers, 'tag'),
			},
			...argumentFields(dockerfile, answers),
			...(stages.length > 1
				? [
						choice('target', 'target', answers, [
							{ value: '', label: 'the last stage' },
							...stages.map((stage) => ({ value: stage, label: stage })),
						]),
					]
				: []),
			{
				kind: 'text',
				id: 'platform',
				label: 'platform (empty: the engine’s own)',
				value: text(answers, 'platform'),
			},
			...(hasBuildKit
				? [
						choice('builder', 'builder', answers, [
							{ value: '', label: 'BuildKit' },
							{ value: 'classic', label: 'classic' },
						]),
					]
				: []),
			{
				kind: 'toggle',
				id: 'uncached',
				label: 'without the cache (--no-cache)',
				value: answers.uncached === true,
			},
			{ kind: 'toggle', id: 'pull', label: 'pull newer base images (--pull)', value: answers.pull === true },
		],
	};
};
