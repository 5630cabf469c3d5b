// Why a build failed, as a sentence: from the step it failed at and the exit code of its command.
import type { BuildNews, StepChange } from '../../model/build.ts';
import { explained } from './explained.ts';
import { copiedFrom, familiar, lookedUp, stageOf } from './steps.ts';

type Failure = Extract<BuildNews, { type: 'failure' }>;

export type Reason = {
	/** The engine's own words. */
	readonly words: string;
	readonly step?: StepChange | undefined;
	readonly exitCode?: number | undefined;
};

export function failure({ words: said, step, exitCode: known }: Reason): Failure {
	const words = plain(said);
	const isRun = /^RUN\b/i.test(step?.instruction ?? '');
	const exitCode = known || (isRun ? codeIn(words) : undefined);
	return {
		type: 'failure',
		message:
			aboutBase(words, step) ??
			aboutCopy(words, step) ??
			explained(words) ??
			(isRun && exitCode !== undefined
				? `${firstLine(step?.instruction ?? '')} ended with exit code ${exitCode}.`
				: words),
		...(exitCode !== undefined && { exitCode }),
		...(step && { step: step.id }),
	};
}

/** Without what BuildKit and Podman put before every reason. */
export const plain = (words: string): string =>
	words
		.replace(/^building at STEP "(?:[^"\\]|\\.)*": /, '')
		.replace(/^(?:(?:failed to solve(?: with frontend \S+)?|failed to create LLB definition): )+/, '')
		.trim() || 'The engine did not say why.';

const exits = [
	/exit code: (\d+)(?!.*exit code: )/s,
	/returned a non-zero code: (\d+)/,
	/exit status (\d+)\s*$/,
];

function codeIn(words: string): number | undefined {
	const code = exits.map((pattern) => pattern.exec(words)?.[1]).find((found) => found !== undefined);
	return code === undefined ? undefined : Number(code);
}

function aboutBase(words: string, step: StepChange | undefined): string | undefined {
	const { name = '', instruction = '' } = step ?? {};
	const base = lookedUp(name) ?? (isPullFailure.test(words) ? stageOf(instruction)?.base : undefined);
	if (base === undefined) return undefined;
	if (isUnauthorized.test(words)) {
		return `The base image ${familiar(base)} could not be pulled: its registry wants a login, or refuses the one that docker has for it. docker login${hostOf(base)} keeps one (${words}).`;
	}
	return isDenied.test(words)
		? `The base image ${familiar(base)} could not be pulled: it does not exist, or it needs a login (${words}).`
		: `The base image ${familiar(base)} could not be pulled: ${words}`;
}

/** Behind a blank, as docker wants it; Docker Hub goes without. */
const hostOf = (reference: string): string => {
	const [first = '', ...rest] = reference.split('/');
	return rest.length > 0 && first !== 'docker.io' && /[.:]|^localhost$/.test(first) ? ` ${first}` : '';
};

/** Said by the registry itself, and not about a name that Docker Hub does not tell of. */
const isUnauthorized = /no basic auth|unauthorized:|\b401 unauthorized\b/i;

const isMissing = /"([^"]+)":? not found|stat:? "?([^\s"]+)"?: (?:file does not exist|no such file)/;

function aboutCopy(words: string, step: StepChange | undefined): string | undefined {
	const { instruction = '' } = step ?? {};
	const [, traced, told] = /^(COPY|ADD)\b/i.test(instruction) ? (isMissing.exec(words) ?? []) : [];
	const path = traced ?? told;
	if (path === undefined) return undefined;
	const from = copiedFrom(instruction);
	return from === undefined
		? `The build context has no ${path.replace(/^\/(?=.)/, '')}, or its .dockerignore keeps it out.`
		: `${from} has no ${path} to be copied.`;
}

/** Most registries do not tell a stranger whether what he may not read exists. */
const isDenied = /access denied|authoriz|no basic auth|no active session|\b40[13]\b/i;

/** A FROM of the classic builder fails in other ways, too: a stage name used twice, a platform that is none. */
const isPullFailure =
	/^(Get|Head) "|manifest|pull|registry|not found|no such|dial tcp|no basic auth|authoriz|denied|resolve/i;

const firstLine = (text: string): string => {
	const [line = ''] = text.split('\n', 1);
	return line.length > 100 || line !== text ? `${line.slice(0, 100).trimEnd()} …` : line;
};
