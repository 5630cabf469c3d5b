// A vertex of BuildKit as a step in our words, and what telling of it once more changes.
import type { StepChange, StepState } from '../../model/build.ts';
import { plain } from './failure.ts';
import { placeOf } from './steps.ts';
import type { Vertex } from './trace.ts';

/** `context canceled` is what befalls the others when one step fails, or the build is cancelled. */
function stateOf({ started, completed, isCached, error }: Vertex): StepState {
	if (error !== '') return /context cancell?ed|\bCANCELED\b/.test(error) ? 'cancelled' : 'failed';
	if (isCached) return 'cached';
	if (completed !== undefined) return 'done';
	return started === undefined ? 'waiting' : 'running';
}

/** A step may start again after its end, for a moment only: what it did first would seem to have taken no time. */
export function changed(known: StepChange | undefined, told: Vertex): StepChange {
	const { digest: id, inputs, started, completed } = told;
	const name = told.name || (known?.name ?? '');
	const base = { id, name, ...placeOf(name), inputs: inputs.length > 0 ? inputs : (known?.inputs ?? []) };
	const state = stateOf(told);
	if (state === 'waiting' && known) {
		// Announced once more.
		return { ...known, ...base };
	}
	return {
		...base,
		state,
		...(started !== undefined && { startedAt: Math.min(known?.startedAt ?? started, started) }),
		...(completed !== undefined && { endedAt: completed }),
		...(state === 'failed' && { error: plain(told.error) }),
	};
}

export const isSame = (a: StepChange, b: StepChange): boolean =>
	a.state === b.state &&
	a.startedAt === b.startedAt &&
	a.endedAt === b.endedAt &&
	a.error === b.error &&
	a.name === b.name &&
	a.inputs.length === b.inputs.length;
