// Of the table of verbs: images come from registries and files, and go there.
import { splitCommand } from '../model/command-line.ts';
import type { Answers, Field } from '../model/question.ts';
import { isReference, shellWord } from '../model/words.ts';
import { isHub, registryOf, withoutHost } from '../registry/names.ts';
import type { Move } from './action.ts';
import { imageInView, imagesInView } from './image-in-view.ts';

const text = (answers: Answers, id: string) => String(answers[id] ?? '').trim();

const words = (answers: Answers, id: string) => {
	const split = splitCommand(text(answers, id));
	return 'problem' in split ? [] : split.words;
};

/** As pull takes it: with a digest, too. */
const isPullable = (reference: string) => isReference(reference.replace(/@sha256:[0-9a-f]{64}$/, ''));

/** No registry knows what has only an id. */
const isNamed = (image: string) => !/^(sha256:)?[0-9a-f]{12,64}$/.test(image);

const nameRule = 'A name has small letters, digits and . _ - / in it, and may end in :VERSION';

/** As a shell reads it: no `~` in quotes, and no option. */
const pathText = (answers: Answers): string => {
	const path = text(answers, 'path') || 'FILE';
	if (path === '~') return path;
	if (path.startsWith('~/')) return `~/${path === '~/' ? '' : shellWord(path.slice(2))}`;
	return shellWord(path.startsWith('-') ? `./${path}` : path);
};

const fileName = (image: string) => `${image.replace(/[^\w.-]+/g, '-').replace(/^-|-$/g, '')}.tar`;

