// The options of `docker build` that a wish has a place for.
import { isAbsolute, join, resolve } from 'node:path';
import { isReference } from '../model/words.ts';

export type Surroundings = {
	/** What relative paths are relative to. */
	readonly cwd: string;
	/** Where `--build-arg NAME` without a value has it from. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** What `~` means. */
	readonly home?: string | undefined;
};

export type Draft = {
	tags: string[];
	args: Record<string, string>;
	secrets: Record<string, string>;
	dockerfile?: string;
	target?: string;
	platform?: string;
	isUncached: boolean;
	pullsBases: boolean;
};

type SetOption = (draft: Draft, value: string, around: Surroundings) => string | undefined;

export const withValue: Readonly<Record<string, SetOption>> = {
	tag: (draft, value) => {
		if (!draft.tags.includes(value)) draft.tags.push(value);
		return undefined;
	},
	file: (draft, value, around) => {
		if (value === '-')
			return 'A Dockerfile from the standard input cannot be built here: write it to a file.';
		draft.dockerfile = pathOf(value, around);
		return undefined;
	},
	'build-arg': (draft, value, { env }) => {
		const equals = value.indexOf('=');
		const name = equals === -1 ? value : value.slice(0, equals);
		if (name === '') return '--build-arg is followed by NAME=value.';
		const given = equals === -1 ? env[name] : value.slice(equals + 1);
		// So does docker: the Dockerfile's own default holds then.
		if (given !== undefined) draft.args[name] = given;
		return undefined;
	},
	target: (draft, value) => {
		draft.target = value;
		return undefined;
	},
	platform: (draft, value) => {
		if (value.includes(',')) return 'Only one platform can be built at a time here.';
		draft.platform = value;
		return undefined;
	},
	secret: (draft, value, around) => {
		const fields = new Map(csv(value).map((field) => splitAt(field)));
		const path = fields.get('src') ?? fields.get('source');
		const id = fields.get('id') ?? path?.split('/').at(-1);
		if (fields.has('env') || fields.get('type') === 'env') {
			return 'A secret can only come from a file here: --secret id=NAME,src=PATH.';
		}
		if (!id) return 'A secret is given as --secret id=NAME,src=PATH.';
		draft.secrets[id] = pathOf(path ?? id, around);
		return undefined;
	},
	ssh: () =>
		'Portside does not hand on the keys of an ssh agent (--ssh): docker build does, in a terminal. Leave it away to build without them.',
	progress: () => undefined,
};

export const alone: Readonly<Record<string, (draft: Draft, isOn: boolean) => void>> = {
	'no-cache': (draft, isOn) => {
		draft.isUncached = isOn;
	},
	pull: (draft, isOn) => {
		draft.pullsBases = isOn;
	},
	// These say how docker prints, or what is done here anyway.
	quiet: () => {},
	rm: () => {},
	'force-rm': () => {},
	load: () => {},
};

export const short: Readonly<Record<string, string>> = { t: 'tag', f: 'file', q: 'quiet' };

/** What is wrong with a name for an image, in a sentence. */
export const tagProblem = (tags: readonly string[]): string | undefined => {
	const odd = tags.find((tag) => !isReference(tag));
	return odd === undefined
		? undefined
		: `${odd} is no tag: a name has small letters, digits and . _ - / in it, and may end in :VERSION.`;
};

export const pathOf = (path: string, { cwd, home }: Pick<Surroundings, 'cwd' | 'home'>): string => {
	if (home !== undefined && (path === '~' || path.startsWith('~/'))) return join(home, path.slice(1));
	return isAbsolute(path) ? join(path, '.').replace(/(.)\/$/, '$1') : resolve(cwd, path);
};

export const splitAt = (text: string): [string, string] => {
	const equals = text.indexOf('=');
	return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
};

/** The fields of a line of CSV, where quotes hold commas. */
const csv = (line: string): string[] =>
	[...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
		quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
	);
