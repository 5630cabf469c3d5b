// The flags of `docker run` that a wish has a place of its own for, and how each is read into it.
import type { RunWish } from '../model/run.ts';
import { readPort } from './port-text.ts';

type Open<Value> = Value extends readonly (infer Item)[] ? Item[] : Value;

/** A wish that is being read. */
export type Draft = { -readonly [Key in keyof RunWish]: Open<RunWish[Key]> };

type Keys<Value> = { [Key in keyof Draft]-?: Draft[Key] extends Value ? Key : never }[keyof Draft];

/** Answers with a sentence where the value is none. */
export type SetFlag = (draft: Draft, value: string) => string | undefined;

const lists = {
	env: 'env',
	'env-file': 'envFiles',
	volume: 'volumes',
	mount: 'mounts',
	tmpfs: 'tmpfs',
	network: 'networks',
	label: 'labels',
	'cap-add': 'capAdd',
	'cap-drop': 'capDrop',
	'add-host': 'hosts',
} as const satisfies Record<string, Keys<string[]>>;

const texts = {
	name: 'name',
	restart: 'restart',
	user: 'user',
	workdir: 'workdir',
	hostname: 'hostname',
	memory: 'memory',
	cpus: 'cpus',
	'pids-limit': 'pidsLimit',
	platform: 'platform',
	pull: 'pull',
} as const;

const toggles = {
	interactive: 'isInteractive',
	tty: 'hasTerminal',
	detach: 'isDetached',
	rm: 'isRemoved',
	'publish-all': 'publishesAll',
	privileged: 'isPrivileged',
	'read-only': 'isReadOnly',
	init: 'hasInit',
} as const satisfies Record<string, Keys<boolean>>;

export const valueFlags: Readonly<Record<string, SetFlag>> = {
	...Object.fromEntries(
		Object.entries(lists).map(([flag, key]): [string, SetFlag] => [
			flag,
			(draft, value) => {
				if (value === '') return `--${flag} needs a value after it.`;
				draft[key].push(value);
				return undefined;
			},
		]),
	),
	...Object.fromEntries(
		Object.entries(texts).map(([flag, key]): [string, SetFlag] => [
			flag,
			(draft, value) => {
				// Nothing is what holds without the flag, to docker, too.
				if (value === '') delete draft[key];
				else draft[key] = value;
				return undefined;
			},
		]),
	),
	entrypoint: (draft, value) => {
		draft.entrypoint = value;
		return undefined;
	},
	publish: (draft, value) => {
		const read = readPort(value);
		if ('problem' in read) return read.problem;
		draft.ports.push(read.port);
		return undefined;
	},
};

export const toggleFlags: Readonly<Record<string, (draft: Draft, isOn: boolean) => void>> =
	Object.fromEntries(
		Object.entries(toggles).map(([flag, key]) => [
			flag,
			(draft: Draft, isOn: boolean) => {
				draft[key] = isOn;
			},
		]),
	);

export const shortFlags: Readonly<Record<string, string>> = {
	i: 'interactive',
	t: 'tty',
	d: 'detach',
	p: 'publish',
	P: 'publish-all',
	e: 'env',
	v: 'volume',
	u: 'user',
	w: 'workdir',
	m: 'memory',
	l: 'label',
	h: 'hostname',
	c: 'cpu-shares',
	q: 'quiet',
	a: 'attach',
};

/** Old spellings that docker still takes. */
export const otherSpellings: Readonly<Record<string, string>> = {
	net: 'network',
	'net-alias': 'network-alias',
	'dns-opt': 'dns-option',
};

/** They say how docker itself prints and passes on, which is Portside's own business here. True: a value follows. */
export const idleFlags: Readonly<Record<string, boolean>> = {
	'detach-keys': true,
	'sig-proxy': false,
	'disable-content-trust': false,
	quiet: false,
};

/** What docker knows, and Portside does not. */
export const foreignFlags: readonly string[] = [
	'annotation',
	'attach',
	'blkio-weight-device',
	'cidfile',
	'cpu-count',
	'cpu-percent',
	'cpu-rt-period',
	'cpu-rt-runtime',
	'device-read-bps',
	'device-read-iops',
	'device-write-bps',
	'device-write-iops',
	'gpus',
	'health-start-interval',
	'help',
	'io-maxbandwidth',
	'io-maxiops',
	'isolation',
	'kernel-memory',
	'link-local-ip',
	'use-api-socket',
];
