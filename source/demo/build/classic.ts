// The classic builder: one step after the other, told as a stream of text.

import { type Call, startLines } from '../call.ts';
import { type Image, tagImage } from '../image.ts';
import { canonical, parseReference } from '../reference.ts';
import type { World } from '../world.ts';
import type { Context } from './context.ts';
import type { Dockerfile } from './dockerfile.ts';
import { asContext, type BuildOptions, baseImage, baseName, globalArgs, targetIndex } from './options.ts';
import { BuildFailure } from './place.ts';
import { runStep } from './steps.ts';

const short = (id: string): string => id.replace('sha256:', '').slice(0, 12);

const isStepWithoutContainer = (name: string): boolean => name === 'COPY' || name === 'ADD';

/** Puts a base image into the world, saying so as a pull does. */
const fetchBase = (world: World, name: string, say: (line: object) => void): Image => {
	const { image, isLocal } = baseImage(world, name);
	if (isLocal) return image;
	const reference = parseReference(name);
	say({ status: `Pulling from ${canonical(reference).replace('docker.io/', '')}`, id: reference.tag });
	say({ status: `Status: Downloaded newer image for ${reference.repository}:${reference.tag}` });
	world.images.set(image.id, image);
	tagImage(world, image, `${reference.repository}:${reference.tag}`);
	return image;
};

export const buildClassic = async (
	call: Call,
	options: BuildOptions,
	file: Dockerfile,
	context: Context,
	signal: AbortSignal,
): Promise<undefined> => {
	const { world } = call;
	const raw = startLines(call);
	const say = (line: object) => void (options.isQuiet || raw(line));
	const tell = (stream: string) => say({ stream });
	const total = file.count;
	let number = 0;
	const step = (text: string) => {
		tell(`Step ${++number}/${total} : ${text}`);
		tell('\n');
	};
	const globals = globalArgs(file, options.args);
	const stages: Image[] = [];
	const consumed = new Set(file.args.map(({ rest }) => rest.split('=')[0] ?? ''));
	try {
		for (const { text } of file.args) step(text);
		const last = targetIndex(file, options.target);
		for (const [index, stage] of file.stages.entries()) {
			if (index > last) break;
			step(stage.from.text);
			const name = baseName(stage, globals);
			const earlier = file.stages.findIndex(
				(each, at) => at < index && each.name === name.toLowerCase() && each.name !== '',
			);
			let image = stages[earlier] ?? fetchBase(world, name, say);
			tell(` ---> ${short(image.id)}\n`);
			const args = new Map<string, string>();
			for (const instruction of stage.steps) {
				if (signal.aborted) throw new BuildFailure('context canceled');
				step(instruction.text);
				if (instruction.name === 'ARG') consumed.add(instruction.rest.split('=')[0] ?? '');
				let container = '';
				const onContainer = (id: string) => {
					container = short(id);
					tell(` ---> Running in ${container}\n`);
				};
				const result = await runStep(
					{
						world,
						image,
						args,
						context,
						given: new Map([...globals, ...options.args]),
						isClassic: true,
						isCached: options.isCached,
						signal,
						filesFrom: async (from) =>
							asContext(
								(
									stages[
										file.stages.findIndex(
											(each, at) => each.name === from.toLowerCase() || String(at) === from,
										)
									] ?? fetchBase(world, from, say)
								).tree(),
							),
						log: (stream, bytes) => tell(stream === 2 ? `\x1b[91m${bytes}\x1b[0m` : bytes.toString()),
						onContainer,
					},
					instruction,
				).catch((error: unknown) => {
					if (container) tell(` ---> Removed intermediate container ${container}\n`);
					throw error;
				});
				if (result.wasCached) tell(' ---> Using cache\n');
				else if (!isStepWithoutContainer(instruction.name)) {
					// Steps that only change settings run in a container too, if only in name.
					if (!container) onContainer(result.image.id.slice(20));
					tell(` ---> Removed intermediate container ${container}\n`);
				}
				image = result.image;
				tell(` ---> ${short(image.id)}\n`);
			}
			stages.push(image);
			say({ aux: { ID: image.id } });
		}
		const image = stages.at(-1);
		if (!image) throw new BuildFailure('no image was made');
		const unused = [...options.args.keys()].filter(
			(name) => !consumed.has(name) && !/^(https?|ftp|no)_proxy$/i.test(name),
		);
		if (unused.length > 0) tell(`[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`);
		Object.assign(image.config, { Labels: { ...image.config.Labels, ...options.labels } });
		if (options.isQuiet) raw({ stream: `${image.id}\n` });
		tell(`Successfully built ${short(image.id)}\n`);
		for (const name of options.tags) {
			tagImage(world, image, name);
			tell(`Successfully tagged ${name}\n`);
		}
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const code = error instanceof BuildFailure ? error.code : undefined;
		raw({ errorDetail: { ...(code !== undefined && { code }), message }, error: message });
	}
	call.response.end();
	return undefined;
};
