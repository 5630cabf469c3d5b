// The step that the classic builder is at: it runs one at a time, and tells no times, so they are ours.
import type { BuildNews, StepChange, StepState } from '../../model/build.ts';
import { step } from './news.ts';

export type CurrentStep = {
	readonly now: StepChange | undefined;
	begin(next: Omit<StepChange, 'state'>): void;
	/** Nothing, where it has ended already. */
	finish(state: StepState, error?: string): void;
	/** A trigger of the base image runs after its FROM has ended. */
	resume(): void;
};

export function openCurrentStep(tell: (news: BuildNews) => void, clock: () => number): CurrentStep {
	let current: StepChange | undefined;

	function become(next: StepChange): void {
		current = next;
		tell(step(next));
	}

	function finish(state: StepState, error?: string): void {
		if (current?.state !== 'running') return;
		become({ ...current, state, endedAt: clock(), ...(error !== undefined && { error }) });
	}

	return {
		get now() {
			return current;
		},
		begin(next) {
			finish('done');
			become({ ...next, state: 'running', startedAt: clock() });
		},
		finish,
		resume() {
			if (!current || current.state === 'running') return;
			const { endedAt: _, ...rest } = current;
			become({ ...rest, state: 'running' });
		},
	};
}
