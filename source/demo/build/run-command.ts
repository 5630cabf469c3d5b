// RUN: a command in a container made for it, and the image of what it left behind.

import { commitContainer, stackImage } from '../commit.ts';
import { type Container, filesOf } from '../container.ts';
import { createContainer } from '../create.ts';
import type { Image } from '../image.ts';
import { start } from '../lifecycle.ts';
import { launchMain } from '../main-process.ts';
import { remove } from '../removal.ts';
import { untilEnded } from '../verbs.ts';
import { newPid, type World } from '../world.ts';
import type { Instruction } from './dockerfile.ts';
import { commandOf } from './instructions.ts';
import { BuildFailure, createdBy, type StepPlace, shellOf } from './place.ts';

export const runCommand = async (place: StepPlace, instruction: Instruction): Promise<Image> => {
	const { world, image, signal } = place;
	const argv = commandOf(instruction.rest, shellOf(image.config));
	const isKnown = world.images.has(image.id);
	world.images.set(image.id, image);
	const env = [...place.args].map(([name, value]) => `${name}=${value}`);
	const container = createContainer(
		world,
		'',
		{ Image: image.id, Entrypoint: argv.slice(0, 1), Cmd: argv.slice(1), Env: env },
		!place.isClassic,
	);
	if (!isKnown) world.images.delete(image.id);
	filesOf(world, container).lower = image.tree();
	container.outputs.add(place.log);
	place.onContainer?.(container.id);
	const code = await (place.isClassic ? runVisibly : runHidden)(world, container, signal);
	if (signal.aborted) throw new BuildFailure('context canceled');
	const shown = argv.join(' ');
	if (code !== 0)
		throw new BuildFailure(
			place.isClassic
				? `The command '${shown}' returned a non-zero code: ${code}`
				: `process "${shown}" did not complete successfully: exit code: ${code}`,
			code,
		);
	const made = commitContainer(
		world,
		container,
		image.config,
		place.isClassic ? '' : 'buildkit.dockerfile.v0',
		'',
	);
	world.images.delete(made.id);
	return {
		...made,
		...stackImage(world, image, {
			config: image.config,
			tree: made.tree,
			createdBy: createdBy(instruction, instruction.rest, place),
			comment: made.comment,
			author: '',
			size: filesOf(world, container).size,
			hasFiles: true,
		}),
	};
};

/** As the classic builder does it: an ordinary container, with its events. */
const runVisibly = async (world: World, container: Container, signal: AbortSignal): Promise<number> => {
	const stop = () => container.main?.running.signal(9);
	signal.addEventListener('abort', stop, { once: true });
	try {
		start(world, container);
		await untilEnded(world, container);
	} finally {
		signal.removeEventListener('abort', stop);
		remove(world, container);
	}
	return container.exitCode;
};

/** As BuildKit does it: nobody sees a container. */
const runHidden = async (world: World, container: Container, signal: AbortSignal): Promise<number> => {
	world.containers.delete(container.id);
	world.names.delete(container.name);
	container.pid = newPid(world);
	container.status = 'running';
	const main = launchMain(world, container);
	container.main = main;
	const stop = () => main.running.signal(9);
	signal.addEventListener('abort', stop, { once: true });
	const code = await main.running.exited;
	signal.removeEventListener('abort', stop);
	return code;
};
