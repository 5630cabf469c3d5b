// What every builder refuses in a Dockerfile, said before anything is sent.

import { nearest } from '../model/nearest.ts';
import type { Dockerfile } from './dockerfile.ts';
import type { Instruction, Problem } from './dockerfile-lines.ts';
import { takeApart } from './dockerfile-words.ts';

/** How many words an instruction needs. CMD, ENTRYPOINT and RUN may be empty. */
const needs: Readonly<Record<string, number>> = {
	ADD: 2,
	ARG: 1,
	CMD: 0,
	COPY: 2,
	ENTRYPOINT: 0,
	ENV: 1,
	EXPOSE: 1,
	FROM: 1,
	HEALTHCHECK: 1,
	LABEL: 1,
	MAINTAINER: 1,
	ONBUILD: 1,
	RUN: 0,
	SHELL: 1,
	STOPSIGNAL: 1,
	USER: 1,
	VOLUME: 1,
	WORKDIR: 1,
};
const keywords = Object.keys(needs);

export const findProblems = (dockerfile: Omit<Dockerfile, 'problems'>): Problem[] => {
	const { instructions, stages, syntax } = dockerfile;
	// Another frontend has instructions of its own.
	if (syntax !== undefined && !/^(docker\.io\/)?docker\/dockerfile(-upstream)?\b/.test(syntax)) return [];
	if (instructions.length === 0) return [{ line: 1, sentence: 'The Dockerfile has no instruction.' }];

	const problems: Problem[] = [];
	let stage = -1;
	for (const instruction of instructions) {
		const { keyword, line } = instruction;
		if (keyword === 'FROM') stage++;
		const isEarly = stage === -1 && keyword !== 'ARG' && stages.length > 0 && problems.length === 0;
		const sentence =
			wording(instruction) ??
			(isEarly ? `${keyword} stands before the first FROM: only ARG may.` : undefined) ??
			(keyword === 'FROM' ? fromSentence(instruction, stages.length) : undefined) ??
			stageSentence(instruction, stage);
		if (sentence !== undefined) problems.push({ line, sentence });
	}
	if (stages.length === 0 && problems.length === 0) {
		problems.push({
			line: 1,
			sentence: 'There is no FROM: a Dockerfile begins with the image it builds on.',
		});
	}
	return problems;
};

const wording = (instruction: Instruction): string | undefined => {
	const { keyword, text } = instruction;
	const least = needs[keyword];
	if (least === undefined) {
		const known = nearest(keyword, keywords);
		return `${keyword} is not an instruction${known === undefined ? '.' : `: did you mean ${known}?`}`;
	}
	const { rest } = takeApart(text);
	const count = jsonWords(text)?.length ?? rest.length;
	if (count < least) {
		if (least === 1) return `${keyword} needs something after it.`;
		return `${keyword} needs ${count === 0 ? 'what is copied, and where to' : 'the place it copies to'}.`;
	}
	if ((keyword === 'ENV' || keyword === 'LABEL') && rest.length === 1 && !text.includes('=')) {
		return `${keyword} ${rest[0]} needs a value: ${keyword} ${rest[0]}=value.`;
	}
	if (keyword === 'SHELL' && jsonWords(text) === undefined)
		return 'SHELL needs its words as ["word", "word"].';
	if (keyword === 'HEALTHCHECK' && !/^(cmd|none)$/i.test(rest[0] ?? '')) {
		return 'HEALTHCHECK is followed by CMD or NONE.';
	}
	return keyword === 'ONBUILD' ? onbuildSentence(text) : undefined;
};

const onbuildSentence = (text: string): string | undefined => {
	const inner = text.replace(/^\S+\s+/, '');
	const keyword = (/^\S+/.exec(inner)?.[0] ?? '').toUpperCase();
	if (['FROM', 'ONBUILD', 'MAINTAINER'].includes(keyword)) return `${keyword} cannot stand after ONBUILD.`;
	return wording({ keyword, text: inner, line: 0, endLine: 0 });
};

const fromSentence = ({ text }: Instruction, stages: number): string | undefined => {
	const { rest } = takeApart(text);
	if (rest.length !== 1 && (rest.length !== 3 || rest[1]?.toLowerCase() !== 'as')) {
		return 'FROM is followed by an image, or by an image, AS and a name.';
	}
	if (rest[2] !== undefined && !/^[a-z][a-z0-9-_.]*$/i.test(rest[2])) {
		return `${rest[2]} cannot be the name of a stage: it begins with a letter, and has letters, digits, - _ and .`;
	}
	if (!/^\d+$/.test(rest[0] ?? '')) return undefined;
	return Number(rest[0]) < stages
		? `FROM ${rest[0]} means an image: give the stage a name with AS, and use that.`
		: `FROM ${rest[0]} means an image, and there is no stage ${rest[0]} either.`;
};

const stageSentence = ({ keyword, text }: Instruction, stage: number): string | undefined => {
	if (keyword !== 'COPY') return undefined;
	const from = takeApart(text).flags.find(({ name }) => name === 'from')?.value ?? '';
	if (!/^\d+$/.test(from) || Number(from) < stage) return undefined;
	if (Number(from) === stage) return `COPY --from=${from} would copy from its own stage.`;
	return `COPY --from=${from} needs a stage before this one: ${stage === 0 ? 'there is none' : `the last is ${stage - 1}`}.`;
};

const jsonWords = (text: string): unknown[] | undefined => {
	const start = text.search(/\[/);
	if (start === -1 || !/^\S+\s+(--\S+\s+)*$/.test(text.slice(0, start))) return undefined;
	try {
		const value: unknown = JSON.parse(text.slice(start));
		return Array.isArray(value) ? value : undefined;
	} catch {
		// What is no JSON, docker takes for words.
		return undefined;
	}
};
