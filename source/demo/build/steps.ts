// Carrying out one instruction: from the image before it to the image after it, or out of the cache.

import { stackImage } from '../commit.ts';
import { createFiles, flatten, putDeep } from '../files.ts';
import type { Image } from '../image.ts';
import { pause } from '../timers.ts';
import { sha256 } from '../world.ts';
import { digestOfFiles } from './context.ts';
import { copied, copyFiles } from './copy.ts';
import { type Instruction, substitute } from './dockerfile.ts';
import { applyInstruction, pairsOf } from './instructions.ts';
import { BuildFailure, createdBy, type StepPlace, type StepResult, valuesOf } from './place.ts';
import { runCommand } from './run-command.ts';

const shortest = { run: 500, other: 70 };

const configured = (place: StepPlace, instruction: Instruction, rest: string): Image => {
	const { world, image } = place;
	const config = applyInstruction(image.config, instruction.name, rest) ?? image.config;
	const files = createFiles(image.tree());
	if (instruction.name === 'WORKDIR')
		putDeep(files, config.WorkingDir ?? '/', { kind: 'directory', mode: 0o755, modifiedAt: world.now() });
	const tree = flatten(files);
	return stackImage(world, image, {
		config,
		tree: () => tree,
		createdBy: createdBy(instruction, rest, place),
		comment: place.isClassic ? '' : 'buildkit.dockerfile.v0',
		author: '',
		size: 0,
		hasFiles: false,
	});
};

export const runStep = async (place: StepPlace, instruction: Instruction): Promise<StepResult> => {
	const { world } = place;
	const isRun = instruction.name === 'RUN';
	const rest =
		isRun || instruction.name === 'CMD' || instruction.name === 'ENTRYPOINT'
			? instruction.rest
			: substitute(instruction.rest, valuesOf(place));
	if (instruction.name === 'ARG')
		for (const [name, value] of rest.includes('=') ? pairsOf(rest) : [[rest, ''] as const]) {
			const chosen = place.given.get(name) ?? value;
			if (chosen || rest.includes('=')) place.args.set(name, chosen);
		}
	const isCopy = instruction.name === 'COPY' || instruction.name === 'ADD';
	const copy = isCopy ? await copyFiles(place, instruction, rest) : undefined;
	const args = isRun ? [...place.args].join(';') : '';
	const key = sha256(
		[
			place.image.id,
			instruction.text,
			rest,
			args,
			copy ? digestOfFiles(copy.chosen) : '',
			place.isClassic ? 'classic' : 'buildkit',
		].join('\0'),
	);
	const known = place.isCached ? world.buildCache.get(key) : undefined;
	if (known && (!place.isClassic || world.images.has(known.image.id)))
		return { image: known.image, wasCached: true };
	// Failures take their visible time too.
	const visible = pause(world.timers, (isRun ? shortest.run : shortest.other) * world.pace, place.signal);
	const make = async () => {
		if (copy) return copied(place, instruction, rest, copy.chosen, copy.target);
		return isRun ? runCommand(place, instruction) : configured(place, instruction, rest);
	};
	const result = await make().finally(() => visible);
	if (place.signal.aborted) throw new BuildFailure('context canceled');
	if (place.isClassic) world.images.set(result.id, result);
	world.buildCache.set(key, {
		image: result,
		size: result.size - place.image.size,
		createdAt: world.now(),
		description: instruction.text.slice(0, 200),
	});
	if (world.buildCache.size > 1000) world.buildCache.delete(world.buildCache.keys().next().value ?? '');
	return { image: result, wasCached: false };
};
