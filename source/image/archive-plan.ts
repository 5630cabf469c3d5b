// Which members of an archive are the layers of its image: told by docker's own manifest.json, or by OCI's index.json.
import { dirname, join } from 'node:path/posix';

/** One that makes no layer has changed no file. */
type Step = { readonly createdBy: string; readonly isEmpty: boolean };

export type ArchivePlan = {
	/** Paths in the archive, the oldest first. */
	readonly layers: readonly string[];
	/** As many as layers, or none. */
	readonly diffIds: readonly string[];
	/** The oldest first; none where the image does not tell. */
	readonly steps: readonly Step[];
};

export type Archive = {
	/** What is written in JSON, by path. */
	readonly texts: ReadonlyMap<string, Buffer>;
	/** Targets by the path of a link: engines before 25 keep equal layers once. */
	readonly links: ReadonlyMap<string, string>;
	readonly has: (path: string) => boolean;
};

/** More than any engine takes. */
const mostLayers = 1000;

const mostManifests = 200;

/** Of the first image that is in there whole; undefined: there is none. */
export const planOf = (archive: Archive): ArchivePlan | undefined => {
	const plans = [...dockerPlans(archive), ...ociPlans(archive, read(archive, 'index.json'), new Set())];
	return plans.find(({ layers }) => layers.every((path) => archive.has(path))) ?? plans[0];
};

/** Where a path leads that may be a link; the path itself where it is none. */
export const target = ({ links }: Pick<Archive, 'links'>, path: string): string => {
	let at = path;
	for (let step = 0; step < 8; step++) {
		const next = links.get(at);
		if (next === undefined) break;
		at = next;
	}
	return at;
};

/** Where a link in the archive leads to: from its own folder, or, of a hard link, from the top. */
export const linked = (path: string, to: string, isHard: boolean): string =>
	join(isHard ? '' : dirname(path), to);

const dockerPlans = (archive: Archive): ArchivePlan[] =>
	list(read(archive, 'manifest.json'))
		.filter(isRecord)
		.slice(0, mostLayers)
		.flatMap((image) => {
			const layers = list(image.Layers).filter(isText).slice(0, mostLayers);
			if (!Array.isArray(image.Layers)) return [];
			const paths = layers.map((path) => target(archive, join(path)));
			return [{ layers: paths, ...configOf(read(archive, textOf(image.Config)), layers.length) }];
		});

/** An index names manifests, and other indexes for images of several platforms. */
const ociPlans = (archive: Archive, index: unknown, seen: Set<string>): ArchivePlan[] => {
	if (!isRecord(index)) return [];
	return list(index.manifests)
		.filter(isRecord)
		.filter(({ annotations }) => !isRecord(annotations) || !('vnd.docker.reference.type' in annotations))
		.flatMap((entry) => {
			const path = blob(entry.digest);
			// One that names itself would never end.
			if (seen.has(path) || seen.size === mostManifests) return [];
			seen.add(path);
			const manifest = read(archive, path);
			if (!isRecord(manifest)) return [];
			if (!Array.isArray(manifest.layers)) return ociPlans(archive, manifest, seen);
			const layers = manifest.layers.filter(isRecord).slice(0, mostLayers);
			const config = isRecord(manifest.config) ? read(archive, blob(manifest.config.digest)) : undefined;
			return [{ layers: layers.map(({ digest }) => blob(digest)), ...configOf(config, layers.length) }];
		});
};

const configOf = (config: unknown, layers: number): Pick<ArchivePlan, 'diffIds' | 'steps'> => {
	if (!isRecord(config)) return { diffIds: [], steps: [] };
	const diffIds = list(isRecord(config.rootfs) ? config.rootfs.diff_ids : undefined).filter(isText);
	const steps = list(config.history)
		.filter(isRecord)
		.map((step) => ({ createdBy: textOf(step.created_by), isEmpty: step.empty_layer === true }));
	return {
		diffIds: diffIds.length === layers ? diffIds : [],
		steps: steps.filter(({ isEmpty }) => !isEmpty).length === layers ? steps : [],
	};
};

const blob = (digest: unknown): string => `blobs/${textOf(digest).replace(':', '/')}`;

const read = ({ texts, links }: Archive, path: string): unknown => {
	try {
		return JSON.parse(texts.get(target({ links }, join(path)))?.toString() ?? 'null');
	} catch {
		// As good as not there: it was damaged, or is no JSON.
		return undefined;
	}
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const textOf = (value: unknown): string => (isText(value) ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
