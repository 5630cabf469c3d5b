// BuildKit from the outside: definition, metadata, context, stages, export.

import type { Call } from '../call.ts';
import { emit } from '../events.ts';
import { type Image, tagImage } from '../image.ts';
import { sha256 } from '../world.ts';
import type { Context } from './context.ts';
import type { Dockerfile } from './dockerfile.ts';
import { createNarrator, makeVertex, messageOf, type Narrator } from './narrator.ts';
import { type BuildOptions, baseImage, targetIndex } from './options.ts';
import { BuildFailure } from './place.ts';
import { fullBase, neededFor, type Planned, planStages } from './plan.ts';
import { runStages } from './stages.ts';

type Build = { call: Call; narrator: Narrator; options: BuildOptions; context: Context; signal: AbortSignal };

const loadMetadata = async ({ call, narrator }: Build, planned: Planned[]) => {
	const bases = new Map<string, { image: Image; isLocal: boolean }>();
	const names = new Set(
		planned.filter((one) => one.baseStage < 0 && one.base !== 'scratch').map((one) => one.base),
	);
	const load = (name: string) =>
		narrator.work(narrator.own(`[internal] load metadata for ${fullBase(name)}`), () => {
			try {
				bases.set(name, baseImage(call.world, name));
			} catch {
				throw new BuildFailure(
					`${name}: failed to resolve source metadata for ${fullBase(name)}: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
				);
			}
		});
	await Promise.all([...names].map(load));
	return bases;
};

const loadContext = async ({ call, narrator, context }: Build): Promise<void> => {
	const size = [...context.values()].reduce(
		(sum, node) => sum + (node.kind === 'file' ? node.bytes.length : 0),
		0,
	);
	const vertex = narrator.own('[internal] load build context');
	await narrator.work(vertex, () => {
		const at = call.world.now();
		narrator.send({
			statuses: [
				{ id: 'transferring context:', vertex: vertex.digest, current: size, at, started: at, completed: at },
			],
		});
	});
};

const execute = async (build: Build, parse: () => Dockerfile): Promise<Image> => {
	const { call, narrator, options, context, signal } = build;
	const file = await narrator.work(
		narrator.own(`[internal] load build definition from ${options.fileName}`),
		parse,
	);
	const all = planStages(file, options.args);
	const target = targetIndex(file, options.target);
	const needed = neededFor(all, target);
	const planned = all.filter((_, index) => needed.has(index));
	const bases = await loadMetadata(build, planned);
	await narrator.work(narrator.own('[internal] load .dockerignore'), () => undefined, 15);
	narrator.send({
		vertexes: planned.flatMap((one) => [
			...(one.baseStage < 0 ? [one.from] : []),
			...one.steps.filter((step) => step !== undefined),
		]),
	});
	await loadContext(build);
	return runStages(
		{ world: call.world, narrator, file, planned: all, bases, options, context, signal },
		needed,
		target,
	);
};

/** The image as it is kept: without its intermediate parents, under an id that its content decides. */
const exportImage = async ({ call, narrator, options }: Build, made: Image): Promise<Image> => {
	const { world } = call;
	const vertex = makeVertex('exporting to image');
	const id = world.images.has(made.id)
		? made.id
		: `sha256:${sha256(`${made.id} ${JSON.stringify(options.labels)}`)}`;
	const labels = { ...made.config.Labels, ...options.labels };
	const config = { ...made.config, ...(Object.keys(labels).length > 0 && { Labels: labels }) };
	narrator.begin(vertex);
	for (const text of [
		'exporting layers',
		`writing image ${id}`,
		...options.tags.map((name) => `naming to ${fullBase(name)}`),
	]) {
		const started = world.now();
		const status = { id: text, vertex: vertex.digest, started };
		narrator.send({ statuses: [{ ...status, at: started }] });
		await narrator.wait(60);
		narrator.send({ statuses: [{ ...status, at: world.now(), completed: world.now() }] });
	}
	narrator.complete(vertex);
	const known = world.images.get(id);
	if (known) return known;
	const image: Image = {
		...made,
		id,
		parent: '',
		tags: new Set(),
		digests: new Set(),
		createdAt: world.now(),
		config,
	};
	world.images.set(id, image);
	emit(world, 'image', 'create', id, { name: id });
	return image;
};

export const buildWithBuildKit = async (
	call: Call,
	options: BuildOptions,
	parse: () => Dockerfile,
	context: Context,
	signal: AbortSignal,
): Promise<undefined> => {
	const narrator = createNarrator(call, signal);
	const build = { call, narrator, options, context, signal };
	try {
		const made = await execute(build, parse);
		if (signal.aborted) throw new BuildFailure('context canceled');
		const image = await exportImage(build, made);
		narrator.say({ id: 'moby.image.id', aux: { ID: image.id } });
		for (const name of options.tags) {
			tagImage(call.world, image, name);
			narrator.say({ stream: `Successfully tagged ${name}\n` });
		}
	} catch (error) {
		const message = signal.aborted ? 'context canceled' : `failed to solve: ${messageOf(error)}`;
		narrator.say({ errorDetail: { message }, error: message });
	}
	call.response.end();
	return undefined;
};
