// A `docker build …` line as a person has it in a script or a readme, read as a wish.
import { join } from 'node:path';
import type { Builder, BuildWish } from '../model/build.ts';
import { splitCommand } from '../model/command-line.ts';
import { nearest } from '../model/nearest.ts';
import {
	alone,
	type Draft,
	pathOf,
	type Surroundings,
	short,
	splitAt,
	tagProblem,
	withValue,
} from './build-options.ts';

export type ReadWish = { readonly wish: BuildWish } | { readonly problem: string };

const known = [...Object.keys(withValue), ...Object.keys(alone)];

export const readBuildLine = (line: string, around: Surroundings): ReadWish => {
	const split = splitCommand(line.replace(/\\\r?\n/g, ' '));
	if ('problem' in split) return split;
	const start = beginning(split.words);
	if ('problem' in start) return start;

	const draft: Draft = { tags: [], args: {}, secrets: {}, isUncached: false, pullsBases: false };
	const paths: string[] = [];
	let isOver = false;
	for (let at = 0; at < start.rest.length; at++) {
		const word = start.rest[at] ?? '';
		if (isOver || word === '-' || !word.startsWith('-')) {
			paths.push(word);
			continue;
		}
		if (word === '--') {
			isOver = true;
			continue;
		}
		const { name, value } = optionOf(word);
		const set = Object.hasOwn(withValue, name) ? withValue[name] : undefined;
		if (set !== undefined) {
			const given = value ?? start.rest[++at];
			if (given === undefined || given === '') return { problem: `${word} needs a value after it.` };
			const problem = set(draft, given, around);
			if (problem !== undefined) return { problem };
			continue;
		}
		const turn = Object.hasOwn(alone, name) ? alone[name] : undefined;
		if (turn === undefined) return { problem: notUnderstood(word.split('=')[0] ?? word, name) };
		if (value !== undefined && !/^(true|false|1|0|t|f)$/i.test(value)) {
			return { problem: `--${name} can be true or false, not ${value}.` };
		}
		turn(draft, value === undefined || /^(true|1|t)$/i.test(value));
	}
	return finish(draft, paths, start.builder, around);
};

/** The assignments and the words up to `build`. */
const beginning = (
	words: readonly string[],
): { rest: readonly string[]; builder?: Builder } | { problem: string } => {
	let builder: Builder | undefined;
	let at = 0;
	for (; /^\w+=/.test(words[at] ?? ''); at++) {
		const [name, value = ''] = splitAt(words[at] ?? '');
		if (name === 'DOCKER_BUILDKIT') builder = /^(0|f|false)$/i.test(value) ? 'classic' : 'buildkit';
		else return { problem: `${name} cannot be set here: only DOCKER_BUILDKIT can.` };
	}
	if (words[at] === 'sudo') at++;
	const [program, first, second] = words.slice(at);
	const length =
		first === 'build' ? 2 : /^(buildx|image|builder)$/.test(first ?? '') && second === 'build' ? 3 : 0;
	if (!/^(docker|podman)$/.test(program ?? '') || length === 0)
		return { problem: 'The line begins with docker build.' };
	if (first === 'buildx') builder ??= 'buildkit';
	return { rest: words.slice(at + length), ...(builder !== undefined && { builder }) };
};

const optionOf = (word: string): { name: string; value?: string } => {
	if (word.startsWith('--')) {
		const equals = word.indexOf('=');
		return equals === -1
			? { name: word.slice(2) }
			: { name: word.slice(2, equals), value: word.slice(equals + 1) };
	}
	const name = short[word[1] ?? ''] ?? word.slice(1);
	const value = word.slice(2).replace(/^=/, '');
	return value === '' ? { name } : { name, value };
};

const finish = (
	draft: Draft,
	paths: readonly string[],
	builder: Builder | undefined,
	around: Surroundings,
): ReadWish => {
	const [path, another] = paths;
	const problem = tagProblem(draft.tags);
	if (problem !== undefined) return { problem };
	if (path === undefined) return { problem: 'The line ends with the folder that is sent: . for this one.' };
	if (another !== undefined)
		return { problem: `Only one folder can be sent, not both ${path} and ${another}.` };
	if (path === '-')
		return { problem: 'A context from the standard input cannot be built here: give a folder.' };
	if (/^(https?:\/\/|git:\/\/|git@|ssh:\/\/|github\.com\/)/.test(path)) {
		return { problem: `${path} is an address: only a folder of this machine can be built here.` };
	}
	const context = pathOf(path, around);
	const wish = { ...draft, context, dockerfile: draft.dockerfile ?? join(context, 'Dockerfile') };
	return { wish: { ...wish, ...(builder !== undefined && { builder }) } };
};

const notUnderstood = (word: string, name: string): string => {
	const meant = word.startsWith('--') ? nearest(name, known) : undefined;
	return `${word} is not understood here${meant === undefined ? '.' : `: did you mean --${meant}?`}`;
};
