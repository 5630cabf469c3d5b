// The images that a Dockerfile builds on and copies from, and the registry that each of them comes from.
import type { Dockerfile } from './dockerfile.ts';
import { takeApart } from './dockerfile-words.ts';
import { expand } from './expand.ts';

/** What the builder sets by itself: unknown here, unless it was given. */
const automatic = /^(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT)$|^TARGETSTAGE$/;

/**
 * References of images, each once and as written, without stages and `scratch`. What depends on the platform that is built
 * for is left out, as it is not known before.
 */
export const bases = (dockerfile: Dockerfile, args: Readonly<Record<string, string>> = {}): string[] => {
	const values = globalValues(dockerfile, args);
	const found = new Set<string>();
	const names = new Set<string>();
	let stage = -1;
	const add = (written: string) => {
		const reference = expand(written, values);
		if (reference === undefined || reference === '' || reference === 'scratch') return;
		if (!names.has(reference.toLowerCase())) found.add(reference);
	};
	for (const { keyword, text } of dockerfile.instructions) {
		if (keyword === 'FROM') {
			add(dockerfile.stages[++stage]?.base ?? '');
			// Only what comes later can mean this stage: in FROM nginx AS nginx, the base is the image.
			const name = dockerfile.stages[stage]?.name;
			if (name !== undefined) names.add(name);
		}
		for (const from of sources(keyword, text)) if (!/^\d+$/.test(from)) add(from);
	}
	return [...found];
};

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

/** How the docker configuration calls Docker Hub. */
export const dockerHub = 'https://index.docker.io/v1/';

/** The key of the credentials for a reference: its host, or Docker Hub's. */
export const registryOf = (reference: string): string => {
	const [first = '', ...rest] = reference.split('/');
	const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
	return isHost && !/^(index\.|registry-1\.)?docker\.io$/.test(first) ? first : dockerHub;
};
