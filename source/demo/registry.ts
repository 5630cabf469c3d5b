// The make-believe registry: what a name stands for, and why a name cannot be pulled or pushed.

import { catalogue } from './catalogue.ts';
import type { Image } from './image.ts';
import { familiar, type Reference } from './reference.ts';
import { refuse } from './refusal.ts';
import { imageFromOffer } from './seed-images.ts';
import { sha256, type World } from './world.ts';

export const digestOf = (image: Image): string =>
	[...image.digests][0]?.split('@')[1] ?? `sha256:${sha256(`digest ${image.id}`)}`;

export const unreachable = (host: string): string => {
	const [name = '', port] = host.split(':');
	const isHere = name === 'localhost' || name.startsWith('127.');
	if (isHere)
		return `Get "http://${host}/v2/": dial tcp ${name === 'localhost' ? '127.0.0.1' : name}:${port ?? 80}: connect: connection refused`;
	return `Get "https://${host}/v2/": dial tcp: lookup ${name} on 127.0.0.53:53: no such host`;
};

/** The image a reference names, ready to be put in the world; refuses with what a registry would say. */
export const resolve = (world: World, reference: Reference): Image => {
	if (reference.host !== 'docker.io') return refuse(500, unreachable(reference.host));
	const pushed = world.pushed.get(familiar(reference));
	if (pushed) return pushed;
	const offer = catalogue.find((each) => each.name === reference.path);
	if (!offer)
		return refuse(
			404,
			`pull access denied for ${reference.repository}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
		);
	if (reference.digest) {
		const found = offer.tags
			.map((tag) => imageFromOffer(world, offer, tag))
			.find((image) => digestOf(image) === reference.digest);
		return (
			found ??
			refuse(
				404,
				`manifest for ${reference.repository}@${reference.digest} not found: manifest unknown: manifest unknown`,
			)
		);
	}
	if (!offer.tags.includes(reference.tag))
		return refuse(404, `manifest for ${familiar(reference)} not found: manifest unknown: manifest unknown`);
	return imageFromOffer(world, offer, reference.tag);
};
