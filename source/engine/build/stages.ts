// Which stage a step of the classic builder belongs to, and which steps it waits for: it tells neither.
import type { StepChange } from '../../model/build.ts';
import type { Mark } from './classic-lines.ts';
import { limit } from './news.ts';
import { copiedFrom, stageOf } from './steps.ts';

type Title = Extract<Mark, { type: 'step' }>;

type Stages = { place(title: Title): Omit<StepChange, 'state'> };

export function openStages(): Stages {
	/** By name and by number, the last step of each stage so far. */
	const last = new Map<string, string>();
	let count = 0;
	let stage: { readonly number: string; readonly name: string } | undefined;

	return {
		place({ stage: group, number, of, text: instruction }) {
			// Podman counts the steps of each stage.
			const id = group === undefined ? String(number) : `${group}.${number}`;
			const begun = stageOf(instruction);
			const inputs = [];
			if (begun) {
				const number = String(count++);
				stage = { number, name: begun.name ?? number };
				inputs.push(last.get(begun.base));
			} else if (stage) {
				inputs.push(last.get(stage.number), last.get(copiedFrom(instruction) ?? ''));
			}
			if (stage && last.size < limit) last.set(stage.number, id).set(stage.name, id);
			return {
				id,
				name: instruction,
				...(stage && { stage: stage.name }),
				number,
				of,
				instruction,
				inputs: inputs.filter((input) => input !== undefined),
			};
		},
	};
}
