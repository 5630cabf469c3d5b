// What a Dockerfile says: its instructions, its stages, its arguments, and what is wrong with it before it is sent.
import { cutIntoInstructions, type Instruction, type Lines } from './dockerfile-lines.ts';
import { findProblems } from './dockerfile-problems.ts';
import { takeApart, words } from './dockerfile-words.ts';

export type Stage = {
	/** `FROM x AS name`, in lower case as docker compares it. */
	readonly name?: string;
	/** From 0, in the order of the file. */
	readonly number: number;
	/** As written, with its variables. */
	readonly base: string;
	readonly line: number;
	readonly platform?: string;
};

export type Argument = {
	readonly name: string;
	readonly default?: string;
	readonly line: number;
	/** Before the first FROM: what FROM may use. */
	readonly isGlobal: boolean;
};

export type Dockerfile = Lines & {
	readonly stages: readonly Stage[];
	readonly args: readonly Argument[];
};

export const readDockerfile = (text: string): Dockerfile => {
	const lines = cutIntoInstructions(text);
	const { instructions } = lines;
	const froms = instructions.filter(({ keyword }) => keyword === 'FROM');
	const stages = froms.map((from, number) => stageOf(from, number));
	const firstFrom = froms[0]?.line ?? Number.POSITIVE_INFINITY;
	const args = instructions
		.filter(({ keyword }) => keyword === 'ARG')
		.flatMap(({ text, line }) =>
			words(text.slice(3)).map((word) => ({ ...nameAndValue(word), line, isGlobal: line < firstFrom })),
		);
	const found = { ...lines, stages, args };
	const problems = [...lines.problems, ...findProblems(found)].sort((one, other) => one.line - other.line);
	return { ...found, problems };
};

const stageOf = ({ text, line }: Instruction, number: number): Stage => {
	const { flags, rest } = takeApart(text);
	const name = rest[1]?.toLowerCase() === 'as' ? rest[2]?.toLowerCase() : undefined;
	const platform = flags.find((flag) => flag.name === 'platform')?.value;
	return {
		number,
		base: rest[0] ?? '',
		line,
		...(name !== undefined && { name }),
		...(platform !== undefined && { platform }),
	};
};

const nameAndValue = (word: string): { name: string; default?: string } => {
	const equals = word.indexOf('=');
	return equals === -1 ? { name: word } : { name: word.slice(0, equals), default: word.slice(equals + 1) };
};
