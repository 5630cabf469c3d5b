// The vertexes of a Dockerfile: what each stage starts from, its steps, and which stages a target needs.

import { canonical, parseReference } from '../reference.ts';
import type { Dockerfile, Stage } from './dockerfile.ts';
import { makeVertex } from './narrator.ts';
import { baseName, globalArgs } from './options.ts';
import type { Vertex } from './trace.ts';

export type Planned = {
	stage: Stage;
	base: string;
	/** The earlier stage it is based on, or -1. */
	baseStage: number;
	from: Vertex;
	/** One per instruction; undefined for those that only change settings. */
	steps: (Vertex | undefined)[];
};

const changesFiles = (name: string): boolean => ['RUN', 'COPY', 'ADD', 'WORKDIR'].includes(name);

/** `docker.io/library/busybox:latest` */
export const fullBase = (base: string): string => {
	const reference = parseReference(base);
	return `${canonical(reference)}${reference.tag ? `:${reference.tag}` : `@${reference.digest}`}`;
};

const planStage = (file: Dockerfile, stage: Stage, index: number, base: string): Planned => {
	const baseStage = file.stages.findIndex(
		(each, at) => at < index && each.name !== '' && each.name === base.toLowerCase(),
	);
	const count = stage.steps.filter((step) => changesFiles(step.name)).length + 1;
	const label = file.stages.length > 1 ? `${stage.name || `stage-${index}`} ` : '';
	const from = makeVertex(
		`[${label}1/${count}] FROM ${base === 'scratch' || baseStage >= 0 ? base : fullBase(base)}`,
	);
	let before = from;
	let position = 1;
	const steps = stage.steps.map((step) => {
		if (!changesFiles(step.name)) return undefined;
		position++;
		before = makeVertex(
			`[${label}${position}/${count}] ${step.text}`,
			[before],
			`${before.digest} ${step.text}`,
		);
		return before;
	});
	return { stage, base, baseStage, from, steps };
};

export const planStages = (file: Dockerfile, given: Map<string, string>): Planned[] => {
	const globals = globalArgs(file, given);
	return file.stages.map((stage, index) => planStage(file, stage, index, baseName(stage, globals)));
};

export const stageNamed = (planned: Planned[], name: string): number =>
	planned.findIndex(
		({ stage }, index) => (stage.name !== '' && stage.name === name.toLowerCase()) || String(index) === name,
	);

/** The stages that a target needs, itself included. */
export const neededFor = (planned: Planned[], target: number, found = new Set<number>()): Set<number> => {
	const one = planned[target];
	if (!one || found.has(target)) return found;
	found.add(target);
	neededFor(planned, one.baseStage, found);
	for (const { flags } of one.stage.steps)
		if (flags.from) neededFor(planned, stageNamed(planned, flags.from), found);
	return found;
};
