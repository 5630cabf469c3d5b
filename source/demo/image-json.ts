// Images as /images answers them.

import { emptyConfig, type Image, usersOfImage } from './image.ts';
import { goTime } from './words.ts';
import type { World } from './world.ts';

/** `api` is the minor number the client asked for: fields come and go with it. */
export const summarizeImage = (world: World, image: Image, api: number, isCounted = false) => {
	const isUntagged = image.tags.size === 0;
	const isOld = api < 43;
	return {
		Containers: isCounted ? usersOfImage(world, image).length : -1,
		Created: Math.floor(image.createdAt / 1000),
		Id: image.id,
		Labels: image.config.Labels && Object.keys(image.config.Labels).length > 0 ? image.config.Labels : null,
		ParentId: image.parent,
		RepoDigests: image.digests.size === 0 && isUntagged && isOld ? ['<none>@<none>'] : [...image.digests],
		RepoTags: isUntagged && isOld ? ['<none>:<none>'] : [...image.tags],
		SharedSize: isCounted ? sharedSize(world, image) : -1,
		Size: image.size,
		...(api < 44 && { VirtualSize: image.size }),
	};
};

/** Layer → its size, for one image; layers without bytes of their own have none. */
export const layerSizes = (image: Image): Map<string, number> => {
	const sizes = image.history.filter((line) => line.size > 0).map((line) => line.size);
	return new Map(image.layers.map((layer, index) => [layer, sizes[index] ?? 0]));
};

const sharedSize = (world: World, image: Image): number => {
	const others = new Set(
		[...world.images.values()].filter((other) => other !== image).flatMap((other) => other.layers),
	);
	let shared = 0;
	for (const [layer, size] of layerSizes(image)) if (others.has(layer)) shared += size;
	return shared;
};

export const inspectImage = (image: Image, api: number) => ({
	Id: image.id,
	RepoTags: [...image.tags],
	RepoDigests: [...image.digests],
	Parent: image.parent,
	Comment: image.comment,
	Created: goTime(image.createdAt),
	DockerVersion: '',
	Author: image.author,
	...(api < 45 && { Container: '', ContainerConfig: emptyConfig }),
	Config: { ...emptyConfig, ...image.config },
	Architecture: 'amd64',
	Os: 'linux',
	Size: image.size,
	...(api < 44 && { VirtualSize: image.size }),
	GraphDriver: {
		Data: {
			MergedDir: `/var/lib/docker/overlay2/${image.id.slice(7)}/merged`,
			UpperDir: `/var/lib/docker/overlay2/${image.id.slice(7)}/diff`,
			WorkDir: `/var/lib/docker/overlay2/${image.id.slice(7)}/work`,
		},
		Name: 'overlay2',
	},
	RootFS: { Type: 'layers', Layers: image.layers },
	Metadata: { LastTagTime: goTime(image.taggedAt) },
});

export const historyOf = (world: World, image: Image) =>
	image.history
		.map((line, index) => {
			const own = world.images.get(index === image.history.length - 1 ? image.id : (line.id ?? ''));
			return {
				Comment: line.comment,
				Created: Math.floor(line.createdAt / 1000),
				CreatedBy: line.createdBy,
				Id: own?.id ?? '<missing>',
				Size: line.size,
				Tags: own && own.tags.size > 0 ? [...own.tags] : null,
			};
		})
		.reverse();
