// Of the table of verbs: what can be done to an image.
import { type ImageRemoval, isUp } from '../model/items.ts';
import type { ImageRow } from '../model/row.ts';
import type { State } from '../model/state.ts';
import { isReference, plural, shellWord, shortId, size } from '../model/words.ts';
import type { Context, Verb } from './action.ts';
import { copyVerb } from './copy.ts';
import { said } from './said.ts';

const nameOf = ({ reference, imageId }: ImageRow) => reference ?? shortId(imageId);
const names = (images: readonly ImageRow[]) => images.map((image) => shellWord(nameOf(image))).join(' ');

/** Removing one of several references only takes the name away; the image goes with its last one. */
const isOnlyUntagged = (image: ImageRow, together: readonly ImageRow[]) =>
	image.references > together.filter(({ imageId }) => imageId === image.imageId).length;

const childrenOf = (state: State, { imageId }: ImageRow) =>
	[...state.images.values()].filter(({ parentId }) => parentId === imageId);

const isRunning = (state: State, name: string): boolean =>
	[...state.containers.values()].some((container) => container.name === name && isUp(container));

const removalPreview = async (
	images: readonly ImageRow[],
	{ engine, state }: Context,
	options: { readonly force: boolean },
) => {
	const use = await engine.diskUse().catch(() => undefined);
	const body: string[] = [];
	const counted = new Set<string>();
	let bytes = 0;
	for (const image of images) {
		if (isOnlyUntagged(image, images)) {
			const others = [...(state().images.get(image.imageId)?.references ?? [])].filter(
				(reference) => reference !== image.reference,
			);
			body.push(`${nameOf(image)}  untagged only: the image stays as ${others.join(', ')}`);
			continue;
		}
		const running = options.force ? image.usedBy.filter((name) => isRunning(state(), name)) : [];
		if (running.length) {
			body.push(
				`${nameOf(image)}  untagged only: in use by ${running.join(', ')}, so it stays without a name`,
			);
			continue;
		}
		const own = use?.images.get(image.imageId);
		if (!counted.has(image.imageId)) bytes += own ?? 0;
		counted.add(image.imageId);
		body.push(
			`${nameOf(image)}  deleted  ${size(image.size)}${own === undefined ? '' : `, ${size(own)} shared with no other image`}`,
		);
		for (const name of image.usedBy) body.push(`  container ${name} was made from it`);
		for (const child of childrenOf(state(), image))
			body.push(`  ${child.references[0] ?? shortId(child.id)} is built on it and keeps its layers`);
	}
	body.push('', use ? `${size(bytes)} come back.` : 'How many bytes come back could not be found out.');
	return body;
};

/** The engine's own Untagged/Deleted answer in a sentence. */
const told = ({ untagged, deleted }: ImageRemoval) =>
	[
		untagged.length ? `Untagged: ${untagged.join(', ')}` : '',
		deleted.length ? `Deleted: ${deleted.map(shortId).join(', ')}` : '',
	]
		.filter(Boolean)
		.join('; ');

const removal = (options: { force: boolean }) => ({
	ask: async (images: readonly ImageRow[], context: Context) => {
		const what = images.length === 1 && images[0] ? nameOf(images[0]) : plural(images.length, 'image');
		const body = await removalPreview(images, context, options);
		return {
			title: `${options.force ? 'Force remove' : 'Remove'} ${what}?`,
			body,
			fields: [],
			yes: 'remove',
			isDestructive: true,
		};
	},
	run: async (image: ImageRow, _: unknown, { engine }: Context) =>
		`· ${told(await engine.removeImage({ name: image.reference ?? image.imageId }, options))}`,
	doing: 'removing',
	done: 'removed',
});

const copies = {
	name: nameOf,
	id: ({ imageId }: ImageRow) => imageId,
	run: (image: ImageRow) => `docker run -it --rm ${shellWord(nameOf(image))}`,
	inspect: (image: ImageRow) => `docker image inspect ${shellWord(nameOf(image))}`,
} as const;

const base = { scope: 'image', isChanging: true, on: 'each' } as const;

