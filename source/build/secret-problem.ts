// Why the secrets of a wish cannot be handed on to the builder, found out before anything is sent.
import { access, constants, stat } from 'node:fs/promises';
import type { Builder, BuildWish } from '../model/build.ts';
import { size } from '../model/words.ts';

/** Bytes that BuildKit takes of one. */
const most = 500 << 10;

export const secretProblem = async (
	{ secrets }: BuildWish,
	builder: Builder,
	hasBuildKit: boolean,
): Promise<string | undefined> => {
	const all = Object.entries(secrets);
	if (all.length === 0) return undefined;
	if (builder !== 'buildkit') {
		return hasBuildKit
			? 'Secrets (--secret) are known to BuildKit alone: build with it, not with the classic builder.'
			: 'Secrets (--secret) are known to BuildKit alone, and this engine has not got it.';
	}
	for (const [id, path] of all) {
		const why = await whyNot(path);
		if (why !== undefined) return `The secret ${id} cannot be handed on: ${why}`;
	}
	return undefined;
};

const whyNot = async (path: string): Promise<string | undefined> => {
	try {
		const found = await stat(path);
		if (!found.isFile()) return `${path} is not a file.`;
		await access(path, constants.R_OK);
		return found.size > most
			? `${path} has ${size(found.size)}, and BuildKit takes ${size(most)} at the most.`
			: undefined;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return code === 'ENOENT' ? `there is no file ${path}.` : `${path} cannot be read (${code}).`;
	}
};
