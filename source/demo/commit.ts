// An image from a container (docker commit) or from a build step: the parent's layers and one more.

import { attributesOf, type Container, filesOf } from './container.ts';
import { emit } from './events.ts';
import { flatten } from './files.ts';
import type { HistoryLine, Image, ImageConfig } from './image.ts';
import { newId, type World } from './world.ts';

export type Layer = {
	config: ImageConfig;
	tree: Image['tree'];
	createdBy: string;
	comment: string;
	author: string;
	size: number;
	hasFiles: boolean;
};

/** An image on top of another, not in the world yet; without a parent it is the first layer. */
export const stackImage = (world: World, parent: Image | undefined, layer: Layer): Image => {
	const now = world.now();
	const line: HistoryLine = {
		createdBy: layer.createdBy,
		comment: layer.comment,
		size: layer.size,
		createdAt: now,
	};
	const before = (parent?.history ?? []).map((old, index, all) =>
		index === all.length - 1 && parent ? { ...old, id: parent.id } : old,
	);
	return {
		id: `sha256:${newId(world)}`,
		tags: new Set(),
		digests: new Set(),
		parent: parent?.id ?? '',
		createdAt: now,
		taggedAt: 0,
		comment: layer.comment,
		author: layer.author,
		size: (parent?.size ?? 0) + layer.size,
		layers: layer.hasFiles
			? [...(parent?.layers ?? []), `sha256:${newId(world)}`]
			: [...(parent?.layers ?? [])],
		history: [...before, line],
		config: layer.config,
		tree: layer.tree,
	};
};

export const commitContainer = (
	world: World,
	container: Container,
	config: ImageConfig,
	comment: string,
	author: string,
): Image => {
	const files = filesOf(world, container);
	const tree = flatten(files);
	const createdBy = [...(container.config.Entrypoint ?? []), ...(container.config.Cmd ?? [])].join(' ');
	const image = stackImage(world, world.images.get(container.imageId), {
		config,
		tree: () => tree,
		createdBy,
		comment,
		author,
		size: files.size,
		hasFiles: files.upper.size > 0,
	});
	world.images.set(image.id, image);
	return image;
};

export const commitEvent = (
	world: World,
	container: Container,
	image: Image,
	name: string,
	comment: string,
): void =>
	emit(world, 'container', 'commit', container.id, {
		...attributesOf(container),
		comment,
		imageID: image.id,
		imageRef: name,
	});
