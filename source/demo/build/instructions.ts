// What an instruction of a Dockerfile does to the settings of an image; also the `--change` lines of commit and import.

import { resolvePath } from '../files.ts';
import type { ImageConfig } from '../image.ts';
import { refuse } from '../refusal.ts';

/** `["a","b"]` as it is; anything else through the shell. */
export const commandOf = (text: string, shell: readonly string[] = ['/bin/sh', '-c']): string[] => {
	if (text.startsWith('['))
		try {
			const list: unknown = JSON.parse(text);
			if (Array.isArray(list)) return list.map(String);
		} catch {
			// Not JSON after all: docker takes it for a shell command too.
		}
	return [...shell, text];
};

/** `A=b C="d e"` or the old `A b c` → pairs. */
export const pairsOf = (text: string): [string, string][] => {
	const unquote = (value: string) => value.replace(/^(["'])([\s\S]*)\1$/, '$2').replace(/\\(.)/g, '$1');
	if (!/^[^\s=]+=/.test(text)) {
		const [, name = '', value = ''] = /^(\S+)\s+([\s\S]*)$/.exec(text) ?? [];
		return [[name || text, value]];
	}
	const words = text.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g) ?? [];
	return words.map((word) => {
		const equals = word.indexOf('=');
		return [
			unquote(word.slice(0, equals < 0 ? undefined : equals)),
			equals < 0 ? '' : unquote(word.slice(equals + 1)),
		];
	});
};

const withEnv = (config: ImageConfig, pairs: [string, string][]): ImageConfig => {
	const names = new Set(pairs.map(([name]) => name));
	return {
		...config,
		Env: [
			...(config.Env ?? []).filter((entry) => !names.has(entry.split('=')[0] ?? '')),
			...pairs.map(([name, value]) => `${name}=${value}`),
		],
	};
};

const healthOf = (rest: string): NonNullable<ImageConfig['Healthcheck']> => {
	if (/^NONE\b/i.test(rest)) return { Test: ['NONE'] };
	const seconds = (name: string) => Number(new RegExp(`--${name}=(\\d+)`).exec(rest)?.[1] ?? 0);
	const command = rest.replace(/^(--\S+\s+)*CMD\s+/i, '');
	const argv = commandOf(command);
	return {
		Test: argv[0] === '/bin/sh' ? ['CMD-SHELL', command] : ['CMD', ...argv],
		...(seconds('interval') > 0 && { Interval: seconds('interval') * 1e9 }),
		...(seconds('retries') > 0 && { Retries: seconds('retries') }),
	};
};

const words = (rest: string): string[] => (rest.startsWith('[') ? commandOf(rest) : rest.split(/\s+/));

/** The settings after an instruction; undefined for one that changes files instead. */
export const applyInstruction = (
	config: ImageConfig,
	name: string,
	rest: string,
): ImageConfig | undefined => {
	switch (name) {
		case 'CMD':
			return { ...config, Cmd: commandOf(rest) };
		case 'ENTRYPOINT':
			return { ...config, Entrypoint: commandOf(rest), Cmd: null };
		case 'ENV':
			return withEnv(config, pairsOf(rest));
		case 'LABEL':
			return { ...config, Labels: { ...config.Labels, ...Object.fromEntries(pairsOf(rest)) } };
		case 'EXPOSE':
			return {
				...config,
				ExposedPorts: {
					...config.ExposedPorts,
					...Object.fromEntries(
						rest.split(/\s+/).map((port) => [port.includes('/') ? port : `${port}/tcp`, {}]),
					),
				},
			};
		case 'WORKDIR':
			return { ...config, WorkingDir: resolvePath(config.WorkingDir || '/', rest) };
		case 'USER':
			return { ...config, User: rest };
		case 'VOLUME':
			return {
				...config,
				Volumes: { ...config.Volumes, ...Object.fromEntries(words(rest).map((path) => [path, {}])) },
			};
		case 'STOPSIGNAL':
			return { ...config, StopSignal: rest };
		case 'HEALTHCHECK':
			return { ...config, Healthcheck: healthOf(rest) };
		case 'SHELL':
			return { ...config, Shell: commandOf(rest) };
		case 'ONBUILD':
			return { ...config, OnBuild: [...((config.OnBuild as string[] | null) ?? []), rest] };
		case 'MAINTAINER':
		case 'ARG':
			return config;
		default:
			return undefined;
	}
};

const changeable = [
	'CMD',
	'ENTRYPOINT',
	'ENV',
	'EXPOSE',
	'HEALTHCHECK',
	'LABEL',
	'ONBUILD',
	'STOPSIGNAL',
	'USER',
	'VOLUME',
	'WORKDIR',
];

export const applyChanges = (config: ImageConfig, changes: readonly string[]): ImageConfig => {
	let changed = config;
	for (const line of changes.flatMap((change) => change.split('\n')).slice(0, 200)) {
		const [, word = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
		if (!word) continue;
		if (!changeable.includes(word.toUpperCase()))
			refuse(400, `${word.toLowerCase()} is not a valid change command`);
		changed = applyInstruction(changed, word.toUpperCase(), rest.trim()) ?? changed;
	}
	return changed;
};
