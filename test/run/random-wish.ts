// Wishes made at random, and the same again from the same seed.
import { otherFlags } from '../../source/engine/create/other-flags.ts';
import { emptyRun, type PortWish, type RunWish } from '../../source/model/run.ts';

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
};

const oddities = [
	...["'", '"', '\\', ' ', '\n', '$', '`', '#', '~', '=', ':', ',', '-', '--', '|', '&&', ';', '>', '*'],
	...[
		'$(x)',
		`\${y}`,
		'\\\n',
		'ü',
		'日本',
		'\t',
		'a',
		'b',
		'word',
		'0',
		'/',
		'.',
		'{',
		'!',
		'\\ ',
		"''",
		'~/',
	],
];

export const randomWish = (random: () => number): RunWish => {
	const chance = (share: number): boolean => random() < share;
	const below = (count: number): number => Math.floor(random() * count);
	const one = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
	const odd = (): string => Array.from({ length: 1 + below(6) }, () => one(oddities)).join('');
	const some = (make: () => string): string[] =>
		chance(0.25) ? Array.from({ length: 1 + below(3) }, make) : [];
	const maybe = <Key extends keyof RunWish>(key: Key, value: RunWish[Key]) =>
		chance(0.2) ? { [key]: value } : {};
	const range = (first: number, length: number) =>
		length === 1 ? `${first}` : `${first}-${first + length - 1}`;
	const port = (): PortWish => {
		const length = chance(0.3) ? 2 + below(4) : 1;
		return {
			...(chance(0.3) && { address: one(['127.0.0.1', '0.0.0.0', '::1', '::', 'fe80::1']) }),
			...(chance(0.7) && { host: range(1 + below(60_000), chance(0.2) && length === 1 ? 3 : length) }),
			container: range(1 + below(60_000), length),
			protocol: one(['tcp', 'tcp', 'udp', 'sctp']),
		};
	};
	const samples = ['1g', '5', '30s', 'name=2', '/dev/null', '80/udp', '-1', odd()];
	const others = Object.entries(otherFlags).flatMap(([name, flag]) => {
		if (!chance(0.04)) return [];
		if (flag.kind === 'toggle') return [`--${name}`];
		const values = samples.filter(flag.isRight).slice(0, flag.kind === 'list' ? 2 : 1);
		return values.map((value) => `--${name}=${value}`);
	});
	return {
		...emptyRun,
		image: one(['hello-world', 'httpd:2.4', 'localhost:5000/a/b:c', 'sha256:0123', '-odd', odd()]),
		command: chance(0.5) ? Array.from({ length: 1 + below(4) }, () => (chance(0.1) ? '' : odd())) : [],
		isInteractive: chance(0.3),
		hasTerminal: chance(0.3),
		isDetached: chance(0.3),
		isRemoved: chance(0.3),
		publishesAll: chance(0.2),
		isPrivileged: chance(0.1),
		isReadOnly: chance(0.1),
		hasInit: chance(0.1),
		ports: chance(0.4) ? Array.from({ length: 1 + below(3) }, port) : [],
		env: some(() => `${one(['A', 'B_1', 'NAME'])}${chance(0.8) ? `=${odd()}` : ''}`),
		envFiles: some(odd),
		volumes: some(() => `${odd()}:/${odd()}`),
		mounts: some(() => `type=bind,source=${odd()},target=${odd()}`),
		tmpfs: some(odd),
		networks: some(odd),
		labels: some(() => `label=${odd()}`),
		capAdd: some(odd),
		capDrop: some(odd),
		hosts: some(() => `${odd()}:10.0.0.1`),
		...maybe('name', odd()),
		...maybe('restart', one(['no', 'always', 'unless-stopped', 'on-failure', 'on-failure:3'])),
		...maybe('user', odd()),
		...maybe('workdir', odd()),
		...maybe('entrypoint', chance(0.3) ? '' : odd()),
		...maybe('hostname', odd()),
		...maybe('memory', '512m'),
		...maybe('cpus', '1.5'),
		...maybe('pidsLimit', '-1'),
		...maybe('platform', 'linux/arm64'),
		...maybe('pull', one(['always', 'missing', 'never'])),
		others,
	};
};
