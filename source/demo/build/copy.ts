// COPY and ADD: files from the context, from another stage or from an image.

import { stackImage } from '../commit.ts';
import { createFiles, flatten, nodeAt, putDeep, resolvePath } from '../files.ts';
import type { Image } from '../image.ts';
import { sha256 } from '../world.ts';
import { select } from './context.ts';
import type { Instruction } from './dockerfile.ts';
import { commandOf } from './instructions.ts';
import { BuildFailure, createdBy, type StepPlace } from './place.ts';

const sourcesOf = (rest: string): string[] => {
	const words = rest.startsWith('[') ? commandOf(rest) : rest.split(/\s+/);
	return words.filter(Boolean);
};

export const copyFiles = async (
	place: StepPlace,
	instruction: Instruction,
	rest: string,
): Promise<{ chosen: ReturnType<typeof select>; target: string }> => {
	const words = sourcesOf(rest);
	const target = words.at(-1) ?? '/';
	const from = instruction.flags.from;
	const files = from ? await place.filesFrom(from) : place.context;
	const chosen = words.slice(0, -1).flatMap((source) => {
		const found = select(files, source);
		if (found.length === 0 && !/^https?:/.test(source))
			throw new BuildFailure(
				place.isClassic
					? `${instruction.name} failed: file not found in build context or excluded by .dockerignore: stat ${source}: file does not exist`
					: `failed to calculate checksum of ref demo::${sha256(source).slice(0, 25)}: "/${source.replace(/^\.?\//, '')}": not found`,
			);
		return found;
	});
	return { chosen, target };
};

export const copied = (
	place: StepPlace,
	instruction: Instruction,
	rest: string,
	chosen: ReturnType<typeof select>,
	target: string,
): Image => {
	const { world, image } = place;
	const files = createFiles(image.tree());
	const into = resolvePath(image.config.WorkingDir || '/', target);
	const isDirectory =
		target.endsWith('/') ||
		target === '.' ||
		chosen.length !== 1 ||
		nodeAt(files, into)?.kind === 'directory';
	for (const { to, node } of chosen) {
		const why = putDeep(files, isDirectory ? resolvePath(into, to) : into, node);
		if (why) throw new BuildFailure(`failed to copy files: ${to}: ${why}`);
	}
	const tree = flatten(files);
	const layer = {
		config: image.config,
		tree: () => tree,
		createdBy: createdBy(instruction, rest, place),
		comment: place.isClassic ? '' : 'buildkit.dockerfile.v0',
		author: '',
		size: files.size,
		hasFiles: true,
	};
	return stackImage(world, image, layer);
};
