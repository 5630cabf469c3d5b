// Reading a Dockerfile: instructions with their continuation lines, here-documents, stages and build arguments.

import { refuse } from '../refusal.ts';

export type Instruction = {
	name: string;
	flags: Record<string, string>;
	rest: string /** As it is shown. */;
	text: string;
	line: number;
};
export type Stage = { name: string; base: string; from: Instruction; steps: Instruction[] };
export type Dockerfile = { args: Instruction[]; stages: Stage[]; count: number };

const names = [
	'ADD',
	'ARG',
	'CMD',
	'COPY',
	'ENTRYPOINT',
	'ENV',
	'EXPOSE',
	'FROM',
	'HEALTHCHECK',
	'LABEL',
	'MAINTAINER',
	'ONBUILD',
	'RUN',
	'SHELL',
	'STOPSIGNAL',
	'USER',
	'VOLUME',
	'WORKDIR',
];
const mostSteps = 200;

const readInstructions = (source: string): Instruction[] => {
	const lines = source.replace(/^\ufeff/, '').split(/\r?\n/);
	const instructions: Instruction[] = [];
	for (let at = 0; at < lines.length; at++) {
		const first = at;
		let text = lines[at] ?? '';
		if (/^\s*(#|$)/.test(text)) continue;
		while (/\\\s*$/.test(text) && at + 1 < lines.length) {
			const next = lines[++at] ?? '';
			text = /^\s*#/.test(next) ? text : text.replace(/\\\s*$/, '') + next.trimStart();
		}
		const marker = /^\s*(?:RUN|COPY)\b.*<<-?["']?(\w+)["']?/i.exec(text)?.[1];
		const document: string[] = [];
		while (marker && at + 1 < lines.length && lines[++at]?.trim() !== marker) document.push(lines[at] ?? '');
		const [, word = '', tail = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
		const name = word.toUpperCase();
		if (!names.includes(name))
			refuse(400, `dockerfile parse error on line ${first + 1}: unknown instruction: ${word}`);
		const flags: Record<string, string> = {};
		let rest = tail.trim();
		for (
			let match = /^--([a-z-]+)(?:=(\S*))?\s+/.exec(rest);
			match && name !== 'HEALTHCHECK';
			match = /^--([a-z-]+)(?:=(\S*))?\s+/.exec(rest)
		) {
			flags[match[1] ?? ''] = match[2] ?? 'true';
			rest = rest.slice(match[0].length);
		}
		if (rest === '')
			refuse(400, `dockerfile parse error on line ${first + 1}: ${name} requires at least one argument`);
		instructions.push({
			name,
			flags,
			rest: marker ? `${document.join('\n')}\n` : rest,
			text: `${name} ${tail.trim()}`,
			line: first + 1,
		});
		if (instructions.length > mostSteps) refuse(400, 'dockerfile parse error: too many instructions');
	}
	return instructions;
};

export const substitute = (text: string, values: Map<string, string>): string =>
	text.replace(
		/\\\$|\$\{(\w+)(?::([-+])([^}]*))?\}|\$(\w+)/g,
		(all, braced?: string, how?: string, other?: string, plain?: string) => {
			if (all === '\\$') return '$';
			const value = values.get(braced ?? plain ?? '') ?? '';
			if (how === '-') return value || (other ?? '');
			return how === '+' ? (value ? (other ?? '') : '') : value;
		},
	);

export const parseDockerfile = (source: string, fileName: string): Dockerfile => {
	const instructions = readInstructions(source);
	if (instructions.length === 0)
		refuse(
			400,
			source.trim() === '' ? `the Dockerfile (${fileName}) cannot be empty` : 'file with no instructions',
		);
	const args: Instruction[] = [];
	const stages: Stage[] = [];
	for (const instruction of instructions) {
		if (instruction.name === 'FROM') {
			const [, base = '', name = ''] =
				/^(\S+)(?:\s+as\s+(\S+))?$/i.exec(instruction.rest) ??
				refuse(
					400,
					`dockerfile parse error on line ${instruction.line}: FROM requires either one or three arguments`,
				);
			stages.push({ name: name.toLowerCase(), base, from: instruction, steps: [] });
		} else if (stages.length > 0) stages.at(-1)?.steps.push(instruction);
		else if (instruction.name === 'ARG') args.push(instruction);
		else refuse(400, 'no build stage in current context');
	}
	if (stages.length === 0) refuse(400, 'no build stage in current context');
	return { args, stages, count: instructions.length };
};
