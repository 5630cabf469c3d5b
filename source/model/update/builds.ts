// What becomes of the builds: they come, change and go, and the person walks along their steps.
import { type Build, type Builds, frontBuild, mostOpened } from '../builds.ts';
import type { BuildEvent } from '../event.ts';
import type { State } from '../state.ts';
import { brought, emptied, hidden } from './beside.ts';

const shown = (state: State, builds: Builds): State => brought({ ...state, builds }, 'builds');

/** In front, followed from its newest step. */
const fronted = (builds: Builds, front: number): Builds => {
	const { cursor: _, opened: __, ...rest } = builds;
	return { ...rest, front };
};

/** Who looks at the newest lines of a step sees what it printed since. */
const followed = (builds: Builds, build: Build): Builds => {
	const { opened, front } = builds;
	if (!opened || opened.top !== undefined || front !== build.id) return builds;
	const before = frontBuild(builds)?.steps.get(opened.step)?.lines ?? 0;
	const step = build.steps.get(opened.step);
	if (!step) return builds;
	// The last one may have grown.
	const fresh = step.tail.slice(Math.min(-1, before - step.lines - 1));
	const known = fresh.length > step.lines - before ? opened.lines.slice(0, -1) : [];
	return { ...builds, opened: { ...opened, lines: [...known, ...fresh].slice(-mostOpened) } };
};

const without = (state: State, id: number): State => {
	const list = state.builds.list.filter((build) => build.id !== id);
	if (state.builds.front !== id) return { ...state, builds: { ...state.builds, list } };
	const next = list.at(-1);
	if (next) return { ...state, builds: fronted({ ...state.builds, list }, next.id) };
	return emptied({ ...state, builds: { list } }, 'builds');
};

export const updateBuilds = (state: State, event: BuildEvent): State => {
	const { builds } = state;
	switch (event.type) {
		case 'build-started': {
			const { build } = event;
			const isKnown = builds.list.some(({ id }) => id === build.id);
			const list = isKnown
				? builds.list.map((other) => (other.id === build.id ? build : other))
				: [...builds.list, build];
			// One that is repeated by itself does not come to the front.
			if (isKnown && builds.front !== build.id) return { ...state, builds: { ...builds, list } };
			const next = fronted({ ...builds, list }, build.id);
			return isKnown ? { ...state, builds: next } : shown(state, next);
		}
		case 'build-changed': {
			const list = builds.list.map((other) => (other.id === event.build.id ? event.build : other));
			return { ...state, builds: { ...followed(builds, event.build), list } };
		}
		case 'build-closed':
			return without(state, event.id);
		case 'build-fronted':
			return shown(state, fronted(builds, event.id));
		case 'builds-hidden':
			return hidden(state, 'builds');
		case 'step-chosen': {
			const { cursor: _, ...rest } = builds;
			const { step } = event;
			return { ...state, builds: { ...rest, ...(step === undefined ? {} : { cursor: step }) } };
		}
		case 'step-opened': {
			const { opened: _, ...rest } = builds;
			const { opened } = event;
			return { ...state, builds: { ...rest, ...(opened && frontBuild(builds) ? { opened } : {}) } };
		}
	}
};
