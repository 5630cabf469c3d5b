// The Dockerfile of a wish, or why the build need not be begun: what can be known before anything is sent.
import type { Builder, BuildWish } from '../model/build.ts';
import type { SourceLine } from '../model/builds.ts';
import { whyNoFolder } from './context-doubts.ts';
import { type Dockerfile, readDockerfile } from './dockerfile.ts';
import { excerpt } from './dockerfile-step.ts';
import { readPlainText } from './read-file.ts';
import { secretProblem } from './secret-problem.ts';

export type ReadSource =
	| { readonly text: string; readonly dockerfile: Dockerfile }
	| { readonly problem: string; readonly excerpt?: readonly SourceLine[] };

export const readSource = async (
	wish: BuildWish,
	builder: Builder,
	hasBuildKit: boolean,
): Promise<ReadSource> => {
	const missing = await whyNoFolder(wish.context);
	if (missing !== undefined) return { problem: missing };
	let text: string;
	try {
		text = await readPlainText(wish.dockerfile);
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		const why = code === 'ENOENT' ? 'is not there' : code === 'ENOTFILE' ? 'is not a file' : message;
		return { problem: `The Dockerfile ${wish.dockerfile} ${why}.` };
	}
	const dockerfile = readDockerfile(text);
	const [wrong] = dockerfile.problems;
	if (wrong) return { problem: `Line ${wrong.line}: ${wrong.sentence}`, excerpt: excerpt(text, wrong.line) };
	const secret = await secretProblem(wish, builder, hasBuildKit);
	return secret === undefined ? { text, dockerfile } : { problem: secret };
};
