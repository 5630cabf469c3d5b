// What a build is asked for: where it is, and what its Dockerfile leaves open.
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Answers, Field, Question } from '../model/question.ts';
import { pathOf } from './build-options.ts';
import { type Dockerfile, readDockerfile } from './dockerfile.ts';
import { findDockerfiles } from './find-dockerfiles.ts';
import { type Around, argument, filled, secret, subjectOf, suggestedTag, text } from './form-wish.ts';
import { listFolder } from './list-folder.ts';
import { secretsIn, sshWarning } from './mounts.ts';
import { readPlainText } from './read-file.ts';

/** Lines of the form that are no reason not to build. */
const note = 'Note: ';

export const isNote = (line: string): boolean => line.startsWith(note);

const argumentFields = ({ args }: Dockerfile, answers: Answers): Field[] => {
	const first = new Map(args.map((arg) => [arg.name, arg]));
	return [...first.values()].slice(0, 12).map(({ name, default: usual = '' }) => ({
		kind: 'text',
		id: `${argument}${name}`,
		label: `--build-arg ${name}${usual ? ` (${usual} if empty)` : ''}`,
		value: text(answers, `${argument}${name}`),
	}));
};

/** Of the secrets that are asked for, and of those that were given. */
const secretFields = (dockerfile: Dockerfile, answers: Answers): Field[] => {
	const asked = secretsIn(dockerfile).slice(0, 12);
	const given = filled(answers, secret).map(([id]) => id);
	return [...new Set([...asked, ...given])].map((id) => ({
		kind: 'text',
		id: `${secret}${id}`,
		label: `--secret ${id} (a file)`,
		value: text(answers, `${secret}${id}`),
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

const isFile = (path: string): Promise<boolean> =>
	stat(path).then(
		(found) => found.isFile(),
		() => false,
	);

/** The form for these answers. Rejects nothing: what cannot be read is said in it. */
export const buildForm = async (
	answers: Answers,
	{ hasBuildKit, ...around }: Around & { readonly hasBuildKit: boolean },
): Promise<Question> => {
	let written = answers.folder === undefined ? '.' : text(answers, 'folder');
	let { found } = await findDockerfiles(pathOf(written || '.', around));
	// Nothing was chosen yet, and there is none here: the folder of the nearest one is meant.
	if (answers.folder === undefined && found[0] && found[0].depth > 0) {
		written = dirname(found[0].name);
		({ found } = await findDockerfiles(pathOf(written, around)));
	}
	const folder = pathOf(written || '.', around);
	// The one that docker takes unasked comes first.
	const usual = found.filter(({ name }) => name === 'Dockerfile');
	const names = [...new Set([...usual, ...found].map(({ name }) => name))];
	const given = text(answers, 'dockerfile');
	// One that lies elsewhere, or is called otherwise.
	if (given !== '' && !names.includes(given) && (await isFile(resolve(folder, given)))) names.push(given);
	const dockerfiles = (names.length ? names : ['Dockerfile']).map((name) => ({ value: name, label: name }));
	const which = choice('dockerfile', 'Dockerfile', answers, dockerfiles);
	const source = await readPlainText(resolve(folder, String(which.value))).catch(() => undefined);
	const dockerfile = readDockerfile(source ?? '');
	const stages = dockerfile.stages.map(({ name, number }) => name ?? String(number));
	const problems =
		source === undefined
			? await folderHint(folder)
			: dockerfile.problems.slice(0, 3).map(({ line, sentence }) => `Line ${line}: ${sentence}`);
	const ssh = sshWarning(dockerfile);
	const body = ssh === undefined ? problems : [...problems, `${note}${ssh}`];
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
				value: answers.tag === undefined ? suggestedTag(written, around) : text(answers, 'tag'),
			},
			...argumentFields(dockerfile, answers),
			...secretFields(dockerfile, answers),
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
