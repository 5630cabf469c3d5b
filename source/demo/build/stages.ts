// Running the stages of a BuildKit build, side by side where they do not need each other.

import type { Image } from '../image.ts';
import { layerSizes } from '../image-json.ts';
import { sha256, type World } from '../world.ts';
import type { Context } from './context.ts';
import type { Dockerfile } from './dockerfile.ts';
import type { Narrator } from './narrator.ts';
import { asContext, type BuildOptions, baseImage, globalArgs } from './options.ts';
import { BuildFailure, type StepPlace } from './place.ts';
import { type Planned, stageNamed } from './plan.ts';
import { runStep } from './steps.ts';
import type { Status, Vertex } from './trace.ts';

export type StageRun = {
	world: World;
	narrator: Narrator;
	file: Dockerfile;
	planned: Planned[];
	bases: Map<string, { image: Image; isLocal: boolean }>;
	options: BuildOptions;
	context: Context;
	signal: AbortSignal;
};

const rounds = 12;

const download = async (
	{ world, narrator, signal }: StageRun,
	vertex: Vertex,
	image: Image,
): Promise<void> => {
	const started = world.now();
	const layers = [...layerSizes(image)].filter(([, size]) => size > 0);
	for (let round = 1; round <= rounds && !signal.aborted; round++) {
		const isDone = round === rounds;
		const statuses: Status[] = layers.map(([id, total]) => ({
			id,
			vertex: vertex.digest,
			name: isDone ? 'done' : 'downloading',
			current: Math.round((total * round) / rounds),
			total,
			at: world.now(),
			started,
			...(isDone && { completed: world.now() }),
		}));
		narrator.send({ statuses });
		await narrator.wait(140);
	}
};

const fetchBase = async (run: StageRun, one: Planned): Promise<Image> => {
	const { world, narrator } = run;
	const { image, isLocal } = run.bases.get(one.base) ?? baseImage(world, one.base);
	const key = sha256(`pulled ${image.id}`);
	narrator.begin(one.from);
	if (isLocal || world.buildCache.has(key)) one.from.isCached = true;
	else await download(run, one.from, image);
	world.buildCache.set(key, {
		image,
		size: 0,
		createdAt: world.now(),
		description: `pulled from ${one.base}`,
	});
	narrator.complete(one.from);
	return image;
};

/** Runs the needed stages; the first failure cancels the others. Resolves with the image of `target`. */
export const runStages = async (run: StageRun, needed: Set<number>, target: number): Promise<Image> => {
	const { world, narrator, planned, options } = run;
	const failed = new AbortController();
	const signal = AbortSignal.any([run.signal, failed.signal]);
	const given = new Map([...globalArgs(run.file, options.args), ...options.args]);
	const running = new Map<number, Promise<Image>>();
	let firstError: unknown;

	const runStage = (index: number): Promise<Image> => {
		const known = running.get(index);
		const one = planned[index];
		if (known || !one) return known ?? Promise.reject(new BuildFailure(`stage ${index} not found`));
		const started = runPlanned(one);
		running.set(index, started);
		return started;
	};
	const filesFrom = async (name: string): Promise<Context> => {
		const index = stageNamed(planned, name);
		return asContext((index >= 0 ? await runStage(index) : baseImage(world, name).image).tree());
	};
	const runPlanned = async (one: Planned): Promise<Image> => {
		let image = one.baseStage >= 0 ? await runStage(one.baseStage) : await fetchBase(run, one);
		const args = new Map<string, string>();
		for (const [index, instruction] of one.stage.steps.entries()) {
			const vertex = one.steps[index];
			const from = stageNamed(planned, instruction.flags.from ?? '');
			if (from >= 0) await runStage(from);
			if (signal.aborted) throw new BuildFailure('context canceled');
			const log: StepPlace['log'] = (stream, bytes) => {
				if (vertex) narrator.send({ logs: [{ vertex: vertex.digest, at: world.now(), stream, bytes }] });
			};
			if (vertex) narrator.begin(vertex);
			try {
				const result = await runStep(
					{
						world,
						image,
						args,
						context: run.context,
						given,
						isClassic: false,
						isCached: options.isCached,
						signal,
						filesFrom,
						log,
					},
					instruction,
				);
				image = result.image;
				if (vertex) narrator.complete(vertex, { isCached: result.wasCached });
			} catch (error) {
				if (vertex) narrator.fail(vertex, error, signal.aborted);
				firstError ??= error;
				failed.abort();
				throw error;
			}
		}
		return image;
	};

	const results = await Promise.allSettled([...needed].map(runStage));
	if (firstError) throw firstError;
	const refused = results.find((result) => result.status === 'rejected');
	if (refused) throw refused.reason;
	return runStage(target);
};