export const imageVerbs: readonly Verb<'image'>[] = [
	{
		...base,
		id: 'image.tag',
		keys: ['t'],
		title: 'Tag',
		hint: 'tag',
		help: 'Gives the image another name; it keeps the one it has.',
		doing: 'tagging',
		done: 'tagged',
		ask: ([image]) => ({
			title: `Tag ${image ? nameOf(image) : ''}`,
			body: [],
			fields: [
				{ kind: 'text', id: 'name', label: 'new name', value: image?.reference ?? '', isOffered: true },
			],
			yes: 'tag',
			isDestructive: false,
		}),
		check: ({ name }, images) => {
			if (images.length > 1) return 'One at a time: unmark the others (Space) and tag each.';
			if (!isReference(String(name)))
				return 'A name has small letters, digits and . _ - / in it, and may end in :VERSION.';
			return name === images[0]?.reference ? `It is called ${name} already.` : undefined;
		},
		cli: (images, { name = 'NEW_NAME' }) =>
			`docker tag ${names(images.slice(0, 1))} ${shellWord(String(name))}`,
		run: async (image, { name }, { engine, send }) => {
			const reference = String(name);
			await engine.tag({ name: nameOf(image) }, reference);
			// What is done with it next is meant for the new name.
			send({
				type: 'awaited',
				pane: 'images',
				id: /:[^/]*$/.test(reference) ? reference : `${reference}:latest`,
			});
			return `as ${reference}`;
		},
	},
	{
		...base,
		...removal({ force: false }),
		id: 'image.remove',
		keys: ['d'],
		title: 'Remove',
		hint: 'remove',
		help: 'Takes the tag away; with the last tag the image goes, and its bytes come back.',
		whyNot: (image) =>
			image.usedBy.length && image.references <= 1
				? `${nameOf(image)} is used by ${image.usedBy.join(', ')}: remove that first; D takes at least the name away`
				: undefined,
		cli: (images) => `docker rmi ${names(images)}`,
	},
	{
		...base,
		...removal({ force: true }),
		id: 'image.force-remove',
		keys: ['D'],
		title: 'Force remove',
		whyNot: (image, state) => {
			const running = image.usedBy.filter((name) => isRunning(state, name));
			return image.reference === undefined && running.length
				? `${nameOf(image)} has no name to take away, and is in use by ${running.join(', ')}: stop that first`
				: undefined;
		},
		help: 'Removes an image that stopped containers were made from.',
		cli: (images) => `docker rmi -f ${names(images)}`,
	},
	{
		...base,
		id: 'image.prune',
		keys: ['X'],
		title: 'Prune images',
		hint: 'prune',
		help: 'Removes dangling images, or all that no container uses, after listing them.',
		on: 'none',
		doing: 'pruning',
		done: 'pruned',
		ask: async (_, { engine, state }) => {
			const users = new Set([...state().containers.values()].map(({ imageId }) => imageId));
			const unused = [...state().images.values()].filter(({ id }) => !users.has(id));
			const use = await engine.diskUse().catch(() => undefined);
			const bytes = (images: readonly { readonly id: string }[]) =>
				use ? `, ${size(images.reduce((sum, { id }) => sum + (use.images.get(id) ?? 0), 0))} come back` : '';
			const line = (id: string, name: string) =>
				`${name}  ${shortId(id)}${use ? `  ${size(use.images.get(id) ?? 0)}` : ''}`;
			const dangling = unused.filter(({ references }) => references.length === 0);
			const tagged = unused.filter(({ references }) => references.length > 0);
			const shared = [...state().images.values()].filter(
				({ id, references }) => users.has(id) && references.length > 1,
			);
			if (unused.length + shared.length === 0)
				return said('Nothing to prune', 'Every image is used by a container.');
			return {
				title: 'Prune images?',
				body: [
					`${plural(dangling.length, 'dangling image')}${bytes(dangling)}:`,
					...dangling.map(({ id }) => `  ${line(id, '<none>')}`),
					`${plural(tagged.length, 'unused image')} with a tag${bytes(tagged)}:`,
					...tagged.map(({ id, references }) => `  ${line(id, references.join(', '))}`),
					// docker takes each name for itself, and stops at the last one of an image in use.
					...(shared.length ? ['Of images in use, with “all unused”, all names but one go:'] : []),
					...shared.map(({ references }) => `  ${references.join(', ')}`),
				],
				fields: [
					{
						kind: 'choice',
						id: 'which',
						label: 'which',
						value: 'dangling',
						options: [
							{ value: 'dangling', label: `dangling only${bytes(dangling)}` },
							{ value: 'all', label: `all unused${bytes(unused)}` },
						],
					},
				],
				yes: 'prune',
				isDestructive: true,
			};
		},
		cli: (_, { which }) => `docker image prune ${which === 'all' ? '-a ' : ''}-f`,
		run: async (_, { which }, { engine }) => {
			const { removed, bytes } = await engine.pruneImages({ all: which === 'all' });
			return `${plural(removed.length, 'name')} and layers, ${size(bytes)} came back`;
		},
	},
	copyVerb('image', copies),
];
