// The images that a Dockerfile builds on and copies from.
import { familiar } from '../engine/build/steps.ts';
import type { Dockerfile } from './dockerfile.ts';
import { takeApart } from './dockerfile-words.ts';
import { expand } from './expand.ts';

/** What the builder sets by itself: unknown here, unless it was given. */
const automatic = /^(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT)$|^TARGETSTAGE$/;

/**
 * References of images as written, each with the line that first names it, without stages and `scratch`. What depends on the platform that is built
 * for is left out, as it is not known before.
 */
export const bases = (
	dockerfile: Dockerfile,
	args: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, number> => {
	const values = globalValues(dockerfile, args);
	const found = new Map<string, number>();
	const names = new Set<string>();
	let stage = -1;
	const add = (written: string, line: number) => {
		const reference = expand(written, values);
		if (reference === undefined || reference === '' || reference === 'scratch') return;
		if (!names.has(reference.toLowerCase()) && !found.has(reference)) found.set(reference, line);
	};
	for (const { keyword, text, line } of dockerfile.instructions) {
		if (keyword === 'FROM') {
			add(dockerfile.stages[++stage]?.base ?? '', line);
			// Only what comes later can mean this stage: in FROM nginx AS nginx, the base is the image.
			const name = dockerfile.stages[stage]?.name;
			if (name !== undefined) names.add(name);
		}
		for (const from of sources(keyword, text)) if (!/^\d+$/.test(from)) add(from, line);
	}
	return found;
};

/** The line that first names an image, however the builder spells it. */
export const lineOfBase = (
	dockerfile: Dockerfile,
	reference: string,
	args: Readonly<Record<string, string>> = {},
): number | undefined =>
	[...bases(dockerfile, args)].find(([written]) => spelt(written) === spelt(reference))?.[1];

const spelt = (reference: string): string =>
	familiar(reference.replace(/^index\.docker\.io\//, '')).replace(/^library\//, '');

/** What COPY --from and RUN --mount=from= name. */
const sources = (keyword: string, text: string): string[] => {
	if (keyword !== 'COPY' && keyword !== 'RUN') return [];
	return takeApart(text).flags.flatMap(({ name, value }) => {
		if (keyword === 'COPY') return name === 'from' ? [value] : [];
		if (name !== 'mount') return [];
		return value.split(',').flatMap((field) => (field.startsWith('from=') ? [field.slice(5)] : []));
	});
};

const globalValues = (dockerfile: Dockerfile, args: Readonly<Record<string, string>>) => {
	const known = new Map<string, string>();
	const value = (name: string): string | undefined => {
		if (known.has(name)) return known.get(name);
		return automatic.test(name) ? args[name] : '';
	};
	for (const { name, default: written, isGlobal } of dockerfile.args) {
		if (!isGlobal) continue;
		const given = Object.hasOwn(args, name) ? args[name] : undefined;
		const filled = given ?? (written === undefined ? undefined : expand(written, value));
		if (filled !== undefined) known.set(name, filled);
	}
	return value;
};
