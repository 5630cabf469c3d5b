// A `docker run …` line as a person has it from a tutorial or a script, read as a wish.
import { otherFlags } from '../engine/create/other-flags.ts';
import { nearest } from '../model/nearest.ts';
import { emptyRun, type RunWish } from '../model/run.ts';
import {
	type Draft,
	foreignFlags,
	idleFlags,
	otherSpellings,
	shortFlags,
	toggleFlags,
	valueFlags,
} from './flags.ts';
import { shellWords } from './shell-line.ts';

export type ReadRun = { readonly wish: RunWish } | { readonly problem: string };

export const parseRunLine = (text: string): ReadRun => {
	// Somebody's prompt was copied along.
	const split = shellWords(text.trim().replace(/^[$#>%]\s+/, ''));
	if ('problem' in split) return split;
	const start = beginning(split.words);
	if ('problem' in start) return start;
	const draft = newDraft();
	const read = readFlags(draft, start.rest);
	if ('problem' in read) return read;
	const [image, ...command] = read.rest;
	if (image === undefined || image === '') return { problem: 'The line does not name an image yet.' };
	return { wish: { ...draft, image, command } };
};

export const newDraft = (): Draft =>
	Object.fromEntries(
		Object.entries(emptyRun).map(([key, value]) => [key, Array.isArray(value) ? [...value] : value]),
	) as Draft;

type Rest = { readonly rest: readonly string[] } | { readonly problem: string };

/** Takes the words up to `run` away. */
const beginning = (words: readonly string[]): Rest => {
	let at = words[0] === 'sudo' ? 1 : 0;
	while (words[0] === 'sudo' && /^-/.test(words[at] ?? '')) at++;
	const [program = '', first, second] = words.slice(at);
	if (/^\w+=/.test(program)) {
		return { problem: `${program.split('=')[0]} cannot be set here: the line begins with docker run.` };
	}
	const length = first === 'run' ? 2 : first === 'container' && second === 'run' ? 3 : 0;
	if (!/^(docker|podman)(\.exe)?$/.test(program) || length === 0) {
		return { problem: 'The line begins with docker run.' };
	}
	return { rest: words.slice(at + length) };
};

/** Flags end at the first word that is none. */
export const readFlags = (draft: Draft, words: readonly string[]): Rest => {
	let at = 0;
	const next = (): string | undefined => words[++at];
	for (; at < words.length; at++) {
		const word = words[at] ?? '';
		if (word === '--') return { rest: words.slice(at + 1) };
		if (!word.startsWith('-') || word === '-') break;
		const problem = word.startsWith('--') ? long(draft, word, next) : short(draft, word, next);
		if (problem !== undefined) return { problem };
	}
	return { rest: words.slice(at) };
};

const long = (draft: Draft, word: string, next: () => string | undefined): string | undefined => {
	const equals = word.indexOf('=');
	const name = word.slice(2, equals === -1 ? undefined : equals);
	return set(draft, word.slice(0, equals === -1 ? undefined : equals), name, {
		given: equals === -1 ? undefined : word.slice(equals + 1),
		next,
	});
};

/** `-itp 8080:80`, `-p8080:80` and `-p=8080:80`: letters until one takes the rest as its value. */
const short = (draft: Draft, word: string, next: () => string | undefined): string | undefined => {
	for (let at = 1; at < word.length; at++) {
		const letter = word[at] ?? '';
		const name = Object.hasOwn(shortFlags, letter) ? (shortFlags[letter] ?? '') : '';
		if (name === '') return `-${letter} is not understood here.`;
		const rest = word.slice(at + 1);
		const isTaken = rest.startsWith('=') || (takesValue(name) && rest !== '');
		const given = isTaken ? rest.replace(/^=/, '') : undefined;
		const problem = set(draft, `-${letter}`, name, { given, next });
		if (problem !== undefined || isTaken) return problem;
	}
	return undefined;
};

const takesValue = (name: string): boolean =>
	Object.hasOwn(valueFlags, name) ||
	idleFlags[name] === true ||
	(Object.hasOwn(otherFlags, name) && otherFlags[name]?.kind !== 'toggle');

type Value = { readonly given: string | undefined; readonly next: () => string | undefined };

const set = (draft: Draft, word: string, spelt: string, { given, next }: Value): string | undefined => {
	const name = Object.hasOwn(otherSpellings, spelt) ? (otherSpellings[spelt] ?? spelt) : spelt;
	if (foreignFlags.includes(name)) return `${word} is not known here; run the line in a shell for it.`;
	if (takesValue(name)) {
		const value = given ?? next();
		if (value === undefined) return `${word} needs a value after it.`;
		if (Object.hasOwn(idleFlags, name)) return undefined;
		const setValue = Object.hasOwn(valueFlags, name) ? valueFlags[name] : undefined;
		return setValue === undefined ? setOther(draft, name, value) : setValue(draft, value);
	}
	const isKnown = [toggleFlags, idleFlags, otherFlags].some((table) => Object.hasOwn(table, name));
	if (!isKnown) return notUnderstood(word, name);
	if (given !== undefined && !/^(true|false|1|0|t|f)$/i.test(given)) {
		return `${word} can be true or false, not ${given || 'nothing'}.`;
	}
	const isOn = given === undefined || /^(true|1|t)$/i.test(given);
	if (Object.hasOwn(toggleFlags, name)) toggleFlags[name]?.(draft, isOn);
	else if (Object.hasOwn(otherFlags, name)) {
		draft.others = [...draft.others.filter((other) => other !== `--${name}`), ...(isOn ? [`--${name}`] : [])];
	}
	return undefined;
};

const setOther = (draft: Draft, name: string, value: string): string | undefined => {
	const flag = otherFlags[name];
	if (flag === undefined) return undefined;
	if (!flag.isRight(value)) return `--${name} takes ${flag.wants}, not ${value || 'nothing'}.`;
	// Of a flag that holds one value, the last one counts.
	if (flag.kind === 'value') draft.others = draft.others.filter((other) => !other.startsWith(`--${name}=`));
	draft.others.push(`--${name}=${value}`);
	return undefined;
};

const known = [...Object.keys(valueFlags), ...Object.keys(toggleFlags), ...Object.keys(otherFlags)];

const notUnderstood = (word: string, name: string): string => {
	const meant = word.startsWith('--') ? nearest(name, known) : undefined;
	return `${word} is not understood here${meant === undefined ? '.' : `: did you mean --${meant}?`}`;
};
