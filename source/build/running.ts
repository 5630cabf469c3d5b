// One build as it goes on: the news of the engine put together into what is on screen.

import { lookedUp } from '../engine/build/steps.ts';
import type { BuildNews, StepChange, StepPart } from '../model/build.ts';
import { type Build, mostOpened, type Step } from '../model/builds.ts';
import { lineOfBase } from './bases.ts';
import type { Dockerfile } from './dockerfile.ts';
import { excerpt, lineOf } from './dockerfile-step.ts';
import type { BuildLog } from './step-log.ts';

/** Lines of a step that are at hand: as many as are on screen once it is opened, and printing. */
const tailLines = mostOpened;

type Source = {
	readonly text: string;
	readonly dockerfile: Dockerfile;
	/** Of the build, where they were given. */
	readonly args?: Readonly<Record<string, string>>;
};

/** Of the instruction that it carries out, or for whose sake it looks something up. */
const placeOf = (
	{ name, instruction, stage, number, of }: StepChange,
	source: Source,
): number | undefined => {
	if (instruction !== undefined) return lineOf(source.dockerfile, instruction, stage, number, of);
	const base = lookedUp(name);
	if (base !== undefined) return lineOfBase(source.dockerfile, base, source.args);
	// What ADD fetches is a step of its own.
	if (!/^(https?|git):\/\//.test(name)) return undefined;
	return source.dockerfile.instructions.find(({ text }) => text.split(/\s+/).includes(name))?.line;
};

/** The build with the steps that are named brought up to date. */
const withSteps = (
	build: Build,
	names: ReadonlySet<string>,
	changes: ReadonlyMap<string, StepChange>,
	parts: ReadonlyMap<string, ReadonlyMap<string, StepPart>>,
	log: BuildLog,
	source: Source | undefined,
): Build => {
	const steps = new Map(build.steps);
	for (const id of names) {
		const change = changes.get(id);
		if (!change) continue;
		const line = steps.get(id)?.line ?? (source && placeOf(change, source));
		const step: Step = {
			...change,
			...(line === undefined ? {} : { line }),
			parts: [...(parts.get(id)?.values() ?? [])],
			tail: log.tail(id, tailLines),
			lines: log.count(id),
		};
		steps.set(id, step);
	}
	return { ...build, steps };
};

export type Running = {
	tell(news: readonly BuildNews[]): void;
	/** The build with all that was told since; itself where nothing was. */
	drawn(build: Build): Build;
};

export const openRunning = (log: BuildLog, source: Source | undefined): Running => {
	const changes = new Map<string, StepChange>();
	const parts = new Map<string, Map<string, StepPart>>();
	const dirty = new Set<string>();
	let rest: Partial<Build> = {};
	let warnings: string[] = [];
	let tags: string[] = [];

	const take = (news: BuildNews): void => {
		switch (news.type) {
			case 'step':
				changes.set(news.step.id, news.step);
				dirty.add(news.step.id);
				return;
			case 'output':
				log.append(news.step, news.text);
				dirty.add(news.step);
				return;
			case 'part': {
				const known = parts.get(news.step) ?? new Map<string, StepPart>();
				known.set(news.part.id, news.part);
				parts.set(news.step, known);
				dirty.add(news.step);
				return;
			}
			case 'warning':
				warnings.push([news.text, ...news.detail].join(' '));
				return;
			case 'image':
				rest = { ...rest, imageId: news.id };
				return;
			case 'tagged':
				tags.push(news.reference);
				return;
			case 'failure': {
				const { message, exitCode, step } = news;
				rest = {
					...rest,
					failure: {
						message,
						...(exitCode === undefined ? {} : { exitCode }),
						...(step === undefined ? {} : { step }),
					},
				};
			}
		}
	};

	return {
		tell: (all) => {
			for (const news of all) take(news);
		},
		drawn: (build) => {
			const isSame =
				dirty.size === 0 && warnings.length === 0 && tags.length === 0 && Object.keys(rest).length === 0;
			if (isSame) return build;
			const stepped = withSteps(build, dirty, changes, parts, log, source);
			const next: Build = {
				...stepped,
				...rest,
				warnings: [...new Set([...build.warnings, ...warnings])],
				tags: [...new Set([...build.tags, ...tags])],
			};
			dirty.clear();
			rest = {};
			warnings = [];
			tags = [];
			const line = next.failure?.step === undefined ? undefined : next.steps.get(next.failure.step)?.line;
			return line === undefined || next.excerpt || !source
				? next
				: { ...next, excerpt: excerpt(source.text, line) };
		},
	};
};