export const imageDoors: readonly Move[] = [
	{
		id: 'app.pull',
		scope: 'app',
		keys: ['u'],
		title: 'Pull',
		hint: 'pull',
		help: 'Fetches images from their registries, with a bar for each layer; several at once.',
		isChanging: true,
		ask: (state) => ({
			title: 'Pull images',
			body: [],
			fields: [
				{
					kind: 'text',
					id: 'names',
					label: 'NAME[:TAG|@DIGEST] …',
					value: imagesInView(state).filter(isNamed).join(' '),
					isOffered: true,
				},
				{ kind: 'text', id: 'platform', label: 'platform', value: '' },
			],
			yes: 'pull',
			isDestructive: false,
		}),
		line: (answers) => {
			const platform = text(answers, 'platform');
			const names = words(answers, 'names');
			return (names.length ? names : ['NAME'])
				.map(
					(name) => `docker pull ${platform ? `--platform ${shellWord(platform)} ` : ''}${shellWord(name)}`,
				)
				.join('; ');
		},
		check: (answers) => {
			const names = words(answers, 'names');
			if (names.length === 0) return 'Type the name of an image: httpd, ubuntu:14.04, localhost:5000/app.';
			const odd = names.find((name) => !isPullable(name));
			return odd === undefined ? undefined : `${odd} is no name of an image. ${nameRule} or @sha256:DIGEST.`;
		},
		run: ({ transfers }, _, answers) => {
			const platform = text(answers, 'platform');
			for (const name of words(answers, 'names')) transfers.pull(name, platform ? { platform } : {});
		},
	},
	{
		id: 'app.push',
		scope: 'app',
		keys: ['P'],
		title: 'Push',
		help: 'Sends an image to the registry its name says, with the login that docker has for it.',
		isChanging: true,
		ask: (state) => {
			const name = imageInView(state) ?? '';
			const isBare = name !== '' && !name.includes('/');
			return {
				title: 'Push an image',
				body: isBare
					? [`${name} names no account: Docker Hub takes ACCOUNT/${name} only. t gives it such a name first.`]
					: [],
				fields: [{ kind: 'text', id: 'name', label: 'NAME[:TAG]', value: name, isOffered: true }],
				yes: 'push',
				isDestructive: false,
			};
		},
		line: (answers) => `docker push ${shellWord(text(answers, 'name') || 'NAME')}`,
		check: (answers) => (isReference(text(answers, 'name')) ? undefined : `${nameRule}.`),
		run: ({ transfers }, _, answers) => void transfers.push(text(answers, 'name')),
	},
	{
		id: 'app.search',
		scope: 'app',
		keys: ['f'],
		title: 'Search a registry',
		help: 'Finds images on Docker Hub, or in any registry that tells what it has.',
		ask: () => ({
			title: 'Search for images',
			body: [],
			fields: [
				{ kind: 'text', id: 'term', label: 'term', value: '' },
				{ kind: 'text', id: 'registry', label: 'registry (empty: Docker Hub)', value: '' },
			],
			yes: 'search',
			isDestructive: false,
		}),
		line: (answers) =>
			isHub(text(answers, 'registry')) ? `docker search ${shellWord(text(answers, 'term') || 'TERM')}` : '',
		check: (answers) =>
			text(answers, 'term') === '' && isHub(text(answers, 'registry'))
				? 'Type what to look for: Docker Hub is too large to be listed.'
				: undefined,
		run: ({ looks }, _, answers) => {
			const [term, registry] = [text(answers, 'term'), text(answers, 'registry')];
			if (isHub(registry)) looks.search(term);
			else looks.repositories(registry.replace(/^https?:\/\//, '').replace(/\/+$/, ''), term);
		},
	},
	{
		id: 'app.layers',
		scope: 'app',
		keys: ['H'],
		title: 'Layers',
		help: 'The history of an image, and which files each of its layers adds, changes and removes.',
		line: (_, state) => `docker history ${shellWord(imageInView(state) ?? 'IMAGE')}`,
		run: ({ looks, send, host }, state) => {
			const image = imageInView(state);
			if (image !== undefined) return looks.layers(image);
			send({ type: 'noticed', text: 'There is no image here to look into.', tone: 'plain', at: host.now() });
		},
	},
	{
		id: 'app.save',
		scope: 'app',
		keys: ['S'],
		title: 'Save to a file',
		help: 'Writes images with all their layers into a tar that docker load takes.',
		ask: (state) => {
			const images = imagesInView(state);
			return {
				title: 'Save images to a file',
				body: [],
				fields: [
					{ kind: 'text', id: 'names', label: 'images', value: images.join(' ') },
					{
						kind: 'text',
						id: 'path',
						label: 'file',
						value: images[0] ? fileName(images[0]) : '',
						isOffered: true,
					},
				],
				yes: 'save',
				isDestructive: false,
			};
		},
		line: (answers) =>
			`docker save -o ${pathText(answers)} ${words(answers, 'names').map(shellWord).join(' ') || 'IMAGE'}`,
		check: (answers) => {
			if (words(answers, 'names').length === 0) return 'Type which images to save.';
			return text(answers, 'path') === '' ? 'Type the file to write.' : undefined;
		},
		run: ({ transfers }, _, answers) => void transfers.save(words(answers, 'names'), text(answers, 'path')),
	},
	{
		id: 'app.load',
		scope: 'app',
		keys: ['O'],
		title: 'Load from a file',
		help: 'Takes the images of a tar that docker save wrote, or makes an image of a tar of files (docker import).',
		isChanging: true,
		ask: () => ({
			title: 'Load images from a file',
			body: [],
			fields: [
				{ kind: 'text', id: 'path', label: 'file', value: '' },
				{
					kind: 'choice',
					id: 'how',
					label: 'it has',
					value: 'load',
					options: [
						{ value: 'load', label: 'images (load)' },
						{ value: 'import', label: 'files of a system (import)' },
					],
				} satisfies Field,
				{ kind: 'text', id: 'name', label: 'repository:tag (import)', value: '' },
			],
			yes: 'load',
			isDestructive: false,
		}),
		line: (answers) => {
			const path = pathText(answers);
			const name = text(answers, 'name');
			return answers.how === 'import'
				? `docker import ${path}${name ? ` ${shellWord(name)}` : ''}`
				: `docker load -i ${path}`;
		},
		check: (answers) => {
			if (text(answers, 'path') === '') return 'Type the file to read.';
			const name = text(answers, 'name');
			return answers.how === 'import' && name !== '' && !isReference(name) ? `${nameRule}.` : undefined;
		},
		run: ({ transfers }, _, answers) => {
			const [path, reference] = [text(answers, 'path'), text(answers, 'name')];
			if (answers.how === 'import') transfers.importFile(path, { reference });
			else transfers.load(path);
		},
	},
];

/** What the registry room needs to be asked for the tags of a repository. */
export const placeOf = (repository: string): { readonly host: string; readonly path: string } => ({
	host: registryOf(repository),
	path: withoutHost(repository),
});
