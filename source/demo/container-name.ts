// Names of containers: which are allowed, and one for a container without.

import type { World } from './world.ts';

export const namePattern = /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

const adjectives = [
	'brave',
	'calm',
	'eager',
	'gentle',
	'happy',
	'keen',
	'mellow',
	'quiet',
	'sharp',
	'tidy',
	'vivid',
	'wise',
];
const people = [
	'bartik',
	'curie',
	'darwin',
	'euler',
	'fermat',
	'hopper',
	'hypatia',
	'kepler',
	'lovelace',
	'noether',
	'turing',
];

export const inventName = (world: World, id: string): string => {
	const number = Number.parseInt(id.slice(0, 8), 16);
	const name = `${adjectives[number % adjectives.length]}_${people[(number >>> 8) % people.length]}`;
	return world.names.has(name) ? `${name}${number % 1000}` : name;
};
