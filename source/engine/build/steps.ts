// What the name of a step says: its stage, its number and its instruction, as each of the builders writes it.
import type { StepChange } from '../../model/build.ts';

type Place = Pick<StepChange, 'stage' | 'number' | 'of' | 'instruction'>;

/** `[two 2/4] RUN make`; with a platform before the stage where there are several. */
const traced = /^\[ *(?:\S+\/\S+ +)?(?:([^\s/\]]+) +)?(\d+)\/(\d+)\] (.+)$/s;

/** Nothing, for a vertex that is no step of the Dockerfile. */
export function placeOf(name: string): Place {
	const [, stage, number, of, instruction] = traced.exec(name) ?? [];
	if (instruction === undefined) return {};
	return {
		// The only stage goes without a name, and others without one are called stage-N.
		stage: stage?.replace(/^stage-(\d+)$/, '$1') ?? '0',
		number: Number(number),
		of: Number(of),
		instruction,
	};
}

const from = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?\s*$/i;

/** `FROM base AS name`; undefined for every other instruction. */
export function stageOf(instruction: string): { readonly base: string; readonly name?: string } | undefined {
	const [, base, name] = from.exec(instruction) ?? [];
	if (base === undefined) return undefined;
	return { base: base.toLowerCase(), ...(name && { name: name.toLowerCase() }) };
}

/** The stage that a COPY takes its files from. */
export const copiedFrom = (instruction: string): string | undefined =>
	/^COPY\s+(?:--\S+\s+)*?--from=(\S+)/i.exec(instruction)?.[1]?.toLowerCase();

/** The vertex that looks a base image up; its name ends in the image's. */
export const lookedUp = (name: string): string | undefined =>
	/^\[(?:\S+ )?internal\] load metadata for (\S+)$/.exec(name)?.[1];

/** `docker.io/library/busybox` → `busybox:latest`: what a person calls it. */
export function familiar(reference: string): string {
	const short = reference.replace(/^docker\.io\/(library\/)?/, '');
	return /[:@][^/]*$/.test(short) ? short : `${short}:latest`;
}
