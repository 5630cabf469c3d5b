// Deleting images: untagging first, and never what a container or another image needs.

import { childrenOfImage, findImage, fullName, type Image, imageEvent, usersOfImage } from './image.ts';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

type Deletion = { Untagged: string } | { Deleted: string };

const untag = (world: World, image: Image, name: string): Deletion[] => {
	image.tags.delete(name);
	const answers: Deletion[] = [{ Untagged: name }];
	const repository = name.slice(0, name.lastIndexOf(':'));
	if (![...image.tags].some((tag) => tag.startsWith(`${repository}:`)))
		for (const digest of image.digests)
			if (digest.startsWith(`${repository}@`)) {
				image.digests.delete(digest);
				answers.push({ Untagged: digest });
			}
	imageEvent(world, 'untag', image, image.id);
	return answers;
};

/** Deletes an image without tags, then every parent that nothing needs any more. */
const erase = (world: World, image: Image): Deletion[] => {
	const answers: Deletion[] = [];
	let next: Image | undefined = image;
	while (
		next &&
		next.tags.size === 0 &&
		usersOfImage(world, next).length === 0 &&
		childrenOfImage(world, next).length === 0
	) {
		world.images.delete(next.id);
		imageEvent(world, 'delete', next, next.id);
		answers.push({ Deleted: next.id });
		const parent: Image | undefined = world.images.get(next.parent);
		const kept = new Set([...world.images.values()].flatMap((other) => other.layers));
		for (const layer of [...next.layers].reverse()) if (!kept.has(layer)) answers.push({ Deleted: layer });
		next = parent;
	}
	return answers;
};

const short = (id: string): string => id.replace('sha256:', '').slice(0, 12);

/** `docker rmi`: untags, or deletes when nothing else holds the image. */
export const deleteImage = (
	world: World,
	wanted: string,
	isForced: boolean,
	prunesParents = true,
): Deletion[] => {
	const image = findImage(world, wanted);
	const isById = image.id.includes(wanted.replace(/^sha256:/, '')) && !image.tags.has(fullName(wanted));
	const users = usersOfImage(world, image);
	const running = users.find((user) => user.status === 'running' || user.status === 'paused');
	const refuseFor = (why: string, how: string) =>
		refuse(
			409,
			`conflict: unable to ${isById ? 'delete' : 'remove repository reference'} ${isById ? short(image.id) : `"${wanted}"`} (${how}) - ${why}`,
		);
	if (!isById) {
		const name = fullName(wanted);
		if (image.tags.size > 1) return untag(world, image, name);
		if (running && !isForced)
			refuseFor(
				`container ${running.id.slice(0, 12)} is using its referenced image ${short(image.id)}`,
				'must force',
			);
		if (users[0] && !isForced)
			refuseFor(
				`container ${users[0].id.slice(0, 12)} is using its referenced image ${short(image.id)}`,
				'must force',
			);
		const answers = untag(world, image, name);
		return users.length > 0 || childrenOfImage(world, image).length > 0
			? answers
			: [...answers, ...erase(world, image)];
	}
	if (running)
		refuseFor(`image is being used by running container ${running.id.slice(0, 12)}`, 'cannot be forced');
	if (image.tags.size > 1 && !isForced)
		refuseFor('image is referenced in multiple repositories', 'must be forced');
	if (users[0] && !isForced)
		refuseFor(`image is being used by stopped container ${users[0].id.slice(0, 12)}`, 'must be forced');
	if (childrenOfImage(world, image).length > 0 && prunesParents)
		refuseFor('image has dependent child images', 'cannot be forced');
	const answers = [...image.tags].flatMap((name) => untag(world, image, name));
	return [...answers, ...erase(world, image)];
};
