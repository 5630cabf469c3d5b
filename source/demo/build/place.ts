// Where a build step stands: the image before it, its arguments, and how it reports.

import type { StreamNumber } from '../frames.ts';
import type { Image, ImageConfig } from '../image.ts';
import type { World } from '../world.ts';
import type { Context } from './context.ts';
import type { Instruction } from './dockerfile.ts';

export class BuildFailure extends Error {
	readonly code: number | undefined;

	constructor(message: string, code?: number) {
		super(message);
		this.code = code;
	}
}

export type StepPlace = {
	world: World;
	image: Image;
	/** Values of ARG so far. */
	args: Map<string, string>;
	context: Context;
	/** The files of the stage or image that `--from` names. */
	filesFrom(name: string): Promise<Context>;
	given: Map<string, string>;
	isClassic: boolean;
	isCached: boolean;
	signal: AbortSignal;
	log(stream: StreamNumber, bytes: Buffer): void;
	/** The id of the container that a step runs in. */
	onContainer?(id: string): void;
};
export type StepResult = { image: Image; wasCached: boolean };

export const shellOf = (config: ImageConfig): string[] =>
	(config.Shell as string[] | undefined) ?? ['/bin/sh', '-c'];

export const valuesOf = (place: StepPlace): Map<string, string> =>
	new Map([
		...place.args,
		...(place.image.config.Env ?? []).map((entry): [string, string] => [
			entry.split('=')[0] ?? '',
			entry.slice(entry.indexOf('=') + 1),
		]),
	]);

/** What the history says about a step. */
export const createdBy = (instruction: Instruction, rest: string, place: StepPlace): string => {
	const run = [...shellOf(place.image.config), rest].join(' ');
	if (instruction.name === 'RUN') return place.isClassic ? run : `RUN ${run} # buildkit`;
	const text = `${instruction.name} ${instruction.name === 'EXPOSE' && !place.isClassic ? `map[${rest.includes('/') ? rest : `${rest}/tcp`}:{}]` : rest}`;
	if (place.isClassic)
		return `/bin/sh -c #(nop) ${['COPY', 'ADD'].includes(instruction.name) ? '' : ' '}${text}`;
	return ['COPY', 'ADD'].includes(instruction.name) ? `${text} # buildkit` : text;
};
