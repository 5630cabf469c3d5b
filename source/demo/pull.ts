// Pulling and pushing: layer after layer, a little every moment, until it is done or the client goes away.

import type { Call } from './call.ts';
import { startLines } from './call.ts';
import { emit } from './events.ts';
import type { Image } from './image.ts';
import { layerSizes } from './image-json.ts';
import { layerLine, shortLayer } from './progress.ts';
import { canonical, familiar, type Reference } from './reference.ts';
import { digestOf, resolve, unreachable } from './registry.ts';
import { pause } from './timers.ts';
import type { World } from './world.ts';

const tick = 120;
const ticks = 24;

/** Layer → bytes, at least one so that a bar has something to fill. */
const sizesOf = (image: Image): [layer: string, size: number][] =>
	[...layerSizes(image)].map(([layer, size]) => [layer, Math.max(32, size)]);

const download = async (
	call: Call,
	layers: [string, number][],
	say: (line: object) => void,
): Promise<void> => {
	const total = layers.reduce((sum, [, size]) => sum + size, 0);
	for (const [layer] of layers) say(layerLine(shortLayer(layer), 'Pulling fs layer'));
	for (const [layer] of layers.slice(3)) say(layerLine(shortLayer(layer), 'Waiting'));
	const loaded = new Map<string, number>();
	for (let step = 1; step <= ticks && !call.signal.aborted; step++) {
		await pause(call.world.timers, tick * call.world.pace, call.signal);
		let budget = (total / ticks) * 1.3 * step;
		for (const [layer, size] of layers) {
			const id = shortLayer(layer);
			const before = loaded.get(layer) ?? 0;
			const now = Math.round(Math.min(size, step === ticks ? size : budget));
			budget -= size;
			if (now <= before) continue;
			loaded.set(layer, now);
			say(layerLine(id, 'Downloading', now, size));
			if (now < size) continue;
			say(layerLine(id, 'Verifying Checksum'));
			say(layerLine(id, 'Download complete'));
		}
	}
	for (const [layer, size] of layers) {
		if (call.signal.aborted) return;
		say(layerLine(shortLayer(layer), 'Extracting', Math.round(size / 2), size));
		await pause(call.world.timers, tick * call.world.pace, call.signal);
		say(layerLine(shortLayer(layer), 'Extracting', size, size));
		say(layerLine(shortLayer(layer), 'Pull complete'));
	}
};

const keep = (world: World, image: Image, reference: Reference): void => {
	const known = world.images.get(image.id) ?? image;
	world.images.set(known.id, known);
	known.digests.add(`${reference.repository}@${digestOf(image)}`);
	const name = familiar(reference);
	if (reference.tag) {
		for (const other of world.images.values()) other.tags.delete(name);
		known.tags.add(name);
	}
	known.taggedAt = world.now();
};

export const pull = async (call: Call, reference: Reference): Promise<undefined> => {
	const { world } = call;
	const image = resolve(world, reference);
	const name = familiar(reference);
	const say = startLines(call);
	say({
		status: `Pulling from ${reference.path.includes('/') ? reference.path : `library/${reference.path}`}`,
		id: reference.tag || reference.digest,
	});
	const known = world.images.get(image.id);
	const isThere = known !== undefined && (reference.tag === '' || known.tags.has(name));
	if (!known) {
		const present = new Set([...world.images.values()].flatMap((other) => other.layers));
		for (const layer of image.layers)
			if (present.has(layer)) say(layerLine(shortLayer(layer), 'Already exists'));
		await download(
			call,
			sizesOf(image).filter(([layer]) => !present.has(layer)),
			say,
		);
	}
	if (call.signal.aborted) return undefined;
	keep(world, image, reference);
	emit(world, 'image', 'pull', name, { ...image.config.Labels, name: reference.repository });
	say({ status: `Digest: ${digestOf(image)}` });
	say({ status: `Status: ${isThere ? 'Image is up to date' : 'Downloaded newer image'} for ${name}` });
	call.response.end();
	return undefined;
};

const failed = (message: string) => ({ errorDetail: { message }, error: message });

export const push = async (
	call: Call,
	reference: Reference,
	image: Image | undefined,
): Promise<undefined> => {
	const { world } = call;
	const say = startLines(call);
	const name = familiar(reference);
	const finish = (line: object): undefined => {
		say(line);
		call.response.end();
	};
	say({ status: `The push refers to repository [${canonical(reference)}]` });
	if (!image) return finish(failed(`An image does not exist locally with the tag: ${reference.repository}`));
	if (reference.host !== 'docker.io') return finish(failed(unreachable(reference.host)));
	const layers = sizesOf(image).reverse();
	for (const [layer] of layers) say(layerLine(shortLayer(layer), 'Preparing'));
	for (const [layer] of layers.slice(5)) say(layerLine(shortLayer(layer), 'Waiting'));
	await pause(world.timers, 3 * tick * world.pace, call.signal);
	if (!reference.path.startsWith('demo/'))
		return finish(failed('denied: requested access to the resource is denied'));
	const uploaded = new Set([...world.pushed.values()].flatMap((other) => other.layers));
	const official = new Set(
		[...world.images.values()]
			.filter((other) => [...other.digests].some((digest) => !digest.includes('/')))
			.flatMap((other) => other.layers),
	);
	for (const [layer, size] of layers) {
		const id = shortLayer(layer);
		if (uploaded.has(layer)) say(layerLine(id, 'Layer already exists'));
		else if (official.has(layer)) say(layerLine(id, 'Mounted from library image'));
		else {
			for (let step = 1; step <= 6 && !call.signal.aborted; step++) {
				await pause(world.timers, tick * world.pace, call.signal);
				say(layerLine(id, 'Pushing', Math.round((size * step) / 6), size));
			}
			say(layerLine(id, 'Pushed'));
		}
		if (call.signal.aborted) return undefined;
	}
	const digest = digestOf(image);
	world.pushed.set(name, image);
	image.digests.add(`${reference.repository}@${digest}`);
	const size = 528 + layers.length * 211;
	say({ status: `${reference.tag}: digest: ${digest} size: ${size}` });
	emit(world, 'image', 'push', name, { ...image.config.Labels, name: reference.repository });
	return finish({ progressDetail: {}, aux: { Tag: reference.tag, Digest: digest, Size: size } });
};
