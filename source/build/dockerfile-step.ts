// The line of a Dockerfile that a step of a build stands for, and the lines around it.
import type { Dockerfile } from './dockerfile.ts';
import type { Instruction } from './dockerfile-lines.ts';

/** What BuildKit counts as a step. The classic builder counts every instruction, global arguments too. */
const buildkitSteps = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR']);

const exact = 3;
const alike = 2;
const sameKeyword = 1;

/**
 * `text` is the instruction as the builder prints it, `number` and `of` are `2/4` as it counts. BuildKit expands variables,
 * shortens, and resolves images, so what cannot be found by its text is taken by its number, if the keyword is right.
 */
export const lineOf = (
	dockerfile: Dockerfile,
	text: string,
	stage?: string,
	number?: number,
	of?: number,
): number | undefined => {
	const all = dockerfile.instructions;
	const inStage = stage === undefined ? all : instructionsOf(dockerfile, stage);
	const counted = inStage.filter(({ keyword }) => buildkitSteps.has(keyword));
	const lists = of === all.length && stage === undefined ? [all, counted] : [counted, all];
	const inPlace = number === undefined ? [] : lists.flatMap((list) => list[number - 1] ?? []);
	const searches: [readonly Instruction[], number][] = [
		[inPlace, exact],
		[inPlace, alike],
		[inStage, exact],
		[inStage, alike],
		[all, exact],
		[all, alike],
		[inPlace, sameKeyword],
	];
	for (const [candidates, least] of searches) {
		const found = candidates.find((candidate) => likeness(candidate.text, text) >= least);
		if (found !== undefined) return found.line;
	}
	return undefined;
};

/** By name, by number (`1`), or as BuildKit calls one without a name (`stage-1`). */
const instructionsOf = ({ instructions, stages }: Dockerfile, stage: string): readonly Instruction[] => {
	const wanted = stage.toLowerCase();
	const found =
		stages.find(({ name }) => name === wanted) ??
		stages.find(({ number }) => wanted === `stage-${number}` || wanted === String(number));
	if (found === undefined) return instructions;
	const end = stages[found.number + 1]?.line ?? Number.POSITIVE_INFINITY;
	return instructions.filter(({ line }) => line >= found.line && line < end);
};

const likeness = (written: string, told: string): number => {
	const one = plain(written);
	const other = plain(told);
	if (one === other) return exact;
	if (keywordOf(one) !== keywordOf(other)) return 0;
	// A heredoc is followed by its beginning in brackets: `RUN <<EOF (make...)`.
	const isLonger = one.length > 8 && other.startsWith(`${one} (`);
	const isShortened = other.length > 8 && one.startsWith(other);
	return isLonger || isShortened || fits(one, other) ? alike : sameKeyword;
};

/** Whether a text can be what is written, with its variables filled in. */
const fits = (written: string, told: string): boolean => {
	const pieces = written.split(/\$\{[^}]*\}|\$\w+/);
	const last = pieces.pop() ?? '';
	const [first, ...middle] = pieces;
	if (first === undefined || !told.startsWith(first) || !told.endsWith(last)) return false;
	let at = first.length;
	for (const piece of middle) {
		const found = told.indexOf(piece, at);
		if (found === -1) return false;
		at = found + piece.length;
	}
	return at + last.length <= told.length;
};

const plain = (text: string): string =>
	text
		.replace(/(\u2026|\.\.\.)\s*$/, '')
		.replace(/["'\s]+/g, ' ')
		.trim()
		.replace(/^\S+/, (keyword) => keyword.toUpperCase());

const keywordOf = (text: string): string => text.split(' ', 1)[0] ?? '';

export type ExcerptLine = { readonly number: number; readonly text: string; readonly isMarked: boolean };

/** The lines around one, with their numbers. */
export const excerpt = (text: string, line: number, around = 3): ExcerptLine[] => {
	const lines = text
		.replace(/^\ufeff/, '')
		.replace(/\r?\n$/, '')
		.split(/\r?\n/);
	const first = Math.max(1, line - around);
	return lines
		.slice(first - 1, Math.max(0, line + around))
		.map((content, index) => ({ number: first + index, text: content, isMarked: first + index === line }));
};
