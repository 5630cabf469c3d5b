// Changes to a few files by their names, whether these are there or not: editors put a new file in the place of the old one.
import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

type Options = {
	readonly onChange: (path: string) => void;
	readonly onProblem: (error: unknown) => void;
	readonly signal: AbortSignal;
};

export const watchFiles = (paths: readonly string[], { onChange, onProblem, signal }: Options): void => {
	for (const folder of new Set(paths.map((path) => dirname(path)))) {
		const names = new Map(
			paths.flatMap((path) => (dirname(path) === folder ? [[basename(path), path] as const] : [])),
		);
		try {
			const watcher = watch(folder, (_, name) => {
				const path = names.get(name ?? '');
				if (path !== undefined) onChange(path);
			});
			watcher.on('error', onProblem);
			signal.addEventListener('abort', () => watcher.close(), { once: true });
		} catch (error) {
			onProblem(error);
		}
	}
};
