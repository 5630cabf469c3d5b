// What a build was asked for, and where its stages come from.

import { type Call, flag, text } from '../call.ts';
import type { FileNode, Tree } from '../files.ts';
import { type Image, lookUpImage } from '../image.ts';
import { familiar, parseReference } from '../reference.ts';
import { resolve } from '../registry.ts';
import type { World } from '../world.ts';
import type { Context } from './context.ts';
import { type Dockerfile, type Stage, substitute } from './dockerfile.ts';
import { pairsOf } from './instructions.ts';
import { BuildFailure } from './place.ts';

export type BuildOptions = {
	tags: string[];
	args: Map<string, string>;
	labels: Record<string, string>;
	target: string;
	isCached: boolean;
	isQuiet: boolean;
	fileName: string;
};

const parseMap = (json: string): [string, string][] => {
	try {
		return Object.entries(JSON.parse(json || '{}') ?? {}).map(([name, value]) => [name, String(value ?? '')]);
	} catch {
		return [];
	}
};

export const readOptions = (call: Call): BuildOptions => ({
	tags: call.query
		.getAll('t')
		.filter(Boolean)
		.map((name) => familiar(parseReference(name, 400))),
	args: new Map(parseMap(text(call, 'buildargs'))),
	labels: Object.fromEntries(parseMap(text(call, 'labels'))),
	target: text(call, 'target').toLowerCase(),
	isCached: !flag(call, 'nocache'),
	isQuiet: flag(call, 'q'),
	fileName: (text(call, 'dockerfile') || 'Dockerfile').replace(/^\.?\//, ''),
});

/** Build arguments before the first FROM. */
export const globalArgs = (file: Dockerfile, given: Map<string, string>): Map<string, string> => {
	const values = new Map<string, string>();
	for (const { rest } of file.args) {
		const [name = '', value = ''] = rest.includes('=') ? (pairsOf(rest)[0] ?? []) : [rest, ''];
		values.set(name, given.get(name) ?? substitute(value, values));
	}
	return values;
};

export const baseName = (stage: Stage, values: Map<string, string>): string => substitute(stage.base, values);

const scratch = (): Image => ({
	id: 'scratch',
	tags: new Set(),
	digests: new Set(),
	parent: '',
	createdAt: 0,
	taggedAt: 0,
	comment: '',
	author: '',
	size: 0,
	layers: [],
	history: [],
	config: {},
	tree: () => new Map<string, FileNode>([['/', { kind: 'directory', mode: 0o755, modifiedAt: 0 }]]),
});

/** The image a FROM names: a local one, or one the registry has. */
export const baseImage = (world: World, name: string): { image: Image; isLocal: boolean } => {
	if (name === 'scratch') return { image: scratch(), isLocal: true };
	const local = lookUpImage(world, name);
	return local
		? { image: local, isLocal: true }
		: { image: resolve(world, parseReference(name)), isLocal: false };
};

export const asContext = (tree: Tree): Context =>
	new Map([...tree].filter(([path]) => path !== '/').map(([path, node]) => [path.slice(1), node]));

export const targetIndex = (file: Dockerfile, target: string): number => {
	if (!target) return file.stages.length - 1;
	const index = file.stages.findIndex((stage, number) => stage.name === target || String(number) === target);
	if (index < 0) throw new BuildFailure(`failed to reach build target ${target} in Dockerfile`);
	return index;
};
