// The shells of a container, found by looking for their files: that starts nothing, and works on a stopped one too.
import { type Call, listLimit, pathPart } from './call.ts';
import type { Target } from './contract.ts';
import { EngineError } from './error.ts';

/** By name, the best first; of each, where it may be. */
const places: readonly (readonly string[])[] = [
	['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash'],
	['/bin/ash'],
	['/bin/sh', '/usr/bin/sh', '/busybox/sh'],
	['/bin/zsh', '/usr/bin/zsh'],
];

export async function shells(call: Call, { id, name }: Target): Promise<string[]> {
	const container = pathPart(id);
	const abortSignal = AbortSignal.timeout(listLimit);
	const about = { verb: 'shells', name };

	async function has(path: string): Promise<boolean> {
		try {
			await call(about, (docker) => docker.getContainer(container).infoArchive({ path, abortSignal }));
			return true;
		} catch (error) {
			// 500 where a part of the path is a file: `/busybox` as the only file of an image.
			if (error instanceof EngineError && (error.statusCode === 404 || error.statusCode === 500))
				return false;
			throw error;
		}
	}

	const found = await Promise.all(
		places.map(async (paths) => {
			const are = await Promise.all(paths.map(has));
			return paths.find((_, at) => are[at]);
		}),
	);
	const paths = found.filter((path) => path !== undefined);
	// No file and no container are both 404, and an answer to HEAD has no words.
	if (paths.length === 0)
		await call(about, (docker) => docker.getContainer(container).inspect({ abortSignal }));
	return paths;
}

/** The one for our own scripts: the plainest, which starts fastest. zsh reads them differently. */
export const plainShell = (paths: readonly string[]): string | undefined =>
	[...paths].reverse().find((path) => !path.endsWith('/zsh'));
