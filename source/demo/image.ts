// Images: their tags, layers and file tree, and how they are found and tagged.

import type { ContainerConfig } from './container.ts';
import { emit } from './events.ts';
import type { Tree } from './files.ts';
import { familiar, parseReference, readReference } from './reference.ts';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

export type HistoryLine = {
	createdBy: string;
	comment: string;
	size: number;
	createdAt: number;
	id?: string;
};
export type ImageConfig = Partial<ContainerConfig>;
export type Image = {
	id: string;
	/** `ubuntu:22.04`, in the order they were given. */
	tags: Set<string>;
	/** `ubuntu@sha256:…`, for images that came from a registry. */
	digests: Set<string>;
	parent: string;
	createdAt: number;
	taggedAt: number;
	comment: string;
	author: string;
	size: number;
	layers: string[];
	history: HistoryLine[];
	config: ImageConfig;
	/** Made when first asked for. */
	tree: () => Tree;
};

export const emptyConfig = {
	Hostname: '',
	Domainname: '',
	User: '',
	AttachStdin: false,
	AttachStdout: false,
	AttachStderr: false,
	Tty: false,
	OpenStdin: false,
	StdinOnce: false,
	Env: null,
	Cmd: null,
	Image: '',
	Volumes: null,
	WorkingDir: '',
	Entrypoint: null,
	OnBuild: null,
	Labels: null,
};

export const lookUpImage = (world: World, wanted: string): Image | undefined => {
	const bare = wanted.replace(/^sha256:/, '');
	const exact = world.images.get(`sha256:${bare}`);
	if (exact) return exact;
	const reference = readReference(wanted);
	if (reference) {
		const name = familiar(reference);
		for (const image of world.images.values()) {
			if (reference.tag && image.tags.has(name) && !reference.digest) return image;
			if (reference.digest && image.digests.has(`${reference.repository}@${reference.digest}`)) return image;
		}
	}
	if (!/^[0-9a-f]{1,64}$/.test(bare)) return undefined;
	const matches = [...world.images.values()].filter((image) => image.id.startsWith(`sha256:${bare}`));
	return matches.length === 1 ? matches[0] : undefined;
};

/** `nope` is searched and reported as `nope:latest`. */
export const fullName = (wanted: string): string => {
	const reference = readReference(wanted);
	return reference && !wanted.startsWith('sha256:') ? familiar(reference) : wanted;
};

export const findImage = (world: World, wanted: string): Image =>
	lookUpImage(world, wanted) ?? refuse(404, `No such image: ${fullName(wanted)}`);

export const imageEvent = (world: World, action: string, image: Image, name: string): void =>
	emit(world, 'image', action, image.id, { ...image.config.Labels, name });

export const tagImage = (world: World, image: Image, name: string): void => {
	for (const other of world.images.values()) if (other !== image) other.tags.delete(name);
	image.tags.add(name);
	image.taggedAt = world.now();
	imageEvent(world, 'tag', image, name);
};

export const tagAs = (world: World, image: Image, repository: string, tag: string): string => {
	const name = familiar(parseReference(tag ? `${repository}:${tag}` : repository));
	tagImage(world, image, name);
	return name;
};

export const usersOfImage = (world: World, image: Image) =>
	[...world.containers.values()].filter((container) => container.imageId === image.id);

export const childrenOfImage = (world: World, image: Image): Image[] =>
	[...world.images.values()].filter((other) => other.parent === image.id);
