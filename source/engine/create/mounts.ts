// `-v` and `--mount` as the Engine API wants them.
import { bytes, csvField, csvFields, splitPair } from './values.ts';

/** A `-v` without a source is an anonymous volume; all others go to the engine as they are. */
export const isAnonymousVolume = (volume: string): boolean => !volume.includes(':');

export type ReadMount = { readonly mount: Record<string, unknown> } | { readonly problem: string };

type Draft = {
	type: string;
	source: string;
	target: string;
	isReadOnly: boolean;
	consistency: string;
	bind: Record<string, unknown>;
	volume: { NoCopy?: boolean; Labels?: Record<string, string> };
	driver: { Name?: string; Options?: Record<string, string> };
	tmpfs: Record<string, number>;
};

const turns = new Set(['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive']);

const isTrue = (value: string): boolean => /^(true|1|t)$/i.test(value);

const setters: Readonly<Record<string, (draft: Draft, value: string) => unknown>> = {
	type: (draft, value) => {
		draft.type = value.toLowerCase();
	},
	source: (draft, value) => {
		draft.source = value;
	},
	target: (draft, value) => {
		draft.target = value;
	},
	readonly: (draft, value) => {
		draft.isReadOnly = isTrue(value);
	},
	consistency: (draft, value) => {
		draft.consistency = value.toLowerCase();
	},
	'bind-propagation': (draft, value) => {
		draft.bind.Propagation = value.toLowerCase();
	},
	'bind-nonrecursive': (draft, value) => {
		draft.bind.NonRecursive = isTrue(value);
	},
	'volume-nocopy': (draft, value) => {
		draft.volume.NoCopy = isTrue(value);
	},
	'volume-label': (draft, value) => {
		const [name, text = ''] = splitPair(value);
		draft.volume.Labels = { ...draft.volume.Labels, [name]: text };
	},
	'volume-driver': (draft, value) => {
		draft.driver.Name = value;
	},
	'volume-opt': (draft, value) => {
		const [name, text = ''] = splitPair(value);
		draft.driver.Options = { ...draft.driver.Options, [name]: text };
	},
	'tmpfs-size': (draft, value) => {
		const size = bytes(value);
		if (size === undefined) return `${value} is no size: write it as 64m.`;
		draft.tmpfs.SizeBytes = size;
		return undefined;
	},
	'tmpfs-mode': (draft, value) => {
		if (!/^[0-7]+$/.test(value)) return `${value} is no mode: write it as 1777.`;
		draft.tmpfs.Mode = Number.parseInt(value, 8);
		return undefined;
	},
};

const spellings: Readonly<Record<string, string>> = {
	src: 'source',
	dst: 'target',
	destination: 'target',
	ro: 'readonly',
};

/** `type=bind,source=/a,target=/b,readonly` */
export const readMount = (text: string): ReadMount => {
	const draft: Draft = {
		type: 'volume',
		source: '',
		target: '',
		isReadOnly: false,
		consistency: '',
		bind: {},
		volume: {},
		driver: {},
		tmpfs: {},
	};
	for (const field of csvFields(text)) {
		const [name, value] = splitPair(field);
		const key = name.trim().toLowerCase();
		const set = setters[spellings[key] ?? key];
		if (set === undefined) return { problem: `--mount does not know ${name || 'an empty part'} (${text}).` };
		if (value === undefined && !turns.has(key))
			return { problem: `${name} of --mount needs a value: ${name}=…` };
		const problem = set(draft, value ?? 'true');
		if (typeof problem === 'string') return { problem };
	}
	if (!['bind', 'volume', 'tmpfs', 'npipe'].includes(draft.type)) {
		return { problem: `${draft.type} is no type of --mount: bind, volume and tmpfs are.` };
	}
	if (draft.target === '')
		return { problem: `--mount ${text} does not say where it is to be: add target=/path.` };
	if (draft.type === 'bind' && draft.source === '') {
		return { problem: `--mount ${text} does not say what is mounted: add source=/path.` };
	}
	const { type, source, target, isReadOnly, consistency, bind, volume, driver, tmpfs } = draft;
	return {
		mount: {
			Type: type,
			Target: target,
			...(source && { Source: source }),
			...(isReadOnly && { ReadOnly: true }),
			...(consistency && { Consistency: consistency }),
			...(Object.keys(bind).length > 0 && { BindOptions: bind }),
			...(Object.keys({ ...volume, ...driver }).length > 0 && {
				VolumeOptions: { ...volume, DriverConfig: driver },
			}),
			...(Object.keys(tmpfs).length > 0 && { TmpfsOptions: tmpfs }),
		},
	};
};

/** The same mount with another source. */
export const withSource = (text: string, source: string): string =>
	csvFields(text)
		.map((field) => {
			const [name, value] = splitPair(field);
			const isSource = /^(source|src)$/i.test(name.trim()) && value !== undefined;
			return csvField(isSource ? `${name}=${source}` : field);
		})
		.join(',');
